"""One row as sent, what is wrong with it, and how to mend it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from holdfast.feeds.models import Message, Problem
from holdfast.feeds.queries import row_as_sent, row_of
from holdfast.feeds.reading.letters import shown_plainly
from holdfast.feeds.tables import Column, Table, table_of
from holdfast.feeds.terms import ProblemCode
from holdfast.web import links
from holdfast.web.clocks import moment_words
from holdfast.web.forms.feeds import MendForm
from holdfast.web.parts import FormPart, Link, Step

RESULTS = {
    "applied": "Applied. What it says is on the record.",
    "duplicate": "It says the same as a row that was there already.",
    "superseded": "A later version of this row is the one that counts.",
    "quarantined": "It still cannot be used: see what is wrong.",
    "waiting": "It waits to be applied.",
}
TAKEN_BACK = "It was taken back, with all else that its key wrote. It counts no more."


@dataclass(frozen=True)
class Wrong:
    field: str
    reason: str
    alike: Link | None = None  # to mend all rows with this fault together


@dataclass(frozen=True)
class Cell:
    name: str
    value: str
    is_wrong: bool
    was: str = ""  # as sent, where somebody has mended it
    is_mended: bool = False


def result(message: Message, warnings: int) -> str:
    """Say what came of mending a row."""
    if message.status == "applied" and warnings:
        return "Applied, without what is still to be mended."
    return RESULTS[message.status]


def is_kept(problem: Problem) -> bool:
    """Say whether the value is used as sent all the same, and somebody is asked to look at it."""
    return problem.code == ProblemCode.LOOK_ALIKE


def used_words(problems: Sequence[Problem]) -> str:
    """Say how a row is used in which these things are wrong."""
    return "Used as sent" if problems and all(map(is_kept, problems)) else "Applied without it"


def table_for(message: Message) -> Table | None:
    """Return the export of a row that can be mended here: a whole file cannot."""
    if message.row == "*":
        return None
    return table_of(*message.delivery.feed.name.split("/"))


def form_for(message: Message, data: Any = None) -> MendForm | None:
    """Return the form that mends a row, or mends again what was mended; none where nothing can be."""
    table = table_for(message)
    if table is None or message.withdrawn_at or not (message.problems.all() or message.mended_at):
        return None
    cells = row_of(message).cells
    return MendForm(data, table=table, message=message, cells=cells, only=_mended_before(message, cells))


def _mended_before(message: Message, cells: Mapping[str, str]) -> list[str]:
    """Return the columns to be mended again where nothing is wrong any more: those that were mended."""
    if message.problems.all():
        return []
    sent = row_as_sent(message).cells
    return [name for name in {**cells, **sent} if cells.get(name) != sent.get(name)]


def page(
    message: Message, form: MendForm | None, now: datetime, alike: Mapping[str, int] | None = None
) -> dict[str, Any]:
    """Return what `web/quarantine_row.html` lays out.  `alike`: how many rows have the fault of a field."""
    delivery = message.delivery
    problems = list(message.problems.all())
    return {
        "back": Link(delivery.path, links.page("delivery", delivery.ref)),
        "file": delivery.path,
        "row": "the whole file" if message.row == "*" else message.row,
        "feed": delivery.feed.label,
        "is_error": message.status == "quarantined",
        "is_kept": all(map(is_kept, problems)),
        "is_used": message.status in ("applied", "duplicate", "superseded"),
        "state": TAKEN_BACK if message.withdrawn_at else RESULTS[message.status],
        "problems": _problems(message, alike or {}),
        "cells": _cells(message, {problem.field for problem in problems}),
        "text": shown_plainly(message.text),
        "mend": _part(message, form),
        "mended": _mended(message, now),
        "history": _history(message, now),
    }


def _cells(message: Message, wrong: set[str]) -> list[Cell]:
    table = table_for(message)
    if table is None:
        return []
    now, sent = row_of(message).cells, row_as_sent(message).cells
    return [
        _cell(column, now.get(column.name, ""), sent.get(column.name, ""), wrong) for column in table.columns
    ]


def _cell(column: Column, now: str, sent: str, wrong: set[str]) -> Cell:
    return Cell(_label(column.label), now, column.name in wrong, sent, is_mended=now != sent)


def _label(words: str) -> str:
    return words[:1].upper() + words[1:]


def _problems(message: Message, alike: Mapping[str, int]) -> list[Wrong]:
    table = table_for(message)
    labels = {column.name: _label(column.label) for column in table.columns} if table else {}
    return [
        Wrong(
            labels.get(one.field, one.field),
            one.reason,
            alike=alike_link(message, one.field, alike.get(one.field, 0)),
        )
        for one in message.problems.all()
    ]


def alike_link(message: Message, field: str, number: int) -> Link | None:
    """Return the way to mend all rows with one fault together, where there is another."""
    if number < 2:
        return None
    address = links.page("feed_rows_alike", message.delivery.ref, field, message.row)
    return Link(f"{number:,} rows have this fault: mend them together", address)


def _part(message: Message, form: MendForm | None) -> FormPart | None:
    if form is None:
        return None
    action = links.page("feed_row", message.delivery.ref, message.row)
    if message.problems.all():
        return FormPart(form=form, action=action, button="Mend it and apply it")
    return FormPart(
        form=form,
        action=action,
        button="Mend it again and apply it",
        title="Mend it again",
        lead="What was put in before can be put right: the row is applied again with what you write here.",
        is_quiet=True,
    )


def _mended(message: Message, now: datetime) -> str:
    if not message.mended_by or not message.mended_at:
        return ""
    when = moment_words(message.mended_at, now)
    return f"Mended by {message.mended_by.name}, {when}. {RESULTS[message.status]}"


def _history(message: Message, now: datetime) -> list[Step]:
    found = [Step(moment_words(message.delivery.arrived_at, now), "Arrived as sent.")]
    if message.mended_by and message.mended_at:
        found.append(Step(moment_words(message.mended_at, now), "mended it.", lead=message.mended_by.name))
    return found
