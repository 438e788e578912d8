"""Do homes end where the next begins, whichever was heard of first?"""

from datetime import date
from itertools import permutations

import pytest

from holdfast.audit.terms import System
from holdfast.people.commands import make_responsible
from holdfast.people.joining import move_what_hangs_on
from holdfast.people.models import AreaResponsibility, Person
from holdfast.people.terms import AreaRole
from tests import make

pytestmark = pytest.mark.django_db

SPRING, SUMMER, AUTUMN = date(2026, 3, 1), date(2026, 6, 1), date(2026, 9, 1)
SAID = (("row 1", "701", SPRING), ("row 2", "702", SUMMER), ("row 3", "701", AUTUMN))
LAID = [("701", SPRING, SUMMER), ("702", SUMMER, AUTUMN), ("701", AUTUMN, None)]


def say(person: Person, stated_by: str, code: str, starts_on: date) -> None:
    make_responsible(
        by=System.FEEDS,
        at=make.NOW,
        person=person,
        area=make.area(code),
        role=AreaRole.HOME,
        starts_on=starts_on,
        stated_by=stated_by,
    )


def homes(person: Person) -> list[tuple[str, date, date | None]]:
    found = AreaResponsibility.objects.filter(person=person, role=AreaRole.HOME)
    return list(found.order_by("starts_on").values_list("area__code", "starts_on", "ends_on"))


@pytest.mark.parametrize("said", list(permutations(SAID)))
def test_homes_heard_of_in_any_order(said):
    child = make.person()
    for one in said:
        say(child, *one)
    assert homes(child) == LAID
    for one in said:  # said again, nothing changes
        say(child, *one)
    assert homes(child) == LAID


def test_a_row_that_says_something_else_now_takes_the_place_of_what_it_said():
    child = make.person()
    for one in SAID:
        say(child, *one)
    say(child, "row 2", "702", date(2026, 10, 1))
    assert homes(child) == [
        ("701", SPRING, AUTUMN),
        ("701", AUTUMN, date(2026, 10, 1)),
        ("702", date(2026, 10, 1), None),
    ]


def test_homes_of_two_who_are_one_person_are_laid_end_to_end():
    stays, leaves = make.person(), make.person()
    say(stays, *SAID[0])
    say(stays, *SAID[2])
    say(leaves, *SAID[1])
    move_what_hangs_on(by=System.MATCHER, at=make.NOW, leaves=leaves, stays=stays)
    assert homes(stays) == LAID
    assert homes(leaves) == []
