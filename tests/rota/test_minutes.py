"""The rota against a second, simpler reading of it: walk through the minutes and look at the clock.

Each example is a random rota over the three days around a change of the clocks, every minute compared.
"""

import os
from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import accumulate, groupby

from hypothesis import given, settings
from hypothesis import strategies as st

from holdfast.rota.rules import DAY, LONDON, WeeklyTurn, gaps, on_at, shifts

MINUTE = timedelta(minutes=1)
EXAMPLES = 5_000 if os.environ.get("HOLDFAST_TEST_ALL") else 100
FIRST_YEAR, LAST_YEAR = 2020, 2035


def change(year: int, month: int) -> date:
    """The last Sunday of the month, when the clocks change."""
    last = date(year, month, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)


@cache
def minutes(sunday: date) -> tuple[list[datetime], list[datetime]]:
    """Every minute of the three days, and the latest that a clock on the wall has shown by then."""
    start = datetime.combine(sunday - DAY, time(), tzinfo=LONDON).astimezone(UTC)
    instants = [start + n * MINUTE for n in range(3 * 24 * 60)]
    shown = [at.astimezone(LONDON).replace(tzinfo=None) for at in instants]
    return instants, list(accumulate(shown, max))


def on_by_minute(turns: list[WeeklyTurn], sunday: date) -> list[set[int]]:
    instants, latest = minutes(sunday)
    on: list[set[int]] = [set() for _ in instants]
    for turn in turns:
        for day in [sunday + n * DAY for n in range(-2, 3)]:
            if day.weekday() != turn.weekday:
                continue
            ends_on = day if turn.until > turn.starts else day + DAY
            begins = bisect_left(latest, datetime.combine(day, turn.starts))
            ends = bisect_left(latest, datetime.combine(ends_on, turn.until))
            for minute in on[begins:ends]:
                minute.add(turn.who)
    return on


clock_times = st.builds(time, st.integers(0, 23), st.sampled_from([0, 1, 15, 30, 59]))
turns_around = st.lists(
    st.builds(
        WeeklyTurn,
        who=st.integers(1, 3),
        weekday=st.sampled_from([4, 5, 6, 0, 1]),
        starts=clock_times,
        until=clock_times,
        first_on=st.just(date(FIRST_YEAR - 1, 1, 1)),
    ),
    min_size=1,
    max_size=6,
)
sundays = st.builds(change, st.integers(FIRST_YEAR, LAST_YEAR), st.sampled_from([3, 10]))


@settings(max_examples=EXAMPLES, deadline=None)
@given(turns_around, sundays)
def test_every_minute_around_a_change_of_the_clocks(turns: list[WeeklyTurn], sunday: date) -> None:
    instants, _ = minutes(sunday)
    found = shifts(turns, instants[0], instants[-1] + MINUTE)
    expected = on_by_minute(turns, sunday)
    edges = sorted({edge for shift in found for edge in (shift.starts_at, shift.ends_at)})
    at_edges = [at for edge in edges for at in (edge - MINUTE, edge) if instants[0] <= at <= instants[-1]]
    for at in at_edges:
        assert {shift.who for shift in on_at(found, at)} == expected[(at - instants[0]) // MINUTE]
    # Between two edges nothing changes in either reading.
    changes = [
        at for at, before, now in zip(instants[1:], expected, expected[1:], strict=False) if before != now
    ]
    assert set(changes) <= set(edges)


@settings(max_examples=EXAMPLES, deadline=None)
@given(turns_around, sundays)
def test_gaps_are_the_minutes_with_nobody_on(turns: list[WeeklyTurn], sunday: date) -> None:
    instants, _ = minutes(sunday)
    until = instants[-1] + MINUTE
    expected = []
    for empty, run in groupby(zip(instants, on_by_minute(turns, sunday), strict=True), lambda m: not m[1]):
        if empty:
            gap = [at for at, _ in run]
            expected.append((gap[0], gap[-1] + MINUTE))
    assert gaps(shifts(turns, instants[0], until), instants[0], until) == expected
