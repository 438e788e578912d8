"""Find out again whose record this is, and let the persons follow.  §4.5, §4.9."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache

from holdfast.audit.terms import System
from holdfast.kit.transactions import atomic
from holdfast.linkage import queries
from holdfast.linkage.clustering import cluster, edge
from holdfast.linkage.models import Edge, Token
from holdfast.linkage.rules import tokens, traits
from holdfast.linkage.scoring import Model, load
from holdfast.linkage.terms import Edge as Scored
from holdfast.linkage.terms import Profile, Verdict
from holdfast.people.joining import forget_bare, is_bare, move_what_hangs_on
from holdfast.people.models import Person, Record


@lru_cache(maxsize=1)
def current_model() -> Model:
    return load()


@atomic
def relink(*, by: System, at: datetime, records: Sequence[Record]) -> set[int]:
    """Compare changed records with all others and assign every record near them to its person.

    Who is who depends on what the records say, never on when they came.  Returns the keys of the
    persons that gained or lost a record.  About ten SQL statements a record, more where persons change.
    """
    seeds: set[int] = set()
    for record in records:
        seeds |= _compare(record)
    return _assign(by, at, queries.connected(seeds))


def _compare(record: Record) -> set[int]:
    """Write the record's tokens and edges anew; return it and its neighbours, those of before too."""
    profile = queries.profiles([record.pk])[record.pk]
    wanted = {f"{token.kind}:{token.value}"[:120] for token in tokens(profile)}
    _write_tokens(record, wanted)
    found = queries.profiles(queries.candidates(wanted, but=record.pk))
    mine, model = traits(profile), current_model()
    scored = {key: edge(mine, traits(other), model) for key, other in found.items()}
    before = queries.neighbours(record.pk)
    _write_edges(record, {key: one for key, one in scored.items() if one.verdict != Verdict.APART}, model)
    return {record.pk} | before | {key for key, one in scored.items() if one.verdict == Verdict.SAME}


def _write_tokens(record: Record, wanted: set[str]) -> None:
    held = dict(Token.objects.filter(record=record).values_list("value", "pk"))
    gone = [pk for value, pk in held.items() if value not in wanted]
    if gone:
        Token.objects.filter(pk__in=gone).delete()
    Token.objects.bulk_create([Token(record=record, value=value) for value in sorted(wanted - set(held))])


def _write_edges(record: Record, scored: Mapping[int, Scored], model: Model) -> None:
    Edge.objects.filter(low=record).delete()
    Edge.objects.filter(high=record).delete()
    Edge.objects.bulk_create(
        [
            Edge(
                low_id=min(record.pk, other),
                high_id=max(record.pk, other),
                bits=one.score.bits,
                verdict=one.verdict,
                model=model.version,
            )
            for other, one in sorted(scored.items())
        ]
    )


def _assign(by: System, at: datetime, keys: set[int]) -> set[int]:
    """Cluster the records and move each to the person of its cluster."""
    if len(keys) < 2:
        return set()
    profiles = queries.profiles(keys)
    by_ref = {profile.ref: key for key, profile in profiles.items()}
    held = _same_edges(profiles)
    people = cluster(profiles.values(), held, current_model())
    groups: dict[str, list[int]] = defaultdict(list)
    for ref, name in people.items():
        groups[name].append(by_ref[ref])
    return _move(by, at, groups, profiles)


def _same_edges(profiles: Mapping[int, Profile]) -> list[Scored]:
    known = {key: traits(profile) for key, profile in profiles.items()}
    held = Edge.objects.filter(low__in=known, high__in=known, verdict=Verdict.SAME)
    return [edge(known[low], known[high], current_model()) for low, high in held.values_list("low", "high")]


def _move(
    by: System, at: datetime, groups: Mapping[str, list[int]], profiles: Mapping[int, Profile]
) -> set[int]:
    records = {record.pk: record for record in Record.objects.filter(pk__in=profiles)}
    taken: set[int] = set()
    changed: set[int] = set()
    sizes = Counter(record.person_id for record in records.values())
    for _, keys in sorted(groups.items(), key=lambda group: (-len(group[1]), group[0])):
        person = _person_for([records[key] for key in keys], taken, at)
        taken.add(person)
        moving = [key for key in keys if records[key].person_id != person]
        if not moving:
            continue
        left = {records[key].person_id for key in moving}
        Record.objects.filter(pk__in=moving).update(person=person)
        changed |= left | {person}
        for old in left:
            sizes[old] -= sum(records[key].person_id == old for key in moving)
            if not sizes[old] and old not in taken:
                _empty(by, at, old, person)
    return changed


def _person_for(records: Iterable[Record], taken: set[int], at: datetime) -> int:
    """Return the person most of these records have already, the oldest of equals; or a new one."""
    held = Counter(record.person_id for record in records if record.person_id not in taken)
    if not held:
        return Person.objects.create(made_at=at).pk
    return min(held, key=lambda key: (-held[key], key))


def _empty(by: System, at: datetime, old: int, person: int) -> None:
    """Nobody's records are left on a person: what people did for them goes along, if the person is empty."""
    leaves = Person.objects.get(pk=old)
    if is_bare(leaves):
        forget_bare(leaves)
    elif not Record.objects.filter(person=leaves).exists():
        move_what_hangs_on(by=by, at=at, leaves=leaves, stays=Person.objects.get(pk=person))
