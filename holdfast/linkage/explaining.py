"""Why are these records one person, or why may they be, in words?  For whoever may see the person.  §4.9."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from holdfast.access.queries import require
from holdfast.linkage.current import current_model
from holdfast.linkage.models import Edge
from holdfast.linkage.queries import profiles
from holdfast.linkage.scoring import Model, explain, score
from holdfast.linkage.terms import Field, Profile, Verdict
from holdfast.people.models import Person, Practitioner, Record


@dataclass(frozen=True, slots=True)
class Joined:
    """One record, what it says, and what joins it to `other` (nothing where it stands alone)."""

    record: Record
    profile: Profile
    other: Record | None
    reasons: tuple[str, ...]


def records_of(by: Practitioner, person: Person, now: datetime) -> list[Joined]:
    """Return a person's records, each with the record it is most like and why.  Six SQL queries."""
    require(by, person, now)
    records = {
        record.pk: record
        for record in Record.objects.filter(person=person).select_related("agency").order_by("made_at", "pk")
    }
    said, nearest, model = profiles(records), _nearest(person), current_model()
    return [_joined(record, records, said, nearest.get(record.pk), model) for record in records.values()]


def _nearest(person: Person) -> dict[int, int]:
    """Return, for each record, the record of the same person that it is joined to most strongly."""
    same = Edge.objects.filter(verdict=Verdict.SAME, low__person=person, high__person=person)
    best: dict[int, int] = {}
    for low, high in same.order_by("-bits", "low", "high").values_list("low", "high"):
        best.setdefault(low, high)
        best.setdefault(high, low)
    return best


def _joined(
    record: Record,
    records: Mapping[int, Record],
    said: Mapping[int, Profile],
    nearest: int | None,
    model: Model,
) -> Joined:
    mine = said[record.pk]
    if nearest is None or nearest not in records:
        return Joined(record, mine, None, ())
    reasons = explain(score(mine, said[nearest], model))
    return Joined(record, mine, records[nearest], tuple(reasons))


@dataclass(frozen=True, slots=True)
class Compared:
    """One thing that was compared in two records, what came of it, and how much that says."""

    field: Field
    words: str
    weight: str
    is_for: bool


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two records, what each says, and what was compared; what neither or only one says is not."""

    low: Profile
    high: Profile
    compared: tuple[Compared, ...]


def side_by_side(low: int, high: int) -> SideBySide:
    """Return two records as a reviewer compares them.  Two SQL queries; the caller has asked who reads."""
    said = profiles([low, high])
    reasons = score(said[low], said[high], current_model()).reasons
    found = [Compared(one.field, one.words, weight_words(one.bits), one.bits >= 0) for one in reasons]
    return SideBySide(said[low], said[high], tuple(found))


HARDLY = 1.5  # times likelier: less is not worth a word, our choice
MOST = 1_000_000


def weight_words(bits: float) -> str:
    """Say how much one comparison speaks for one person, or against: 3 bits are "8 times likelier"."""
    times = 2 ** abs(bits)
    if times < HARDLY:
        return "Says next to nothing"
    whose = "if they are one person" if bits > 0 else "if they are two"
    if times > MOST:
        return f"More than a million times likelier {whose}"
    return f"{_about(times)} times likelier {whose}"


def _about(times: float) -> str:
    """Return two figures of a number, no more than the weights are good for."""
    if times < 10:
        return f"{times:.1f}".removesuffix(".0")
    size = 10 ** (len(str(int(times))) - 2)
    return f"{round(times / size) * size:,.0f}"
