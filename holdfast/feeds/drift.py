"""What has changed in what a sender sends?  An export that drifts stops nothing: it is noticed and told.

A delivery has a shape: its headings, how values are separated and letters written, in which form dates
stand, which codes and places it uses that we do not know.  Shapes are compared with what the export is
declared to be, and with each other in the order in which they came.
"""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from holdfast.feeds.reading.delimited import best_delimiter, split_line
from holdfast.feeds.reading.letters import shown_plainly
from holdfast.feeds.reading.values import clean
from holdfast.feeds.tables import Column, Table, heading_key
from holdfast.feeds.terms import DateStyle, Kind

LONGEST_EXAMPLE = 60  # characters of a value shown, our choice
_DATES = (Kind.DATE, Kind.DATE_TIME)
_WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[,.]? +", re.IGNORECASE)
_TIME_BEHIND = re.compile(r"[ T,]+\d{1,2}:\d{2}.*$")
_YEAR_FIRST = re.compile(r"^\d{4}([-/.])\d{1,2}[-/.]\d{1,2}$")
_DAY_FIRST = re.compile(r"^\d{1,2}([-/. ])\d{1,2}[-/. ](\d{4}|\d{2})$")
_NAMED = re.compile(r"^\d{1,2}(?:st|nd|rd|th)?([-/. ]*)([a-z]{3,9})\.?[-/., ]*(\d{4}|\d{2})$", re.IGNORECASE)
_SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright strokes"}
_ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "cp1252": "Windows-1252",
    "mixed": "UTF-8 and Windows-1252 in one file",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32": "UTF-32",
}

Examples = dict[tuple[str, str], str]  # by column and by form or value


@dataclass(frozen=True, slots=True)
class Shape:
    """How one delivery looks.  `headings` are empty where there are none to see."""

    headings: tuple[str, ...] = ()
    separator: str = ""
    encoding: str = ""
    forms: Examples = field(default_factory=dict)  # of dates: by column and form, an example of each
    codes: frozenset[tuple[str, str]] = frozenset()  # column and value that is in no list
    places: frozenset[tuple[str, str]] = frozenset()  # column and name


@dataclass(frozen=True, slots=True)
class Drift:
    """One thing that changed: what to say of it, an example, and in which shape it was first seen."""

    said: str
    example: str
    first: int


Feature = tuple[str, str, str]  # kind, column or heading, value


def shape_of(table: Table, header: str, encoding: str, rows: Iterable[Mapping[str, str]]) -> Shape:
    """Return the shape of a delivery from its headings and some of its rows' cells."""
    separator, headings = _headings(header)
    columns = [column for column in table.columns if column.kind in _DATES or column.codes or column.is_place]
    forms: Examples = {}
    codes, places = set(), set()
    for cells in rows:
        for column in columns:
            text = cells.get(column.name, "")
            if not text or text in table.blank_words:
                continue
            if column.kind in _DATES:
                if form := date_form(text):
                    forms.setdefault((column.name, form), text)
            elif column.is_place:
                places.add((column.name, text))
            elif _is_unknown_code(column, text):
                codes.add((column.name, text))
    return Shape(
        headings, separator, _ENCODINGS.get(encoding, ""), forms, frozenset(codes), frozenset(places)
    )


def _headings(header: str) -> tuple[str, tuple[str, ...]]:
    if not header.strip():
        return "", ()
    separator = best_delimiter(header)
    try:
        return separator, tuple(clean(heading) for heading in split_line(header, separator))
    except csv.Error:
        return separator, ()


def _is_unknown_code(column: Column, text: str) -> bool:
    if not column.codes or not column.codes.meanings or column.kind != Kind.CODE:
        return False
    return column.codes.find(text) is None


def date_form(text: str) -> str:
    """Return in which form a day is written, as dd/mm/yyyy; nothing for what is no date."""
    day = _TIME_BEHIND.sub("", _WEEKDAY.sub("", text))
    if found := _YEAR_FIRST.match(day):
        return f"yyyy{found[1]}mm{found[1]}dd"
    if found := _DAY_FIRST.match(day):
        return f"dd{found[1]}mm{found[1]}{'y' * len(found[2])}"
    if found := _NAMED.match(day):
        between = found[1][:1]
        return f"dd{between}{'Mon' if len(found[2]) <= 4 else 'Month'}{between}{'y' * len(found[3])}"
    return ""


def drifted(table: Table, shapes: Sequence[Shape], known_places: frozenset[str]) -> list[Drift]:
    """Return what changed along these shapes, oldest first, the newest change first.

    What the first of them has is what the sender did before, and is told where it is not as declared.
    """
    found: dict[Feature, Drift] = {}
    usual: dict[str, str] = {}  # by kind, what was last seen of what can only be seen to change
    for place, shape in enumerate(shapes):
        for feature, drift in _features(table, shape, place, known_places):
            found.setdefault(feature, drift)
        for kind, value, drift in _changes(table, shape, place, usual):
            found.setdefault((kind, "", value), drift)
    return sorted(found.values(), key=lambda drift: -drift.first)


def _features(
    table: Table, shape: Shape, place: int, known_places: frozenset[str]
) -> Iterable[tuple[Feature, Drift]]:
    """Yield what is not as the export is declared."""
    yield from _columns(table, shape, place)
    declared = table.date_example[:10]
    for (name, form), example in shape.forms.items():
        if form != declared and table.dates == DateStyle.WRITTEN_OUT:
            said = f"{_label(table, name)} is written as {form}, not as {declared}. It is read."
            yield ("date", name, form), Drift(said, shown(example), place)
    for name, value in sorted(shape.codes):
        said = f"{_label(table, name)} has a code that is in no list of ours."
        yield ("code", name, value), Drift(said, shown(value), place)
    for name, value in sorted(shape.places):
        if value.strip().lower() not in known_places:
            said = f"{_label(table, name)} names a place that we do not know."
            yield ("place", name, value), Drift(said, shown(value), place)


def _columns(table: Table, shape: Shape, place: int) -> Iterable[tuple[Feature, Drift]]:
    if not shape.headings:
        return
    ours = {heading_key(column.source or column.name): column for column in table.columns} | table.by_heading
    sent = {heading_key(heading) for heading in shape.headings}
    for heading in shape.headings:
        if heading and heading_key(heading) not in ours:
            said = f"A column came that we do not use: “{shown(heading)}”. It is kept with the row."
            yield ("extra", heading, ""), Drift(said, "", place)
    for column in table.columns:
        if not sent & {heading_key(column.name), heading_key(column.source or column.name)}:
            gone = "is no longer sent" if place else "is not sent"
            said = f"{_label(table, column.name)} {gone}. The rows are used without it."
            yield ("missing", column.name, ""), Drift(said, "", place)


def _changes(
    table: Table, shape: Shape, place: int, usual: dict[str, str]
) -> Iterable[tuple[str, str, Drift]]:
    """Yield what is not as it was before: the order of columns, their separator, how letters are written."""
    ours = {heading_key(column.source or column.name): column for column in table.columns} | table.by_heading
    order = [ours[key].name for heading in shape.headings if (key := heading_key(heading)) in ours]
    for kind, value, said in (
        ("order", ",".join(order), "The columns stand in another order. They are found by their headings."),
        (
            "separator",
            shape.separator,
            f"Values are separated by {_SEPARATORS.get(shape.separator, 'other marks')}.",
        ),
        ("encoding", shape.encoding, f"Letters are written in {shape.encoding}."),
    ):
        before = usual.get(kind, value)
        if value:
            usual[kind] = value
        # A file of plain letters looks like UTF-8 whatever its sender writes.
        if value and value != "UTF-8" and not _is_alike(kind, before, value):
            example = ", ".join(shape.headings[:3]) if kind == "order" else ""
            yield kind, value, Drift(said, shown(example), place)


def _is_alike(kind: str, before: str, now: str) -> bool:
    """Two orders are one where the columns that both have stand in the same order."""
    if kind != "order":
        return before == now
    old, new = before.split(","), now.split(",")
    both = set(old) & set(new)
    return [name for name in old if name in both] == [name for name in new if name in both]


def _label(table: Table, name: str) -> str:
    label = table.column(name).label
    return label[:1].upper() + label[1:]


def shown(text: str) -> str:
    """Return a value as it may be shown: no longer than a line, and nothing in it that nobody sees."""
    plain = shown_plainly(" ".join(text.split()))
    return plain if len(plain) <= LONGEST_EXAMPLE else plain[: LONGEST_EXAMPLE - 1] + "…"
