"""Right at the very minute, past midnight, and on both nights when the clocks change."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.rota.rules import LONDON, WeeklyTurn, gaps, joined, next_on, on_at, shifts, wall

AMIRA, BEA, COLM = 1, 2, 3
FIRST = date(2025, 1, 1)
WEDNESDAY, SATURDAY, SUNDAY = 2, 5, 6
SPRING = date(2026, 3, 29)  # a Sunday: 01:00 becomes 02:00
AUTUMN = date(2026, 10, 25)  # a Sunday: 02:00 becomes 01:00


def london(day: date, hour: int, minute: int = 0, fold: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute, fold=fold), tzinfo=LONDON).astimezone(UTC)


def who_at(turns: list[WeeklyTurn], at: datetime) -> list[int]:
    return [shift.who for shift in on_at(shifts(turns, at, at + timedelta(minutes=1)), at)]


LATE = WeeklyTurn(AMIRA, WEDNESDAY, time(15), time(23), FIRST)
NIGHT = WeeklyTurn(BEA, WEDNESDAY, time(23), time(8), FIRST)
DAY = date(2026, 11, 18)


@pytest.mark.parametrize(
    "at, who",
    [
        (london(DAY, 14, 59), []),
        (london(DAY, 15), [AMIRA]),
        (london(DAY, 22, 59), [AMIRA]),
        (london(DAY, 23), [BEA]),  # the very minute: who comes is on, who goes is not
        (london(DAY, 23, 1), [BEA]),
        (london(DAY + timedelta(days=1), 0), [BEA]),  # past midnight
        (london(DAY + timedelta(days=1), 7, 59), [BEA]),
        (london(DAY + timedelta(days=1), 8), []),
    ],
)
def test_who_is_on(at: datetime, who: list[int]) -> None:
    assert who_at([LATE, NIGHT], at) == who


def test_a_turn_holds_from_its_first_day_to_its_last() -> None:
    turn = WeeklyTurn(AMIRA, WEDNESDAY, time(22), time(6), DAY, DAY)
    assert who_at([turn], london(DAY - timedelta(days=7), 23)) == []
    assert who_at([turn], london(DAY + timedelta(days=1), 5)) == [
        AMIRA
    ]  # the night that began on the last day
    assert who_at([turn], london(DAY + timedelta(days=7), 23)) == []


def test_a_turn_that_ends_as_it_starts_is_a_whole_day() -> None:
    turn = WeeklyTurn(AMIRA, WEDNESDAY, time(9), time(9), FIRST)
    assert who_at([turn], london(DAY, 9)) == [AMIRA]
    assert who_at([turn], london(DAY + timedelta(days=1), 8, 59)) == [AMIRA]
    assert who_at([turn], london(DAY + timedelta(days=1), 9)) == []


@pytest.mark.parametrize("day, hours", [(SPRING, 8), (AUTUMN, 10), (SPRING + timedelta(days=7), 9)])
def test_a_night_is_as_long_as_the_clocks_make_it(day: date, hours: int) -> None:
    turn = WeeklyTurn(BEA, SATURDAY, time(23), time(8), FIRST)
    (night,) = shifts([turn], london(day, 3), london(day, 4))
    assert night.ends_at - night.starts_at == timedelta(hours=hours)


def test_in_the_repeated_hour_the_change_is_at_the_first() -> None:
    turns = [
        WeeklyTurn(AMIRA, SATURDAY, time(22), time(1, 30), FIRST),
        WeeklyTurn(BEA, SUNDAY, time(1, 30), time(8), FIRST),
    ]
    assert who_at(turns, london(AUTUMN, 1, 29)) == [AMIRA]
    assert who_at(turns, london(AUTUMN, 1, 30)) == [BEA]
    assert who_at(turns, london(AUTUMN, 1, 10, fold=1)) == [BEA]  # ten past one, for the second time


def test_in_the_skipped_hour_turns_that_meet_on_paper_meet() -> None:
    turns = [
        WeeklyTurn(AMIRA, SATURDAY, time(22), time(1, 30), FIRST),
        WeeklyTurn(BEA, SUNDAY, time(1, 30), time(2, 15), FIRST),
        WeeklyTurn(COLM, SUNDAY, time(2, 15), time(8), FIRST),
    ]
    found = shifts(turns, london(AUTUMN, 0), london(AUTUMN, 9))
    assert not gaps(found, london(AUTUMN, 0), london(AUTUMN, 8))
    found = shifts(turns, london(SPRING, 0), london(SPRING, 9))
    assert not gaps(found, london(SPRING, 0), london(SPRING, 8))
    assert who_at(turns, london(SPRING, 0, 59)) == [AMIRA]
    assert who_at(turns, london(SPRING, 2)) == [BEA]


def test_next_on_is_somebody_else() -> None:
    twice = [
        WeeklyTurn(AMIRA, WEDNESDAY, time(15), time(23), FIRST),
        WeeklyTurn(AMIRA, WEDNESDAY, time(23), time(1), FIRST),
        WeeklyTurn(COLM, SATURDAY, time(9), time(17), FIRST),
    ]
    at = london(DAY, 20)
    found = joined(shifts(twice, at, at + timedelta(days=8)))
    assert [(s.who, s.ends_at) for s in on_at(found, at)] == [(AMIRA, london(DAY + timedelta(days=1), 1))]
    coming = next_on(found, at)
    assert coming and (coming.who, coming.starts_at) == (COLM, london(DAY + timedelta(days=3), 9))


def test_gaps() -> None:
    since, until = london(DAY, 12), london(DAY + timedelta(days=1), 12)
    found = shifts([LATE, NIGHT], since, until)
    assert gaps(found, since, until) == [
        (since, london(DAY, 15)),
        (london(DAY + timedelta(days=1), 8), until),
    ]
    assert gaps([], since, until) == [(since, until)]


turns = st.lists(
    st.builds(
        WeeklyTurn,
        who=st.integers(1, 4),
        weekday=st.integers(0, 6),
        starts=st.times().map(lambda t: t.replace(second=0, microsecond=0)),
        until=st.times().map(lambda t: t.replace(second=0, microsecond=0)),
        first_on=st.just(FIRST),
    ),
    max_size=8,
)
# Around both clock changes of a year, and away from them.
instants = st.datetimes(datetime(2026, 3, 26), datetime(2026, 11, 5)).map(lambda t: t.replace(tzinfo=UTC))


@given(turns, instants)
def test_at_every_instant_either_someone_is_on_or_it_is_a_gap(turns: list[WeeklyTurn], at: datetime) -> None:
    since, until = at - timedelta(hours=30), at + timedelta(hours=30)
    found = shifts(turns, since, until)
    in_gap = any(starts <= at < ends for starts, ends in gaps(found, since, until))
    assert bool(on_at(found, at)) != in_gap


@given(turns, instants)
def test_the_window_asked_for_changes_nobody_who_is_on(turns: list[WeeklyTurn], at: datetime) -> None:
    narrow = shifts(turns, at, at + timedelta(minutes=1))
    wide = shifts(turns, at - timedelta(days=9), at + timedelta(days=9))
    assert on_at(narrow, at) == on_at(wide, at)
    assert {s.who for s in on_at(joined(wide), at)} == {s.who for s in on_at(wide, at)}


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.times(), st.times())
def test_the_wall_clock_never_runs_backwards(day: date, one: time, other: time) -> None:
    first, second = sorted((one, other))
    assert wall(day, first) <= wall(day, second)
