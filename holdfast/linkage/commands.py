"""Find out again whose record this is, and let the persons follow.  §4.9."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import connection

from holdfast.audit.terms import System
from holdfast.kit.transactions import atomic
from holdfast.linkage import queries
from holdfast.linkage.clustering import Weighed, Weighing, cluster
from holdfast.linkage.current import weighing
from holdfast.linkage.models import Edge, Question
from holdfast.linkage.rules import traits
from holdfast.linkage.terms import Judgement as Judged
from holdfast.linkage.terms import Profile, Verdict
from holdfast.people.joining import forget_bare, move_what_hangs_on
from holdfast.people.models import Person, Record

TOKENS = """
WITH wanted AS (
    SELECT * FROM unnest(%(records)s::bigint[], %(values)s::text[]) AS said(record_id, value)
), gone AS (
    DELETE FROM linkage_token AS held WHERE record_id = ANY(%(changed)s) AND NOT EXISTS (
        SELECT FROM wanted WHERE (wanted.record_id, wanted.value) = (held.record_id, held.value)
    )
)
INSERT INTO linkage_token (record_id, value) SELECT * FROM wanted
ON CONFLICT (value, record_id) DO NOTHING
"""

MOVE = """
UPDATE people_record AS record SET person_id = new.person_id
FROM unnest(%s::bigint[], %s::bigint[]) AS new(id, person_id) WHERE record.id = new.id
"""

Pair = tuple[int, int]  # keys of records, the lower first


@atomic
def relink(
    *, by: System, at: datetime, records: Sequence[Record], new: Collection[int] = ()
) -> dict[int, tuple[int, int]]:
    """Compare changed records with all others and assign every record near them to its person.

    Who is who depends on what the records say, never on when they came.  Returns (person before, person
    now) of each record that changed its person.  `new` are the keys of those made just now: each is
    alone with its person and was never compared.  Fifteen SQL statements at most where nobody changes
    their person, however many records.
    """
    using, keys = weighing(), {record.pk for record in records}
    found = _compare(using, keys, set(new))
    # One made just now that is like no other is alone with its person as it should be.
    seeds = (keys - set(new)) | {key for pair in found.joined for key in pair}
    near = queries.connected(seeds) if seeds else {}
    moved = _assign(by, at, near, found.known, using)
    if found.is_near_others:
        _ask(at, keys | near.keys())
    return moved


@atomic
def compare_again(*, by: System, at: datetime, records: Sequence[Record]) -> None:
    """Compare records with all others by the model in use, and ask anew what is unsure by it; who is who
    stays as it is until `relink`."""
    keys = {record.pk for record in records}
    _compare(weighing(), keys, set())
    _ask(at, keys)


@dataclass(frozen=True, slots=True)
class Found:
    """What comparing some records found: the profiles read, and the pairs that are one person."""

    known: dict[int, Profile]
    joined: set[Pair]
    is_near_others: bool


def _compare(using: Weighing, keys: set[int], new: set[int]) -> Found:
    """Compare records with all that share a key with them, and keep what was found."""
    known = queries.profiles(keys)
    _write_tokens(known, keys - new)
    found = queries.candidates({key: queries.sought_tokens(known[key]) for key in known})
    judged = queries.judged_pairs(keys - new)
    pairs = {_pair(key, other) for key, others in found.items() for other in others} | judged.keys()
    known |= queries.profiles({key for pair in pairs for key in pair} - known.keys())
    scored = {(a, b): _weigh(using, known[a], known[b], judged.get((a, b))) for a, b in sorted(pairs)}
    before = queries.edges_of(keys - new)
    _write_edges(
        using.model.version, before, {p: one for p, one in scored.items() if one.verdict != Verdict.APART}
    )
    joined = {pair for pair, edge in before.items() if edge.verdict == Verdict.SAME}
    joined |= {pair for pair, one in scored.items() if one.verdict is Verdict.SAME}
    return Found(known, joined, bool(pairs or before))


def _pair(a: int, b: int) -> Pair:
    return (a, b) if a < b else (b, a)


def _write_tokens(known: Mapping[int, Profile], changed: Collection[int]) -> None:
    """Write the keys by which records are found; `changed` may have had others before."""
    rows = [(key, value) for key, said in known.items() for value in sorted(queries.stored_tokens(said))]
    records, values = [key for key, _ in rows], [value for _, value in rows]
    with connection.cursor() as cursor:
        cursor.execute(TOKENS, {"records": records, "values": values, "changed": list(changed)})


def _weigh(using: Weighing, one: Profile, other: Profile, judged: bool | None) -> Weighed:
    """Return what two records are to each other: by what people said of them, else by what they say."""
    a, b = traits(one), traits(other)
    found = using.of(a, b) if a.ref < b.ref else using.of(b, a)
    if judged is None:
        return found
    return replace(found, verdict=Verdict.SAME if judged else Verdict.NEVER)


def _ask(at: datetime, records: Collection[int]) -> None:
    """Put what is still unsure about these records before people, and no more what is settled."""
    settled, unsure = queries.questions_changed(records)
    if settled:
        Question.objects.filter(pk__in=settled).delete()
    if unsure:
        made = [Question(low_id=low, high_id=high, asked_at=at) for low, high in unsure]
        Question.objects.bulk_create(made, ignore_conflicts=True)


def _write_edges(model: str, before: Mapping[Pair, Edge], scored: Mapping[Pair, Weighed]) -> None:
    gone = [edge.pk for pair, edge in before.items() if pair not in scored]
    if gone:
        Edge.objects.filter(pk__in=gone).delete()
    new = []
    for (low, high), one in scored.items():
        held = before.get((low, high))
        if held and (held.bits, held.verdict, held.model) == (one.bits, one.verdict, model):
            continue
        new.append(Edge(low_id=low, high_id=high, bits=one.bits, verdict=one.verdict, model=model))
    Edge.objects.bulk_create(
        new, update_conflicts=True, unique_fields=["low", "high"], update_fields=["bits", "verdict", "model"]
    )


def _assign(
    by: System, at: datetime, people: Mapping[int, int], known: Mapping[int, Profile], using: Weighing
) -> dict[int, tuple[int, int]]:
    """Cluster the records and move each to the person of its cluster.  `people`: whose each is now."""
    if len(people) < 2:
        return {}
    profiles = {key: known[key] for key in people if key in known}
    profiles |= queries.profiles(set(people) - set(profiles))
    by_ref = {profile.ref: key for key, profile in profiles.items()}
    judged = [
        Judged(profiles[low].ref, profiles[high].ref, same)
        for (low, high), same in queries.judged_pairs(profiles).items()
        if low in profiles and high in profiles
    ]
    links = [(profiles[low].ref, profiles[high].ref) for low, high in queries.same_pairs(profiles)]
    groups: dict[str, list[int]] = defaultdict(list)
    for ref, name in cluster(profiles.values(), links, using, judged).items():
        groups[name].append(by_ref[ref])
    return _move(by, at, groups, people)


def _move(
    by: System, at: datetime, groups: Mapping[str, list[int]], people: Mapping[int, int]
) -> dict[int, tuple[int, int]]:
    taken: set[int] = set()
    moved: dict[int, tuple[int, int]] = {}
    sizes = Counter(people.values())
    left: dict[int, int] = {}  # a person without records, and who has the last of them
    # Of two halves that are as large the one with the oldest record keeps the person: it is what people
    # knew when they wrote about them.
    for keys in sorted(groups.values(), key=lambda keys: (-len(keys), min(keys))):
        person = _person_for([people[key] for key in keys], taken, at)
        taken.add(person)
        moving = [key for key in keys if people[key] != person]
        moved |= {key: (people[key], person) for key in moving}
        for old in {people[key] for key in moving}:
            sizes[old] -= sum(people[key] == old for key in moving)
            if not sizes[old] and old not in taken:
                left[old] = person
    if moved:
        with connection.cursor() as cursor:
            cursor.execute(MOVE, [list(moved), [now for _, now in moved.values()]])
        _empty(by, at, left)
    return moved


def _person_for(people: Iterable[int], taken: set[int], at: datetime) -> int:
    """Return the person most of these records have already, the oldest of equals; or a new one."""
    held = Counter(person for person in people if person not in taken)
    if not held:
        return Person.objects.create(made_at=at).pk
    return min(held, key=lambda key: (-held[key], key))


def _empty(by: System, at: datetime, left: Mapping[int, int]) -> None:
    """These persons have no records left: what people did for them goes along, if there is anything."""
    for old in sorted(left.keys() - forget_bare(left)):
        if not Record.objects.filter(person=old).exists():
            leaves, stays = Person.objects.get(pk=old), Person.objects.get(pk=left[old])
            move_what_hangs_on(by=by, at=at, leaves=leaves, stays=stays)
