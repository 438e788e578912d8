"""What changes when we learn more: a birth date, a move, whose record it is?"""

from datetime import date, timedelta
from typing import Any

import pytest

from holdfast.audit.models import Entry
from holdfast.audit.terms import System
from holdfast.chronology.commands import Telling, tell_event, tell_events
from holdfast.chronology.rules import EventFacts
from holdfast.chronology.terms import EventKind, Role
from holdfast.moments.commands import consider, follow_people, moments_known_earlier, record_contact, tell
from holdfast.moments.queries import contacts_of, every_moment, moments_of
from holdfast.moments.terms import Meeting
from holdfast.people.commands import state_facts
from holdfast.people.models import Person, Record
from holdfast.people.rules import AddressFact, Facts
from holdfast.people.terms import AddressKind
from holdfast.places.models import Postcode
from tests import make
from tests.make import NOW

pytestmark = pytest.mark.django_db

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def look(*records: Record, events: Any = (), at: Any = NOW, **more: Any) -> list[Any]:
    people = {Record.objects.get(pk=record.pk).person_id for record in records}
    return consider(by=System.FEEDS, at=at, events=list(events), people=people, **more)


def every() -> list[Any]:
    return [moment for moment, _ in every_moment(System.FEEDS)]


# --- A birth date ------------------------------------------------------------------------------------


def test_each_child_in_one_event_has_a_moment_also_when_one_birth_date_comes_later() -> None:
    make.area()
    first, second = make.record(), make.record(name="Noor Ali", born_on=None)
    facts = EventFacts(
        kind=EventKind.THREAT_TO_LIFE,
        source="test/intelligence",
        source_ref="log1",
        title="Police warned of a threat to life",
        happened_at=NOW - HOUR,
        participants=(("subjects[0]", Role.HARMED), ("subjects[1]", Role.HARMED)),
    )
    records = {"subjects[0]": first, "subjects[1]": second}
    warning = tell_event(by=System.FEEDS, at=NOW, facts=facts, records=records)
    look(first, second, events=[warning])
    assert [moment.person for moment in every()] == [first.person]
    born = Facts(born_on=date(2010, 5, 5))
    state_facts(by=System.FEEDS, at=NOW, record=second, stated_by="later", facts=born)
    look(second, at=NOW + HOUR)
    assert {moment.person for moment in every()} == {first.person, second.person}


# --- A move ------------------------------------------------------------------------------------------


@pytest.fixture
def two_areas() -> None:
    for code, postcode in (("701", "QA1 1AA"), ("702", "QB1 1AA")):
        Postcode.objects.create(code=postcode, area=make.area(code), easting=0, northing=0)


def live_at(record: Record, postcode: str, starts_on: date, ends_on: date | None = None) -> None:
    address = AddressFact("1 Test Road", postcode, AddressKind.HOME, starts_on, ends_on)
    facts = Facts(addresses=(address,))
    state_facts(by=System.FEEDS, at=NOW, record=record, stated_by=postcode, facts=facts)


def found(record: Record, area_code: str, source_ref: str = "m1") -> Any:
    """Found in an area, by a police row that gives the child's home as 701."""
    return make.event(
        record,
        kind=EventKind.MISSING,
        source_ref=source_ref,
        happened_at=NOW - 9 * HOUR,
        ended_at=NOW - HOUR,
        area_code=area_code,
        home_area_code="701",
    )


MOVED_ON = NOW.date() - 9 * DAY


@pytest.mark.usefixtures("two_areas")
def test_found_where_the_child_now_lives_is_not_away_from_home() -> None:
    record = make.record()
    live_at(record, "QA1 1AA", date(2010, 1, 1), MOVED_ON - DAY)
    live_at(record, "QB1 1AA", MOVED_ON)
    assert look(record, events=[found(record, "702")]) == []


@pytest.mark.usefixtures("two_areas")
def test_a_move_heard_of_later_raises_the_moment_known_since_the_finding_was() -> None:
    record = make.record()
    assert look(record, events=[found(record, "701")]) == []
    live_at(record, "QB1 1AA", MOVED_ON)
    (raised,) = look(record, at=NOW + 4 * HOUR)
    assert (raised.known_at, raised.raised_at) == (NOW, NOW + 4 * HOUR)


@pytest.mark.usefixtures("two_areas")
def test_where_two_sources_disagree_about_the_home_the_police_row_decides() -> None:
    record = make.record()
    live_at(record, "QA1 1AA", date(2010, 1, 1))
    live_at(record, "QB1 1AA", date(2010, 1, 1))
    assert look(record, events=[found(record, "701")]) == []
    assert look(record, events=[found(record, "702", "m2")])


@pytest.mark.usefixtures("two_areas")
@pytest.mark.parametrize("count", [1, 20])
def test_looking_again_costs_the_same_however_many_events(
    count: int, django_assert_max_num_queries: Any
) -> None:
    record = make.record()
    live_at(record, "QA1 1AA", date(2010, 1, 1))
    for number in range(count):
        found(record, "701", f"m{number}")
    child = record.person
    with django_assert_max_num_queries(9):  # one of them reads the postcode, the first time
        assert consider(by=System.FEEDS, at=NOW, events=[], people={child.pk}) == []


@pytest.mark.usefixtures("two_areas")
@pytest.mark.parametrize("is_history", [True, False])
def test_a_home_heard_of_later_takes_back_history_alone(is_history: bool) -> None:
    record = make.record()
    (raised,) = look(record, events=[found(record, "702")], is_history=is_history)
    live_at(record, "QB1 1AA", MOVED_ON)
    look(record, at=NOW + HOUR)
    assert every() == ([] if is_history else [raised])
    assert Entry.objects.filter(act="moments.forget", about=raised.ref).exists() is is_history


def test_history_that_its_source_withdrew_was_no_moment() -> None:
    make.area()
    record = make.record()
    arrest = make.event(record)
    look(record, events=[arrest], is_history=True)
    type(arrest).objects.filter(pk=arrest.pk).update(withdrawn_at=NOW)
    look(record)
    assert every() == []


def test_an_older_row_that_turns_up_makes_the_moment_known_earlier() -> None:
    make.area()
    record = make.record()
    arrest = make.event(record)
    (raised,) = look(record, events=[arrest])
    before = raised.known_at - 3 * HOUR
    facts = EventFacts(
        kind=arrest.kind_id,
        source=arrest.source,
        source_ref=arrest.source_ref,
        title="",
        happened_at=arrest.happened_at,
        agency_knew_at=before - HOUR,
    )
    older = [Telling(facts, {}, is_last_word=False)]
    told = tell_events(by=System.FEEDS, at=before, tellings=older)
    assert told.events == []
    assert moments_known_earlier(by=System.FEEDS, at=before, events=told.known_earlier) == 1
    (found_now,) = every()
    assert (found_now.known_at, found_now.agency_knew_at) == (before, before - HOUR)
    assert moments_known_earlier(by=System.FEEDS, at=before, events=told.known_earlier) == 0


# --- When the child was first in court ---------------------------------------------------------------


def hearing(record: Record, days: int) -> Any:
    happened_at = NOW - days * DAY
    return make.event(record, kind=EventKind.HEARING, code="FIRST CB", happened_at=happened_at)


def test_a_first_hearing_counts_while_nobody_says_when_the_child_was_first_in_court() -> None:
    make.area()
    record = make.record()
    earlier, later = hearing(record, 30), hearing(record, 3)
    (raised,) = look(record, events=[earlier, later])
    assert raised.event == earlier
    same = {"kind": EventKind.FIRST_COURT, "happened_at": earlier.happened_at}
    assert look(record, events=[make.event(record, **same)]) == [raised]


def test_a_first_time_in_court_is_known_since_a_row_whose_date_could_not_be_read() -> None:
    make.area()
    record = make.record()
    make.event(record, kind=EventKind.FIRST_COURT_UNDATED, at=NOW - 9 * DAY)
    (raised,) = look(record, events=[hearing(record, 3)])
    assert raised.known_at == NOW - 9 * DAY


def test_a_first_hearing_of_another_case_is_not_the_first_in_court() -> None:
    make.area()
    record = make.record()
    look(record, events=[make.event(record, kind=EventKind.FIRST_COURT, happened_at=NOW - 400 * DAY)])
    assert look(record, events=[hearing(record, 3)]) == []


# --- Whose record it is ------------------------------------------------------------------------------


def belongs(record: Record, person: Person) -> None:
    """As `linkage` does it."""
    Record.objects.filter(pk=record.pk).update(person=person)


def test_a_moment_goes_along_with_its_record_and_takes_who_came() -> None:
    area = make.area()
    boss = make.practitioner(in_area=area)
    wrong, right = make.child(area), make.child(area, name="Noor Ali")
    record = make.record(name="Noor Ali")
    belongs(record, wrong)
    (raised,) = look(record, events=[make.event(record)])
    record_contact(by=boss, at=NOW, person=wrong, meeting=Meeting.SPOKE, moment=raised)
    belongs(record, right)
    both = [wrong.pk, right.pk]
    assert follow_people(by=System.MATCHER, at=NOW, people=both) == 1
    assert [shown.moment for shown in moments_of(boss, right, NOW)] == [raised]
    assert len(contacts_of(boss, right, NOW)) == 1
    assert moments_of(boss, wrong, NOW) == [] == contacts_of(boss, wrong, NOW)
    assert Entry.objects.filter(act="moments.follow", about=raised.ref, person_ref=right.ref).exists()
    assert follow_people(by=System.MATCHER, at=NOW, people=both) == 0


def test_a_moment_that_a_worker_told_us_of_stays_with_the_child_they_chose() -> None:
    area = make.area()
    boss, child = make.practitioner(in_area=area), make.child(area)
    told = tell(by=boss, at=NOW, kind="injury", child=child)
    other = make.child(area, name="Noor Ali")
    belongs(child.records.get(), other)
    assert follow_people(by=System.MATCHER, at=NOW, people=[child.pk, other.pk]) == 0
    assert [shown.moment for shown in moments_of(boss, child, NOW)] == [told]
