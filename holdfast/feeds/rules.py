"""Can this row be used, which values of it, and is it the current word on its key?

A mandatory value that is blank, unreadable or not in its list makes the row wait.  Any other such
value is set aside and asked, and the row is used without it.  What could mean two things is never
guessed.

A time in the hour that the clocks skip in spring: where the row also gives a time from the hours
before, a clock was running that nobody had put forward, and it is read so.  Where nothing on the
row tells, it is asked, once; the row is used, for its day is certain.
"""

import hashlib
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import msgspec

from holdfast.feeds.reading.dates import NotRead, SkippedHour, read_date, read_date_time
from holdfast.feeds.reading.letters import look_alike
from holdfast.feeds.reading.rows import Checked, Context, Problem, RawRow
from holdfast.feeds.reading.values import read_age, read_number, read_whole
from holdfast.feeds.tables import Column, Table
from holdfast.feeds.terms import DateStyle, Kind, ProblemCode, Severity

LONGEST_SHOWN = 60  # characters of a value repeated to its sender; our choice
LONGEST_REASON = 400  # characters kept with the row
CLOCK_RAN_ON = timedelta(hours=12)  # our choice: a time from this long before shows the same night's clock

Reading = tuple[Any, str]  # the value, and what to remark about how it was read


def check_row(table: Table, row: RawRow, context: Context) -> Checked:
    """Return the row's typed values and everything wrong with it."""
    values: dict[str, Any] = {}
    problems = [row.fault] if row.fault else []
    remarks: list[Problem] = []
    skipped: dict[str, SkippedHour] = {}
    for column in table.columns:
        text = row.cells.get(column.name, "")
        values[column.name] = None
        if not text or text in table.blank_words:
            # Behind the place where a file was cut nothing is blank, only lost.
            if column.mandatory and row.fault is None:
                problems.append(_blank(column))
            continue
        try:
            values[column.name], remark = _READERS[column.kind](column, text, table, context)
            if remark:
                remarks.append(Problem(column.name, ProblemCode.NOT_READABLE, remark, Severity.REMARK))
        except SkippedHour as trouble:
            skipped[column.name] = trouble
        except NotRead as trouble:
            values[column.name] = trouble.kept
            problems.append(_problem(table, column, row, trouble))
    checked = Checked(values, tuple(problems), tuple(remarks))
    return _with_skipped_hours(table, row, checked, skipped) if skipped else checked


def _with_skipped_hours(
    table: Table, row: RawRow, checked: Checked, skipped: dict[str, SkippedHour]
) -> Checked:
    """Settle the times no clock showed, now that the row's other times are known."""
    certain = [value for value in checked.values.values() if isinstance(value, datetime)]
    values, problems, remarks = dict(checked.values), list(checked.problems), list(checked.remarks)
    on_day: dict[str, date] = {}
    for name, trouble in skipped.items():
        if any(timedelta(0) < trouble.ran_on - time <= CLOCK_RAN_ON for time in certain):
            values[name] = trouble.ran_on
            remark = f"No clock showed '{row.cells[name]}' that night; read as a clock not yet put forward."
            remarks.append(Problem(name, trouble.code, remark, Severity.REMARK))
            continue
        if not on_day:
            problems.append(_problem(table, table.column(name), row, trouble))
        on_day[name] = trouble.day
    return Checked(values, tuple(problems), tuple(remarks), on_day)


def key_of(table: Table, values: dict[str, Any]) -> tuple[str, ...] | None:
    """Return what the sender calls the row, unique within the sender; None when part of it is missing."""
    parts = [values.get(name) for name in table.key]
    if any(part is None for part in parts):
        return None
    return tuple(part.isoformat() if isinstance(part, date) else str(part) for part in parts)


def content_digest(row: RawRow) -> str:
    """Return a digest of what the row says, whatever its encoding, spacing or order of columns."""
    says = sorted(row.cells.items())
    # A record that was cut is never the same as a whole one that happens to say no more.
    mark = row.fault.code.value + row.text if row.fault else ""
    return hashlib.sha256(msgspec.json.encode([mark, says])).hexdigest()


def rank(table: Table, values: dict[str, Any], drop_on: date, is_resend: bool, number: str) -> str:
    """Return text that sorts later for the row that is current among those with one key.

    The sender's version decides, then the day its job ran, then the place in the file; when a file
    reached us never does.
    """
    version = values.get(table.version) if table.version else None
    place = int(digits) if (digits := number.rpartition("!")[2]).isdigit() else 0
    return f"{max(0, version or 0):012d} {drop_on:%Y-%m-%d} {int(is_resend)} {place:09d}"


def _blank(column: Column) -> Problem:
    reason = f"{_begin(column)} is blank. It is mandatory."
    if column.codes:
        reason += f" Use one of: {column.codes.allowed}."
    return Problem(column.name, ProblemCode.BLANK, reason[:LONGEST_REASON], Severity.ERROR)


def _problem(table: Table, column: Column, row: RawRow, trouble: NotRead) -> Problem:
    is_usable = not column.mandatory or trouble.kept is not None or isinstance(trouble, SkippedHour)
    text = row.cells[column.name]
    shown = text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"
    reason = f"{_begin(column)} {trouble.why}: '{shown}'. {_advice(table, column)}".strip()
    severity = Severity.WARNING if is_usable else Severity.ERROR
    return Problem(column.name, trouble.code, reason[:LONGEST_REASON], severity)


def _begin(column: Column) -> str:
    return column.label[0].upper() + column.label[1:]


def _advice(table: Table, column: Column) -> str:
    """Say how to send it, in the sender's own format."""
    if column.is_name:
        return "Type the name again in one alphabet."
    if column.codes and column.codes.meanings:
        return f"Use one of: {column.codes.allowed}."
    if column.kind == Kind.DATE:
        return f"Send it as {table.date_example[:10]}."
    if column.kind == Kind.DATE_TIME:
        return f"Send it as {table.date_example}."
    return ""


def _read_text(column: Column, text: str, table: Table, context: Context) -> Reading:
    if column.is_name and (wrong := look_alike(text)):
        raise NotRead(wrong, ProblemCode.LOOK_ALIKE, kept=text)
    return text, ""


def _read_number(column: Column, text: str, table: Table, context: Context) -> Reading:
    value = read_number(text)
    if value is None:
        raise NotRead("is not a number", ProblemCode.NOT_A_NUMBER)
    return value, ""


def _read_whole(column: Column, text: str, table: Table, context: Context) -> Reading:
    value = read_whole(text)
    if value is None:
        raise NotRead("is not a whole number", ProblemCode.NOT_A_NUMBER)
    return value, ""


def _read_age(column: Column, text: str, table: Table, context: Context) -> Reading:
    value = read_age(text)
    if value is None:
        raise NotRead("is not an age in years", ProblemCode.NOT_A_NUMBER)
    return value, ""


def _read_date(column: Column, text: str, table: Table, context: Context) -> Reading:
    if column.is_past and table.dates == DateStyle.TYPED_BY_HAND and read_age(text) is not None:
        return None, "An age was written in place of a date."
    found = read_date(text, table.dates, context.drop_on, column.is_past)
    if column.is_past and found > context.drop_on:
        raise NotRead("is later than the day the file was sent")
    return found, ""


def _read_date_time(column: Column, text: str, table: Table, context: Context) -> Reading:
    return read_date_time(text, table.dates, context.drop_on), ""


def _read_code(column: Column, text: str, table: Table, context: Context) -> Reading:
    assert column.codes is not None
    if not column.codes.meanings:
        return _read_authority(text, context)
    code = column.codes.find(text)
    if code is None:
        raise NotRead(f"is not in the list of {column.codes.name}", ProblemCode.NOT_IN_LIST)
    return code, ""


def _read_authority(text: str, context: Context) -> Reading:
    if context.authorities and text not in context.authorities:
        allowed = ", ".join(sorted(context.authorities))
        raise NotRead(f"is none of this partnership's ({allowed})", ProblemCode.NOT_IN_LIST)
    return text, ""


def _read_flags(column: Column, text: str, table: Table, context: Context) -> Reading:
    try:
        found = msgspec.json.decode(text, type=dict[str, Any] | list[Any])
    except (msgspec.DecodeError, RecursionError):
        raise NotRead("cannot be read as JSON", ProblemCode.NOT_READABLE) from None
    if column.codes is None:
        return found, ""
    sent = [str(item) for item in found]
    known = [code for item in sent if (code := column.codes.find(item))]
    if len(known) < len(sent):
        why = f"holds a code not in the list of {column.codes.name}"
        raise NotRead(why, ProblemCode.NOT_IN_LIST, kept=known or None)
    return known, ""


_READERS: dict[Kind, Callable[[Column, str, Table, Context], Reading]] = {
    Kind.TEXT: _read_text,
    Kind.NUMBER: _read_number,
    Kind.WHOLE: _read_whole,
    Kind.AGE: _read_age,
    Kind.DATE: _read_date,
    Kind.DATE_TIME: _read_date_time,
    Kind.CODE: _read_code,
    Kind.FLAGS: _read_flags,
}
