"""What does a youth justice service tell us: its work with a child, and what courts decided?"""

from dataclasses import replace
from datetime import date

from holdfast.chronology.rules import EventFacts
from holdfast.chronology.terms import EventKind
from holdfast.feeds.adapters.told import Row, Told, end_at, event, sentence


def caseload(row: Row) -> Told:
    """The service is working with a child; the date of the first court appearance ever, if there was one."""
    worker = row.text("case_manager")
    work = event(
        row,
        EventKind.YOUTH_JUSTICE,
        f"Youth justice service: {row.text('intervention').capitalize()}",
        row.get("opened"),
        code=row.text("intervention"),
        ended_at=end_at(row.get("closed")),
        text=sentence(f"Worker: {worker}" if worker else "", row.text("education_status").capitalize()),
    )
    return Told(
        events=(work, *_first_court(row)),
        weak=_first_court_unread(row),
        opens="" if row.get("closed") else "The youth justice service is working with this child",
        is_surely_child=True,
        lives_in=row.where.of_postcode(row.text("postcode")),
        lives_since=row.get("opened"),
    )


def _first_court(row: Row) -> tuple[EventFacts, ...]:
    first = row.get("first_court_date")
    return (_as_first(row, EventKind.FIRST_COURT, "First time in a youth court", first),) if first else ()


def _first_court_unread(row: Row) -> tuple[EventFacts, ...]:
    """That there was a first time is known although its date cannot be read."""
    if "first_court_date" not in row.unread:
        return ()
    title = "First time in a youth court, on a date that cannot be read and is asked for"
    return (_as_first(row, EventKind.FIRST_COURT_UNDATED, title, row.drop_on),)


def _as_first(row: Row, kind: EventKind, title: str, day: date) -> EventFacts:
    return replace(event(row, kind, title, day), source_ref=f"{row.key} first court")


def court(row: Row) -> Told:
    """A hearing; each further line is a condition that starts, is in force or ends."""
    hearing = event(
        row,
        EventKind.HEARING,
        f"Court: {row.text('result_text') or row.text('hearing_type').capitalize()}",
        row.get("hearing_date"),
        code=f"{row.text('hearing_type')} {row.text('remand_status') or row.text('result_code')}".strip(),
        place_text=row.text("court"),
        text=sentence(row.text("offence"), row.text("result_text"), _next_hearing(row)),
    )
    hearing = replace(hearing, source_ref=f"{row.la_code}:{row.text('hearing_ref')}")
    if not row.get("line_no"):
        return Told(events=(hearing,), is_surely_child=True)
    return Told(events=_condition(row), weak=(hearing,), is_surely_child=True)


def _next_hearing(row: Row) -> str:
    day = row.get("next_hearing_date")
    return f"Next hearing {day:%-d %B %Y}" if day else ""


def _condition(row: Row) -> tuple:
    if not row.text("condition_type"):
        return ()
    ended = row.get("condition_end")
    why = row.text("condition_end_reason")
    words = row.text("condition_type").replace("-", " ").lower()
    condition = event(
        row,
        EventKind.COURT_CONDITION,
        f"Condition {'ended' if ended else 'in force'}: {words}",
        row.get("condition_start") or row.get("hearing_date"),
        code=row.text("condition_type"),
        ended_at=end_at(ended),
        text=sentence(row.text("condition_detail"), f"Ended because: {why}" if why else ""),
    )
    return (condition,)
