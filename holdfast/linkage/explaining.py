"""Why are these records one person, in words?  For whoever may see the person.  §4.9."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from holdfast.access.queries import require
from holdfast.linkage.commands import current_model
from holdfast.linkage.models import Edge
from holdfast.linkage.queries import profiles
from holdfast.linkage.scoring import explain, score
from holdfast.linkage.terms import Profile, Verdict
from holdfast.people.models import Person, Practitioner, Record


@dataclass(frozen=True, slots=True)
class Joined:
    """One record, what it says, and what joins it to `other` (nothing where it stands alone)."""

    record: Record
    profile: Profile
    other: Record | None
    reasons: tuple[str, ...]


def records_of(by: Practitioner, person: Person, now: datetime) -> list[Joined]:
    """Return a person's records, each with the record it is most like and why.  Five SQL queries."""
    require(by, person, now)
    records = {
        record.pk: record
        for record in Record.objects.filter(person=person).select_related("agency").order_by("made_at", "pk")
    }
    said, nearest = profiles(records), _nearest(person)
    return [_joined(record, records, said, nearest.get(record.pk)) for record in records.values()]


def _nearest(person: Person) -> dict[int, int]:
    """Return, for each record, the record of the same person that it is joined to most strongly."""
    same = Edge.objects.filter(verdict=Verdict.SAME, low__person=person, high__person=person)
    best: dict[int, int] = {}
    for low, high in same.order_by("-bits", "low", "high").values_list("low", "high"):
        best.setdefault(low, high)
        best.setdefault(high, low)
    return best


def _joined(
    record: Record, records: Mapping[int, Record], said: Mapping[int, Profile], nearest: int | None
) -> Joined:
    mine = said[record.pk]
    if nearest is None or nearest not in records:
        return Joined(record, mine, None, ())
    reasons = explain(score(mine, said[nearest], current_model()))
    return Joined(record, mine, records[nearest], tuple(reasons))
