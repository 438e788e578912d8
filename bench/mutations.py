"""What may a sender's program, a slip or malice make of an honest row or message?

Everything follows from the random numbers it is given, so that a case can be made again.
"""

import json
import random
from collections.abc import Sequence
from copy import deepcopy
from functools import cache
from typing import TypeVar

from holdfast.feeds.tables import TABLES, Column, Table
from holdfast.feeds.terms import Format, Kind
from tests.feeds.hostile_messages import bundle

T = TypeVar("T")

# --- Honest rows ------------------------------------------------------------------------------------

_HONEST: dict[Kind, tuple[str, ...]] = {
    Kind.TEXT: (
        "Ama Osei", "Theo MARSH", "12 Mill Road, Carrow, CW3 9WG",
        "KHAN, Ali (04/03/2011) aka \"Munch\"; Zoë Hill",
        "Seen with “Rico” at the station", "999 123 4567", "A9012345", "NFA",
        "Isla Tarn 04/03/2012; Ben Tarn",
        "07700 900123", "Y701001", "did not give", "O'Neill", "XH/1204/25",
        "My son Theo is out with Ben Tarn (15) and a boy called Rico, no postcode",
        "Zak; Khan, Ali approx 14 yrs; M",
        "gave name as Isabelle ELLISON", "Flat 2, 9 Elder Street CW3 9WG", "Tarn Isla 04/03/2012; Tarn Ben",
    ),
    Kind.NUMBER: ("12.50", "£1,200", "0"),
    Kind.WHOLE: ("1", "2", "432100", "1,234"),
    Kind.AGE: ("15", "approx 14", "14 yrs", "15?"),
    Kind.DATE: ("04/03/2011", "2011-03-04", "05-Nov-2025", "05.11.25", "Fri 1/8/25",
        "2025-11-05 00:00:00.000"),
    Kind.DATE_TIME: ("05/11/2025 22:15", "2025-11-05 22:15:00", "2025-11-05T22:15:00+00:00",
        "05-Nov-25 22:15"),
    Kind.CODE: ("Y", "N", "M", "F", "W1", "MEDIUM", "991"),
    Kind.FLAGS: ('["24A", "13A"]', '{"a": 1}', '{"STREET": "Mill Road", "TOWN": "Carrow"}'),
}  # fmt: skip


def honest(column: Column, rng: random.Random) -> str:
    if not column.mandatory and rng.random() < 0.3:
        return ""
    if column.codes and column.codes.meanings and rng.random() < 0.8:
        return pick(rng, list(column.codes.meanings))
    return pick(rng, _HONEST[column.kind])


# --- What is done to a value ------------------------------------------------------------------------

NASTY = (
    "", " ", "\x00", '"', '""', ",", ";", "|", "\t", "\r", "\n", "\r\n", "\ufeff", "\u202e", "\u2066",
    "\u200b",
    "\u0301", "\ufffd", "\U0001f642", "А", "Ο", "Ａ", "𝐀", "ß", "İ", "ﷺ", "٣", "²", "½", "=1+1", "+1", "-1",
    "@x", "'",
    "’", "<script>", "{{ x }}", "%s", "\\", "/", "../", "0", "-0", "1e308", "1e999", "-1e308", "NaN",
    "inf", "0x1F",
    "9" * 40, "9" * 5_000, "1,2,3", "00/00/0000", "29/02/2023", "31/12/9999", "01/01/0001",
    "29/03/2026 01:30",
    "26/10/2025 01:30", "2025-11-05T25:61:61Z", "+99:99", "05.11.25", "11/25/2025", "5 Nov", "32nd", "{",
    "[", "}", "]",
    '{"a":' * 50, "[" * 2_000, "(", ")", "aka ", " or ", " (", ";;;;", "; " * 200, "a" * 3_000, "null",
    "NULL", "N/A",
    "unknown", "?", "\x85", "\u2028", "\x1c",
)  # fmt: skip


def pick(rng: random.Random, of: Sequence[T]) -> T:
    return of[int(rng.random() * len(of))]


def mutated(text: str, rng: random.Random) -> str:
    """Return a value with something done to it."""
    way = int(rng.random() * 8)
    place = int(rng.random() * (len(text) + 1))
    if way == 0:
        return pick(rng, NASTY)
    if way <= 2:
        return text[:place] + pick(rng, NASTY) + text[place:]
    if way == 3:
        return text[:place] + text[place + 1 + int(rng.random() * 3) :]
    if way == 4:
        return (
            text[:place]
            + chr(int(rng.random() * (0x250 if rng.random() < 0.9 else 0xD7FF)))
            + text[place + 1 :]
        )
    if way == 5:
        return text * (2 + int(rng.random() * 3))
    if way == 6:
        return "".join(
            str(int(rng.random() * 10)) if one.isdigit() and rng.random() < 0.4 else one for one in text
        )
    return text.swapcase() if rng.random() < 0.5 else text[::-1]


def bytes_mutated(content: bytes, rng: random.Random, times: int = 1) -> bytes:
    """Return bytes of which some were changed, left out, or put in."""
    found = bytearray(content)
    for _ in range(times):
        place, way = int(rng.random() * (len(found) or 1)), int(rng.random() * 4)
        if way == 0 and found:
            found[place] ^= 1 << int(rng.random() * 8)
        elif way == 1:
            found[place : place + 1 + int(rng.random() * 4)] = b""
        elif way == 2:
            found[place:place] = bytes([int(rng.random() * 256)])
        else:
            found[place:place] = found[place : place + int(rng.random() * 40)]
    return bytes(found)


# --- Rows -------------------------------------------------------------------------------------------

CSV_TABLES = [table for table in TABLES if table.format == Format.CSV]


@cache
def header(table: Table) -> bytes:
    return (",".join(column.name for column in table.columns) + "\r\n").encode()


def csv_row(table: Table, rng: random.Random) -> bytes:
    """Return an honest record in which one to three values were mutated, and now and then its bytes."""
    cells = [honest(column, rng) for column in table.columns]
    for _ in range(1 + int(rng.random() * 3)):
        place = int(rng.random() * len(cells))
        cells[place] = mutated(cells[place], rng)
    text = ",".join('"' + cell.replace('"', '""') + '"' if cell else "" for cell in cells)
    row = text.encode("utf-8", "surrogatepass")
    if rng.random() < 0.005:
        row = row.replace(b",", b',"', 1)  # a quotation mark that is never closed
    return (bytes_mutated(row, rng) if rng.random() < 0.05 else row) + b"\r\n"


_JSON_ODD = (None, True, 7, -1, 1e308, 10**30, 10**18, [], {}, ["24A"], {"a": [1]}, "\x00", "x" * 3_000)


def json_rows(table: Table, number: int, rng: random.Random) -> bytes:
    """Return rows as a sender's own system sends them, in which values, names or bytes were mutated."""
    rows = []
    for _ in range(number):
        row: dict[str, object] = {column.name: honest(column, rng) for column in table.columns}
        for _ in range(1 + int(rng.random() * 3)):
            name = pick(rng, list(row))
            row[name] = pick(rng, _JSON_ODD) if rng.random() < 0.3 else mutated(str(row[name]), rng)
        if rng.random() < 0.1:
            row[mutated(pick(rng, list(row)), rng)] = "x"
        rows.append(row)
    body = json.dumps(rows, ensure_ascii=rng.random() < 0.5).encode("utf-8", "surrogatepass")
    return bytes_mutated(body, rng) if rng.random() < 0.05 else body


# --- Messages ---------------------------------------------------------------------------------------

_WHOLE = json.loads(
    bundle(
        gender="male",
        birthDate="2011-03-04",
        identifier=[{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": "9991234567"}, {"value": "H1"}],
        address=[{"line": ["1 Mill Road"], "city": "Carrow", "postalCode": "CW3 9WG"}],
        extension=[{"url": "x/EthnicCategory", "valueCodeableConcept": {"coding": [{"code": "A"}]}}],
    )
)
_CONDITION = {
    "resource": {
        "resourceType": "Condition",
        "code": {"coding": [{"system": "http://snomed.info/sct", "code": "1", "display": "Stab wound"}]},
        "bodySite": [{"text": "arm"}],
        "note": [{"text": "came with Rico"}],
    }
}
_WHOLE["entry"].append(_CONDITION)
_ODD: tuple[object, ...] = (
    None, True, 0, -1, 1e308, 10**18, "", "x" * 2_000, [], {}, [[]], [None], {"a": {}}, "\x00", "\u202e",
    "Bundle", "А",
)  # fmt: skip
Tree = dict[str, object] | list[object]


def message(rng: random.Random) -> bytes:
    """Return an honest message whose tree was changed in one to three places, and now and then its bytes."""
    tree = json.loads(json.dumps(_WHOLE))
    for _ in range(1 + int(rng.random() * 3)):
        change(tree, rng)
    line = json.dumps(tree, ensure_ascii=rng.random() < 0.5).encode("utf-8", "surrogatepass")
    return bytes_mutated(line, rng).replace(b"\n", b" ") if rng.random() < 0.04 else line


def change(tree: Tree, rng: random.Random) -> None:
    """Change one thing somewhere in a tree."""
    at = tree
    while True:
        keys: list[object] = list(at) if isinstance(at, dict) else list(range(len(at)))
        if not keys:
            return
        key = pick(rng, keys)
        inner = at[key]  # type: ignore[call-overload,index]
        # What everything hangs on is changed less often, or every message would be refused for that.
        if isinstance(inner, dict | list) and inner and rng.random() < 0.93:
            at = inner
            continue
        if key != "resourceType" or rng.random() < 0.03:
            _change_here(at, key, inner, rng)
        return


def _change_here(at: Tree, key: object, inner: object, rng: random.Random) -> None:
    way = int(rng.random() * 6)
    if way == 0:
        del at[key]  # type: ignore[arg-type]
    elif way == 1:
        at[key] = [inner, inner]  # type: ignore[call-overload,index]
    elif way == 2:
        # A copy: what is changed again later would else be in every case that follows, even in itself.
        at[key] = deepcopy(pick(rng, _ODD))  # type: ignore[call-overload,index]
    elif way == 3:
        for _ in range(int(rng.random() * 60)):
            inner = {"a": inner} if rng.random() < 0.5 else [inner]
        at[key] = inner  # type: ignore[call-overload,index]
    else:
        at[key] = mutated(str(inner), rng)  # type: ignore[call-overload,index]
