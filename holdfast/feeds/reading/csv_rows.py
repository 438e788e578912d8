"""Which rows does a CSV file hold?"""

import csv
from functools import lru_cache
from itertools import islice

from holdfast.feeds.reading.delimited import (
    LONGEST_FIELD,
    LONGEST_LINE,
    Record,
    best_delimiter,
    first_line,
    join_line,
    records,
    split_line,
)
from holdfast.feeds.reading.headings import Columns, columns_of, heading_fault
from holdfast.feeds.reading.rows import MOST_ROWS, FileName, FileRead, Problem, RawRow, fault, too_many
from holdfast.feeds.reading.values import clean
from holdfast.feeds.tables import Column, Table
from holdfast.feeds.terms import ProblemCode

MOST_COLUMNS = 500  # our choice
_SEPARATOR_LINES = {"sep=;", "sep=,", "sep=\t", "sep=|"}

_REASONS = {
    ProblemCode.CUT_SHORT: "The file ends inside this record. Send the file again.",
    ProblemCode.TOO_LONG: f"A value of this record is longer than {LONGEST_FIELD:,} characters, or its line "
    f"longer than {LONGEST_LINE:,}.",
    ProblemCode.NOT_READABLE: "A quotation mark is opened in this record and never closed.",
}


def read_csv(text: str, encoding: str, name: FileName, table: Table, declared: int | None) -> FileRead:
    text = _without_separator_line(text.lstrip("\ufeff"))
    delimiter = best_delimiter(first_line(text))
    found = records(text, delimiter)
    first = next((one for one in found if one.fault or any(cell.strip() for cell in one.cells)), None)
    problem = _first_line_fault(first, table)
    if first is None or problem:
        return FileRead(name, table, encoding, fault=problem, declared_rows=declared)
    columns = columns_of(table, first.cells)
    kept = list(islice((record for record in found if record.cells or record.fault), MOST_ROWS + 1))
    if len(kept) > MOST_ROWS:
        return FileRead(name, table, encoding, fault=too_many(table), declared_rows=declared)
    rows = _numbered(kept, columns, declared)
    return FileRead(name, table, encoding, first.text, tuple(rows), None, declared)


def reread_csv(table: Table, header: str, text: str, number: str = "") -> RawRow:
    """Return a stored row as it was read.  Raises ValueError when the header is not the table's."""
    delimiter, columns = _layout(table, header)
    record = next(records(text, delimiter), None)
    if record is None:
        return RawRow(number, text, {}, fault(ProblemCode.WRONG_COUNT, "The record is empty."))
    return _row(record, number, list(columns), is_short=False)


def write_csv(header: str, cells: dict[str, str], table: Table) -> str:
    """Return a record in the order and with the marks of its file's headings."""
    delimiter, columns = _layout(table, header)
    return join_line([cells.get(column.name, "") if column else "" for column in columns], delimiter)


@lru_cache(maxsize=256)  # our choice: the rows of a file, stored, are read again one by one
def _layout(table: Table, header: str) -> tuple[str, tuple[Column | None, ...]]:
    delimiter = best_delimiter(header)
    try:
        headings = split_line(header, delimiter)
    except csv.Error as problem:
        raise ValueError("the stored header cannot be read") from problem
    if heading_fault(table, headings):
        raise ValueError(f"the stored header is not that of {table.title}")
    return delimiter, tuple(columns_of(table, headings))


def _without_separator_line(text: str) -> str:
    """Drop the line "sep=;" that a spreadsheet puts first."""
    first = first_line(text)
    return text[len(first) + 1 :] if first.strip().lower() in _SEPARATOR_LINES else text


def _first_line_fault(first: Record | None, table: Table) -> Problem | None:
    if first is None:
        return fault(ProblemCode.EMPTY_FILE, "The file is empty.")
    if len(first.cells) > MOST_COLUMNS:
        reason = f"Its first line has {len(first.cells):,} headings; at most {MOST_COLUMNS} are read."
        return fault(ProblemCode.TOO_LARGE, reason)
    if first.fault:
        return fault(
            ProblemCode.UNKNOWN_FILE,
            f"This is not a {table.name} export: its first line does not hold the headings of one.",
        )
    return heading_fault(table, first.cells)


def _numbered(kept: list[Record], columns: Columns, declared: int | None) -> list[RawRow]:
    """Return the rows under the headings.  A record of blanks is none, but has its number."""
    is_short = declared is not None and len(kept) < declared
    rows = []
    for number, record in enumerate(kept, 1):
        if record.fault or any(cell.strip() for cell in record.cells):
            rows.append(_row(record, str(number), columns, is_short and number == len(kept)))
    return rows


def _row(record: Record, number: str, columns: Columns, is_short: bool) -> RawRow:
    """Return one row.  `is_short`: the file's last, and the sender put in more."""
    has_end = record.text.endswith(("\n", "\r"))
    is_cut = record.fault == ProblemCode.CUT_SHORT or (
        record.fault != ProblemCode.TOO_LONG
        and not has_end
        and (is_short or len(record.cells) < len(columns))
    )
    if is_cut:
        # The last value may itself be cut, so only those before it are read.
        cells = _cells(record.cells[:-1], columns)
        return RawRow(
            number, record.text, cells, fault(ProblemCode.CUT_SHORT, _REASONS[ProblemCode.CUT_SHORT])
        )
    if record.fault:
        return RawRow(number, record.text, {}, fault(record.fault, _REASONS[record.fault]))
    if len(record.cells) < len(columns) or any(cell.strip() for cell in record.cells[len(columns) :]):
        return RawRow(number, record.text, {}, _count_fault(len(record.cells), len(columns)))
    return RawRow(number, record.text, _cells(record.cells, columns))


def _count_fault(found: int, wanted: int) -> Problem:
    return fault(
        ProblemCode.WRONG_COUNT,
        f"The record has {found:,} values under {wanted} headings, so it is not certain which is which.",
    )


def _cells(cells: list[str], columns: Columns) -> dict[str, str]:
    found = {}
    for column, cell in zip(columns, cells, strict=False):
        if column is not None and cell and (text := clean(cell)):
            found[column.name] = text
    return found
