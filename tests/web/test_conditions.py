"""Does a child's page show the conditions that hold, each once, and say where that is no longer sure?"""

from datetime import timedelta

import pytest

from holdfast.chronology.queries import news_of
from holdfast.chronology.terms import EventKind
from holdfast.web.building.conditions import in_force
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.sql]
DAY = timedelta(days=1)


@pytest.fixture
def by():
    return make.practitioner(in_area=make.area())


@pytest.fixture
def child():
    return make.child(make.area(), name="Theo Marsh")


def condition(child, ago, text="At home from 19:00 to 07:00", **more):
    make.event(
        child.records.first(), EventKind.COURT_CONDITION, make.NOW - ago * DAY, code="CURFEW-TAG", text=text,
        title="Condition in force: curfew tag", **more,
    )  # fmt: skip


def told(by, child):
    return in_force(news_of(by, child, make.NOW, make.NOW, 0), make.NOW)


def test_a_condition_holds_until_a_source_says_that_it_ended(by, child):
    condition(child, 40)
    [one] = told(by, child)
    assert (one.lead, one.sentence) == ("Curfew tag", "At home from 19:00 to 07:00")
    assert "9 October" in one.source and "sat again" not in one.source


def test_an_end_is_a_line_of_its_own_with_the_same_first_day(by, child):
    condition(child, 40)
    condition(child, 40, "All conditions fall", ended_at=make.NOW - 2 * DAY)
    assert told(by, child) == []


def test_an_end_still_to_come_is_said(by, child):
    condition(child, 40, ended_at=make.NOW + 10 * DAY)
    assert "Ends 28 November" in told(by, child)[0].source


def test_the_same_words_again_are_one_condition_and_others_are_their_own(by, child):
    condition(child, 40)
    condition(child, 12)
    condition(child, 12, "Not to enter Station Road")
    found = told(by, child)
    assert sorted(one.sentence for one in found) == [
        "At home from 19:00 to 07:00",
        "Not to enter Station Road",
    ]
    assert all("6 November" in one.source for one in found)


def test_a_later_sitting_is_said(by, child):
    condition(child, 40)
    make.event(child.records.first(), EventKind.HEARING, make.NOW - 5 * DAY, title="Court: Referral order")
    assert "The court sat again on 13 November: ask whether this holds" in told(by, child)[0].source
