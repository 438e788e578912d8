"""A newcomer starts Holdfast, opens the printed address, and sees a partnership at work.

The start itself, on a bare machine with nothing but a clone, is a drill of its own; here it has its
packages already.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from holdfast.commandline import database, process
from tests.journeys.browsing import HEIGHTS, visit
from tests.setup.test_run import free_port

pytestmark = [pytest.mark.journey, pytest.mark.slow]
BUILT_WITHIN = 180_000  # milliseconds, on a machine that does much else


@pytest.fixture
def address() -> Iterator[str]:
    """What `./run` prints, once it answers: a demonstration that is still being made."""
    try:
        process.require_reach()
    except database.NotReady as error:
        pytest.skip(str(error))
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        environment = {**kept, "HOLDFAST_DATA": str(Path(folder) / "data"), "PYTHONUNBUFFERED": "1"}
        command = [sys.executable, "-m", "holdfast.commandline", "run", "--demo", "--port", str(free_port())]
        started = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        assert started.stdout
        printed = (re.search(r"at (http://[^/ ]+)", line) for line in started.stdout)
        yield next(found.group(1) for found in printed if found)
        started.terminate()
        started.communicate()


def test_a_newcomer_sees_a_partnership_at_work(address: str, browser: Browser) -> None:
    for width in HEIGHTS:
        with visit(browser, address, None, width, script=True) as newcomer:
            newcomer.go("/")
            newcomer.page.get_by_role("heading", name="The demonstration is being made").wait_for()
            newcomer.look("being-made")
    for width in HEIGHTS:
        with visit(browser, address, None, width, script=True) as newcomer:
            page = newcomer.page
            page.clock.resume()
            newcomer.go("/")
            page.get_by_role("heading", name="Sign in", level=1).wait_for(timeout=BUILT_WITHIN)
            newcomer.look()
            duty = page.get_by_role("listitem").filter(has_text="Duty manager")
            duty.get_by_role("button", name=re.compile("^Sign in as")).first.click()
            page.get_by_role("heading", name="Now", level=1).wait_for()
            assert page.locator(".hf-moment .hf-clock").count() >= 3, "moments with clocks running"
            newcomer.look()
            for path, some in (("/children", ".hf-rows a"), ("/feeds", "table"), ("/rota", "table")):
                newcomer.go(path)
                assert page.locator(some).count(), path
                newcomer.look()
