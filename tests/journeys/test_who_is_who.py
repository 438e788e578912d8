"""A reviewer says whether two records are one person; a worker says what is not about this child."""

from datetime import date

import pytest

from holdfast.people.models import Person
from tests import make
from tests.journeys.browsing import Visit
from tests.journeys.conftest import House
from tests.journeys.scene import EVENING, MINUTE, Scene, arrest, evening

pytestmark = [pytest.mark.journey, pytest.mark.slow]
WAYS = pytest.mark.parametrize(("width", "script"), [(390, True), (1280, True), (390, False)])


@pytest.fixture
def scene(house: House) -> Scene:
    house.at(EVENING)
    made = evening()
    arrest(EVENING - 20 * MINUTE, EVENING - 90 * MINUTE)
    make.numbered(make.record("R Okoro", date(2010, 6, 9)), "9434765870")
    return made


def people() -> int:
    return Person.objects.filter(records__names__family="Okoro").distinct().count()


@WAYS
def test_are_these_one_person(house: House, scene: Scene, width: int, script: bool) -> None:
    with house.visit(scene.amira, width, script) as amira:
        amira.go("/who-is-who")
        assert "a live moment waits on this" in amira.words() and "1 question waits" in amira.words()
        amira.look("who-is-who" if script else "")
        amira.press("Rafe Okoro", role="link")
        assert "only an initial" in amira.words() and "times likelier" in amira.words()
        amira.look("who-is-who-question" if script else "")
        amira.press("Keep this answer")
        assert "Say whether they are one person" in amira.words()
        amira.look("who-is-who-error" if script else "")
        amira.tick("One person")
        amira.type("What decided it?", "His mum says the hospital typed the number wrong")
        amira.press("Keep this answer")
        assert "They are one person now" in amira.words() and people() == 1
        amira.look("who-is-who-said" if script else "")
        amira.press("Take back what You said")
        assert "Taken back" in amira.words() and people() == 2
        amira.go("/who-is-who/said")
        assert "You took it back" in amira.words() or "Amira Hassan took it back" in amira.words()
        amira.look("who-is-who-log" if script else "")


@WAYS
def test_not_about_this_child(house: House, scene: Scene, width: int, script: bool) -> None:
    with house.visit(scene.amira, width, script) as amira:
        amira.go(f"/children/{scene.rafe.ref}/records")
        not_his(amira, "Police")
        amira.type("How do you know?", "The custody sergeant has rung: it was his cousin")
        amira.look("set-apart" if script else "")
        amira.press("Show what goes where")
        assert "Nothing has been changed yet" in amira.words()
        assert "Goes to somebody else’s" in amira.words() and "Critical moment" in amira.words()
        amira.look("set-apart-shown" if script else "")
        amira.press("Set them apart")
        assert "Set apart." in amira.words() and people() == 3
        amira.look()


def not_his(visit: Visit, sender: str) -> None:
    visit.page.get_by_role("link", name=f"The record of {sender}").first.click()
