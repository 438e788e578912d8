"""Which happenings are critical moments, and what does the clock count to?"""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.chronology.terms import EventKind, Precision, Role
from holdfast.moments.kinds import DEFAULT_KINDS
from holdfast.moments.rules import (
    LONGEST_HAPPENING,
    RULES,
    ClockFacts,
    EventFacts,
    Telling,
    belongs_to,
    cause_counts,
    clock_of,
    first_meaningful,
    happening_of,
    is_same_happening,
    moments_from,
)
from holdfast.moments.terms import Meeting, MomentKind

AT = datetime(2026, 6, 10, 20, 0, tzinfo=UTC)
FOUND = AT + timedelta(hours=9)
FIFTEEN = date(2011, 1, 2)
HOUR = timedelta(hours=1)


def facts(kind: EventKind, **more: object) -> EventFacts:
    return EventFacts(kind=kind, source="s", source_ref="1", happened_at=AT, **more)  # type: ignore[arg-type]


MISSING = {"ended_at": FOUND, "area_code": "993", "home_area_code": "991"}


@pytest.mark.parametrize(
    "event, kind",
    [
        (facts(EventKind.ARREST), MomentKind.ARREST),
        (facts(EventKind.ARREST, code="NFA", ended_at=FOUND), MomentKind.ARREST),
        (facts(EventKind.MISSING, **MISSING), MomentKind.MISSING_FOUND_OUT_OF_AREA),
        (facts(EventKind.MISSING, **{**MISSING, "area_code": "991"}), None),
        (facts(EventKind.MISSING, **{**MISSING, "area_code": ""}), None),
        (facts(EventKind.MISSING, **{**MISSING, "home_area_code": ""}), None),
        (facts(EventKind.MISSING, **{**MISSING, "ended_at": None}), None),
        (facts(EventKind.HOSPITAL, code="X99"), MomentKind.INJURY),
        (facts(EventKind.HOSPITAL, code="W26"), None),
        (facts(EventKind.HOSPITAL, code="W26", text="History inconsistent."), MomentKind.INJURY),
        (facts(EventKind.HOSPITAL, code="X78"), None),
        (facts(EventKind.HOSPITAL), MomentKind.INJURY),  # nobody says how: unclear
        (facts(EventKind.EXCLUSION, code="PERM"), MomentKind.PERMANENT_EXCLUSION),
        (facts(EventKind.EXCLUSION, code="SUSP"), None),
        (facts(EventKind.FIRST_COURT), MomentKind.FIRST_COURT),
        (facts(EventKind.HEARING, code="RLAA"), MomentKind.REMAND),
        (facts(EventKind.HEARING, code="RYDA"), MomentKind.REMAND),
        (facts(EventKind.HEARING, code="SENTENCE RYDA"), MomentKind.REMAND),
        (facts(EventKind.HEARING, code="CB"), None),
        (facts(EventKind.HEARING, code="FIRST CB", is_first_in_court=True), MomentKind.FIRST_COURT),
        (facts(EventKind.HEARING, code="FIRST CB"), None),  # first of this case, not ever
        (facts(EventKind.HEARING, code="SENTENCE CB", is_first_in_court=True), None),
        (facts(EventKind.THREAT_TO_LIFE, role=Role.HARMED), MomentKind.THREAT_TO_LIFE),
        (facts(EventKind.THREAT_TO_LIFE, role=Role.NAMED), None),
        (facts(EventKind.NRM_DECISION, code="RG NEGATIVE"), MomentKind.NRM_DECISION),
        (facts(EventKind.INTELLIGENCE), None),
        (facts(EventKind.HOUSING_REQUEST), None),
    ],
)
def test_which_moment_an_event_is(event: EventFacts, kind: MomentKind | None) -> None:
    found = moments_from(event, FIFTEEN, is_surely_child=False)
    assert [due.kind for due in found] == ([kind] if kind else [])


@pytest.mark.parametrize(
    "code, counts",
    [
        ("X84", False), ("X85", True), ("X85.0", True), ("X99.9", True), ("Y09", True), ("Y10", True),
        ("Y34", True), ("Y35.0", True), ("Y36", False), ("Y87.0", False), ("Y87.1", True), ("Y87.2", True),
        ("W01", False), ("V18", False), ("x99", True), ("", True), ("X59", True), ("X59.9", True),
    ],
)  # fmt: skip
def test_causes(code: str, counts: bool) -> None:
    assert cause_counts(code) is counts


def test_found_out_of_area_happens_when_the_child_is_found() -> None:
    (due,) = moments_from(facts(EventKind.MISSING, **MISSING), FIFTEEN, False)
    assert due.happened_at == FOUND


@pytest.mark.parametrize(
    "born_on, is_surely_child, raised",
    [
        (date(2008, 6, 11), False, True),  # 18 tomorrow
        (date(2008, 6, 10), False, False),  # 18 today
        (date(1990, 1, 1), True, False),  # a birth date goes before the source's habit
        (None, True, True),
        (None, False, False),  # waits until an age is known
    ],
)
def test_only_for_someone_under_18(born_on: date | None, is_surely_child: bool, raised: bool) -> None:
    assert bool(moments_from(facts(EventKind.ARREST), born_on, is_surely_child)) is raised


def test_a_birthday_is_a_london_day() -> None:
    """23:30 UTC in June is already the next day in London: the 18th birthday."""
    late = EventFacts(EventKind.ARREST, "s", "1", datetime(2026, 6, 10, 23, 30, tzinfo=UTC))
    assert not moments_from(late, date(2008, 6, 11), False)


def test_every_version_of_one_event_is_one_happening() -> None:
    first = facts(EventKind.ARREST, code="")
    later = facts(EventKind.ARREST, code="NFA", title="Corrected", ended_at=FOUND)
    assert (
        moments_from(first, FIFTEEN, False)[0].happening == moments_from(later, FIFTEEN, False)[0].happening
    )
    other_person = facts(EventKind.ARREST, field="subjects[1]")
    assert moments_from(other_person, FIFTEEN, False)[0].happening != happening_of("s", "1", "subject")


@given(st.text(max_size=400), st.text(max_size=400))
def test_a_happening_fits_its_column_and_stays_itself(one: str, other: str) -> None:
    assert len(happening_of("s", one)) <= LONGEST_HAPPENING
    assert (happening_of("s", one) == happening_of("s", other)) == (one == other)


@given(st.sampled_from(EventKind), st.sampled_from(Role), st.text(max_size=6), st.dates())
def test_no_event_is_ever_two_moments_of_a_kind(
    kind: EventKind, role: Role, code: str, born_on: date
) -> None:
    raised = [due.kind for due in moments_from(facts(kind, code=code, role=role), born_on, True)]
    assert len(set(raised)) == len(raised)


def test_a_first_hearing_that_ends_in_a_remand_is_both() -> None:
    event = facts(EventKind.HEARING, code="FIRST RLAA", is_first_in_court=True)
    assert {due.kind for due in moments_from(event, FIFTEEN, False)} == {"first_court", "remand"}


def test_every_rule_raises_a_kind_that_ships_with_its_sentence() -> None:
    shipped = {kind.code: kind for kind in DEFAULT_KINDS}
    assert set(shipped) == set(MomentKind)
    assert all(kind.sentence.startswith("You see this because") for kind in shipped.values())
    assert all(kind.answer_within <= kind.contact_within for kind in shipped.values())
    assert set(RULES) <= set(EventKind)


def telling(kind: str, hours: float, by_person: bool, precision: Precision = Precision.MINUTE) -> Telling:
    return Telling(kind, AT + hours * HOUR, precision, by_person)


@pytest.mark.parametrize(
    "one, other, same",
    [
        (telling("arrest", 0, True), telling("arrest", 5.9, False), True),
        (telling("arrest", 0, True), telling("arrest", 6.1, False), False),
        (telling("arrest", 0, True), telling("arrest", 2, True), True),
        (telling("arrest", 0, False), telling("arrest", 0.9, False), True),
        (telling("arrest", 0, False), telling("arrest", 13, False), False),
        (telling("arrest", 0, True), telling("injury", 0, False), False),
        (telling("remand", 0, True), telling("remand", -15, False, Precision.DAY), True),  # same London day
        (telling("remand", 0, True), telling("remand", 4, False, Precision.DAY), False),  # the next
        (telling("nrm_decision", 0, False), telling("nrm_decision", 0, False), False),
        (telling("something_else", 0, True), telling("something_else", 1, True), False),
    ],
)
def test_when_two_tellings_are_one(one: Telling, other: Telling, same: bool) -> None:
    assert is_same_happening(one, other) is same
    assert is_same_happening(other, one) is same


ARREST = ClockFacts(
    agency_knew_at=AT,
    known_at=AT + 4 * HOUR,
    answer_within=HOUR / 4,
    contact_within=2 * HOUR,
    window=12 * HOUR,
)


def with_(**more: object) -> ClockFacts:
    from dataclasses import replace

    return replace(ARREST, **more)  # type: ignore[arg-type]


def test_first_the_clock_counts_to_an_answer() -> None:
    clock = clock_of(ARREST)
    assert (clock.due, clock.towards) == (AT + 4.25 * HOUR, "to an answer")
    assert clock.since == AT  # the child has waited since any agency knew
    assert clock.window_ends_at == AT + 12 * HOUR


def test_an_answer_moves_the_clock_on_and_does_not_stop_it() -> None:
    clock = clock_of(with_(answered_at=AT + 4.1 * HOUR))
    assert clock.is_running and clock.due == AT + 6 * HOUR


def test_the_promise_is_kept_inside_the_window() -> None:
    answered = with_(answered_at=AT + 11 * HOUR, known_at=AT + 11 * HOUR)
    assert clock_of(answered).due == AT + 12 * HOUR
    too_late = with_(answered_at=AT + 20 * HOUR, known_at=AT + 20 * HOUR)
    assert clock_of(too_late).due == AT + 22 * HOUR  # the window had closed when we heard: we still go
    released = with_(answered_at=AT + 5 * HOUR, chance_ended_at=AT + 5 * HOUR)
    assert clock_of(released).window_ends_at == clock_of(released).due == AT + 5 * HOUR


def test_the_clock_stops_with_the_child_or_with_the_end() -> None:
    assert clock_of(with_(reached_at=AT + 5 * HOUR)).stopped_at == AT + 5 * HOUR
    assert not clock_of(with_(reached_at=AT + 5 * HOUR)).is_running
    assert clock_of(with_(ended_at=AT + 9 * HOUR)).stopped_at == AT + 9 * HOUR
    assert not clock_of(with_(is_history=True)).is_running


def test_only_seeing_or_hearing_the_child_is_meaningful() -> None:
    tries = [(Meeting.ATTEMPTED, AT), (Meeting.SPOKE, AT + 2 * HOUR), (Meeting.SEEN_ALONE, AT + HOUR)]
    assert first_meaningful(tries[:1]) is None
    assert first_meaningful(tries) == AT + HOUR


@pytest.mark.parametrize("hours, belongs", [(-1.1, False), (-1, True), (0, True), (9, True)])
def test_an_earlier_meeting_is_not_of_this_moment(hours: float, belongs: bool) -> None:
    assert belongs_to(AT + hours * HOUR, AT) is belongs
