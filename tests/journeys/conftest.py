"""What every journey needs: pages served on a real address, a real browser, a clock that can be moved."""

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pytest
from django.db import connection, connections
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, sync_playwright

from holdfast.paging import worker
from tests.journeys.browsing import Visit, visit

CHROMIUM = os.environ.get("HOLDFAST_CHROMIUM", "/usr/bin/chromium")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not shutil.which(CHROMIUM):
        pytest.fail(f"{CHROMIUM} is missing: apt-get install -y chromium fonts-liberation")
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        # Playwright runs an event loop in this very thread; our queries are still one after another.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def house(browser: Browser, seen_by_all: None, settings: Any) -> Iterator["House"]:
    """The running pages over a database that everyone sees, emptied afterwards."""
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
    # WhiteNoise, in the middleware, serves what is static.
    server = LiveServerThread("127.0.0.1", lambda application: application)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    try:
        yield House(f"http://127.0.0.1:{server.port}", browser)
    finally:
        server.terminate()


class House:
    """One installation for one journey."""

    def __init__(self, address: str, browser: Browser) -> None:
        self.address, self.browser = address, browser

    def at(self, moment: datetime) -> None:
        """Stop the house's clock at this moment."""
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE OR REPLACE FUNCTION kit.now() RETURNS timestamptz LANGUAGE sql VOLATILE"
                f" AS 'SELECT timestamptz ''{moment.isoformat()}'''"
            )

    @contextmanager
    def alert_loop(self) -> Iterator[None]:
        """The process that tells people, as a thread beside the pages."""
        stop = threading.Event()
        loop = threading.Thread(target=_until, args=(stop,))
        loop.start()
        try:
            yield
        finally:
            stop.set()
            loop.join()

    @contextmanager
    def visit(self, practitioner: Any, width: int = 1280, script: bool = True) -> Iterator[Visit]:
        """A browser in which this person has signed in."""
        with visit(self.browser, self.address, practitioner, width, script) as page:
            yield page


def _until(stop: threading.Event) -> None:
    try:
        worker.run_forever(stop)
    finally:
        connections.close_all()
