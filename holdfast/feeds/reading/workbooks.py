"""Which rows does a workbook hold?  A workbook is a zip of XML: `packed` and `workbook_xml` keep it safe."""

import posixpath
from datetime import date, datetime, time, timedelta

from holdfast.feeds.reading.packed import ZIP_MARK, NotAWorkbook, Pack
from holdfast.feeds.reading.workbook_xml import (
    MOST_COLUMNS,
    MOST_TEXT,
    Book,
    Cell,
    Links,
    Sheet,
    Styles,
    Texts,
)

_LARGEST_WHOLE = 1e15  # beyond this a floating-point number is no longer exact
_DAY_0, _DAY_0_FROM_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_NO_29_FEBRUARY = 60  # a workbook believes in 29 February 1900: before it, days are one later
_MILLISECONDS = 86_400_000  # of a day


def is_workbook(content: bytes) -> bool:
    return content.startswith(ZIP_MARK)


def read_sheet(content: bytes, wanted: str) -> tuple[str, list[tuple[int, list[str]]]]:
    """Return the sheet's name and its rows as (number, cells as text).  Raises NotAWorkbook.

    Blank rows are left out; every row has as many cells.
    """
    pack = Pack(content)
    at = _linked(pack, "").by_kind.get("officeDocument", "xl/workbook.xml").lstrip("/")
    book, links = Book(pack.read(at)), _linked(pack, at)
    title, key = _sheet(book, wanted)
    styles, texts = links.by_kind.get("styles"), links.by_kind.get("sharedStrings")
    dates = Styles(pack.read(_path(at, styles))).dates if styles else frozenset()
    shared = Texts(pack.read(_path(at, texts))).found if texts else []
    sheet = Sheet(pack.read(_path(at, links.by_key.get(key, ""))))
    reader = _Reader(shared, dates, _DAY_0_FROM_1904 if book.is_from_1904 else _DAY_0)
    return title, [(row.number, reader.row(row.cells)) for row in sheet.rows]


def _linked(pack: Pack, part: str) -> Links:
    """Return where a part, or the workbook as a whole, points to."""
    folder, _, name = part.rpartition("/")
    return Links(pack.read(posixpath.join(folder, "_rels", f"{name}.rels")))


def _path(part: str, target: str) -> str:
    """Return the name of a part that another points to."""
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(part.rpartition("/")[0], target))


def _sheet(book: Book, wanted: str) -> tuple[str, str]:
    for title, key in book.sheets:
        if title.strip().casefold() == wanted.casefold():
            return title.strip(), key
    raise NotAWorkbook(f"has no sheet named {wanted}")


class _Reader:
    """Says what cells show."""

    def __init__(self, shared: list[str], dates: frozenset[int], day_0: datetime) -> None:
        self._shared, self._dates, self._day_0, self._said = shared, dates, day_0, 0

    def row(self, cells: list[Cell]) -> list[str]:
        row = [""] * MOST_COLUMNS
        for cell in cells:
            row[cell.column - 1] = text = self._text(cell)
            self._said += len(text)
        # One long text that a million cells share is small as a file and large as rows.
        if self._said > MOST_TEXT:
            raise NotAWorkbook(f"holds more than {MOST_TEXT:,} characters. Send it in parts")
        return row

    def _text(self, cell: Cell) -> str:
        if cell.formula and not cell.value:
            return f"={cell.formula}"  # nobody worked it out; neither do we
        if cell.kind == "s":
            place = int(cell.value) if cell.value.isdecimal() and len(cell.value) < 10 else len(self._shared)
            return self._shared[place] if place < len(self._shared) else ""
        if cell.kind == "b":
            return "True" if cell.value.strip() == "1" else "False"
        if cell.kind == "d":
            return _iso(cell.value)
        if cell.kind in {"n", ""}:
            return self._number(cell)
        return cell.value

    def _number(self, cell: Cell) -> str:
        try:
            value = float(cell.value)
        except ValueError:
            return cell.value
        if cell.style in self._dates:
            return _day(value, self._day_0) or cell.value
        return as_text(value) if len(cell.value) < 16 or "." in cell.value else cell.value.strip()


def _iso(text: str) -> str:
    """A date that stands in the sheet as text: the day where it has no hour."""
    try:
        return as_text(datetime.fromisoformat(text.strip()))
    except ValueError:
        return text


def _day(value: float, day_0: datetime) -> str:
    """Return the day or time that a number of days stands for; nothing where it stands for none."""
    try:
        clock = timedelta(milliseconds=round(value % 1 * _MILLISECONDS))
        if 0 <= value < 1 and not clock.days:
            return (datetime.min + clock).time().isoformat(timespec="seconds")
        early = timedelta(days=1) if 0 < value < _NO_29_FEBRUARY and day_0 == _DAY_0 else timedelta(0)
        return as_text(day_0 + timedelta(days=int(value // 1)) + clock + early)
    except (OverflowError, ValueError):
        return ""


def as_text(value: float | datetime | date) -> str:
    """Return a cell as a person would write it: a date year first, a whole number without a point."""
    if isinstance(value, datetime):
        is_day = value.time() == time()
        return value.date().isoformat() if is_day else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if value.is_integer() and abs(value) < _LARGEST_WHOLE:
        return str(int(value))
    return str(value)
