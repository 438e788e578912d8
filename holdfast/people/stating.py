"""How is what a row says about a person kept, and found again?"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import connection

from holdfast.people.models import (
    RecordAddress,
    RecordBirthDate,
    RecordIdentifier,
    RecordName,
    RecordPhone,
)
from holdfast.people.rules import Facts

COLUMNS = {
    RecordName: ("given", "family", "kind"),
    RecordBirthDate: ("born_on",),
    RecordIdentifier: ("kind", "value", "issuer", "is_verified"),
    RecordAddress: ("text", "postcode", "kind", "starts_on", "ends_on"),
    RecordPhone: ("number",),
}


STATED = """
WITH wanted AS (
    SELECT * FROM unnest(%(records)s::bigint[], %(stated_by)s::text[]) AS said(record_id, stated_by)
)
SELECT record_id, stated_by, 0, id, given, family, kind, NULL, NULL
    FROM wanted JOIN people_recordname USING (record_id, stated_by)
UNION ALL SELECT record_id, stated_by, 1, id, born_on::text, NULL, NULL, NULL, NULL
    FROM wanted JOIN people_recordbirthdate USING (record_id, stated_by)
UNION ALL SELECT record_id, stated_by, 2, id, kind, value, issuer, is_verified::text, NULL
    FROM wanted JOIN people_recordidentifier USING (record_id, stated_by)
UNION ALL SELECT record_id, stated_by, 3, id, text, postcode, kind, starts_on::text, ends_on::text
    FROM wanted JOIN people_recordaddress USING (record_id, stated_by)
UNION ALL SELECT record_id, stated_by, 4, id, number, NULL, NULL, NULL, NULL
    FROM wanted JOIN people_recordphone USING (record_id, stated_by)
"""

Held = dict[Any, dict[tuple[str | None, ...], int]]


def stated(rows: Sequence[tuple[int, str]]) -> dict[tuple[int, str], Held]:
    """Return the keys of what each (record, row) stated before, by table and by its values as text.

    One SQL query, however many; none for nothing.
    """
    held: dict[tuple[int, str], Held] = {}
    if not rows:
        return held
    tables = list(COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute(
            STATED, {"records": [record for record, _ in rows], "stated_by": [row for _, row in rows]}
        )
        for record, stated_by, number, pk, *values in cursor.fetchall():
            table = tables[number]
            facts = held.setdefault((record, stated_by), {}).setdefault(table, {})
            facts[tuple(values[: len(COLUMNS[table])])] = pk
    return held


def as_text(values: tuple[Any, ...]) -> tuple[str | None, ...]:
    return tuple(
        None if value is None else str(value).lower() if isinstance(value, bool) else str(value)
        for value in values
    )


def rows_of(facts: Facts) -> dict[Any, dict[tuple[Any, ...], None]]:
    """Return the wanted rows of each table, without repeats, in the order stated."""
    addresses = [(a.text[:300], a.postcode[:8], a.kind, a.starts_on, a.ends_on) for a in facts.addresses]
    return {
        RecordName: dict.fromkeys((n.given[:120], n.family[:120], n.kind) for n in facts.names),
        RecordBirthDate: {(facts.born_on,): None} if facts.born_on else {},
        RecordIdentifier: dict.fromkeys(
            (i.kind, i.value[:60], i.issuer[:60], i.is_verified) for i in facts.identifiers
        ),
        RecordAddress: dict.fromkeys(addresses),
        RecordPhone: dict.fromkeys((number[:20],) for number in facts.phones),
    }


WHOSE = ("record_id", "stated_by")
NOT_TEXT = {
    "record_id": "bigint",
    "born_on": "date",
    "starts_on": "date",
    "ends_on": "date",
    "is_verified": "boolean",
}


@lru_cache(maxsize=1)
def _write() -> str:
    """One statement for every table of facts: an array for each column."""
    parts = []
    for table, columns in COLUMNS.items():
        name, every = table._meta.db_table, (*WHOSE, *columns)
        arrays = ", ".join(f"%({name}_{column})s::{NOT_TEXT.get(column, 'text')}[]" for column in every)
        parts.append(
            f"new_{name} AS (INSERT INTO {name} (stated_at, {', '.join(every)})"
            f" SELECT %(stated_at)s, said.* FROM unnest({arrays}) AS said)"
        )
    return f"WITH {', '.join(parts)} SELECT 1"


def write(at: datetime, new: Iterable[tuple[int, str, Any, tuple[Any, ...]]]) -> None:
    """Write new facts: (record, row that says so, table, values) each.  One SQL statement, however many."""
    rows: dict[Any, list[tuple[Any, ...]]] = {table: [] for table in COLUMNS}
    for record, stated_by, table, values in new:
        rows[table].append((record, stated_by, *map(_plain, values)))
    said: dict[str, Any] = {"stated_at": at}
    for table, columns in COLUMNS.items():
        for number, column in enumerate((*WHOSE, *columns)):
            said[f"{table._meta.db_table}_{column}"] = [row[number] for row in rows[table]]
    with connection.cursor() as cursor:
        cursor.execute(_write(), said)


def _plain(value: Any) -> Any:
    """Words of a list of choices are written as text."""
    return str(value) if isinstance(value, str) else value
