"""How is what a row says about a person kept, and found again?"""

from collections.abc import Mapping, Sequence
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
SELECT 0, id, given, family, kind, NULL, NULL FROM people_recordname
    WHERE record_id = %(r)s AND stated_by = %(s)s
UNION ALL SELECT 1, id, born_on::text, NULL, NULL, NULL, NULL FROM people_recordbirthdate
    WHERE record_id = %(r)s AND stated_by = %(s)s
UNION ALL SELECT 2, id, kind, value, issuer, is_verified::text, NULL FROM people_recordidentifier
    WHERE record_id = %(r)s AND stated_by = %(s)s
UNION ALL SELECT 3, id, text, postcode, kind, starts_on::text, ends_on::text FROM people_recordaddress
    WHERE record_id = %(r)s AND stated_by = %(s)s
UNION ALL SELECT 4, id, number, NULL, NULL, NULL, NULL FROM people_recordphone
    WHERE record_id = %(r)s AND stated_by = %(s)s
"""


def stated(record: int, stated_by: str) -> dict[Any, dict[tuple[str | None, ...], int]]:
    """Return the keys of what this row stated before, by table and by its values as text."""
    held: dict[Any, dict[tuple[str | None, ...], int]] = {}
    tables = list(COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute(STATED, {"r": record, "s": stated_by})
        for number, pk, *values in cursor.fetchall():
            table = tables[number]
            held.setdefault(table, {})[tuple(values[: len(COLUMNS[table])])] = pk
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


NOT_TEXT = {"born_on": "date", "starts_on": "date", "ends_on": "date", "is_verified": "boolean"}


@lru_cache(maxsize=1)
def _write() -> str:
    """One statement for every table of facts: an array for each column."""
    parts = []
    for table, columns in COLUMNS.items():
        name = table._meta.db_table
        arrays = ", ".join(f"%({name}_{column})s::{NOT_TEXT.get(column, 'text')}[]" for column in columns)
        parts.append(
            f"new_{name} AS (INSERT INTO {name} (record_id, stated_by, stated_at, {', '.join(columns)})"
            f" SELECT %(record)s, %(stated_by)s, %(stated_at)s, said.* FROM unnest({arrays}) AS said)"
        )
    return f"WITH {', '.join(parts)} SELECT 1"


def write(record: int, stated_by: str, at: datetime, new: Mapping[Any, Sequence[tuple[Any, ...]]]) -> None:
    """Write new facts, by table.  One SQL statement, however many."""
    values: dict[str, Any] = {"record": record, "stated_by": stated_by, "stated_at": at}
    for table, columns in COLUMNS.items():
        rows = new.get(table, ())
        for number, column in enumerate(columns):
            values[f"{table._meta.db_table}_{column}"] = [_plain(row[number]) for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(_write(), values)


def _plain(value: Any) -> Any:
    """Words of a list of choices are written as text."""
    return str(value) if isinstance(value, str) else value
