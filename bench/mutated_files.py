"""What may a slip or malice make of an honest workbook, or of a file as a whole?"""

import io
import random
import zipfile
from collections.abc import Callable
from functools import lru_cache

from bench.mutations import CSV_TABLES, bytes_mutated, csv_row, mutated, pick
from holdfast.feeds.tables import Table
from tests.feeds import hostile_workbooks as books

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
    if rng.random() < 0.02:
        text = pick(rng, _NO_TEXT) + text
    named = pick(rng, CSV_TABLES) if rng.random() < 0.05 else table
    where = "sent_here/export" if rng.random() < 0.1 else f"{named.feed}/{named.name}"
    return text, f"{where}{pick(rng, _ENDINGS)}"


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
    elif way < 0.35:
        names.append(names[0])
    elif way < 0.36:
        names += ["x"] * 500
    elif way < 0.4:
        names = [name.upper().replace("_", " ") for name in names]
    quoted = ('"' + name.replace('"', '""') + '"' if not name.isidentifier() else name for name in names)
    return ",".join(quoted).encode("utf-8", "surrogatepass")


_NO_TEXT = (b"<!DOCTYPE html><html>", b"%PDF-1.7", b"PK\x03\x04", b"\x1f\x8b", b"{", b'<?xml version="1.0"?>')
_FILE_CHANGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    lambda content, rng: content[: int(rng.random() * len(content))],
    lambda content, rng: content + content,
    lambda content, rng: b"sep=;\r\n" + content,
    lambda content, rng: content + b"\x00" * int(rng.random() * 100),
    lambda content, rng: content.replace(b'"', b"", 1),
    lambda content, rng: bytes_mutated(content, rng, 8),
    lambda content, rng: b"\r\n  \r\n" + content,
    lambda content, rng: content.replace(b",", b',"', 1 + int(rng.random() * 20)),
    lambda content, rng: content[:-1] + b'"' + b"x" * int(rng.random() * 140_000),
)
