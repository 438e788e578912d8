"""Which questions about who is who wait for a person, the most urgent by the clock first?  §4.9.

A reader is asked about two persons when at least one is a child whose record is open to them, and neither
is a child whose record is not.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from holdfast.access.queries import people_for, require_duty
from holdfast.access.terms import Duty
from holdfast.linkage.explaining import SideBySide, side_by_side
from holdfast.linkage.models import Judgement
from holdfast.linkage.queries import profiles
from holdfast.linkage.questions import Decided, Waiting, latest_judgements, records_of_people, waiting
from holdfast.linkage.terms import Opinion, Profile
from holdfast.moments.queries import MomentShown, live_moments
from holdfast.people.models import Child, Person, Practitioner, Record
from holdfast.people.queries import NOBODY, Identity, identities
from holdfast.who_is_who.errors import NoSuchQuestion
from holdfast.who_is_who.models import Notice

LATEST = 20  # judgements in the list of what was decided, our choice


@dataclass(frozen=True, slots=True)
class Half:
    """One of the two persons a question is about."""

    person: Person
    identity: Identity
    is_child: bool
    record: int  # key of the record that is most like the other's


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two persons who may be one.  `moment`: the live one of either that has the soonest promise."""

    ref: str
    halves: tuple[Half, Half]
    asked_at: datetime
    moment: MomentShown | None
    unsure: str
    unsure_why: str

    @property
    def due(self) -> datetime | None:
        return self.moment.clock.due if self.moment else None


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody decided, and about whom, as they are called now."""

    ref: str
    opinion: Opinion
    by: Practitioner
    at: datetime
    why: str
    names: tuple[str, ...]


def doubts(by: Practitioner, now: datetime) -> list[Doubt]:
    """Return what waits: first where a live moment hangs on it, by its promise, then the longest waiting.

    A constant number of SQL queries, however many questions.
    """
    require_duty(by, Duty.MATCH)
    found = waiting()
    people = {key for one in found for key in (one.one, one.other)}
    children, open_to_me = _children(people), _open(by, people, now)
    mine = [one for one in found if _is_for(one, children, open_to_me)]
    made = _doubts(by, mine, children, now)
    return sorted(made, key=lambda one: (one.due is None, one.due or one.asked_at, one.asked_at, one.ref))


def doubt_for(by: Practitioner, ref: str, now: datetime) -> Doubt:
    """Return one question; whoever it is not for is told that there is none."""
    for one in doubts(by, now):
        if one.ref == ref:
            return one
    raise NoSuchQuestion(ref)


def decided(by: Practitioner, now: datetime) -> list[Said]:
    """Return the latest judgements about people this reader may be asked about, the latest first."""
    mine = _judged(by, now)
    who = identities({key for one in mine for key in one.people})
    return [_said(one.judgement, one.people, who) for one in mine]


def judgement_for(by: Practitioner, ref: str, now: datetime) -> Judgement:
    """Return a judgement that this reader may take back."""
    for one in _judged(by, now):
        if one.judgement.ref == ref:
            return one.judgement
    raise NoSuchQuestion(ref)


def _judged(by: Practitioner, now: datetime) -> list[Decided]:
    require_duty(by, Duty.MATCH)
    found = latest_judgements(LATEST)
    people = {key for one in found for key in one.people}
    children, open_to_me = _children(people), _open(by, people, now)
    return [one for one in found if one.people & open_to_me and not (one.people & children) - open_to_me]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The two records of a question side by side, and every record of either person, the oldest first."""

    compared: SideBySide
    records: tuple[Record, ...]
    said: dict[int, Profile]  # by key of a record


def comparison(by: Practitioner, doubt: Doubt) -> Comparison:
    """Return all that a reviewer compares, of a question that `doubt_for` let through.  Four SQL queries."""
    low, high = (half.record for half in doubt.halves)
    keys = records_of_people([half.person.pk for half in doubt.halves])
    records = Record.objects.filter(pk__in=keys).select_related("agency").order_by("made_at", "pk")
    return Comparison(side_by_side(low, high), tuple(records), profiles(keys))


def _said(one: Judgement, people: frozenset[int], who: dict[int, Identity]) -> Said:
    names = sorted({who[key].full_name for key in people})
    return Said(one.ref, Opinion(one.opinion), one.by, one.at, one.why, tuple(names))


def _children(people: Iterable[int]) -> set[int]:
    return set(Child.objects.filter(person__among=people).values_list("person", flat=True))


def _open(by: Practitioner, people: Iterable[int], now: datetime) -> set[int]:
    return set(people_for(by, now).filter(pk__among=people).values_list("pk", flat=True))


def _is_for(one: Waiting, children: set[int], open_to_me: set[int]) -> bool:
    both = {one.one, one.other}
    return bool(both & open_to_me) and not (both & children) - open_to_me


def _doubts(by: Practitioner, found: list[Waiting], children: set[int], now: datetime) -> list[Doubt]:
    keys = {key for one in found for key in (one.one, one.other)}
    people, who = Person.objects.in_bulk(keys), identities(keys)
    soonest: dict[int, MomentShown] = {}
    for shown in live_moments(by, now) if found else ():  # the soonest promise comes first
        soonest.setdefault(shown.moment.person_id, shown)

    def half(person: int, record: int) -> Half:
        return Half(people[person], who.get(person, NOBODY), person in children, record)

    return [
        Doubt(
            ref=one.ref,
            halves=(half(one.one, one.low), half(one.other, one.high)),
            asked_at=one.asked_at,
            moment=_sooner(soonest.get(one.one), soonest.get(one.other)),
            unsure=one.unsure,
            unsure_why=one.unsure_why,
        )
        for one in found
    ]


def _sooner(one: MomentShown | None, other: MomentShown | None) -> MomentShown | None:
    live = [shown for shown in (one, other) if shown and shown.clock.due]
    return min(live, key=lambda shown: (shown.clock.due, shown.moment.ref), default=None)


def notices_for(by: Practitioner, now: datetime) -> list[Notice]:
    """Return what `by` has been told of records that moved, and has not opened, the oldest first.

    Two SQL queries, one where there are none.  A page that is no more open to `by` is not among them.
    """
    mine = Notice.objects.filter(practitioner=by, seen_at=None).order_by("made_at", "pk")
    found = list(mine.select_related("person"))
    open_to_me = _open(by, {one.person_id for one in found}, now) if found else set()
    return [one for one in found if one.person_id in open_to_me]
