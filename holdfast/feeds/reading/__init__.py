"""What did an agency send us, row by row?  Pure functions; hostile input never raises."""

from holdfast.feeds.reading.csv_rows import reread_csv, write_csv
from holdfast.feeds.reading.files import name_of, read_file
from holdfast.feeds.reading.line_rows import reread_line, write_line
from holdfast.feeds.reading.rows import Checked, Context, FileName, FileRead, Problem, RawRow
from holdfast.feeds.reading.values import clean
from holdfast.feeds.tables import Table
from holdfast.feeds.terms import Format


def reread(table: Table, header: str, text: str, number: str = "") -> RawRow:
    """Return the row that was stored as `text` under `header`.  Raises ValueError for a foreign header."""
    if table.format == Format.NDJSON:
        return reread_line(table, text, number)
    return reread_csv(table, header, text, number)


def with_values(table: Table, header: str, row: RawRow, values: dict[str, str]) -> RawRow:
    """Return the row as mended: `values` in place of what was sent, its text rewritten, its fault gone."""
    cells = row.cells | {name: clean(value) for name, value in values.items()}
    cells = {name: value for name, value in cells.items() if value}
    text = write_line(cells) if table.format == Format.NDJSON else write_csv(header, cells, table)
    return RawRow(row.number, text, cells)


__all__ = [
    "Checked",
    "Context",
    "FileName",
    "FileRead",
    "Problem",
    "RawRow",
    "name_of",
    "read_file",
    "reread",
    "with_values",
]
