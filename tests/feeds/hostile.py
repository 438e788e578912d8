"""How must a hostile file end, and what are the honest ones from which they are made?"""

from collections.abc import Callable
from dataclasses import dataclass

from holdfast.feeds.tables import table_of
from holdfast.feeds.terms import ProblemCode as P

CALLS = "parents/concerns_2026-03-29.csv"
HOSPITAL = "hospital/ed_2026-03-29.ndjson"
TRACKER = "voluntary/contacts_2026-03-29.xlsx"
COLUMNS = [column.name for column in table_of("parents", "concerns").columns]
GOOD = {
    "call_ref": "PL1",
    "call_started_at": "20/03/2026 10:00",
    "child_name": "Ama Osei",
    "worry": "He is out at night",
}


@dataclass(frozen=True)
class Hostile:
    """One file.  It ends as a refusal (`fault`, its reason holding `words`), or as rows: `problems` are
    (field, code) of all of them in their order, `holds` is (field, text) as the first row is read."""

    name: str
    make: Callable[[], bytes]
    path: str = CALLS
    fault: P | None = None
    words: str = ""
    rows: int | None = None
    problems: tuple[tuple[str, P], ...] = ()
    holds: tuple[str, str] | None = None


def record(**cells: str) -> str:
    row = GOOD | cells
    quoted = [f'"{value}"' if (value := row.get(name, "").replace('"', '""')) else "" for name in COLUMNS]
    return ",".join(quoted) + "\r\n"


def calls(*rows: str, encoding: str = "utf-8", errors: str = "surrogatepass") -> bytes:
    return (",".join(COLUMNS) + "\r\n" + "".join(rows)).encode(encoding, errors)


def a_call(**cells: str) -> Callable[[], bytes]:
    return lambda: calls(record(**cells))


def repeated(unit: bytes, number: int, before: bytes = b"", after: bytes = b"") -> Callable[[], bytes]:
    return lambda: before + unit * number + after
