"""Is a promise worded rightly at every edge, on both nights when the clocks change too?"""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.web.clocks import (
    LONDON,
    Weight,
    at_words,
    clock,
    day_words,
    family_time,
    length,
    moment_words,
    wall_time,
)

NOW = datetime(2026, 11, 12, 21, 40, 30, tzinfo=LONDON)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def shown(due, now):
    """The clock's weight, figure and wall time, as a person reads them."""
    face = clock(due=due, now=now, towards="to the next review")
    return face.weight, " ".join(f"{part.figure} {part.unit}" for part in face.parts), face.wall


@pytest.mark.parametrize(
    "after, weight, figure, wall",
    [
        (-11 * MINUTE, Weight.LATE, "11 min", "Due 21:29"),
        (-1 * MINUTE, Weight.LATE, "1 min", "Due 21:39"),
        (0 * MINUTE, Weight.SOON, "0 min", "Due 21:40"),
        (59 * MINUTE, Weight.SOON, "59 min", "Due 22:39"),
        (60 * MINUTE, Weight.SOON, "1 h 00 min", "Due 22:40"),
        (61 * MINUTE, Weight.PLAIN, "1 h 01 min", "Due 22:41"),
        (6 * HOUR, Weight.PLAIN, "6 h 00 min", "Due tomorrow 03:40"),
        (6 * HOUR + MINUTE, Weight.LATER, "6 h 01 min", "Due tomorrow 03:41"),
        (48 * HOUR - MINUTE, Weight.LATER, "47 h 59 min", "Due Saturday 14 November, 21:39"),
        (48 * HOUR, Weight.LATER, "2 days", "Due Saturday 14 November, 21:40"),
        (-3 * DAY, Weight.LATE, "3 days", "Due Monday 9 November, 21:40"),
        (-22 * HOUR, Weight.LATE, "22 h 00 min", "Due yesterday 23:40"),
        (60 * DAY, Weight.LATER, "60 days", "Due Monday 11 January 2027, 21:40"),
    ],
)
def test_a_clock_says_how_long_how_urgent_and_when(after, weight, figure, wall):
    assert shown(NOW + after, NOW) == (weight, figure, wall)


@pytest.mark.parametrize(
    "due, now, figure",
    [
        # 29 March 2026, 01:00 becomes 02:00: the night has 23 hours.
        (datetime(2026, 3, 29, 3, 0), datetime(2026, 3, 29, 0, 30), "1 h 30 min"),
        (datetime(2026, 3, 31, 9, 0), datetime(2026, 3, 28, 9, 0), "3 days"),
        # 25 October 2026, 02:00 becomes 01:00: the night has 25 hours.
        (datetime(2026, 10, 25, 3, 0), datetime(2026, 10, 25, 0, 30), "3 h 30 min"),
        (datetime(2026, 10, 27, 9, 0), datetime(2026, 10, 24, 9, 0), "3 days"),
    ],
)
def test_the_nights_the_clocks_change(due, now, figure):
    assert shown(due.replace(tzinfo=LONDON), now.replace(tzinfo=LONDON))[1] == figure


def test_a_time_shown_twice_in_one_night_says_which_one():
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert wall_time(first) == "01:30 BST"
    assert wall_time(first + HOUR) == "01:30 GMT"
    assert wall_time(first + 2 * HOUR) == "02:30"


def test_once_late_the_words_say_so_and_the_wall_time_stays():
    face = clock(due=NOW - 11 * MINUTE, now=NOW, towards="until someone is with him", label="Answer due")
    assert face.spoken == "11 min late. Answer due 21:29"


def test_a_promise_is_kept_until_its_minute_is_over():
    due = datetime(2026, 11, 12, 21, 29, tzinfo=LONDON)
    assert shown(due, due + timedelta(seconds=59))[0] is Weight.SOON
    assert shown(due, due + MINUTE)[0] is Weight.LATE


@pytest.mark.parametrize(
    "apart, words",
    [
        (timedelta(seconds=1), "1 second"),
        (timedelta(seconds=52), "52 seconds"),
        (MINUTE, "1 minute"),
        (4 * MINUTE, "4 minutes"),
        (5 * HOUR + 20 * MINUTE, "5 h 20 min"),
        (3 * DAY, "3 days"),
    ],
)
def test_length_in_running_text(apart, words):
    assert length(apart) == words


def test_days_and_family_times():
    assert day_words(NOW.date(), NOW.date()) == "Thursday 12 November"
    assert day_words(NOW.date(), NOW.date() + 365 * DAY) == "Thursday 12 November 2026"
    assert family_time(datetime(2026, 11, 12, 19, 40, tzinfo=LONDON)) == "7:40pm"
    assert family_time(datetime(2026, 11, 12, 0, 5, tzinfo=LONDON)) == "12:05am"


@given(st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)), st.integers(-9_000, 9_000))
def test_a_later_now_never_makes_a_promise_less_urgent(due, minutes):
    order = [Weight.LATER, Weight.PLAIN, Weight.SOON, Weight.LATE]
    due, now = due.replace(tzinfo=UTC), due.replace(tzinfo=UTC) + minutes * MINUTE
    before, after = (order.index(shown(due, at)[0]) for at in (now, now + MINUTE))
    assert before <= after


def test_near_days_are_named():
    assert moment_words(NOW + DAY, NOW) == "tomorrow 21:40"
    assert moment_words(NOW - DAY, NOW) == "yesterday 21:40"
    assert [at_words(at, NOW) for at in (NOW, NOW - DAY)] == ["at 21:40", "yesterday 21:40"]
