"""Write down what was done or seen."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from holdfast.audit.models import Entry
from holdfast.audit.terms import System

if TYPE_CHECKING:
    from holdfast.people.models import Practitioner


def record(
    *,
    by: "Practitioner | System",
    act: str,
    at: datetime,
    about: str = "",
    person_ref: str = "",
    note: str = "",
) -> Entry:
    """Add one line, in the caller's transaction.  `about` and `person_ref` are opaque references."""
    return Entry.objects.create(
        **_who(by),
        at=at,
        act=act,
        about=about,
        person_ref=person_ref,
        note=note,
    )


def record_each(
    *, by: "Practitioner | System", act: str, at: datetime, lines: Iterable[tuple[str, str, str]]
) -> None:
    """Add a line for each (about, person_ref, note), in the caller's transaction.  One SQL statement."""
    Entry.objects.bulk_create(
        [
            Entry(**_who(by), at=at, act=act, about=about, person_ref=person_ref, note=note)
            for about, person_ref, note in lines
        ]
    )


REFS_A_LINE = 25  # opaque references that fit into one note


def record_shown(
    *, by: "Practitioner | System", act: str, at: datetime, refs: Sequence[str], about: str = ""
) -> None:
    """Write down whose names a list showed.  One SQL statement, however long the list."""
    chunks = [refs[start : start + REFS_A_LINE] for start in range(0, len(refs), REFS_A_LINE)] or [[]]
    Entry.objects.bulk_create(
        [
            Entry(**_who(by), at=at, act=act, about=about, note=f"{len(refs)} shown: {' '.join(chunk)}")
            for chunk in chunks
        ]
    )


def _who(by: "Practitioner | System") -> dict[str, Any]:
    is_system = isinstance(by, System)
    return {"practitioner": None if is_system else by, "system": str(by) if is_system else ""}
