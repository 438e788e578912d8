"""Which rows does a file of messages hold, one to a line?"""

import msgspec

from holdfast.feeds.reading.bundles import NotABundle, read_bundle
from holdfast.feeds.reading.delimited import LONGEST_LINE
from holdfast.feeds.reading.rows import MOST_ROWS, FileName, FileRead, RawRow, fault, too_many
from holdfast.feeds.reading.values import clean
from holdfast.feeds.tables import Table
from holdfast.feeds.terms import ProblemCode

_MENDED = "mended"  # a message mended here is kept as its values, not as a Bundle we did not receive


def read_lines(text: str, encoding: str, name: FileName, table: Table, declared: int | None) -> FileRead:
    sent = text.lstrip("\ufeff").split("\n")
    lines = [(number, line) for number, line in enumerate(sent, 1) if line.strip()]
    if len(lines) > MOST_ROWS:
        return FileRead(name, table, encoding, fault=too_many(table), declared_rows=declared)
    # What stands behind the last line end is a line that has none.
    rows = [_row(table, str(number), line, is_last=number == len(sent)) for number, line in lines]
    if all(row.fault for row in rows) and not any(line.lstrip().startswith("{") for _, line in lines):
        reason = f"This is not a {table.name} export: no line of it is a message."
        problem = fault(ProblemCode.UNKNOWN_FILE, reason)
        return FileRead(name, table, encoding, fault=problem, declared_rows=declared)
    return FileRead(name, table, encoding, "", tuple(rows), None, declared)


def reread_line(table: Table, text: str, number: str = "") -> RawRow:
    """Return a stored message as it was read, or as it was mended."""
    mended = _mended_cells(table, text)
    if mended is not None:
        return RawRow(number, text, mended)
    return _row(table, number, text, is_last=False)


def write_line(cells: dict[str, str]) -> str:
    return msgspec.json.encode({_MENDED: cells}).decode()


def _mended_cells(table: Table, text: str) -> dict[str, str] | None:
    if not text.startswith(f'{{"{_MENDED}":'):
        return None
    try:
        cells = msgspec.json.decode(text, type=dict[str, dict[str, str]])[_MENDED]
    except (msgspec.DecodeError, RecursionError):
        return None
    names = {column.name for column in table.columns}
    return {name: value for name, value in cells.items() if name in names}


def _row(table: Table, number: str, line: str, is_last: bool) -> RawRow:
    if len(line) > LONGEST_LINE:
        reason = f"The message is longer than {LONGEST_LINE:,} characters."
        return RawRow(number, line, {}, fault(ProblemCode.TOO_LONG, reason))
    try:
        cells = read_bundle(line)
    except NotABundle as problem:
        if is_last and not line.rstrip().endswith("}"):
            reason = "The file ends inside this record. Send the file again."
            return RawRow(number, line, {}, fault(ProblemCode.CUT_SHORT, reason))
        return RawRow(number, line, {}, fault(ProblemCode.NOT_READABLE, f"The line {problem}."))
    return RawRow(number, line, {name: text for name, cell in cells.items() if (text := clean(cell))})
