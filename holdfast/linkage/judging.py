"""What follows when a person says whose records these are?  §4.9.

A judgement outweighs every score, and names each pair of records it is about, so that what it did can be
taken back whole.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime
from itertools import product

from holdfast.audit.commands import record as audit
from holdfast.audit.terms import System
from holdfast.kit.transactions import atomic
from holdfast.linkage import queries
from holdfast.linkage.clustering import Pairs
from holdfast.linkage.commands import relink
from holdfast.linkage.current import weighing
from holdfast.linkage.errors import AlreadyTakenBack, NothingToJudge
from holdfast.linkage.models import JudgedPair, Judgement
from holdfast.linkage.rules import traits
from holdfast.linkage.terms import Opinion
from holdfast.people.models import Person, Practitioner, Record

LONGEST_WHY = 300

Pair = tuple[int, int]
Moved = dict[int, tuple[int, int]]  # (person before, person now) by record


@atomic
def judge(
    *, by: Practitioner, at: datetime, low: Record, high: Record, opinion: Opinion, why: str = ""
) -> tuple[Judgement, Moved]:
    """Say whether two records are one person.

    "Same" is said of the two persons as they stand now: pairs of their records that would otherwise keep
    them apart, two NHS numbers for one, are among those judged.
    """
    if low.person_id == high.person_id and opinion is not Opinion.DIFFERENT:
        raise NothingToJudge("These records are one person's already")
    pairs = {_pair(low.pk, high.pk)}
    if opinion is Opinion.SAME:
        pairs |= _in_the_way(low.person_id, high.person_id)
    return _say(by, at, opinion, pairs, why)


@atomic
def set_apart(
    *, by: Practitioner, at: datetime, person: Person, leaving: Collection[int], why: str
) -> tuple[Judgement, Moved]:
    """Say that some of a person's records are somebody else's; each half keeps what hangs on its records."""
    records = set(Record.objects.filter(person=person).values_list("pk", flat=True))
    gone = records & set(leaving)
    if not gone or gone == records:
        raise NothingToJudge("Choose some of the records, and leave some")
    stays = records - gone
    made, moved = _say(by, at, Opinion.DIFFERENT, {_pair(a, b) for a, b in product(gone, stays)}, why)
    return made, _stay_with(person.pk, stays, moved)


def _stay_with(person: int, stays: Collection[int], moved: Moved) -> Moved:
    """Let those that stay keep the person, on whom all that people did hangs: the matcher leaves it to the
    larger half."""
    owners = Counter(Record.objects.filter(pk__in=stays).values_list("person", flat=True))
    if person in owners:
        return moved
    # What left may have been all that held the others together: most of them are the child then.
    now = min(owners, key=lambda key: (-owners[key], key))
    held = dict(Record.objects.filter(person__in=[person, now]).values_list("pk", "person"))
    other = {person: now, now: person}
    for old, new in other.items():
        Record.objects.filter(pk__in=[key for key, whose in held.items() if whose == old]).update(person=new)
    exchanged = {key: (moved.get(key, (whose, whose))[0], other[whose]) for key, whose in held.items()}
    return {key: pair for key, pair in (moved | exchanged).items() if pair[0] != pair[1]}


@atomic
def take_back(*, by: Practitioner, at: datetime, judgement: Judgement) -> Moved:
    """Take back what somebody said; the records are again whose the scores and other judgements say."""
    held = Judgement.objects.select_for_update().get(pk=judgement.pk)
    if held.taken_back_at:
        raise AlreadyTakenBack("This was taken back before")
    held.taken_back_at, held.taken_back_by = at, by
    held.save(update_fields=["taken_back_at", "taken_back_by"])
    audit(by=by, act="linkage.take_back", at=at, about=held.ref)
    return _relink(at, held.pairs.values_list("low", "high"))


def _say(
    by: Practitioner, at: datetime, opinion: Opinion, pairs: Collection[Pair], why: str
) -> tuple[Judgement, Moved]:
    made = Judgement.objects.create(opinion=opinion, by=by, at=at, why=why.strip()[:LONGEST_WHY])
    JudgedPair.objects.bulk_create(
        JudgedPair(judgement=made, low_id=low, high_id=high) for low, high in sorted(pairs)
    )
    audit(by=by, act="linkage.judge", at=at, about=made.ref, note=str(opinion))
    return made, ({} if opinion is Opinion.NOT_SURE else _relink(at, pairs))


def _relink(at: datetime, pairs: Iterable[Pair]) -> Moved:
    keys = {key for pair in pairs for key in pair}
    return relink(by=System.MATCHER, at=at, records=list(Record.objects.filter(pk__in=keys)))


def _in_the_way(one: int, other: int) -> set[Pair]:
    """Return the pairs of two persons' records that forbid joining them, unless somebody says otherwise."""
    mine, theirs = (
        queries.profiles(Record.objects.filter(person=person).values_list("pk", flat=True))
        for person in (one, other)
    )
    known = {profile.ref: traits(profile) for profile in (*mine.values(), *theirs.values())}
    pairs = Pairs(known, weighing(), ())
    return {_pair(a, b) for a, b in product(mine, theirs) if pairs.forbids(mine[a].ref, theirs[b].ref, known)}


def _pair(a: int, b: int) -> Pair:
    return (a, b) if a < b else (b, a)
