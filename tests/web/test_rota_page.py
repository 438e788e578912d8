"""Does everyone see who is on, who comes next, and when nobody is?"""

from datetime import date, datetime, time, timedelta

import pytest

from holdfast.kit.clock import LONDON
from holdfast.people.terms import Role
from holdfast.rota.queries import week
from holdfast.web.building import rota as building
from tests import make
from tests.web.pages import signed_in
from tests.web.setting import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def amira():
    return make.practitioner(name="Amira Hassan", in_area=make.area(name="Carrow"))


def test_hours_gaps_and_steps(amira):
    make.turn(amira, make.area(), time(9), time(17), range(5))
    page = words(signed_in(amira).get("/rota/701"))
    assert "Rota of Carrow" in page and "09:00 to 17:00 Amira Hassan" in page
    assert "Nobody from 00:00 to 09:00, 17:00 to 24:00" in page and "Nobody all day" in page
    assert "At once Whoever is on now." in page
    assert "Change the rota" not in page
    assert signed_in(amira).get("/rota/999").status_code == 404


def test_all_areas_on_one_page(amira):
    make.turn(amira, make.area())
    make.area("702", name="Eastholt")
    make.area("799", name="Far away", is_partner=False)
    page = words(signed_in(amira).get("/rota"))
    assert "Carrow Amira Hassan Nobody None in the next 7 days" in page
    assert "Eastholt Nobody Nobody now and all week" in page and "Far away" not in page


def test_the_weeks_to_come(amira):
    client = signed_in(amira)
    assert "The 7 days after these" in words(client.get("/rota/701"))
    second = words(client.get("/rota/701?page=2"))
    assert "7 days from " in second and "Earlier" in second and ", today" not in second
    assert "after these" not in words(client.get(f"/rota/701?page={building.LAST_WEEK}"))
    assert client.get(f"/rota/701?page={building.LAST_WEEK + 1}").status_code == 404


def test_nobody_yet(amira):
    page = words(signed_in(amira).get("/rota"))
    assert "Nobody is on in these days." in page and "everyone who answers for the area is told" in page


def test_no_area_yet():
    page = words(signed_in(make.practitioner(role=Role.ADMINISTRATOR)).get("/rota"))
    assert "No area is set yet, so nobody can be on." in page and "Set an area" in page


def days(who, first_on):
    found = week(who, make.area(), first_on)
    return {day.day: day for day in building.days_of(found, first_on)}


def test_the_night_of_25_hours(amira):
    make.turn(amira, make.area(), time(0, 30), time(1, 30), range(6, 7))
    make.turn(amira, make.area(), time(20), time(8), range(5, 6))
    shown = days(amira, date(2026, 10, 22))
    sunday, saturday = shown["Sunday 25 October"], shown["Saturday 24 October"]
    assert sunday.note == "The clocks go back: the hour from 01:00 comes twice."
    assert not saturday.note and saturday.turns[0].label == "20:00 to 08:00 the next morning"
    assert sunday.turns[0].label == "00:30 to 01:30 BST"
    assert sunday.gap == "Nobody from 08:00 to 24:00"


def test_a_gap_in_the_hour_that_comes_twice(amira):
    make.turn(amira, make.area(), time(1, 30), time(0), range(6, 7))
    sunday = days(amira, date(2026, 10, 25))["Sunday 25 October"]
    assert sunday.turns[0].label == "01:30 BST to 00:00"
    assert sunday.gap == "Nobody from 00:00 to 01:30 BST"


def test_the_night_of_23_hours(amira):
    dawit = make.practitioner(name="Dawit Tesfaye")
    make.turn(amira, make.area(), time(20), time(1, 30), range(5, 6))
    make.turn(dawit, make.area(), time(1, 30), time(0), range(6, 7))
    sunday = days(amira, date(2027, 3, 28))["Sunday 28 March"]
    assert sunday.note == "The clocks go forward: there is no hour from 01:00."
    # Both turns begin or end at a time that no clock shows: they meet where it is skipped.
    assert [turn.label for turn in sunday.turns] == ["Until 02:00", "02:00 to 00:00"]
    assert sunday.gap == ""


def test_a_week_across_the_change_has_no_gap_when_turns_meet_on_paper(amira):
    make.turn(amira, make.area(), time(8), time(20))
    make.turn(amira, make.area(), time(20), time(8))
    for first_on in (date(2026, 10, 22), date(2027, 3, 25)):
        found = week(amira, make.area(), first_on)
        assert found.gaps == ()
        assert sum(len(on) for _, on in found.days) == 15  # the night before the first day, then two a day


@pytest.mark.parametrize(
    "hour, said",
    [
        (7, "Nobody is on: now, until 09:00, and 7 more in the next 7 days."),
        (10, "Nobody is on: 17:00 to tomorrow 09:00, and 6 more in the next 7 days."),
    ],
)
def test_when_nobody_is_on_next(amira, hour, said):
    make.turn(amira, make.area(), time(9), time(17))
    at = datetime(2026, 11, 18, hour, tzinfo=LONDON)
    found = week(amira, make.area(), at.date())
    assert building.cover(found, at) == said
    later = week(amira, make.area(), at.date() + timedelta(days=7))
    assert building.cover(later, at).startswith("Nobody is on: Wednesday 25 November, 00:00 to 09:00")
