"""Which children does somebody on a phone find, to choose one with a thumb?"""

from datetime import datetime

from holdfast.people.models import Practitioner
from holdfast.web.building.search import search
from holdfast.web.parts import Choice

MOST = 8  # children on one screen of a phone, our choice


def children_found(by: Practitioner, query: str, now: datetime) -> list[Choice]:
    """Return a large button for each child that the ordinary search finds."""
    found = search(by, query, now)
    lines = zip(found.refs[:MOST], found.rows, strict=False)
    return [Choice(ref, f"{row.title}, {row.age}", row.about) for ref, row in lines]
