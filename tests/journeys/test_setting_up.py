"""From nothing to a person told: an administrator sets a partnership up, on a phone without scripts too."""

import re

import pytest
from django.contrib.auth.models import User

from holdfast.audit.terms import System
from holdfast.moments.commands import ensure_kinds
from holdfast.paging import worker
from holdfast.people.models import Practitioner
from holdfast.people.terms import Role
from tests import make
from tests.journeys.browsing import Visit
from tests.journeys.conftest import House
from tests.journeys.scene import CUSTODY, EVENING

pytestmark = [pytest.mark.journey, pytest.mark.slow]
PASSWORD = "calm green ferry"


@pytest.fixture
def ottoline(house: House) -> Practitioner:
    """The first administrator of an installation in which nothing else is set."""
    house.at(EVENING)
    ensure_kinds(by=System.SET_UP, at=EVENING)
    return make.practitioner(name="Ottoline Frayne", role=Role.ADMINISTRATOR)


def reads(visit: Visit, text: str) -> None:
    """Wait until the page says this, and is whole."""
    visit.page.get_by_role("main").get_by_text(text).first.wait_for()
    visit.page.wait_for_load_state()


class Setting:
    """What the administrator does on one page after the other."""

    def __init__(self, visit: Visit, takes_pictures: bool) -> None:
        self.visit, self.page, self.takes_pictures = visit, visit.page, takes_pictures

    def look(self, name: str, shows: str) -> None:
        """Look at the page that shows this, once it is there."""
        reads(self.visit, shows)
        self.visit.look(name if self.takes_pictures else "")

    def send(self, path: str, button: str, **answers: str) -> None:
        """Fill a form in by the names of its questions, and press its button."""
        self.visit.go(f"/settings/{path}")
        for name, answer in answers.items():
            field = self.page.locator(f"[name='{name.replace('__', '-')}']")
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(label=answer)
            else:
                field.fill(answer)
        with self.page.expect_navigation():
            self.visit.press(button, exact=True)

    def put_on(self, who: str, days: range, starts: str, until: str) -> None:
        self.visit.go("/settings/rota/991")
        self.page.locator("[name=turn-practitioner]").select_option(label=f"{who}, Northmere Council")
        for day in days:
            self.page.locator("[name=turn-weekdays]").nth(day).check()
        self.page.locator("[name=turn-starts]").fill(starts)
        self.page.locator("[name=turn-until]").fill(until)
        with self.page.expect_navigation():
            self.visit.press("Put on the rota", exact=True)


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_from_nothing_to_somebody_told(
    house: House, ottoline: Practitioner, width: int, script: bool, mailoutbox: list
) -> None:
    with house.visit(ottoline, width, script) as visit:
        setting = Setting(visit, script)
        visit.go("/settings")
        setting.look("setting-up-begins", "Set an area")
        partners(setting)
        link = people(setting)
        set_a_password(house, setting, link, width, script)
        rota(setting)
        upload(visit)
    assert worker.run_once() >= 1
    assert mailoutbox[0].to == ["dawit@example.invalid"]  # it is evening: he is on


def partners(setting: Setting) -> None:
    setting.send("areas", "Add the area", code="99", name="Northmere")
    setting.look("setting-up-error", "Three figures, such as 991")
    setting.send("areas", "Add the area", code="991", name="Northmere")
    setting.send("areas", "Add the area", code="992", name="Mistaken")
    setting.page.get_by_role("link", name="Mistaken").click()
    setting.page.get_by_role("link", name="Remove Mistaken").click()
    setting.look("setting-up-remove", "Remove Mistaken?")
    setting.visit.press("Remove it")
    reads(setting.visit, "Mistaken is removed.")
    setting.send("agencies", "Add the agency", name="Northmere Council", kind="Children’s services")
    setting.send("teams", "Add the team", agency="Northmere Council", name="Duty", area="Northmere")


def people(setting: Setting) -> str:
    """Add two who answer; return the link with which the first sets her password."""
    duty = next(text for text in role_options(setting) if text.startswith("Duty manager"))
    for name in ("Dawit Tesfaye", "Amira Hassan"):
        first = name.split()[0].lower()
        said = {"email": f"{first}@example.invalid", "username": first, "phone": "01632 960 141"}
        team = "Northmere Council: Duty"
        setting.send("people", "Add this person", name=name, role=duty, team=team, **said)
    setting.visit.press("Make a link to set a password")
    setting.look("setting-up-link", "Give this link to Amira Hassan")
    found = re.search(r"https?://\S+/set-password/\S+", setting.visit.words())
    assert found
    return found[0]


def role_options(setting: Setting) -> list[str]:
    setting.visit.go("/settings/people")
    return setting.page.locator("[name=role] option").all_inner_texts()


def set_a_password(house: House, setting: Setting, link: str, width: int, script: bool) -> None:
    path = "/set-password/" + link.split("/set-password/")[1]
    with house.visit(None, width, script) as amira:
        amira.go(path)
        amira.look("set-password" if script else "")
        for name in ("password", "again"):
            amira.page.locator(f"[name={name}]").fill(PASSWORD)
        amira.press("Keep this password")
        reads(amira, "Your password is kept. Sign in as amira.")
        amira.page.goto(amira.address + path)
        reads(amira, "This link does not work")
        amira.complaints.clear()  # the browser notes that the page answered 404
        amira.look("set-password-used" if script else "")
    assert User.objects.get(username="amira").check_password(PASSWORD)


def rota(setting: Setting) -> None:
    visit = setting.visit
    setting.put_on("Amira Hassan", range(5), "9", "17")
    setting.look("setting-up-gaps", "Nobody is on: ")
    setting.put_on("Dawit Tesfaye", range(5), "5pm", "09:00")
    setting.put_on("Amira Hassan", range(5, 7), "09:00", "09:00")
    reads(visit, "Somebody is on at every hour of the next 7 days.")
    setting.page.get_by_role("link", name="Change Amira Hassan’s turn on Monday").click()
    setting.look("settings-turn", "Somebody else, once")
    visit.go("/settings/rota/991/steps/1")
    setting.look("settings-step", "Take step 1 out?")
    visit.go("/settings")
    assert "Fill the rota" not in visit.words()


def upload(visit: Visit) -> None:
    row = (
        "NM/1/26,1,,18/11/2026 20:10,18/11/2026 20:40,Northmere Central,MARSH,Theo,,16/09/2011,M,W1,British,,"
        ",Possession with intent,,,,,,,,,,"
    )
    file = {
        "name": "custody_2026-11-18.csv",
        "mimeType": "text/csv",
        "buffer": f"{CUSTODY}\n{row}\n".encode(),
    }
    visit.go("/feeds")
    visit.page.set_input_files("input[type=file]", file)
    visit.press("Send this file")
    reads(visit, "Received 1 = applied 1")
