"""What may a sender's program, a slip or malice make of an honest row, message or workbook?

Everything follows from the random numbers it is given, so that a case can be made again.
"""

import io
import json
import random
import zipfile
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import TypeVar

from holdfast.feeds.tables import TABLES, Column, Table
from holdfast.feeds.terms import Format, Kind
from tests.feeds import hostile_workbooks as books
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
    return (bytes_mutated(row, rng) if rng.random() < 0.05 else row) + b"\r\n"


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
        at[key] = pick(rng, _ODD)  # type: ignore[call-overload,index]
    elif way == 3:
        for _ in range(int(rng.random() * 60)):
            inner = {"a": inner} if rng.random() < 0.5 else [inner]
        at[key] = inner  # type: ignore[call-overload,index]
    else:
        at[key] = mutated(str(inner), rng)  # type: ignore[call-overload,index]


# --- Workbooks --------------------------------------------------------------------------------------

_XML_BITS = (
    b"<row>", b"</row>", b"<c/>", b'<c t="s">', b"<v>", b"</v>", b"<f>1</f>", b"&amp;", b"&x;", b"<!--",
    b"]]>", b"&#0;",
    b"&#55296;", b'r="ZZZ9999999"', b't="b"', b't="d"', b't="e"', b's="99"', b"<![CDATA[x]]>", b"<?x?>",
    b"\xff", b"\x00",
    b'<!DOCTYPE a [<!ENTITY b "c">]>', b'xmlns:x="y"', b"<x:c>", b"1e308", b"-1", b"_x000D_", b"<a>" * 60,
)  # fmt: skip


@lru_cache(maxsize=1)
def _plain_parts() -> books.Parts:
    number = books.cell("H3", "45870", "n", ' s="1"') + books.cell("J3", "0", "s")
    rows = books.row(2, books.LINE) + f'<row r="3">{books.cell("C3", "Ben Tarn")}{number}</row>'
    return books.parts(rows)


def workbook(rng: random.Random) -> bytes:
    """Return a small tracker with something done to a part's XML, to its parts, or to the archive."""
    found = dict(_plain_parts())
    way = rng.random()
    if way < 0.7:
        name = books.SHEET if rng.random() < 0.6 else pick(rng, list(found))
        found[name] = _xml_mutated(found[name], rng)
    elif way < 0.8:
        _parts_mutated(found, rng)
    elif way < 0.93:
        found[books.SHEET] = books.sheet(_cells_mutated(rng))
    packing = zipfile.ZIP_STORED if rng.random() < 0.8 else zipfile.ZIP_DEFLATED
    content = _pack(found, packing)
    return (
        content if way < 0.93 else b"PK\x03\x04" + bytes_mutated(content[4:], rng, 1 + int(rng.random() * 4))
    )


def _pack(found: books.Parts, way: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", way) as pack:
        for name, content in found.items():
            pack.writestr(zipfile.ZipInfo(name), content, way, 1)
    return out.getvalue()


def _xml_mutated(xml: bytes, rng: random.Random) -> bytes:
    if rng.random() < 0.5:
        # Between the tags, so that most of it is still XML.
        place = xml.find(b">", int(rng.random() * len(xml))) + 1
        return xml[:place] + pick(rng, _XML_BITS) + xml[place:]
    if rng.random() < 0.6:
        place = xml.find(b'"', int(rng.random() * len(xml))) + 1
        return (
            xml[:place]
            + mutated("1", rng).replace('"', "").replace("<", "").encode("utf-8", "replace")
            + xml[place:]
        )
    return bytes_mutated(xml, rng)


def _parts_mutated(found: books.Parts, rng: random.Random) -> None:
    name = pick(rng, list(found))
    way = int(rng.random() * 5)
    if way == 0:
        del found[name]
    elif way == 1:
        found[pick(rng, ("../x", "/x", "x" * 300, "xl/worksheets/sheet1.xml ", "é"))] = found[name]
    elif way == 2:
        found[name] = found[pick(rng, list(found))]
    elif way == 3:
        found[name] = b""
    else:
        found[name] = found[name] * 2


def _cells_mutated(rng: random.Random) -> str:
    cells = []
    for at in range(1, 20):
        kind = pick(rng, ("inlineStr", "n", "s", "b", "d", "e", "str"))
        text = mutated(pick(rng, books.LINE), rng)
        # What XML cannot hold would make every such workbook damaged.
        text = "".join(letter for letter in text if letter >= " " or letter in "\t\n")
        cells.append(
            books.cell(
                f"{books.letters(at)}2", text.replace("\ufffe", ""), kind, f' s="{int(rng.random() * 3)}"'
            )
        )
    return f'<row r="{int(rng.random() * 9)}">{"".join(cells)}</row>'


# --- Whole files ------------------------------------------------------------------------------------

_ENCODINGS = ("utf-8", "utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-be", "utf-32")
_LINE_ENDS = (b"\r\n", b"\r\n", b"\n", b"\r", b"\n\n")
_DELIMITERS = (b",", b",", b",", b";", b"\t", b"|")


def whole_file(rng: random.Random) -> tuple[bytes, str]:
    """Return a CSV file of up to 12 records with something done to it as a whole, and its path."""
    table = pick(rng, CSV_TABLES)
    lines = [_columns_mutated(table, rng), *(csv_row(table, rng)[:-2] for _ in range(int(rng.random() * 12)))]
    delimiter = pick(rng, _DELIMITERS)
    if delimiter != b",":
        lines = [line.replace(b",", delimiter) for line in lines]
    content = pick(rng, _LINE_ENDS).join(lines)
    text = content.decode("utf-8", "replace").encode(pick(rng, _ENCODINGS), "replace")
    for change_file in _FILE_CHANGES:
        if rng.random() < 0.08:
            text = change_file(text, rng)
    return text, f"{table.feed}/{table.name}{pick(rng, _ENDINGS)}"


_ENDINGS = ("_991_2026-03-29.csv", "_2026-03-29.csv", ".csv", "_2026-03-29_resend.csv", "_9999-99-99.csv", "")


def _columns_mutated(table: Table, rng: random.Random) -> bytes:
    names = [column.name for column in table.columns]
    way = rng.random()
    if way < 0.2:
        rng.shuffle(names)
    elif way < 0.3:
        names.append(mutated("extra", rng))
    elif way < 0.33:
        names.pop(int(rng.random() * len(names)))
    elif way < 0.4:
        names = [name.upper().replace("_", " ") for name in names]
    quoted = ('"' + name.replace('"', '""') + '"' if not name.isidentifier() else name for name in names)
    return ",".join(quoted).encode("utf-8", "surrogatepass")


_FILE_CHANGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    lambda content, rng: content[: int(rng.random() * len(content))],
    lambda content, rng: content + content,
    lambda content, rng: b"sep=;\r\n" + content,
    lambda content, rng: content + b"\x00" * int(rng.random() * 100),
    lambda content, rng: content.replace(b'"', b"", 1),
    lambda content, rng: bytes_mutated(content, rng, 8),
    lambda content, rng: b"\r\n  \r\n" + content,
)
