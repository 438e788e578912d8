"""What does a person do with a page: go, press, type, look?  Presses are counted."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page

from holdfast.people.models import Practitioner
from tests.journeys import pictures
from tests.web.pages import signed_in

SCREENSHOTS = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
# Pictures are part of the documentation; they are made anew only when asked for.
IS_TAKING_PICTURES = bool(os.environ.get("HOLDFAST_SCREENSHOTS"))
HEIGHTS = {390: 844, 1280: 900}


class Visit:
    """One person at one screen."""

    def __init__(self, page: Page, address: str, width: int, has_script: bool) -> None:
        self.page, self.address, self.width, self.has_script = page, address, width, has_script
        self.presses = 0
        self.complaints: list[str] = []
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note(self, said: ConsoleMessage) -> None:
        """Keep what the browser complains of, but not that a form was sent back to be mended."""
        if said.type == "error" and "status of 422" not in said.text:
            self.complaints.append(said.text)

    def go(self, path: str) -> None:
        self.page.goto(self.address + path)

    def here(self) -> str:
        """Return the address of the page, without the house and without the part of the page."""
        return self.page.url.removeprefix(self.address).partition("#")[0]

    def later(self, seconds: int) -> None:
        """Let time pass at the screen: what asks again by itself asks now.

        Without scripts the browser loads the page again, at the time that the page itself gives.
        """
        if self.has_script:
            self.page.clock.fast_forward(seconds * 1000)
            return
        told = self.page.locator("meta[http-equiv=refresh]").get_attribute("content")
        assert told and int(told) <= seconds, "nothing asks the browser to load this page again"
        self.page.reload()

    def press(self, name: str, role: Any = "button", exact: bool = False) -> None:
        self.presses += 1
        self.page.get_by_role(role, name=name, exact=exact).first.click()

    def tick(self, label: str) -> None:
        self.presses += 1
        self.page.get_by_label(label, exact=True).check()

    def type(self, label: str, text: str) -> None:
        # The button that shows a password names the field too.
        self.page.get_by_label(label).and_(self.page.locator("input, textarea")).fill(text)

    def fold_out(self, key: str) -> Locator:
        """Open a folded form and return it."""
        part = self.page.locator(f"details#{key}")
        if part.get_attribute("open") is None:
            part.locator("summary").click()
            self.presses += 1
        return part

    def words(self) -> str:
        # A press has only begun to open the next page.
        self.page.wait_for_load_state("domcontentloaded")
        return re.sub(r"\s+", " ", self.page.locator("body").inner_text())

    def look(self, name: str = "") -> None:
        """Check what everyone must be able to use, and take a picture for the documentation."""
        self.page.wait_for_load_state()
        assert not self.complaints, self.complaints
        assert self._overflow() <= 0, "the page scrolls sideways"
        if self.has_script:  # axe is one itself; what is shown without scripts is the same
            found = Axe().run(self.page)
            assert found.violations_count == 0, found.generate_report()
        if name and IS_TAKING_PICTURES:
            SCREENSHOTS.mkdir(parents=True, exist_ok=True)
            (SCREENSHOTS / f"{name}-{self.width}.png").write_bytes(pictures.of_page(self.page))

    def _overflow(self) -> int:
        measured: int = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        return measured


@contextmanager
def visit(
    browser: Browser, address: str, practitioner: Practitioner | None, width: int, script: bool
) -> Iterator[Visit]:
    size = {"width": width, "height": HEIGHTS[width]}
    context = browser.new_context(viewport=size, java_script_enabled=script, locale="en-GB")
    context.set_default_timeout(10_000)
    if practitioner:
        session = signed_in(practitioner).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
    if script:
        context.clock.install()
    made = Visit(context.new_page(), address, width, script)
    try:
        yield made
    finally:
        context.close()
