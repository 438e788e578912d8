"""What can be said of a place without looking anything up?"""

import re
from collections.abc import Sequence

from pyproj import Transformer

# British National Grid and GPS positions.  Without the survey's grid file the shift is good to a
# few metres: enough for an area, never for a house.
_TO_GRID = Transformer.from_crs("EPSG:4326", "EPSG:27700", always_xy=True)

POSTCODE = re.compile(r"^([A-Z]{1,2}[0-9][A-Z0-9]?) ?([0-9][A-Z]{2})$")

Point = tuple[float, float]


def tidy_postcode(text: str) -> str:
    """Return "NM6 9NE" for "nm69ne"; an empty string for anything that is not a whole postcode."""
    found = POSTCODE.match(" ".join(text.upper().split()).replace(" ", ""))
    return f"{found[1]} {found[2]}" if found else ""


def to_grid(longitude: float, latitude: float) -> Point:
    """Return easting and northing in metres."""
    return _TO_GRID.transform(longitude, latitude)


def is_inside(point: Point, ring: Sequence[Point]) -> bool:
    """Say whether a point lies in a ring of points (even-odd rule).  Cost grows with the ring."""
    east, north = point
    inside = False
    for (e1, n1), (e2, n2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (n1 > north) != (n2 > north) and east < (e2 - e1) * (north - n1) / (n2 - n1) + e1:
            inside = not inside
    return inside


def read_ring(text: str) -> list[Point]:
    """Return the points of "e n,e n,…"."""
    return [(float(e), float(n)) for e, n in (pair.split() for pair in text.split(","))]


def write_ring(ring: Sequence[Point]) -> str:
    return ",".join(f"{east:.1f} {north:.1f}" for east, north in ring)
