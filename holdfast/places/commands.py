"""Take in a partnership's reference data: areas, boundaries, postcodes, places and schools."""

import csv
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from holdfast.audit.commands import record as audit
from holdfast.audit.terms import System
from holdfast.kit.transactions import atomic
from holdfast.people.models import Area, Practitioner
from holdfast.places.models import Boundary, Place, Postcode
from holdfast.places.rules import to_grid, write_ring
from holdfast.places.terms import PlaceKind

KINDS = {
    "custody": PlaceKind.CUSTODY_SUITE,
    "hospital": PlaceKind.HOSPITAL,
    "court": PlaceKind.COURT,
    "rail": PlaceKind.STATION,
    "park": PlaceKind.PARK,
    "shops": PlaceKind.PARADE,
    "youth": PlaceKind.YOUTH_CLUB,
}


@atomic
def load_reference(*, by: Practitioner | System, at: datetime, folder: Path) -> int:
    """Read the csv and geojson files of a reference folder; return how many rows.  Twice is harmless."""
    areas = _load_areas(folder / "local_authorities.csv")
    count = len(areas)
    count += _load_boundaries(folder / "boundaries.geojson", areas)
    count += _load_postcodes(folder / "postcodes.csv", areas)
    count += _load_places(folder / "places.csv", areas) + _load_schools(folder / "schools.csv", areas)
    audit(by=by, act="places.load_reference", at=at, note=f"{count} rows")
    return count


def _rows(path: Path) -> Iterator[dict[str, str]]:
    if path.exists():
        with path.open(encoding="utf-8-sig", newline="") as lines:
            yield from csv.DictReader(lines)


def _load_areas(path: Path) -> dict[str, Area]:
    areas = {}
    for row in _rows(path):
        said = {"gss_code": row["gss_code"], "name": row["name"], "is_partner": row["partner"] == "Y"}
        areas[row["la_code"]], _ = Area.objects.update_or_create(code=row["la_code"], defaults=said)
    return areas


def _load_boundaries(path: Path, areas: dict[str, Area]) -> int:
    if not path.exists():
        return 0
    rings = []
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        shape, code = feature["geometry"], str(feature["properties"]["la_code"])
        polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
        for polygon in polygons:
            ring = [to_grid(east, north) for east, north in polygon[0]]
            rings.append(Boundary(area=areas[code], ring=write_ring(ring)))
    Boundary.objects.filter(area__in=areas.values()).delete()
    return len(Boundary.objects.bulk_create(rings))


def _load_postcodes(path: Path, areas: dict[str, Area]) -> int:
    rows = [
        Postcode(
            code=row["postcode"],
            area=areas[row["la_code"]],
            easting=float(row["easting"]),
            northing=float(row["northing"]),
        )
        for row in _rows(path)
    ]
    return len(Postcode.objects.bulk_create(rows, ignore_conflicts=True))


def _load_places(path: Path, areas: dict[str, Area]) -> int:
    rows = [
        _place(row, areas, KINDS.get(row["kind"], PlaceKind.OTHER), row["org_code"]) for row in _rows(path)
    ]
    return len(Place.objects.bulk_create(rows, ignore_conflicts=True))


def _load_schools(path: Path, areas: dict[str, Area]) -> int:
    rows = [_place(row, areas, PlaceKind.SCHOOL, row["urn"]) for row in _rows(path)]
    return len(Place.objects.bulk_create(rows, ignore_conflicts=True))


def _place(row: dict[str, str], areas: dict[str, Area], kind: PlaceKind, code: str) -> Place:
    return Place(
        name=row["name"],
        kind=kind,
        area=areas[row["la_code"]],
        code=code,
        easting=float(row["easting"]),
        northing=float(row["northing"]),
    )
