"""Which places, schools and boundaries come with the demonstration's drops?"""

import csv
import io
import json
from collections.abc import Iterable, Sequence

from holdfast.demonstration.places import wgs84
from holdfast.demonstration.shape import Area, Partnership

SIDES = (
    4  # points on each side of a boundary, since a straight grid line is a curve in latitude and longitude
)

File = tuple[str, bytes, int]  # path, content, rows


def reference_files(partnership: Partnership) -> list[File]:
    areas = [
        (a.la_code, a.gss_code, a.name, "Y" if a.is_partner else "N", a.min_e, a.max_e, a.min_n, a.max_n)
        for a in partnership.areas
    ]
    schools = [
        (s.urn, s.la_code, s.estab, s.name, s.type, s.postcode, *_spot(s.easting, s.northing))
        for s in partnership.schools
    ]
    places = [
        (p.name, p.kind, p.la_code, p.org_code, *_spot(p.easting, p.northing)) for p in partnership.places
    ]
    codes = [(c.postcode, c.la_code, *_spot(c.easting, c.northing)) for c in partnership.postcodes]
    spot = "easting,northing,latitude,longitude"
    return [
        _boundaries(partnership.areas),
        _csv(
            "local_authorities",
            "la_code,gss_code,name,partner,bng_min_e,bng_max_e,bng_min_n,bng_max_n",
            areas,
        ),
        _csv("places", f"name,kind,la_code,org_code,{spot}", places),
        _csv("postcodes", f"postcode,la_code,{spot}", codes),
        _csv("schools", f"urn,la_code,estab,name,type,postcode,{spot}", schools),
    ]


def _spot(easting: int, northing: int) -> tuple[int, int, float, float]:
    longitude, latitude = wgs84(easting, northing)
    return easting, northing, latitude, longitude


def _csv(name: str, headings: str, rows: Iterable[Sequence[object]]) -> File:
    rows = list(rows)
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(headings.split(","))
    writer.writerows(rows)
    return f"reference/{name}.csv", written.getvalue().encode("utf-8"), len(rows)


def _boundaries(areas: Sequence[Area]) -> File:
    features = [
        {
            "type": "Feature",
            "properties": {"la_code": area.la_code, "gss_code": area.gss_code, "name": area.name},
            "geometry": {"type": "Polygon", "coordinates": [[list(wgs84(*point)) for point in _ring(area)]]},
        }
        for area in areas
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features})
    return "reference/boundaries.geojson", text.encode("utf-8"), len(features)


def _ring(area: Area) -> list[tuple[int, int]]:
    """Round the rectangle against the clock, back to where it began."""
    corners = [
        (area.min_e, area.min_n), (area.max_e, area.min_n), (area.max_e, area.max_n), (area.min_e,
        area.max_n),
    ]  # fmt: skip
    points = []
    for (east, north), (to_east, to_north) in zip(corners, corners[1:] + corners[:1], strict=True):
        for step in range(SIDES):
            points.append(
                (east + (to_east - east) * step // SIDES, north + (to_north - north) * step // SIDES)
            )
    return [*points, corners[0]]
