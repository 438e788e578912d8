"""What did people write about somebody, that no source's record says whose it is?

When records turn out to be two people's, what hangs on a record goes with it.  What a practitioner wrote
hangs on the person: only somebody who knows can say of which of the two it is true.  A table of such work
says so itself: it has a `WORK` label, says itself in words (`as_work`) and may narrow what counts
(`ONLY_WORK`), so that a package born later is not forgotten.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from holdfast.audit.commands import record_each
from holdfast.kit.transactions import atomic
from holdfast.people.joining import move_row, what_hangs
from holdfast.people.models import Person, Practitioner


@dataclass(frozen=True, slots=True)
class Work:
    """One thing somebody wrote.  `name` tells it from all others on this person."""

    name: str
    label: str
    words: str


def work_on(person: Person) -> list[Work]:
    """Return what people wrote about somebody, table by table, the oldest first.  One SQL query a table.

    The caller has asked who reads.
    """
    return [
        Work(_name(table, row), table.WORK, row.as_work())
        for table, field in _tables()
        for row in _rows(table, field, person)
    ]


@atomic
def move_work(
    *, by: Practitioner, at: datetime, person: Person, to: Person, names: Collection[str]
) -> list[Work]:
    """Let what somebody named of a person's work be another's.  Returns what moved."""
    moved: list[Work] = []
    for table, field in _tables():
        for row in _rows(table, field, person):
            if _name(table, row) in names:
                moved.append(Work(_name(table, row), table.WORK, row.as_work()))
                move_row(row, field, to, at)
    record_each(by=by, act="people.move_work", at=at, lines=[(to.ref, person.ref, one.name) for one in moved])
    return moved


def _tables() -> Iterator[tuple[Any, str]]:
    return ((table, field) for table, field in what_hangs() if hasattr(table, "WORK"))


def _rows(table: Any, field: str, person: Person) -> Any:
    only = getattr(table, "ONLY_WORK", Q())
    found = table._default_manager.filter(only, **{field: person})
    return found.select_related(*getattr(table, "WORK_NAMES", ())).order_by("pk")


def _name(table: Any, row: Any) -> str:
    return f"{table._meta.label_lower}-{row.pk}"
