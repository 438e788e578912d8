"""Which questions about who is who wait for a person, the most urgent by the clock first?  §4.9.

A reader is asked about two persons when at least one is a child whose record is open to them, and neither
is a child whose record is not.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from holdfast.access.queries import people_for, require_duty
from holdfast.access.terms import Duty
from holdfast.linkage.explaining import SideBySide, side_by_side
from holdfast.linkage.models import Judgement
from holdfast.linkage.queries import profiles
from holdfast.linkage.questions import (
    Decided,
    Waiting,
    latest_judgements,
    records_of_people,
    standing_judgement,
    waiting,
)
from holdfast.linkage.terms import Opinion, Profile
from holdfast.moments.of_child import live_moments_of
from holdfast.moments.queries import live_moments
from holdfast.moments.rules import Clock
from holdfast.people.models import Child, Person, Practitioner, Record
from holdfast.people.queries import NOBODY, Identity, identities
from holdfast.who_is_who.errors import NoSuchQuestion
from holdfast.who_is_who.models import Notice

ON_A_PAGE = 50  # judgements, our choice
LATEST = 20  # judgements in the list of what was decided, our choice


@dataclass(frozen=True, slots=True)
class Half:
    """One of the two persons a question is about."""

    person: Person
    identity: Identity
    is_child: bool
    record: int  # key of the record that is most like the other's


class Urgent(NamedTuple):
    """A live moment of either person, and the promise of it that comes soonest."""

    due: datetime
    towards: str
    due_label: str
    moment: str  # its kind, in words


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two persons who may be one.  `urgent`: what is promised soonest to either, if anything is."""

    ref: str
    halves: tuple[Half, Half]
    asked_at: datetime
    urgent: Urgent | None
    unsure: str
    unsure_why: str

    @property
    def due(self) -> datetime | None:
        return self.urgent.due if self.urgent else None


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody decided, and about whom, as they are called now."""

    ref: str
    opinion: Opinion
    by: Practitioner
    at: datetime
    why: str
    names: tuple[str, ...]
    taken_back_by: Practitioner | None = None
    taken_back_at: datetime | None = None


def doubts(by: Practitioner, now: datetime) -> list[Doubt]:
    """Return what waits: first where a live moment hangs on it, by its promise, then the longest waiting.

    A constant number of SQL queries, however many questions.
    """
    mine, children = _mine(by, waiting(), now)
    soonest: dict[int, Urgent] = {}
    for shown in live_moments(by, now) if mine else ():  # the soonest promise comes first
        _keep_soonest(soonest, shown.moment.person_id, shown.clock, shown.moment.kind.label)
    made = _doubts(mine, children, soonest)
    return sorted(made, key=lambda one: (one.due is None, one.due or one.asked_at, one.asked_at, one.ref))


def doubt_for(by: Practitioner, ref: str, now: datetime) -> Doubt:
    """Return one question; whoever it is not for is told that there is none."""
    mine, children = _mine(by, [one for one in waiting() if one.ref == ref], now)
    if not mine:
        raise NoSuchQuestion(ref)
    soonest: dict[int, Urgent] = {}
    for person in Person.objects.filter(pk__in=children):
        for live in live_moments_of(by, person, now):
            _keep_soonest(soonest, person.pk, live.clock, live.label)
    return _doubts(mine, children, soonest)[0]


def _mine(by: Practitioner, found: list[Waiting], now: datetime) -> tuple[list[Waiting], set[int]]:
    """Return the questions that are for this reader, and which of the persons are children."""
    require_duty(by, Duty.MATCH)
    people = {key for one in found for key in (one.one, one.other)}
    children, open_to_me = _children(people), _open(by, people, now)
    return [one for one in found if _is_for(one, children, open_to_me)], children


def _keep_soonest(soonest: dict[int, Urgent], person: int, clock: Clock, label: str) -> None:
    if clock.due is None:
        return
    new = Urgent(clock.due, clock.towards, clock.label, label)
    soonest[person] = min(new, soonest.get(person, new))


def decided(by: Practitioner, now: datetime) -> list[Said]:
    """Return the latest judgements about people this reader may be asked about, the latest first."""
    return _all_said(_judged(by, now, latest_judgements(0, LATEST)))


def log(by: Practitioner, now: datetime, number: int) -> tuple[list[Said], bool]:
    """Return a page of all that was ever said about people this reader may be asked about, and whether there
    is more.  A page may be short: what is about others is left out."""
    require_duty(by, Duty.MATCH)
    found = latest_judgements((number - 1) * ON_A_PAGE, number * ON_A_PAGE + 1, taken_back_too=True)
    return _all_said(_judged(by, now, found[:ON_A_PAGE])), len(found) > ON_A_PAGE


def _all_said(found: list[Decided]) -> list[Said]:
    who = identities({key for one in found for key in one.people})
    return [_said(one.judgement, one.people, who) for one in found]


def judgement_for(by: Practitioner, ref: str, now: datetime) -> Judgement:
    """Return a judgement that stands and that this reader may take back, however old."""
    for one in _judged(by, now, standing_judgement(ref)):
        return one.judgement
    raise NoSuchQuestion(ref)


def _judged(by: Practitioner, now: datetime, found: list[Decided]) -> list[Decided]:
    require_duty(by, Duty.MATCH)
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
    said = (one.ref, Opinion(one.opinion), one.by, one.at, one.why, tuple(names))
    return Said(*said, one.taken_back_by, one.taken_back_at)


def _children(people: Iterable[int]) -> set[int]:
    return set(Child.objects.filter(person__among=people).values_list("person", flat=True))


def _open(by: Practitioner, people: Iterable[int], now: datetime) -> set[int]:
    return set(people_for(by, now).filter(pk__among=people).values_list("pk", flat=True))


def _is_for(one: Waiting, children: set[int], open_to_me: set[int]) -> bool:
    both = {one.one, one.other}
    return bool(both & open_to_me) and not (both & children) - open_to_me


def _doubts(found: list[Waiting], children: set[int], soonest: dict[int, Urgent]) -> list[Doubt]:
    keys = {key for one in found for key in (one.one, one.other)}
    people, who = Person.objects.in_bulk(keys), identities(keys)

    def half(person: int, record: int) -> Half:
        return Half(people[person], who.get(person, NOBODY), person in children, record)

    return [
        Doubt(
            ref=one.ref,
            halves=(half(one.one, one.low), half(one.other, one.high)),
            asked_at=one.asked_at,
            urgent=min((soonest[key] for key in (one.one, one.other) if key in soonest), default=None),
            unsure=one.unsure,
            unsure_why=one.unsure_why,
        )
        for one in found
    ]


def notices_for(by: Practitioner, now: datetime) -> list[Notice]:
    """Return what `by` has been told of records that moved, and has not opened, the oldest first.

    Two SQL queries, one where there are none.  A page that is no more open to `by` is not among them.
    """
    mine = Notice.objects.filter(practitioner=by, seen_at=None).order_by("made_at", "pk")
    found = list(mine.select_related("person"))
    open_to_me = _open(by, {one.person_id for one in found}, now) if found else set()
    return [one for one in found if one.person_id in open_to_me]
