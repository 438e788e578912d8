"""A youth worker on a phone, in the evening: something has happened."""

import time

import pytest

from holdfast.moments.models import Moment
from holdfast.paging import worker
from tests.journeys.browsing import Visit
from tests.journeys.conftest import House
from tests.journeys.scene import EVENING, MINUTE, Scene, evening

pytestmark = [pytest.mark.journey, pytest.mark.slow]
MOST_PRESSES, MOST_SECONDS = 6, 60  # besides typing


@pytest.fixture
def scene(house: House) -> Scene:
    house.at(EVENING)
    return evening()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_something_has_happened(house: House, scene: Scene, width: int, script: bool) -> None:
    began = time.monotonic()
    with house.visit(scene.kofi, width, script) as kofi:
        kofi.go("/")
        tell(kofi, takes_pictures=script)
        assert kofi.presses <= MOST_PRESSES
        assert time.monotonic() - began <= MOST_SECONDS
        assert "Not seen yet" in kofi.words()
        kofi.look("receipt-waiting" if script else "")
        the_receipt_tells_who_took_it(house, scene, kofi)
    moment = Moment.objects.get()
    assert (moment.kind_id, moment.person, moment.told_by) == ("threatened", scene.noor, scene.kofi)


def tell(kofi: Visit, takes_pictures: bool) -> None:
    def look(name: str) -> None:
        kofi.look(name if takes_pictures else "")

    kofi.press("Something has happened", role="link")
    look("happened-child")
    kofi.press("Noor, 14")
    look("happened-what")
    kofi.press("Threatened or afraid")
    kofi.type("Where?", "Outside Park Street library")
    kofi.tick("I am")
    look("happened-where")
    kofi.press("Continue")
    assert "Amira Hassan" in kofi.words()
    assert "Police are not told by this." in kofi.words()
    look("happened-check")
    kofi.press("Send")


def the_receipt_tells_who_took_it(house: House, scene: Scene, kofi: Visit) -> None:
    """The page asks again by itself; without a script the browser loads it again."""
    worker.run_once()
    house.at(EVENING + MINUTE)
    moment = Moment.objects.get()
    with house.visit(scene.amira, kofi.width) as amira:
        amira.go("/")
        amira.look("now-unanswered")
        amira.press("I will take this")
        amira.look("moment-answered")
    assert moment.ref in amira.page.url
    kofi.later(5 if kofi.has_script else 10)
    kofi.page.get_by_role("heading", name="Amira Hassan has taken this").wait_for()
    kofi.look("receipt-seen" if kofi.has_script else "")


def test_a_child_whom_no_search_finds(house: House, scene: Scene) -> None:
    with house.visit(scene.kofi, 390) as kofi:
        kofi.go("/happened")
        kofi.type("Someone else: name, date of birth or number", "Nobody Known")
        kofi.press("Look")
        assert "Nobody Known" not in kofi.page.url + kofi.page.title()
        kofi.look("happened-not-found")
        kofi.page.get_by_text("Not found? Go on with initials and age").click()
        kofi.press("Go on")
        assert "Give the child’s name or initials." in kofi.words()
        kofi.look("happened-error")
        kofi.type("Name or initials", "K.")
        kofi.type("About how old?", "14")
        kofi.press("Go on")
        assert "K., about 14" in kofi.words()
