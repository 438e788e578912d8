"""Who is on at an instant, until when, and who is next?  §10.7.

A turn is weekly and in London wall-clock time.  Here each becomes shifts between two instants, so
that the night of 23 hours and the night of 25 come out right.  Nothing reads a clock or a table.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from holdfast.rota.terms import Whom

LONDON = ZoneInfo("Europe/London")
DAY = timedelta(days=1)

# Our choice: far enough to find the next one on in a weekly rota, even over a week off.
LOOK_AHEAD = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class WeeklyTurn:
    """`until` at or before `starts` means the next morning.  `who` is the practitioner's key."""

    who: int
    weekday: int
    starts: time
    until: time
    first_on: date
    last_on: date | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """On from `starts_at`, up to but not including `ends_at`."""

    who: int
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class LadderStep:
    """Whom to tell, and how long to wait for an answer before the next step."""

    whom: Whom
    wait: timedelta
    practitioner: int | None = None


# Our choice (L): two people are rung, then everyone, within ten minutes; then it all begins again.
FIRST_WAIT = timedelta(minutes=5)
LAST_WAIT = timedelta(minutes=10)
DEFAULT_LADDER = (
    LadderStep(Whom.ON_NOW, FIRST_WAIT),
    LadderStep(Whom.NEXT_ON, FIRST_WAIT),
    LadderStep(Whom.EVERYONE, LAST_WAIT),
)


def shifts(turns: Iterable[WeeklyTurn], since: datetime, until: datetime) -> list[Shift]:
    """Return the shifts that touch the time from `since` to `until`, the earliest first."""
    first_day = since.astimezone(LONDON).date() - DAY  # a night that began yesterday
    last_day = until.astimezone(LONDON).date()
    days = [first_day + n * DAY for n in range((last_day - first_day).days + 1)]
    found = [_shift(turn, day) for turn in turns for day in days if _falls_on(turn, day)]
    touching = [s for s in found if s.starts_at < s.ends_at and s.starts_at < until and s.ends_at > since]
    return sorted(touching, key=lambda shift: (shift.starts_at, shift.ends_at, shift.who))


def on_at(shifts: Iterable[Shift], at: datetime) -> list[Shift]:
    """Return who is on; at the very minute of a change the one who comes is on, the one who goes is not."""
    return [shift for shift in shifts if shift.starts_at <= at < shift.ends_at]


def next_on(shifts: Sequence[Shift], at: datetime) -> Shift | None:
    """Return the next to come on who is not on already: the other person to ring."""
    here = {shift.who for shift in on_at(shifts, at)}
    coming = [shift for shift in shifts if shift.starts_at > at and shift.who not in here]
    return min(coming, key=lambda shift: (shift.starts_at, shift.who), default=None)


def joined(shifts: Iterable[Shift]) -> list[Shift]:
    """Return shifts with one person's that follow on without a break made one: "until" is when they go."""
    whole: list[Shift] = []
    for shift in sorted(shifts, key=lambda shift: (shift.who, shift.starts_at)):
        last = whole[-1] if whole else None
        if last and last.who == shift.who and shift.starts_at <= last.ends_at:
            whole[-1] = Shift(last.who, last.starts_at, max(last.ends_at, shift.ends_at))
        else:
            whole.append(shift)
    return sorted(whole, key=lambda shift: (shift.starts_at, shift.ends_at, shift.who))


def gaps(shifts: Sequence[Shift], since: datetime, until: datetime) -> list[tuple[datetime, datetime]]:
    """Return the times from `since` to `until` at which nobody is on."""
    found, covered = [], since
    for shift in sorted(shifts, key=lambda shift: shift.starts_at):
        if shift.starts_at >= until:
            break
        if shift.starts_at > covered:
            found.append((covered, shift.starts_at))
        covered = max(covered, shift.ends_at)
    return [*found, (covered, until)] if covered < until else found


def wall(day: date, at: time) -> datetime:
    """Return the instant of a London wall-clock time, in UTC.

    A time that comes twice is the first; one that the spring night skips is the moment of the skip,
    so that two turns that meet on paper always meet.
    """
    local = datetime.combine(day, at, tzinfo=LONDON)
    instant = local.astimezone(UTC)
    if instant.astimezone(LONDON).replace(tzinfo=None) != local.replace(tzinfo=None):
        # London skips whole hours, on the hour.
        return instant.replace(minute=0, second=0, microsecond=0)
    return instant


def _falls_on(turn: WeeklyTurn, day: date) -> bool:
    return (
        day.weekday() == turn.weekday
        and turn.first_on <= day
        and (turn.last_on is None or day <= turn.last_on)
    )


def _shift(turn: WeeklyTurn, day: date) -> Shift:
    last_day = day if turn.until > turn.starts else day + DAY
    return Shift(turn.who, wall(day, turn.starts), wall(last_day, turn.until))
