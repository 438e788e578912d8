"""When was that?  Day first is UK practice; what could mean two days is asked, never guessed.

A year of two digits: a birth date lies in the past, anything else near the day the file was sent.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

from holdfast.feeds.terms import DateStyle, ProblemCode

LONDON = ZoneInfo("Europe/London")
EARLIEST_YEAR, LATEST_YEAR = 1900, 2100  # our choice: outside these a date is a slip
# A workbook counts days from here; the range keeps to 1925-2099.
_SERIAL_START, _SERIAL_FIRST, _SERIAL_LAST = date(1899, 12, 30), 9133, 73050
_TWELVE_MONTHS = timedelta(days=366)
# Our choice: what an export tells of lies this many years around the day it was sent.  Further off, a
# year of two digits may as well be the day of a date written year first, so it is asked.
NEAR_YEARS = 5

_TIME = r"(?:[ T,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)? ?(Z|[+-]\d{2}:?\d{2})?)?"
_YEAR_FIRST = re.compile(rf"^(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}$")
_DAY_FIRST = re.compile(rf"^(\d{{1,2}})[-/. ](\d{{1,2}})[-/. ](\d{{2}}|\d{{4}}){_TIME}$")
_MONTH_NAMED = re.compile(
    rf"^(\d{{1,2}})(?:st|nd|rd|th)?[-/. ]*([a-z]{{3,9}})\.?(?:[-/., ]*(\d{{4}}|\d{{2}}))?{_TIME}$",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"^(mon|tue|wed|thu|fri|sat|sun)[a-z]*[,.]? +", re.IGNORECASE)
_SERIAL = re.compile(r"^(\d{4,5})(?:\.0+)?$")
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class NotRead(Exception):
    """Carries what to tell the sender, to follow the name of the column; `kept` is what could be read."""

    def __init__(self, why: str, code: ProblemCode = ProblemCode.NOT_A_DATE, kept: Any = None) -> None:
        super().__init__(why)
        self.why, self.code, self.kept = why, code, kept


class SkippedHour(NotRead):
    """A time no clock showed, in the night the clocks go forward.

    `day` is certain; `ran_on` is the time on a clock that had not been put forward.
    """

    def __init__(self, day: date, ran_on: datetime) -> None:
        super().__init__(
            "is a time that no clock showed, because the clocks went forward that night",
            ProblemCode.NO_SUCH_TIME,
        )
        self.day, self.ran_on = day, ran_on


@dataclass(frozen=True, slots=True)
class _Parts:
    day: date
    clock: time | None
    offset: str | None


@dataclass(frozen=True, slots=True)
class _Sent:
    """What a date is read by: how it was written, when it was sent, whether it can only be past."""

    by_hand: bool
    on: date
    is_birth: bool = False


def read_date(text: str, style: DateStyle, sent_on: date, is_birth: bool = False) -> date:
    """Return the day; a midnight behind it is ignored.  Raises NotRead."""
    return _parts(text, _Sent(style == DateStyle.TYPED_BY_HAND, sent_on, is_birth)).day


def read_date_time(text: str, style: DateStyle, sent_on: date) -> datetime:
    """Return London time with its offset; an hour that came twice is its first occurrence.

    Raises NotRead, and SkippedHour for a time no clock showed.
    """
    parts = _parts(text, _Sent(style == DateStyle.TYPED_BY_HAND, sent_on))
    if parts.clock is None:
        raise NotRead("has a date but no time of day")
    if parts.offset:
        return _with_offset(parts)
    shown = datetime.combine(parts.day, parts.clock)
    instant = _in_london(shown.replace(tzinfo=LONDON))
    if instant.replace(tzinfo=None) != shown:
        raise SkippedHour(parts.day, instant)
    return instant


def _in_london(time: datetime) -> datetime:
    """Return the instant with London's offset fixed.

    Python never calls two times equal, and miscounts between them, where a zone's clocks change.
    """
    there = time.astimezone(UTC).astimezone(LONDON)
    return there.replace(tzinfo=timezone(there.utcoffset() or timedelta(0)), fold=0)


def _with_offset(parts: _Parts) -> datetime:
    assert parts.clock is not None and parts.offset is not None
    try:
        zone = _zone(parts.offset)
        return _in_london(datetime.combine(parts.day, parts.clock, zone))
    except (ValueError, OverflowError):
        raise NotRead("has a time offset that does not exist") from None


def _zone(offset: str) -> timezone:
    if offset == "Z":
        return UTC
    hours, minutes = int(offset[1:3]), int(offset[-2:])
    gap = timedelta(hours=hours, minutes=minutes)
    return timezone(-gap if offset[0] == "-" else gap)


def _parts(text: str, sent: _Sent) -> _Parts:
    weekday = _WEEKDAY.match(text)
    found = _read(text[weekday.end() :] if weekday else text, sent)
    if not EARLIEST_YEAR <= found.day.year <= LATEST_YEAR:
        raise NotRead("is a date in a year that cannot be meant")
    if weekday and _WEEKDAYS[found.day.weekday()] != weekday[1].lower():
        raise NotRead(f"names a {weekday[1]}, but that day was a {_WEEKDAYS[found.day.weekday()].title()}")
    return found


def _read(text: str, sent: _Sent) -> _Parts:
    if found := _YEAR_FIRST.match(text):
        return _Parts(_day(found[1], found[2], found[3]), *_clock(found, 4))
    if found := _DAY_FIRST.match(text):
        return _Parts(_day(_year(found[3], sent), found[2], found[1]), *_clock(found, 4))
    if found := _MONTH_NAMED.match(text):
        return _Parts(_named_day(found[1], _month(found[2]), found[3], sent), *_clock(found, 4))
    if sent.by_hand and (found := _SERIAL.match(text)) and _SERIAL_FIRST <= int(found[1]) <= _SERIAL_LAST:
        return _Parts(_SERIAL_START + timedelta(days=int(found[1])), None, None)
    raise NotRead("is not a date")


def _clock(found: re.Match[str], first: int) -> tuple[time | None, str | None]:
    hour, minute, second, offset = found.group(first, first + 1, first + 2, first + 3)
    if hour is None:
        return None, None
    try:
        return time(int(hour), int(minute), int(second or 0)), offset
    except ValueError:
        raise NotRead("is not a date and time") from None


def _day(year: str | int, month: str | int, day: str | int) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise NotRead("is not a date") from None


def _year(text: str, sent: _Sent) -> int:
    """Return the year that two digits stand for: the latest that is not to come."""
    if len(text) == 4:
        return int(text)
    year = sent.on.year // 100 * 100 + int(text)
    if sent.is_birth:
        return year if year <= sent.on.year else year - 100
    # A date by when something is to be done may lie in the next year.
    year = year if year <= sent.on.year + 1 else year - 100
    if not sent.by_hand and year < sent.on.year - NEAR_YEARS:
        raise NotRead("has a year of two digits that could be another")
    return year


def _month(word: str) -> int:
    starts = [n for n, month in enumerate(_MONTHS, 1) if month.startswith(word.lower()[:9])]
    if word.lower() == "sept":
        return 9
    if len(starts) != 1:
        raise NotRead("is not a date")
    return starts[0]


def _named_day(day: str, month: int, year: str | None, sent: _Sent) -> date:
    if year is not None:
        return _day(_year(year, sent), month, day)
    if not sent.by_hand:
        raise NotRead("has no year")
    return _within_last_year(int(day), month, sent.on)


def _within_last_year(day: int, month: int, sent_on: date) -> date:
    """A date without a year belongs to the twelve months before the file was saved."""
    for year in (sent_on.year, sent_on.year - 1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if timedelta(0) <= sent_on - found <= _TWELVE_MONTHS:
            return found
    raise NotRead("has no year")
