"""What do the parts of a workbook say?

Read by expat with limits of our own: no document type (so no entities and nothing fetched), a most of
elements, a most of nesting.  Only what a table of text, numbers and dates needs is read.
"""

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from holdfast.feeds.reading.packed import NotAWorkbook

MOST_ELEMENTS = 500_000  # of one part; our choice: twenty times a tracker of 500 lines
MOST_DEPTH = 50  # elements within each other; our choice: a sheet needs six
MOST_ROWS, MOST_COLUMNS = 20_000, 60  # our choice
MOST_TEXT = 2_000_000  # characters of all cells that repeat shared texts; our choice
_ESCAPED = re.compile(r"_x00(09|0A|0D)_", re.IGNORECASE)
_PLACE = re.compile(r"^([A-Z]{1,3})(\d{1,7})$")
# Numbers of the formats that every workbook has and that show a date or a time (ECMA-376, 18.8.30).
_DATE_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_NOT_LETTERS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_DATE_LETTERS = re.compile(r"[dmyhs]", re.IGNORECASE)


@dataclass(slots=True)
class Cell:
    column: int  # from 1
    kind: str
    style: int
    value: str = ""
    formula: str = ""


class Part:
    """Walks through one XML part.  Raises NotAWorkbook."""

    def __init__(self, xml: bytes) -> None:
        self._seen = self._depth = 0
        self._words: list[str] | None = None
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        parser.StartDoctypeDeclHandler = self._refuse
        try:
            parser.Parse(xml, True)
        except (expat.ExpatError, LookupError, UnicodeError):
            raise NotAWorkbook("is damaged: a part of it is not XML") from None

    def _refuse(self, *_: object) -> None:
        raise NotAWorkbook("declares XML entities or a document type, which no workbook does")

    def _start(self, name: str, told: dict[str, str]) -> None:
        self._seen += 1
        self._depth += 1
        if self._seen > MOST_ELEMENTS:
            raise NotAWorkbook(f"holds more than {MOST_ELEMENTS:,} elements in one part")
        if self._depth > MOST_DEPTH:
            raise NotAWorkbook(f"nests its elements more than {MOST_DEPTH} deep")
        self.start(name.rpartition(":")[2], told)

    def _end(self, name: str) -> None:
        self._depth -= 1
        self.end(name.rpartition(":")[2])

    def _data(self, text: str) -> None:
        if self._words is not None:
            self._words.append(text)

    def listen(self) -> None:
        self._words = []

    def heard(self) -> str:
        words, self._words = self._words or [], None
        return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), "".join(words))

    def start(self, name: str, told: dict[str, str]) -> None: ...

    def end(self, name: str) -> None: ...


class Links(Part):
    """Which parts does a part point to?  `by_key` by its own key, `by_kind` by what they are."""

    def __init__(self, xml: bytes) -> None:
        self.by_key: dict[str, str] = {}
        self.by_kind: dict[str, str] = {}
        super().__init__(xml)

    def start(self, name: str, told: dict[str, str]) -> None:
        if name == "Relationship" and told.get("TargetMode") != "External":
            kind, target = told.get("Type", "").rpartition("/")[2], told.get("Target", "")
            self.by_key[told.get("Id", "")] = target
            self.by_kind.setdefault(kind, target)


class Book(Part):
    """Which sheets are there?  From which day are days counted?"""

    def __init__(self, xml: bytes) -> None:
        self.sheets: list[tuple[str, str]] = []  # name, key of the part
        self.is_from_1904 = False
        super().__init__(xml)

    def start(self, name: str, told: dict[str, str]) -> None:
        if name == "sheet":
            key = next((value for label, value in told.items() if label.rpartition(":")[2] == "id"), "")
            self.sheets.append((told.get("name", ""), key))
        elif name == "workbookPr":
            self.is_from_1904 = told.get("date1904", "").lower() in {"1", "true"}


class Styles(Part):
    """Which styles of a cell show its number as a date?"""

    def __init__(self, xml: bytes) -> None:
        self._formats: dict[int, str] = {}
        self._used: list[int] = []
        self._is_within = False
        super().__init__(xml)
        self.dates = frozenset(place for place, number in enumerate(self._used) if self._is_date(number))

    def start(self, name: str, told: dict[str, str]) -> None:
        if name == "numFmt":
            self._formats[_whole(told.get("numFmtId"))] = told.get("formatCode", "")
        elif name == "cellXfs":
            self._is_within = True
        elif name == "xf" and self._is_within:
            self._used.append(_whole(told.get("numFmtId")))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._is_within = False

    def _is_date(self, number: int) -> bool:
        if number not in self._formats:
            return number in _DATE_FORMATS
        return bool(_DATE_LETTERS.search(_NOT_LETTERS.sub("", self._formats[number].partition(";")[0])))


class Texts(Part):
    """The texts that cells share, in their order."""

    def __init__(self, xml: bytes) -> None:
        self.found: list[str] = []
        self._parts: list[str] = []
        self._is_said = True
        super().__init__(xml)

    def start(self, name: str, told: dict[str, str]) -> None:
        if name == "si":
            self._parts = []
        elif name == "rPh":
            self._is_said = False  # how to say it in Japanese, not what it says
        elif name == "t" and self._is_said:
            self.listen()

    def end(self, name: str) -> None:
        if name == "t" and self._is_said:
            self._parts.append(self.heard())
        elif name == "rPh":
            self._is_said = True
        elif name == "si":
            self.found.append("".join(self._parts))


@dataclass(slots=True)
class SheetRow:
    number: int
    cells: list[Cell] = field(default_factory=list)


class Sheet(Part):
    """The rows of one sheet that hold anything."""

    def __init__(self, xml: bytes) -> None:
        self.rows: list[SheetRow] = []
        self._row, self._cell, self._is_said = SheetRow(0), Cell(0, "n", 0), True
        super().__init__(xml)

    def start(self, name: str, told: dict[str, str]) -> None:
        if name == "c":
            self._cell = self._next_cell(told)
        elif name in {"v", "f"} or (name == "t" and self._is_said):
            self.listen()
        elif name == "row":
            # Two rows of one number would be one row.
            self._row = SheetRow(max(_whole(told.get("r")), self._row.number + 1))
        elif name == "rPh":
            self._is_said = False

    def end(self, name: str) -> None:
        if name == "v":
            self._cell.value = self.heard()
        elif name == "f":
            self._cell.formula = self.heard()
        elif name == "t" and self._is_said:
            self._cell.value += self.heard()
        elif name == "rPh":
            self._is_said = True
        elif name == "c":
            self._keep_cell()
        elif name == "row":
            self._keep_row()

    def _next_cell(self, told: dict[str, str]) -> Cell:
        found = _PLACE.match(told.get("r", ""))
        last = self._row.cells[-1].column if self._row.cells else 0
        column = _column(found[1]) if found else max(last, self._cell.column) + 1
        return Cell(column, told.get("t", "n"), _whole(told.get("s")))

    def _keep_cell(self) -> None:
        cell = self._cell
        if cell.column <= MOST_COLUMNS and (cell.value or cell.formula):
            self._row.cells.append(cell)

    def _keep_row(self) -> None:
        self._cell = Cell(0, "n", 0)
        if self._row.cells:
            self.rows.append(self._row)
        if len(self.rows) > MOST_ROWS:
            raise NotAWorkbook(f"has more than {MOST_ROWS:,} lines. Send it in parts")


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and text.isascii() and len(text) < 10 else 0


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
