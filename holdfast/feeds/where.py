"""Where is what a row names?  Areas by code, from the reference data."""

from holdfast.feeds.adapters.told import Where
from holdfast.people.models import Area
from holdfast.places import queries


def _code(area: Area | None) -> str:
    return area.code if area else ""


WHERE = Where(
    of_postcode=lambda text: _code(queries.area_of_postcode(text)),
    at_point=lambda east, north: _code(queries.area_at((east, north))),
    of_place=lambda name: _code(queries.area_named(name) or queries.area_of_place(name)) if name else "",
)
