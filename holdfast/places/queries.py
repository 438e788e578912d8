"""Which area is it in?  Reference data, open to every package; it names no person."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache

from django.db import connection
from django.db.models.functions import Lower

from holdfast.people.models import Area
from holdfast.places.models import Boundary, Place, Postcode
from holdfast.places.rules import Point, is_inside, read_ring, tidy_postcode


def area_at(point: Point) -> Area | None:
    """Return the area in whose boundary a grid position lies.  One SQL query once the boundaries are read."""
    for area, ring in _boundaries(_stamp()):
        if is_inside(point, ring):
            return area
    return None


def area_of_postcode(text: str) -> Area | None:
    """Return the area of a postcode, or of its district when all we know of that lies in one area."""
    code = tidy_postcode(text)
    held = _held.get()
    if held and code in held.areas:
        return held.areas[code]
    return _area_of_code(code, _stamp()) if code else None


def area_of_place(name: str) -> Area | None:
    """Return the area of a named place, if only one area has such a place."""
    return _area_of_name(name.strip().lower(), _stamp())


def area_named(name: str) -> Area | None:
    """Return the area that is called this."""
    return _areas(_stamp()).get(name.strip().lower())


def area_coded(code: str) -> Area | None:
    return _areas_by_code(_stamp()).get(code)


def area_codes() -> frozenset[str]:
    """Return the codes of every area that is known here."""
    return frozenset(_areas_by_code(_stamp()))


def known_names(names: Iterable[str]) -> frozenset[str]:
    """Return those of these names, in small letters, that a place or an area has.  Two SQL queries."""
    wanted = {name.strip().lower() for name in names}
    if not wanted:
        return frozenset()
    found = (
        Place.objects.annotate(small=Lower("name")).filter(small__in=wanted).values_list("small", flat=True)
    )
    return frozenset(found) | (wanted & set(_areas(_stamp())))


def place_named(name: str) -> Place | None:
    """Return the one place of this name, or None when there is none or more than one."""
    return _place_of_name(name.strip().lower(), _stamp())


Stamp = tuple[int | str | None, ...]


@dataclass(slots=True)
class Held:
    """Reference data as it was at the start, and the areas of the postcodes looked up together."""

    stamp: Stamp
    areas: dict[str, Area] = field(default_factory=dict)


_held: ContextVar[Held | None] = ContextVar("what is read once", default=None)

LAST = """
SELECT (SELECT max(id) FROM people_area), (SELECT max(id) FROM places_boundary),
    (SELECT max(code) FROM places_postcode), (SELECT max(id) FROM places_place)
"""


def _stamp() -> Stamp:
    """Return what changes when reference data is loaded again, in whichever process.  One SQL query."""
    held = _held.get()
    if held is not None:
        return held.stamp
    with connection.cursor() as cursor:
        cursor.execute(LAST)
        return tuple(cursor.fetchone())


@contextmanager
def read_once() -> Iterator[None]:
    """Look once whether reference data has changed, not with every question asked inside."""
    token = _held.set(Held(_stamp()))
    try:
        yield
    finally:
        _held.reset(token)


def look_up_postcodes(texts: Iterable[str]) -> None:
    """Look these postcodes up together, for the questions that follow within `read_once`.  One SQL query."""
    held = _held.get()
    codes = {code for text in texts if (code := tidy_postcode(text))}
    if held and codes:
        found = Postcode.objects.filter(code__in=codes).select_related("area")
        held.areas |= {postcode.code: postcode.area for postcode in found}


@lru_cache(maxsize=1)
def _areas(stamp: Stamp) -> dict[str, Area]:
    return {area.name.lower(): area for area in Area.objects.all()}


@lru_cache(maxsize=1)
def _areas_by_code(stamp: Stamp) -> dict[str, Area]:
    return {area.code: area for area in _areas(stamp).values()}


@lru_cache(maxsize=1)
def _boundaries(stamp: Stamp) -> tuple[tuple[Area, tuple[Point, ...]], ...]:
    rows = Boundary.objects.select_related("area").order_by("pk")
    return tuple((row.area, tuple(read_ring(row.ring))) for row in rows)


@lru_cache(maxsize=10_000)
def _area_of_code(code: str, stamp: Stamp) -> Area | None:
    exact = Postcode.objects.select_related("area").filter(code=code).first()
    if exact:
        return exact.area
    district = code.split()[0] + " "
    nearby = list(Area.objects.filter(postcodes__code__startswith=district).distinct()[:2])
    return nearby[0] if len(nearby) == 1 else None


@lru_cache(maxsize=10_000)
def _area_of_name(name: str, stamp: Stamp) -> Area | None:
    found = list(Area.objects.filter(places__name__iexact=name).distinct()[:2])
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=10_000)
def _place_of_name(name: str, stamp: Stamp) -> Place | None:
    found = list(Place.objects.filter(name__iexact=name)[:2])
    return found[0] if len(found) == 1 else None
