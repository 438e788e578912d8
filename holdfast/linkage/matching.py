"""Whom would a record be linked to, and what says so?  Nothing is changed.  §4.9."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from holdfast.access.queries import people_for, require_duty
from holdfast.access.terms import Duty
from holdfast.audit.terms import System
from holdfast.linkage.clustering import Weighing, cluster, edge
from holdfast.linkage.current import weighing
from holdfast.linkage.queries import candidates, connected, profiles, same_pairs, sought_tokens
from holdfast.linkage.rules import traits
from holdfast.linkage.terms import Edge, Profile, Verdict
from holdfast.people.models import Person, Practitioner, Record

NO_RECORD = 0  # no record's key: the one asked about is not stored


@dataclass(frozen=True, slots=True)
class Alike:
    """One stored record that shares a token with the one asked about."""

    record: Record
    edge: Edge


@dataclass(frozen=True, slots=True)
class Answer:
    """`person` is None where the record would be somebody new, or somebody `by` may not see."""

    person: Person | None
    alike: tuple[Alike, ...]


def match(by: Practitioner | System, profile: Profile, now: datetime) -> Answer:
    """Return whom a record would be linked to if it came in now, the most alike first.

    A practitioner looks after feeds, and hears only of people whose record they may see.  Eight SQL
    queries at most, however many records are alike.
    """
    if not isinstance(by, System):
        require_duty(by, Duty.FEEDS)
    mine, using = traits(profile), weighing()
    found = profiles(candidates({NO_RECORD: sought_tokens(profile)})[NO_RECORD])
    scored = {key: edge(mine, traits(other), using.model) for key, other in found.items()}
    records = _visible(by, now, Record.objects.select_related("person").in_bulk(list(scored)))
    owner = _owner(profile, scored, using)
    alike = [Alike(records[key], one) for key, one in scored.items() if key in records]
    alike.sort(key=lambda one: (-one.edge.score.bits, one.record.pk))
    person = next((one.record.person for one in alike if one.record.person_id == owner), None)
    return Answer(person, tuple(one for one in alike if one.edge.verdict is not Verdict.APART))


def _visible(by: Practitioner | System, now: datetime, records: Mapping[int, Record]) -> dict[int, Record]:
    if isinstance(by, System):
        return dict(records)
    may = set(people_for(by, now).filter(records__in=list(records)).values_list("pk", flat=True))
    return {key: record for key, record in records.items() if record.person_id in may}


def _owner(profile: Profile, scored: Mapping[int, Edge], using: Weighing) -> int | None:
    """Return the key of the person to whom `relink` would give the record, or None for a new one."""
    same = [key for key, one in scored.items() if one.verdict is Verdict.SAME]
    if not same:
        return None
    near = profiles(connected(same))
    held = [(near[low].ref, near[high].ref) for low, high in same_pairs(near)]
    held += [(profile.ref, near[key].ref) for key in same]
    people = cluster([profile, *near.values()], held, using)
    together = [key for key, other in near.items() if people[other.ref] == people[profile.ref]]
    owners = Counter(Record.objects.filter(pk__in=together).values_list("person_id", flat=True))
    return min(owners, key=lambda key: (-owners[key], key), default=None)
