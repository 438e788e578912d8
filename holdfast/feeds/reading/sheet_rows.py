"""Which rows does the outreach workers' tracker hold?"""

from holdfast.feeds.reading.delimited import join_line
from holdfast.feeds.reading.headings import Columns, columns_of, heading_fault
from holdfast.feeds.reading.rows import FileName, FileRead, RawRow, fault
from holdfast.feeds.reading.values import clean
from holdfast.feeds.reading.workbooks import NotAWorkbook, is_workbook, read_sheet
from holdfast.feeds.tables import Table
from holdfast.feeds.tables.voluntary_contacts import SHEET
from holdfast.feeds.terms import ProblemCode

HEADINGS_WITHIN = 20  # rows; our choice: titles and notes stand above the headings

Sheet = list[tuple[int, list[str]]]


def read_tracker(content: bytes, name: FileName, table: Table, declared: int | None) -> FileRead:
    """Return the lines of the tracker, each kept as a CSV record under its own headings."""
    if not is_workbook(content):
        reason = f"This is not a {table.name} export: it is not an Excel workbook (.xlsx)."
        problem = fault(ProblemCode.UNREADABLE_FILE, reason)
        return FileRead(name, table, "", fault=problem, declared_rows=declared)
    try:
        title, sheet = read_sheet(content, SHEET)
    except NotAWorkbook as trouble:
        problem = fault(ProblemCode.UNREADABLE_FILE, f"The file {trouble}.")
        return FileRead(name, table, "binary", fault=problem, declared_rows=declared)
    at = _heading_row(sheet, table)
    headings = sheet[at][1] if sheet else []
    found = heading_fault(table, headings)
    if found:
        return FileRead(name, table, "binary", fault=found, declared_rows=declared)
    columns = columns_of(table, headings)
    lines = [_row(title, number, cells, columns) for number, cells in sheet[at + 1 :]]
    header = join_line(headings[: _width(columns)], ",")
    return FileRead(name, table, "binary", header, tuple(row for row in lines if row), None, declared)


def _heading_row(sheet: Sheet, table: Table) -> int:
    """Return the position of the row that holds most of the headings."""
    counts = [sum(1 for column in columns_of(table, cells) if column) for _, cells in sheet[:HEADINGS_WITHIN]]
    return counts.index(max(counts)) if counts else 0


def _row(title: str, number: int, cells: list[str], columns: Columns) -> RawRow | None:
    """Return a line; None for a blank one and for the month rows between."""
    filled = [position for position, cell in enumerate(cells) if cell.strip()]
    if not filled or (filled == [0] and not cells[0].strip().isdigit()):
        return None
    found = {}
    for column, cell in zip(columns, cells, strict=False):
        if column is not None and (text := clean(cell)):
            found[column.name] = text
    return RawRow(f"{title}!{number}", join_line(cells[: _width(columns)], ","), found)


def _width(columns: Columns) -> int:
    return max(position for position, column in enumerate(columns, 1) if column)
