"""How is one agency's export declared?

Everything that reads, checks or documents an export works from these declarations.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from holdfast.feeds.terms import DateStyle, Format, Kind


@dataclass(frozen=True, slots=True, eq=False)
class CodeList:
    name: str
    meanings: Mapping[str, str]

    def find(self, text: str) -> str | None:
        """Return the code as listed, whatever case or spacing it was sent in."""
        if text in self.meanings:
            return text
        wanted = " ".join(text.upper().split())
        return next((code for code in self.meanings if code.upper() == wanted), None)

    @property
    def allowed(self) -> str:
        return ", ".join(self.meanings)


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    name: str  # as the sender's heading has it
    kind: Kind
    says: str
    label: str
    mandatory: bool = False
    codes: CodeList | None = None
    is_past: bool = False  # cannot be later than the day the file was sent
    source: str = ""  # where it comes from when the message has no headings
    is_name: bool = False  # of a person: its letters are looked at
    is_place: bool = False  # a place by name: one that we do not know is told to whoever looks after the feed


@dataclass(frozen=True, eq=False)
class Table:
    feed: str
    name: str
    says: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    version: str | None = None
    format: Format = Format.CSV
    dates: DateStyle = DateStyle.WRITTEN_OUT
    date_example: str = "dd/mm/yyyy"
    per_authority: bool = False
    blank_words: frozenset[str] = frozenset()  # what senders type for "not known"
    by_heading: dict[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_heading", {heading_key(c.name): c for c in self.columns})

    @property
    def title(self) -> str:
        return f"{self.feed}/{self.name}"

    @property
    def mandatory(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.mandatory)

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


def heading_key(heading: str) -> str:
    """Return a heading without the case, spaces and marks that senders vary."""
    return "".join(letter for letter in heading.casefold() if letter.isalnum())


def _column(name: str, kind: Kind, says: str, label: str, codes: CodeList | None = None) -> Column:
    return Column(name, kind, says, label or name.replace("_", " "), codes=codes)


def text(name: str, says: str, label: str = "") -> Column:
    return _column(name, Kind.TEXT, says, label)


def person_name(name: str, says: str, label: str = "") -> Column:
    return replace(text(name, says, label), is_name=True)


def place_name(name: str, says: str, label: str = "") -> Column:
    return replace(text(name, says, label), is_place=True)


def number(name: str, says: str, label: str = "") -> Column:
    return _column(name, Kind.NUMBER, says, label)


def whole(name: str, says: str, label: str = "") -> Column:
    return _column(name, Kind.WHOLE, says, label)


def age(name: str, says: str, label: str = "") -> Column:
    return _column(name, Kind.AGE, says, label)


def day(name: str, says: str, label: str = "") -> Column:
    return _column(name, Kind.DATE, says, label)


def birthday(name: str, says: str, label: str = "date of birth") -> Column:
    return replace(day(name, says, label), is_past=True)


def moment(name: str, says: str, label: str = "") -> Column:
    return _column(name, Kind.DATE_TIME, says, label)


def code(name: str, codes: CodeList, says: str, label: str = "") -> Column:
    return _column(name, Kind.CODE, says, label, codes)


def flags(name: str, says: str, label: str = "", codes: CodeList | None = None) -> Column:
    return _column(name, Kind.FLAGS, says, label, codes)


def must(column: Column) -> Column:
    """Return the column as one that the sender has to fill."""
    return replace(column, mandatory=True)


def taken_from(source: str, column: Column) -> Column:
    """Return the column of a message without headings, with the element it is taken from."""
    return replace(column, source=source)
