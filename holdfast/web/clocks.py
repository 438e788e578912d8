"""How is a promise with a time worded: how long, how urgent, and when by the wall clock?

Everything here is pure: `now` is passed in and nothing reads a clock.  The figure counts whole
minutes between the two wall-clock minutes shown on the page, so that the figure, the due time and
the page's own time always add up on paper.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

# Our choice: within an hour a promise is drawn in a box, whatever it is about.
SOON = timedelta(minutes=60)
# Our choice: beyond six hours the figure is light, since no one need act on it this shift.
LATER = timedelta(hours=6)
# Our choice: beyond two days hours and minutes say nothing useful.
DAYS_FROM = timedelta(hours=48)

DAY = timedelta(days=1)
MINUTES_AN_HOUR = 60


class Weight(StrEnum):
    """How strongly a clock is drawn; the words beside it say the same."""

    LATE = "late"
    SOON = "soon"
    PLAIN = "plain"
    LATER = "later"


@dataclass(frozen=True)
class Part:
    """One figure and its unit: `05` and `min`."""

    figure: str
    unit: str


@dataclass(frozen=True)
class Clock:
    """A promise in words: figure, what it is, and the wall time."""

    weight: Weight
    parts: tuple[Part, ...]
    words: str
    wall: str
    due: datetime

    @property
    def spoken(self) -> str:
        """The whole clock as one sentence, for plain text and for what is read aloud."""
        figure = " ".join(f"{part.figure} {part.unit}" for part in self.parts)
        return f"{figure} {self.words}. {self.wall}"


def clock(*, due: datetime, now: datetime, towards: str, label: str = "Due") -> Clock:
    """Word the time to (or since) `due`.

    `towards` says what we count to ("to the next review"); once late it gives way to "late".
    `label` stands before the wall time ("Due", "Answer due", "Promised by").
    """
    left = _minute(due) - _minute(now)
    return Clock(
        weight=weight(left),
        parts=figure(due, now),
        words="late" if left < timedelta(0) else towards,
        wall=f"{label} {moment_words(due, now)}",
        due=due,
    )


def weight(left: timedelta) -> Weight:
    """Return how strongly a promise with this much time left is drawn."""
    if left < timedelta(0):
        return Weight.LATE
    if left <= SOON:
        return Weight.SOON
    return Weight.PLAIN if left <= LATER else Weight.LATER


def figure(due: datetime, now: datetime) -> tuple[Part, ...]:
    """Return the figure parts between two times, whichever comes first."""
    first, last = sorted((_minute(due), _minute(now)))
    apart = last - first
    if apart >= DAYS_FROM:
        # Days are counted by the wall clock, so that a night of 23 or 25 hours is one day.
        days = (_naive(last) - _naive(first)) // DAY
        return (Part(str(days), "day" if days == 1 else "days"),)
    hours, minutes = divmod(apart // timedelta(minutes=1), MINUTES_AN_HOUR)
    if not hours:
        return (Part(str(minutes), "min"),)
    return (Part(str(hours), "h"), Part(f"{minutes:02}", "min"))


def counted(first: datetime, last: datetime) -> str:
    """Return "1 h 05 min" between two times, as the figure of a clock counts it."""
    return " ".join(f"{part.figure} {part.unit}" for part in figure(first, last))


def length(apart: timedelta) -> str:
    """Word a length of time in running text: "4 minutes", "5 h 20 min", "3 days"."""
    if apart < timedelta(minutes=1):
        seconds = max(int(apart.total_seconds()), 0)
        return f"{seconds} second" if seconds == 1 else f"{seconds} seconds"
    if apart >= DAYS_FROM:
        return f"{apart // DAY} days"
    hours, minutes = divmod(apart // timedelta(minutes=1), MINUTES_AN_HOUR)
    if hours:
        return f"{hours} h {minutes:02} min"
    return f"{minutes} minute" if minutes == 1 else f"{minutes} minutes"


@lru_cache(maxsize=4_096)
def wall_time(at: datetime) -> str:
    """Return "22:30" in London, with GMT or BST only where the night shows that time twice."""
    local = at.astimezone(LONDON)
    shown = f"{local:%H:%M}"
    twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return f"{shown} {local.tzname()}" if twice else shown


def day_words(day: date, today: date) -> str:
    """Return "Friday 13 November", with the year only when it is not this year."""
    shown = f"{day:%A} {day.day} {day:%B}"
    return shown if day.year == today.year else f"{shown} {day.year}"


def short_day(day: date, today: date) -> str:
    """Return "13 November", with the year only when it is not this year."""
    shown = f"{day.day} {day:%B}"
    return shown if day.year == today.year else f"{shown} {day.year}"


def moment_words(at: datetime, now: datetime) -> str:
    """Return "22:30" today, "tomorrow 09:00", "yesterday 23:50", else the day and the time."""
    day, today = at.astimezone(LONDON).date(), now.astimezone(LONDON).date()
    near = {-1: "yesterday ", 0: "", 1: "tomorrow "}.get((day - today).days)
    if near is None:
        return f"{day_words(day, today)}, {wall_time(at)}"
    return f"{near}{wall_time(at)}"


def at_words(at: datetime, now: datetime) -> str:
    """Return "at 22:30" today, else as `moment_words`: "yesterday 23:50"."""
    words = moment_words(at, now)
    return f"at {words}" if words[0].isdigit() else words


def short_moment(at: datetime, now: datetime) -> str:
    """Return "15:30" today, else the day alone: "yesterday", "16 October"."""
    day, today = at.astimezone(LONDON).date(), now.astimezone(LONDON).date()
    if day == today:
        return wall_time(at)
    return "yesterday" if (today - day).days == 1 else short_day(day, today)


def family_time(at: datetime) -> str:
    """Return "7:40pm", as children's and families' pages say it."""
    local = at.astimezone(LONDON)
    return f"{local.hour % 12 or 12}:{local:%M}{'am' if local.hour < 12 else 'pm'}"


def _minute(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(second=0, microsecond=0)


def _naive(at: datetime) -> datetime:
    return at.astimezone(LONDON).replace(tzinfo=None)
