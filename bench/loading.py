"""How do a million people get into the tables in minutes?  Straight by COPY, indexes last.

What is written is what the ordinary path would have left behind: records and their facts, tokens,
the edges between records of one person, children with an open record and where they live.
"""

import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import combinations

import psycopg
from psycopg import sql

from bench.crowd import AREAS, LOADED_AT, SEED, postcodes, records, resident
from holdfast.linkage.blocking import tokens

OPEN_CHILDREN_SHARE = 0.02  # of children have an open record: 10,000 of a million people
SAME_BITS = 12.0  # what a clear pair scores; the edge is looked at only for its verdict
TABLES = {
    "people_person": "id ref made_at",
    "people_record": "id ref source key person_id sex ethnicity ethnicity_list made_at",
    "people_recordname": "record_id kind given family stated_by stated_at",
    "people_recordbirthdate": "record_id born_on stated_by stated_at",
    "people_recordidentifier": "record_id kind issuer value is_verified stated_by stated_at",
    "people_recordaddress": "record_id kind text postcode stated_by stated_at",
    "linkage_token": "record_id value",
    "linkage_edge": "low_id high_id bits verdict model",
    "people_child": "person_id opened_at why preferred_name pronouns",
    "people_arearesponsibility": "person_id area_id role starts_on stated_by",
    "places_postcode": "code area_id easting northing",
}
Write = Callable[..., None]


def load_people(address: str, size: int) -> None:
    """Fill a migrated, empty database with `size` people.  As a superuser: no foreign key is checked."""
    with psycopg.connect(address) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("SET maintenance_work_mem = '1GB'")
        areas = _areas(connection)
        with without_indexes(connection, list(TABLES)):
            _copy(connection, size, areas)
        for table in ("people_person", "people_record"):
            connection.execute(f"SELECT setval('{table}_id_seq', (SELECT max(id) FROM {table}))")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def _areas(connection: psycopg.Connection) -> dict[str, int]:
    found = {}
    for code, name in AREAS.items():
        row = connection.execute(
            "INSERT INTO people_area (code, gss_code, name, is_partner)"
            " VALUES (%s, '', %s, true) RETURNING id",
            [code, name],
        ).fetchone()
        found[code] = row[0] if row else 0
    return found


def _copy(connection: psycopg.Connection, size: int, areas: dict[str, int]) -> None:
    """Go through the people once, writing to every table: each on a connection of its own."""
    with ExitStack() as stack:
        writers = {
            name: stack.enter_context(spool(connection, name, columns)) for name, columns in TABLES.items()
        }
        for code, la_code in postcodes(size):
            writers["places_postcode"](code, areas[la_code], 0.0, 0.0)
        keys = iter(range(1, 100 * size))
        for number in range(1, size + 1):
            _write_person(writers, number, size, areas, keys)


@contextmanager
def spool(connection: psycopg.Connection, table: str, names: str) -> Iterator[Write]:
    """Yield what takes a row of a table; rows go to the server some thousands at a time."""
    columns = sql.SQL(", ").join(map(sql.Identifier, names.split()))
    into = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), columns)
    waiting: list[tuple[object, ...]] = []

    def flush() -> None:
        with connection.cursor().copy(into) as copy:
            for row in waiting:
                copy.write_row(row)
        waiting.clear()

    def write(*row: object) -> None:
        waiting.append(row)
        if len(waiting) >= 20_000:
            flush()

    yield write
    flush()


def _write_person(
    writers: dict[str, Write], number: int, size: int, areas: dict[str, int], keys: Iterator[int]
) -> None:
    one = resident(number, size)
    writers["people_person"](number, f"p{number:09d}", LOADED_AT)
    mine = []
    for held in records(one):
        key = next(keys)
        mine.append(key)
        writers["people_record"](
            key, f"r{key:09d}", held.source, held.key, number, str(one.sex), "", "", LOADED_AT
        )
        said = (held.stated_by, LOADED_AT)
        writers["people_recordname"](key, "recorded", one.given, one.family, *said)
        writers["people_recordbirthdate"](key, one.born_on, *said)
        writers["people_recordaddress"](key, "home", one.home, one.postcode, *said)
        for found in held.profile.identifiers:
            writers["people_recordidentifier"](key, str(found.kind), found.issuer, found.value, False, *said)
        for token in tokens(held.profile):
            writers["linkage_token"](key, f"{token.kind}:{token.value}"[:120])
    for low, high in combinations(mine, 2):
        writers["linkage_edge"](low, high, SAME_BITS, "same", "bench")
    if one.is_child and random.Random(SEED * 3_000_003 + number).random() < OPEN_CHILDREN_SHARE:
        writers["people_child"](number, LOADED_AT, "Bench", "", "")
        writers["people_arearesponsibility"](number, areas[one.la_code], "home", LOADED_AT.date(), "bench")


@contextmanager
def without_indexes(connection: psycopg.Connection, tables: list[str]) -> Iterator[None]:
    """Drop what is indexed beside the keys, and make it again: far quicker than keeping it up."""
    found = connection.execute(
        """SELECT index.relname, pg_get_indexdef(index.oid) FROM pg_index
           JOIN pg_class AS index ON index.oid = indexrelid JOIN pg_class AS held ON held.oid = indrelid
           WHERE held.relname = ANY(%s) AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
        """,
        [tables],
    ).fetchall()
    for name, _ in found:
        connection.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
    yield
    for _, definition in found:
        connection.execute(definition)
