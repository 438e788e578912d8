"""Which rows does a body of JSON hold, that a sender's own system sent by HTTP?  Pure; hostile input never
raises.

Each row is kept as the text it was sent as.  Headings are as tolerant as those of a file.
"""

import hashlib
from datetime import date
from typing import Any

import msgspec

from holdfast.feeds.reading import FileName, FileRead, RawRow, clean
from holdfast.feeds.reading.bundles import NotABundle, read_bundle
from holdfast.feeds.reading.delimited import join_line
from holdfast.feeds.reading.rows import Problem, fault
from holdfast.feeds.tables import Column, Table, heading_key
from holdfast.feeds.terms import Format, Kind, ProblemCode

JSON_ROWS = "json"  # the encoding of a delivery whose rows are JSON objects
MOST_ROWS_SENT = 1_000  # rows of one request, our choice
LARGEST_BODY = 2_000_000  # bytes of one request with rows, our choice
LONGEST_ROW = 100_000  # characters of one row, our choice
MOST_STRANGERS, LONGEST_HEADING = 50, 60  # headings that we do not know, and characters of one, our choice
LONGEST_TOKEN = 200  # characters of an Idempotency-Key, our choice


class NotRows(Exception):
    """Carries what to tell the sender.  `is_json`: it could be read, but is no list of rows."""

    def __init__(self, words: str, is_json: bool = True) -> None:
        super().__init__(words)
        self.is_json = is_json


def slug_of(feed_name: str) -> str:
    """Return what a feed is called in an address and in the reference: police_custody-custody."""
    return feed_name.replace("/", "-")


def digest_of(*parts: str | bytes) -> str:
    """Return a digest in which no part can run over into the next."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(hashlib.sha256(part.encode() if isinstance(part, str) else part).digest())
    return whole.hexdigest()


def rows_path(table: Table, la_code: str, day: date, token: str) -> str:
    """Return under which name rows are kept: no two bodies of one day share it."""
    authority = f"_{la_code}" if la_code else ""
    return f"{table.title}{authority}_{day}_{token[:16]}.{JSON_ROWS}"


def read_rows(body: bytes, table: Table, la_code: str, day: date) -> FileRead:
    """Return the rows of a JSON list.  Raises NotRows."""
    try:
        sent = msgspec.json.decode(body, type=list[msgspec.Raw])
        texts = [bytes(one).decode() for one in sent]
    except msgspec.ValidationError:
        raise NotRows("The body is not a list of rows: [{...}, {...}].") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise NotRows("The body is not JSON.", is_json=False) from None
    if not 1 <= len(texts) <= MOST_ROWS_SENT:
        raise NotRows(f"Send between 1 and {MOST_ROWS_SENT:,} rows at once.")
    rows = tuple(read_row(table, text, str(number)) for number, text in enumerate(texts, 1))
    strangers = [row.number for row in rows if not row.text.lstrip().startswith("{")]
    if strangers:
        raise NotRows(f'Row {strangers[0]} is not an object: a row is {{"column": value, ...}}.')
    name = FileName(table.feed, table.name, la_code, day)
    return FileRead(name, table, JSON_ROWS, _header(table, rows), rows, None, len(rows))


def _header(table: Table, rows: tuple[RawRow, ...]) -> str:
    """Return our headings and those that we do not know, so that what is new to us can be noticed.

    A row may leave out what is blank, in any order: neither says that an export has changed.
    """
    strangers: dict[str, None] = {}
    for row in rows:
        if row.fault is None and len(strangers) < MOST_STRANGERS:
            headings = msgspec.json.decode(row.text, type=dict[str, msgspec.Raw])
            strangers |= {clean(one)[:LONGEST_HEADING]: None for one in headings if _is_strange(table, one)}
    return join_line([*(column.name for column in table.columns), *strangers], ",").rstrip("\r\n")


def _is_strange(table: Table, heading: str) -> bool:
    is_bundle = table.format == Format.NDJSON
    return not is_bundle and bool(clean(heading)) and heading_key(heading) not in table.by_heading


def read_row(table: Table, text: str, number: str = "") -> RawRow:
    """Return one row as it was sent, or as it was mended."""
    if len(text) > LONGEST_ROW:
        reason = f"The row is longer than {LONGEST_ROW:,} characters."
        return RawRow(number, text, {}, fault(ProblemCode.TOO_LONG, reason))
    try:
        said = msgspec.json.decode(text, type=dict[str, Any])
    except (msgspec.DecodeError, RecursionError):
        return RawRow(number, text, {}, fault(ProblemCode.NOT_READABLE, "The row cannot be read."))
    if table.format == Format.NDJSON and "resourceType" in said:
        return _bundle(text, number)
    return _by_column(table, said, text, number)


def _bundle(text: str, number: str) -> RawRow:
    try:
        cells = read_bundle(text)
    except NotABundle as problem:
        return RawRow(number, text, {}, fault(ProblemCode.NOT_READABLE, f"The row {problem}."))
    return RawRow(number, text, {name: said for name, cell in cells.items() if (said := clean(cell))})


def _by_column(table: Table, said: dict[str, Any], text: str, number: str) -> RawRow:
    cells: dict[str, str] = {}
    problem: Problem | None = None
    for heading, value in said.items():
        column = table.by_heading.get(heading_key(heading))
        if column is None or value is None:
            continue
        try:
            cell = clean(_as_text(column, value))
        except NotRows as trouble:
            problem = problem or fault(ProblemCode.NOT_READABLE, str(trouble))
            continue
        if cell and column.name in cells:
            reason = f"The column {column.name} stands more than once."
            problem = problem or fault(ProblemCode.WRONG_COUNT, reason)
        if cell:
            cells[column.name] = cell
    return RawRow(number, text, cells, problem)


def _as_text(column: Column, value: Any) -> str:
    """Return a value as a file would hold it.  Raises NotRows for one that no cell could hold."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "Y" if value else "N"
    if isinstance(value, int | float):
        return msgspec.json.encode(value).decode()
    if column.kind == Kind.FLAGS:
        return msgspec.json.encode(value).decode()
    raise NotRows(f"The value of {column.name} is not text, a number, true, false or null.")


def write_row(cells: dict[str, str]) -> str:
    """Return a row as it is kept once it has been mended."""
    return msgspec.json.encode(cells).decode()


def file_fault(table: Table, la_code: str, name: FileName) -> str:
    """Return why a file of this name cannot come by this key, in words; nothing if it can."""
    if name.table != table.name or name.drop_on is None:
        authority = f"_{la_code}" if la_code else ""
        return f"A file of this feed is called {table.name}{authority}_yyyy-mm-dd with its ending."
    if name.la_code != la_code:
        return f"This key sends for {'authority ' + la_code if la_code else 'no single authority'}."
    return ""
