"""Which area is it in?  Reference data, open to every package; it names no person."""

from functools import lru_cache

from django.db.models import Max

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
    return _area_of_code(code, _stamp()) if code else None


def area_of_place(name: str) -> Area | None:
    """Return the area of a named place, if only one area has such a place."""
    return _area_of_name(name.strip().lower(), _stamp())


def area_named(name: str) -> Area | None:
    """Return the area that is called this."""
    return _areas(_stamp()).get(name.strip().lower())


def area_coded(code: str) -> Area | None:
    return next((area for area in _areas(_stamp()).values() if area.code == code), None)


def place_named(name: str) -> Place | None:
    """Return the one place of this name, or None when there is none or more than one."""
    found = list(Place.objects.filter(name__iexact=name.strip())[:2])
    return found[0] if len(found) == 1 else None


def _stamp() -> int:
    """Return a number that changes when reference data is loaded again, in whichever process."""
    return Boundary.objects.aggregate(last=Max("pk"))["last"] or 0


@lru_cache(maxsize=1)
def _areas(stamp: int) -> dict[str, Area]:
    return {area.name.lower(): area for area in Area.objects.all()}


@lru_cache(maxsize=1)
def _boundaries(stamp: int) -> tuple[tuple[Area, tuple[Point, ...]], ...]:
    rows = Boundary.objects.select_related("area").order_by("pk")
    return tuple((row.area, tuple(read_ring(row.ring))) for row in rows)


@lru_cache(maxsize=10_000)
def _area_of_code(code: str, stamp: int) -> Area | None:
    exact = Postcode.objects.select_related("area").filter(code=code).first()
    if exact:
        return exact.area
    district = code.split()[0] + " "
    nearby = list(Area.objects.filter(postcodes__code__startswith=district).distinct()[:2])
    return nearby[0] if len(nearby) == 1 else None


@lru_cache(maxsize=10_000)
def _area_of_name(name: str, stamp: int) -> Area | None:
    found = list(Area.objects.filter(places__name__iexact=name).distinct()[:2])
    return found[0] if len(found) == 1 else None
