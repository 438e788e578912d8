"""Which moments are live, what does each clock count to, and who knows?  §8.2.

What a practitioner asks begins with `by`.  A moment is open to whoever may see the child, told us of
it, was told of it, or was asked to go.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Max, Q, QuerySet

from holdfast.access.queries import areas_of, people_for, require
from holdfast.audit.terms import System
from holdfast.moments.errors import NoSuchMoment
from holdfast.moments.models import Answer, Assignment, Contact, Ending, Kind, Moment
from holdfast.moments.rules import Clock, ClockFacts, clock_of, first_meaningful
from holdfast.paging.queries import PageState, paged_at, states_of, told_about
from holdfast.people.models import Area, AreaResponsibility, Person, Practitioner
from holdfast.people.queries import NOBODY, Identity, identities
from holdfast.people.terms import AreaRole


@dataclass(frozen=True, slots=True)
class MomentShown:
    """One moment as a page lays it out.  `page` is empty for history, which never paged anyone."""

    moment: Moment
    child: Identity
    may_open_child: bool
    clock: Clock
    page: PageState | None
    answer: Answer | None
    ending: Ending | None
    assignments: tuple[Assignment, ...]  # the earliest first; the last holds
    contacts: tuple[Contact, ...]  # the earliest first

    @property
    def assigned_to(self) -> Practitioner | None:
        return self.assignments[-1].to if self.assignments else None

    def age(self, day: date) -> int | None:
        return self.child.age(day)


def moments_for(by: Practitioner, now: datetime) -> QuerySet[Moment]:
    """Return the moments open to `by` at `now`, as a queryset."""
    if by.left_at and by.left_at <= now:
        return Moment.objects.none()
    return Moment.objects.filter(Q(person__in=people_for(by, now)) | _mine(by))


def _mine(by: Practitioner) -> Q:
    """Those that `by` told us of, was told of or was asked to go to, whoever the child is."""
    asked = Assignment.objects.filter(to=by).values("moment")
    return Q(told_by=by) | Q(ref__in=told_about(by)) | Q(pk__in=asked)


def live_moments(by: Practitioner, now: datetime, area: Area | None = None) -> list[MomentShown]:
    """Return the open moments by clock alone: the soonest promise first, stopped clocks last.

    A constant number of SQL queries, however many moments.  What is open comes first: it is little among
    all moments there ever were, and has an index of its own.
    """
    if by.left_at and by.left_at <= now:
        return []
    still = Moment.objects.filter(is_history=False, ending=None)
    people = dict((still.filter(area=area) if area else still).values_list("pk", "person"))
    may_open = _may_open(by, people.values(), now)
    found = Moment.objects.filter(Q(person__among=may_open) | _mine(by), pk__among=people)
    # Kinds are few: each is read once, and no area is, for a board that never names it.
    shown = _shown(by, found.select_related(*TOLD).only(*ON_A_CARD).prefetch_related("kind"), now, may_open)
    return sorted(shown, key=lambda one: (one.clock.due is None, one.clock.due or one.clock.since))


def moment_for(by: Practitioner, ref: str, now: datetime) -> MomentShown:
    """Return one moment; a stranger is told that there is none.  A constant number of SQL queries."""
    shown = _shown(by, _whole(moments_for(by, now).filter(ref=ref)), now)
    if not shown:
        raise NoSuchMoment(ref)
    return shown[0]


def moments_of(by: Practitioner, person: Person, now: datetime) -> list[MomentShown]:
    """Return a child's moments, history among them, the latest first."""
    require(by, person, now)
    return _shown(by, _whole(Moment.objects.filter(person=person).order_by("-happened_at", "-pk")), now)


def contacts_of(by: Practitioner, person: Person, now: datetime) -> list[Contact]:
    """Return who was with a child, or tried to be, the latest first.  Two SQL queries."""
    require(by, person, now)
    found = Contact.objects.filter(person=person).select_related("by__agency", "moment__kind")
    return list(found.order_by("-at", "-pk"))


@dataclass(frozen=True, slots=True)
class ChildLine:
    person: Person
    identity: Identity
    last_at: datetime


RECENT = 6  # children on one screen of a phone, our choice


def recent_children(by: Practitioner, now: datetime, limit: int = RECENT) -> list[ChildLine]:
    """Return the children `by` was with, was asked to go to, told us of or works with, latest first.

    Eight SQL queries, however many children.
    """
    last = _last_dealings(by, now)
    people = people_for(by, now).in_bulk(last)
    latest = sorted(people.values(), key=lambda person: last[person.pk], reverse=True)[:limit]
    who = identities([person.pk for person in latest])
    return [ChildLine(person, who[person.pk], last[person.pk]) for person in latest]


def _last_dealings(by: Practitioner, now: datetime) -> dict[int, datetime]:
    grants = Person.objects.filter(grants__practitioner=by, grants__starts_at__lte=now)
    found = [
        Contact.objects.filter(by=by).values_list("person").annotate(Max("at")),
        Moment.objects.filter(told_by=by).values_list("person").annotate(Max("raised_at")),
        Assignment.objects.filter(to=by).values_list("moment__person").annotate(Max("at")),
        grants.values_list("pk").annotate(Max("grants__starts_at")),
    ]
    last: dict[int, datetime] = {}
    for person, at in (pair for query in found for pair in query.order_by()):
        last[person] = max(at, last.get(person, at))
    return last


def kinds_to_tell() -> list[Kind]:
    """Return the kinds a person may choose; the first `LARGE_BUTTONS` of them are large.  One query."""
    return list(Kind.objects.filter(is_told_by_people=True, is_active=True))


def kinds_for(by: Practitioner) -> list[Kind]:
    """Return every kind, for the settings page.  One SQL query."""
    return list(Kind.objects.all())


def answering_area(
    person: Person | None, where: Area | None, by: Practitioner | System, now: datetime
) -> Area:
    """Return the area whose duty answers: the child's home if it is a partner, else where it happened,
    else where `by` works, else any partner: a moment is never nobody's."""
    home = _homes([person.pk]).get(person.pk) if person else None
    own = areas_of(by, now) if isinstance(by, Practitioner) else []
    return _answering(home, where, own)


def answering_areas(by: System, wanted: Sequence[tuple[int, Area | None]]) -> list[Area]:
    """Return the area whose duty answers for each (key of a person, where it happened).

    One SQL query, and one or two for each that no partner is home or scene of.
    """
    homes = _homes({person for person, _ in wanted})
    return [_answering(homes.get(person), where, ()) for person, where in wanted]


def _answering(home: Area | None, where: Area | None, own: Collection[int | None]) -> Area:
    for area in (home, where):
        if area and area.is_partner:
            return area
    mine = Area.objects.filter(pk__in=[pk for pk in own if pk], is_partner=True).order_by("pk").first()
    found = mine or Area.objects.filter(is_partner=True).order_by("pk").first() or home or where
    if found is None:
        raise LookupError("No area has been set up: nobody could be told")
    return found


def _homes(people: Collection[int]) -> dict[int, Area]:
    homes = AreaResponsibility.objects.filter(person__in=people, role=AreaRole.HOME, ends_on=None)
    return {home.person_id: home.area for home in homes.select_related("area").order_by("-pk")}


def moment_of_event(by: System, source: str, refs: Iterable[str]) -> Moment | None:
    """Return the moment raised from what a source told under one of these references.  One SQL query."""
    found = Moment.objects.filter(event__source=source, event__source_ref__in=list(refs))
    return found.select_related("person", "kind").order_by("pk").first()


def every_moment(by: System) -> Iterator[tuple[Moment, datetime | None]]:
    """Yield every moment with when someone was first paged, for the export.  Two SQL queries."""
    found = list(Moment.objects.select_related("person").order_by("happened_at", "kind", "ref"))
    paged = paged_at(moment.ref for moment in found)
    for moment in found:
        yield moment, paged.get(moment.ref)


def clock(moment: Moment, contacts: Iterable[Contact]) -> Clock:
    """Return a moment's clock from what was done, without a query."""
    kind, event = moment.kind, moment.event
    answer, ending = getattr(moment, "answer", None), moment.ending
    return clock_of(
        ClockFacts(
            agency_knew_at=moment.agency_knew_at,
            known_at=moment.known_at,
            answer_within=kind.answer_within,
            contact_within=kind.contact_within,
            window=kind.window,
            chance_ended_at=event.ended_at if event and kind.window else None,
            answered_at=answer.at if answer else None,
            reached_at=first_meaningful((c.meeting, c.at) for c in contacts),
            ended_at=ending.at if ending else None,
            is_history=moment.is_history,
        )
    )


# What the board and a moment's own page say of it, besides its kind.
TOLD = (
    *("person", "event__agency", "event__place", "event__told_by"),
    *("told_by__agency", "answer__by"),
)


# All that a card needs of these: a board reads a hundred of them every few seconds.
ON_A_CARD = (
    *("ref", "kind", "person__ref", "detail", "where", "with_whom", "is_there_now", "is_history"),
    *("happened_at", "precision", "agency_knew_at", "known_at"),
    *("event__source", "event__ended_at"),
    *("event__agency__name", "event__place__name", "event__told_by__name"),
    *("told_by__name", "told_by__role", "told_by__job_title", "told_by__phone", "told_by__agency__name"),
    *("answer__at", "answer__by__name", "answer__by__phone", "ending"),
)


def _whole(moments: QuerySet[Moment]) -> QuerySet[Moment]:
    return moments.select_related("kind", "area", "ending__by", *TOLD)


def _shown(
    by: Practitioner, moments: Iterable[Moment], now: datetime, may_open: set[int] | None = None
) -> list[MomentShown]:
    found = list(moments)
    keys, people = [moment.pk for moment in found], {moment.person_id for moment in found}
    assignments = _by_moment(Assignment.objects.select_related("to__agency", "by"), keys)
    contacts = _by_moment(Contact.objects.select_related("by__agency"), keys)
    who = identities(people)
    pages = states_of(moment.ref for moment in found)
    if may_open is None:
        may_open = _may_open(by, people, now)
    return [
        MomentShown(
            moment=moment,
            child=who.get(moment.person_id, NOBODY),
            may_open_child=moment.person_id in may_open,
            clock=clock(moment, contacts[moment.pk]),
            page=pages.get(moment.ref),
            answer=getattr(moment, "answer", None),
            ending=moment.ending,
            assignments=tuple(assignments[moment.pk]),
            contacts=tuple(contacts[moment.pk]),
        )
        for moment in found
    ]


Act = TypeVar("Act", Assignment, Contact)


def _by_moment(acts: QuerySet[Act], moments: list[int]) -> dict[int, list[Act]]:
    """Return what was done in each of these moments, the earliest first.  One SQL query."""
    found: dict[int, list[Act]] = defaultdict(list)
    for act in acts.filter(moment__among=moments).order_by("at", "pk"):
        if act.moment_id is not None:  # as asked above, which its type does not tell
            found[act.moment_id].append(act)
    return found


def _may_open(by: Practitioner, people: Iterable[int], now: datetime) -> set[int]:
    return set(people_for(by, now).filter(pk__among=people).values_list("pk", flat=True))


def promised_contacts(by: Practitioner, people: QuerySet[Person]) -> dict[int, datetime]:
    """Return, by person, when somebody promised at the latest contact to be there next.  One SQL query."""
    latest = Contact.objects.filter(person__in=people).order_by("person", "-at", "-pk").distinct("person")
    return {person: at for person, at in latest.values_list("person", "next_at") if at}
