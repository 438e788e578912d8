"""Find out again whose record this is, and let the persons follow.  §4.9."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache

from django.db import connection

from holdfast.audit.terms import System
from holdfast.kit.transactions import atomic
from holdfast.linkage import queries
from holdfast.linkage.clustering import Weighed, Weighing, cluster
from holdfast.linkage.models import Edge
from holdfast.linkage.rules import Traits, traits
from holdfast.linkage.scoring import Model, load
from holdfast.linkage.terms import Profile, Verdict
from holdfast.people.joining import forget_if_bare, move_what_hangs_on
from holdfast.people.models import Person, Record

REMEMBERED = 32_768  # pairs, our choice: some 30 MB; all pairs of 60 children with 30 records each

TOKENS = """
WITH gone AS (
    DELETE FROM linkage_token WHERE record_id = %(record)s AND value <> ALL(%(values)s::text[])
)
INSERT INTO linkage_token (record_id, value) SELECT %(record)s, unnest(%(values)s::text[])
ON CONFLICT (value, record_id) DO NOTHING
"""


@lru_cache(maxsize=1)
def current_model() -> Model:
    return load()


@lru_cache(maxsize=1)
def weighing() -> Weighing:
    """Return what weighs pairs live, remembering those it has seen."""
    return Weighing(current_model(), REMEMBERED)


@atomic
def relink(
    *, by: System, at: datetime, records: Sequence[Record], new: Collection[int] = ()
) -> dict[int, tuple[int, int]]:
    """Compare changed records with all others and assign every record near them to its person.

    Who is who depends on what the records say, never on when they came.  Returns (person before, person
    now) of each record that changed its person.  `new` are the keys of those made just now: each is
    alone with its person and was never compared.  Six to eight SQL statements a record, more where
    persons change.
    """
    known: dict[int, Profile] = {}
    seeds: set[int] = set()
    for record in records:
        seeds |= _compare(record, known, record.pk in new)
    if seeds <= set(new) and len(seeds) == 1:
        return {}
    return _assign(by, at, queries.connected(seeds), known)


def _compare(record: Record, known: dict[int, Profile], is_new: bool) -> set[int]:
    """Write the record's tokens and edges anew; return it and its neighbours, those of before too."""
    profile = queries.profiles([record.pk])[record.pk]
    known[record.pk] = profile
    with connection.cursor() as cursor:
        cursor.execute(TOKENS, {"record": record.pk, "values": sorted(queries.stored_tokens(profile))})
    found = queries.candidates(queries.sought_tokens(profile), but=record.pk)
    known.update(queries.profiles(found - set(known)))
    mine = traits(profile)
    scored = {key: _weigh(mine, known[key]) for key in sorted(found)}
    before = {} if is_new else queries.edges_of(record.pk)
    _write_edges(record, before, {key: one for key, one in scored.items() if one.verdict != Verdict.APART})
    joined = {key for key, edge in before.items() if edge.verdict == Verdict.SAME}
    return {record.pk} | joined | {key for key, one in scored.items() if one.verdict is Verdict.SAME}


def _weigh(mine: Traits, other: Profile) -> Weighed:
    theirs = traits(other)
    return weighing().of(mine, theirs) if mine.ref < theirs.ref else weighing().of(theirs, mine)


def _write_edges(record: Record, before: Mapping[int, Edge], scored: Mapping[int, Weighed]) -> None:
    model = current_model().version
    gone = [edge.pk for key, edge in before.items() if key not in scored]
    if gone:
        Edge.objects.filter(pk__in=gone).delete()
    new = []
    for key, one in scored.items():
        held = before.get(key)
        if held and (held.bits, held.verdict, held.model) == (one.bits, one.verdict, model):
            continue
        low, high = min(record.pk, key), max(record.pk, key)
        new.append(Edge(low_id=low, high_id=high, bits=one.bits, verdict=one.verdict, model=model))
    Edge.objects.bulk_create(
        new, update_conflicts=True, unique_fields=["low", "high"], update_fields=["bits", "verdict", "model"]
    )


def _assign(
    by: System, at: datetime, people: Mapping[int, int], known: Mapping[int, Profile]
) -> dict[int, tuple[int, int]]:
    """Cluster the records and move each to the person of its cluster.  `people`: whose each is now."""
    if len(people) < 2:
        return {}
    profiles = {key: known[key] for key in people if key in known}
    profiles |= queries.profiles(set(people) - set(profiles))
    by_ref = {profile.ref: key for key, profile in profiles.items()}
    links = [(profiles[low].ref, profiles[high].ref) for low, high in queries.same_pairs(profiles)]
    groups: dict[str, list[int]] = defaultdict(list)
    for ref, name in cluster(profiles.values(), links, weighing()).items():
        groups[name].append(by_ref[ref])
    return _move(by, at, groups, people)


def _move(
    by: System, at: datetime, groups: Mapping[str, list[int]], people: Mapping[int, int]
) -> dict[int, tuple[int, int]]:
    taken: set[int] = set()
    moved: dict[int, tuple[int, int]] = {}
    sizes = Counter(people.values())
    for _, keys in sorted(groups.items(), key=lambda group: (-len(group[1]), group[0])):
        person = _person_for([people[key] for key in keys], taken, at)
        taken.add(person)
        moving = [key for key in keys if people[key] != person]
        if not moving:
            continue
        Record.objects.filter(pk__in=moving).update(person=person)
        moved |= {key: (people[key], person) for key in moving}
        for old in {people[key] for key in moving}:
            sizes[old] -= sum(people[key] == old for key in moving)
            if not sizes[old] and old not in taken:
                _empty(by, at, old, person)
    return moved


def _person_for(people: Iterable[int], taken: set[int], at: datetime) -> int:
    """Return the person most of these records have already, the oldest of equals; or a new one."""
    held = Counter(person for person in people if person not in taken)
    if not held:
        return Person.objects.create(made_at=at).pk
    return min(held, key=lambda key: (-held[key], key))


def _empty(by: System, at: datetime, old: int, person: int) -> None:
    """Nobody's records are left on a person: what people did for them goes along, if there is anything."""
    if not forget_if_bare(old) and not Record.objects.filter(person=old).exists():
        leaves, stays = Person.objects.get(pk=old), Person.objects.get(pk=person)
        move_what_hangs_on(by=by, at=at, leaves=leaves, stays=stays)
