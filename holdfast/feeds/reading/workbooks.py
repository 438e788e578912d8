"""Which rows does a workbook hold, and is it safe to open?

A workbook is a zip of XML: it is measured before it is unpacked, and its XML is read without
entities (defusedxml, which openpyxl uses where it is installed).
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from openpyxl import load_workbook

ZIP_MARK = b"PK\x03\x04"
MOST_ENTRIES = 1_000  # parts in the archive; our choice
MOST_UNPACKED = 10_000_000  # bytes; our choice, a hundred times a tracker of 500 lines
MOST_RATIO = 30  # unpacked to packed; our choice
RATIO_FROM = 1_000_000  # bytes; our choice: a small workbook of blank cells may well shrink more
MOST_ROWS, MOST_COLUMNS = 20_000, 60  # our choice
_READ_AT_ONCE = 1 << 16


class NotAWorkbook(Exception):
    """Carries what to tell the sender."""


def is_workbook(content: bytes) -> bool:
    return content.startswith(ZIP_MARK)


def read_sheet(content: bytes, wanted: str) -> tuple[str, list[tuple[int, list[str]]]]:
    """Return the sheet's name and its rows as (number, cells as text).  Raises NotAWorkbook."""
    _measure(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        try:
            sheet = _sheet(book, wanted)
            return sheet.title, list(_rows(sheet))
        finally:
            book.close()
    except NotAWorkbook:
        raise
    except Exception as problem:
        # A damaged workbook makes openpyxl fail in any of a dozen ways; all mean the same here.
        raise NotAWorkbook("cannot be opened as an Excel workbook") from problem


def _measure(content: bytes) -> None:
    """Unpack once without keeping anything, so that no entry is larger than it says."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as pack:
            entries = pack.infolist()
            total = sum(entry.file_size for entry in entries)
            packed = sum(entry.compress_size for entry in entries)
            if len(entries) > MOST_ENTRIES or total > MOST_UNPACKED:
                raise NotAWorkbook("is too large when unpacked")
            if total > RATIO_FROM and total > MOST_RATIO * packed:
                raise NotAWorkbook("unpacks to far more than it holds")
            for entry in entries:
                _drain(pack, entry)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError, OSError):
        raise NotAWorkbook("cannot be opened as an Excel workbook") from None


def _drain(pack: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    with pack.open(entry) as stream:
        while stream.read(_READ_AT_ONCE):
            pass


def _sheet(book: Any, wanted: str) -> Any:
    for sheet in book.worksheets:
        if sheet.title.strip().casefold() == wanted.casefold():
            return sheet
    raise NotAWorkbook(f"has no sheet named {wanted}")


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True)
    for number, cells in enumerate(rows, 1):
        yield number, [as_text(cell) for cell in cells]


def as_text(value: Any) -> str:
    """Return a cell as a person would write it: a date year first, a whole number without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        is_day = value.time() == time()
        return value.date().isoformat() if is_day else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)
