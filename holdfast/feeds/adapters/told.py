"""What does an adapter get, and what does it give back?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from holdfast.chronology.rules import EventFacts
from holdfast.chronology.terms import EventKind, Precision, Role
from holdfast.people.terms import Tie

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class Where:
    """How to find the area (its code, or nothing) of a postcode, a grid position or a named place."""

    of_postcode: Callable[[str], str]
    at_point: Callable[[float, float], str]
    of_place: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Row:
    """A checked row: its table, the sender's key for it, typed values by column, and where things are."""

    table: str
    key: str
    values: Mapping[str, Any]
    where: Where
    drop_on: date
    la_code: str = ""
    fields: tuple[str, ...] = ("subject",)  # the parts of the row that name somebody
    unread: frozenset[str] = frozenset()  # columns whose value was set aside, to be mended

    def get(self, column: str) -> Any:
        return self.values.get(column)

    def text(self, column: str) -> str:
        return str(self.values.get(column) or "")

    def point_area(self, easting: str, northing: str) -> str:
        east, north = self.get(easting), self.get(northing)
        return self.where.at_point(float(east), float(north)) if east and north else ""


@dataclass(frozen=True, slots=True)
class FamilySaid:
    """What one named person is to the row's subject: `kind` is what `other` is to `field`."""

    field: str
    other: str
    kind: Tie


@dataclass(frozen=True, slots=True)
class Told:
    """What a row tells: events; `weak` ones only if no better row tells them; what follows for the child."""

    events: tuple[EventFacts, ...] = ()
    weak: tuple[EventFacts, ...] = ()
    opens: str = ""  # why the sender's open involvement opens a child's record here
    is_surely_child: bool = False  # the sender's process is for under-18s only
    lives_in: str = ""  # area code
    lives_since: date | None = None
    family: tuple[FamilySaid, ...] = ()


def event(row: Row, kind: EventKind, title: str, happened: datetime | date, **more: Any) -> EventFacts:
    """Build the facts of an event that this row tells; a bare date is a whole day in London.

    What an authority's own services send is about a child of that authority, unless the row says more.
    """
    precision = Precision.MINUTE if isinstance(happened, datetime) else Precision.DAY
    at = happened if isinstance(happened, datetime) else start_of(happened)
    facts = EventFacts(
        kind=kind, source=row.table, source_ref=row.key, title=title, happened_at=at, precision=precision
    )
    return replace(facts, **{"agency_knew_at": at, "home_area_code": row.la_code, **more})


def start_of(day: date) -> datetime:
    return datetime.combine(day, time(0), tzinfo=LONDON)


def end_at(value: datetime | date | None) -> datetime | None:
    """Return a time for a value that may be a bare date or missing."""
    return value if value is None or isinstance(value, datetime) else start_of(value)


def sentence(*parts: str) -> str:
    """Join the parts that are there into sentences."""
    return " ".join(part.rstrip(". ") + "." for part in parts if part and part.strip())


SUBJECT_HARMED = (("subject", Role.HARMED),)
