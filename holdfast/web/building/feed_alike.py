"""Rows with the very same fault, to be mended together: which they are, and what came of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from holdfast.feeds.mending import MOST_TOGETHER, Common, Outcome
from holdfast.feeds.models import Message
from holdfast.feeds.queries import row_of
from holdfast.web import links
from holdfast.web.building.feed_row import table_for, used_words
from holdfast.web.clocks import moment_words
from holdfast.web.forms.feeds import MendForm
from holdfast.web.parts import FormPart, Link, Row

SHOWN = 50  # rows listed before they are mended, our choice: enough to see what they are


def form_for(message: Message, field: str, data: Any = None) -> MendForm | None:
    """Return the form for the one field, if the row has a fault in it."""
    table = table_for(message)
    if table is None or field not in {problem.field for problem in message.problems.all()}:
        return None
    return MendForm(data, table=table, message=message, cells=row_of(message).cells, only=[field])


def page(
    message: Message, field: str, form: MendForm, rows: Sequence[Message], now: datetime
) -> dict[str, Any]:
    """Return what `web/feed_rows_alike.html` lays out."""
    fault = next(problem for problem in message.problems.all() if problem.field == field)
    number = _rows(len(rows))
    action = links.page("feed_rows_alike", message.delivery.ref, field, message.row)
    return {
        "back": Link(f"Row {message.row}", links.page("feed_row", message.delivery.ref, message.row)),
        "feed": message.delivery.feed.label,
        "number": number,
        "reason": fault.reason,
        "most": f"No more than {MOST_TOGETHER:,} are mended in one go." if len(rows) >= MOST_TOGETHER else "",
        "rows": [_row(row, used_words([fault]), now) for row in rows[:SHOWN]],
        "more": f"And {len(rows) - SHOWN:,} more." if len(rows) > SHOWN else "",
        "mend": FormPart(form=form, action=action, button=f"Mend {number} and apply them"),
    }


def common(faults: Sequence[Common]) -> list[Row]:
    """Return the faults that many rows have, each with the way to mend them together."""
    return [
        Row(
            title=_rows(one.number),
            url=links.page("feed_rows_alike", one.message.delivery.ref, one.field, one.message.row),
            about=one.reason,
            more=one.message.delivery.feed.label,
        )
        for one in faults
    ]


def _rows(number: int) -> str:
    return "1 row" if number == 1 else f"{number:,} rows"


def _row(message: Message, used: str, now: datetime) -> Row:
    delivery = message.delivery
    return Row(
        title=f"Row {message.row}",
        url=links.page("feed_row", delivery.ref, message.row),
        more=f"{delivery.path}, arrived {moment_words(delivery.arrived_at, now)}",
        word="" if message.status == "quarantined" else used,
    )


def result(outcome: Outcome, statuses: Mapping[str, int], is_later: bool) -> str:
    """Say what came of mending rows together."""
    said = f"{_rows(len(outcome.mended))} mended."
    if is_later:
        said += " They are being applied now."
    else:
        used = sum(
            number for status, number in statuses.items() if status in ("applied", "duplicate", "superseded")
        )
        said += f" Used: {used:,}."
        if statuses.get("quarantined"):
            said += f" Still to be mended: {statuses['quarantined']:,}."
    return f"{said} {outcome.left:,} could not be mended here." if outcome.left else said
