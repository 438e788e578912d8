"""What does an installation hold, said so that two of them can be compared?

Our references are drawn at random, so a person is named by the first row that names them, an event
by its source's own reference.  Each line is a tuple of words such as `known_at=2026-01-02T03:04+00:00`.
"""

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

import psycopg

if TYPE_CHECKING:
    from bench.crash import Trial

State = dict[str, list[tuple[str, ...]]]
NOBODYS = "no row"  # a person whom no row names
OUR_OWN_TIMES = {"raised_at", "paged_at"}
# What grows whenever anybody does or reads anything, and what is not ours.
NOT_COUNTED = ("audit_", "django_", "auth_", "axes_")

EVENTS = """
SELECT source, source_ref, kind_id, event.code, title, text, happened_at, precision, ended_at, agency_knew_at,
       known_at, withdrawn_at, place_text, home.code AS home, area.code AS area
FROM chronology_event AS event
LEFT JOIN people_area AS area ON area.id = event.area_id
LEFT JOIN people_area AS home ON home.id = event.home_area_id
"""
CORRECTIONS = """
SELECT event.source, event.source_ref, correction.field, was, became, correction.known_at
FROM chronology_correction AS correction JOIN chronology_event AS event ON event.id = correction.event_id
"""
CHILDREN = """
SELECT event.source, event.source_ref, participant.field, participant.role,
       child.id IS NOT NULL AS has_open_record, child.why, child.closed_at
FROM chronology_participant AS participant
JOIN chronology_event AS event ON event.id = participant.event_id
JOIN people_record AS record ON record.id = participant.record_id
LEFT JOIN people_child AS child ON child.person_id = record.person_id
"""
FACTS = """
SELECT record.source, record.key, 'name', kind, given, family FROM people_recordname AS fact
    JOIN people_record AS record ON record.id = fact.record_id
UNION ALL SELECT record.source, record.key, 'born', born_on::text, '', '' FROM people_recordbirthdate AS fact
    JOIN people_record AS record ON record.id = fact.record_id
UNION ALL SELECT record.source, record.key, 'identifier', kind, issuer, value
    FROM people_recordidentifier AS fact JOIN people_record AS record ON record.id = fact.record_id
UNION ALL SELECT record.source, record.key, 'address', text, postcode, starts_on::text
    FROM people_recordaddress AS fact JOIN people_record AS record ON record.id = fact.record_id
UNION ALL SELECT record.source, record.key, 'token', value, '', '' FROM linkage_token AS fact
    JOIN people_record AS record ON record.id = fact.record_id
"""
EDGES = """
SELECT low.source, low.key, high.source, high.key, round(bits::numeric, 6), verdict
FROM linkage_edge AS edge
JOIN people_record AS low ON low.id = edge.low_id JOIN people_record AS high ON high.id = edge.high_id
"""
ASKED = {
    "events": EVENTS,
    "corrections": CORRECTIONS,
    "people in events": CHILDREN,
    "facts of records": FACTS,
}


def state(one: "Trial") -> State:
    """Return everything that two installations must have in common."""
    rows = list(_exported(one, "export", "rows"))
    names = _names(rows)
    found = {
        "rows": [_line(row, person=names[row["person"]] if row["person"] else "") for row in rows],
        "moments": [
            _line(row, moment="", person=names.get(row["person"], NOBODYS))
            for row in _exported(one, "export", "moments")
        ],
        "people": [
            _line(row, record="", person=names.get(row["person"], NOBODYS))
            for row in _exported(one, "export", "people")
        ],
        "quarantine": [_line(row) for row in _exported(one, "quarantine", "list")],
    }
    with one.connect() as connection:
        found |= {name: _asked(connection, question) for name, question in ASKED.items()}
        found["edges"] = _edges(connection)
    return found


def _exported(one: "Trial", *arguments: str) -> Iterator[dict[str, str]]:
    return csv.DictReader(io.StringIO(one.say(*arguments, "--format", "csv"), newline=""))


def _names(rows: list[dict[str, str]]) -> dict[str, str]:
    """Name each person by the first row, in the order of files, that names them."""
    places: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row["person"]:
            places[row["person"]].append(f"{row['file']} {row['row']} {row['field']}")
    return {person: min(found) for person, found in places.items()}


def _line(row: dict[str, str], **instead: str) -> tuple[str, ...]:
    told = {**row, **instead}
    return tuple(f"{name}={value}" for name, value in told.items() if name not in OUR_OWN_TIMES)


def _asked(connection: psycopg.Connection, question: str) -> list[tuple[str, ...]]:
    cursor = connection.execute(question)
    columns = [column.name for column in cursor.description or ()]
    return [tuple(f"{name}={value}" for name, value in zip(columns, row, strict=True)) for row in cursor]


def _edges(connection: psycopg.Connection) -> list[tuple[str, ...]]:
    """Which record of a pair has the lower number depends on which came first."""
    found = []
    for source, key, other_source, other_key, bits, verdict in connection.execute(EDGES):
        pair = sorted((f"{source} {key}", f"{other_source} {other_key}"))
        found.append((*pair, f"{bits}", verdict))
    return found


def counts(connection: psycopg.Connection) -> list[tuple[str, ...]]:
    """Return how many rows each table of ours has."""
    tables = connection.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
    ).fetchall()
    ours = [name for (name,) in tables if not name.startswith(NOT_COUNTED)]
    found = []
    for name in ours:
        counted = connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()
        found.append((name, f"{counted[0] if counted else 0}"))
    return found


def differences(
    wanted: State, found: State
) -> Iterator[tuple[str, list[tuple[str, ...]], list[tuple[str, ...]]]]:
    """Yield for each thing compared the lines that are missing and those that are too many."""
    for name, lines in wanted.items():
        here, there = Counter(lines), Counter(found[name])
        yield name, sorted((here - there).elements()), sorted((there - here).elements())
