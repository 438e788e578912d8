"""Raise a moment in its caller's transaction, once per happening however many tell us.  §8.2.

Which events are moments is decided in `moments.rules`.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Q

from holdfast.audit.commands import record as audit
from holdfast.audit.terms import System
from holdfast.chronology.queries import events_involving
from holdfast.chronology.terms import EventKind, Precision, Role
from holdfast.kit.clock import LONDON
from holdfast.kit.transactions import atomic
from holdfast.moments.models import Kind, Moment
from holdfast.moments.queries import answering_area
from holdfast.moments.rules import (
    FURTHEST_APART,
    RULES,
    Due,
    EventFacts,
    Telling,
    is_same_happening,
    moments_from,
)
from holdfast.paging.commands import raise_page
from holdfast.people.commands import make_responsible, open_child
from holdfast.people.models import Area, Person, Practitioner
from holdfast.people.queries import birth_dates, dated_homes
from holdfast.people.rules import home_on
from holdfast.people.terms import AreaRole
from holdfast.places.queries import area_of_postcode


@atomic
def consider(
    *,
    by: System,
    at: datetime,
    events: Collection[Any],
    people: Collection[Person],
    is_surely_child: bool = False,
    is_history: bool = False,
) -> list[Moment]:
    """Raise what follows from events just told, and from earlier events of these people, about whom the
    row may have told us who they are or when they were born.

    `is_surely_child` speaks of the row's subject.  Four SQL queries where there is nothing to raise.
    """
    told = {event.pk for event in events}
    found = events_involving({person.pk for person in people}).filter(kind__in=RULES, withdrawn_at=None)
    found = found.filter(Q(pk__in=told) | Q(moments=None)).distinct().order_by("happened_at", "pk")
    candidates = list(found.prefetch_related("participants__record__person"))
    parts = [(event, part) for event in candidates for part in event.participants.all()]
    born = birth_dates({part.record.person_id for _, part in parts}) if parts else {}
    raised = []
    for event, part in parts:
        surely = is_surely_child and event.pk in told and part.field == "subject"
        facts = _facts(event, part, _home_area(event, part.record.person_id))
        for due in moments_from(facts, born.get(part.record.person_id), surely):
            raised.append(_raise_due(by, at, due, event, part.record.person, is_history))
    return raised


def _home_area(event: Any, person: int) -> str:
    """Return the code of the area where someone lived that day: children's services' dated addresses
    first, for the police may still hold the home a child was moved from.  One SQL query if missing."""
    said = event.home_area.code if event.home_area else ""
    if event.kind_id != EventKind.MISSING:
        return said
    day = event.happened_at.astimezone(LONDON).date()
    postcode = home_on(dated_homes([person]).get(person, []), day)
    area = area_of_postcode(postcode) if postcode else None
    return area.code if area else said


def _facts(event: Any, part: Any, home_area_code: str) -> EventFacts:
    return EventFacts(
        kind=event.kind_id,
        source=event.source,
        source_ref=event.source_ref,
        happened_at=event.happened_at,
        title=event.title,
        code=event.code,
        text=event.text,
        ended_at=event.ended_at,
        precision=Precision(event.precision),
        area_code=event.area.code if event.area else "",
        home_area_code=home_area_code,
        role=Role(part.role),
        field=part.field,
    )


def _raise_due(by: System, at: datetime, due: Due, event: Any, person: Person, is_history: bool) -> Moment:
    # That a missing child was found reached us with this row; all else is known since the first row.
    known_at = event.told_at if event.kind_id == EventKind.MISSING else event.known_at
    return raise_moment(
        by=by,
        at=at,
        kind=due.kind,
        person=person,
        area=answering_area(person, event.area, by, at),
        happening=due.happening,
        happened_at=due.happened_at,
        # Nobody can have known of a finding before it happened, only of the missing episode.
        agency_knew_at=max(event.agency_knew_at, min(due.happened_at, known_at)),
        known_at=known_at,
        precision=due.precision,
        event=event,
        detail=due.detail,
        where=event.place_text,
        is_history=is_history,
    )


@atomic
def raise_moment(
    *,
    by: Practitioner | System,
    at: datetime,
    kind: str,
    person: Person,
    area: Area,
    happening: str,
    happened_at: datetime,
    agency_knew_at: datetime,
    known_at: datetime,
    precision: Precision = Precision.MINUTE,
    event: Any = None,
    detail: str = "",
    where: str = "",
    with_whom: str = "",
    is_there_now: bool = False,
    told_by: Practitioner | None = None,
    is_history: bool = False,
) -> Moment:
    """Raise a moment and page the area's duty, in one transaction; told again, it stays one moment.

    A telling that comes later can only make the times at which we knew earlier.
    """
    # One at a time for one child, so that two tellings at once become one moment.
    Person.objects.select_for_update().get(pk=person.pk)
    said = {
        "happened_at": happened_at,
        "precision": precision,
        "detail": detail[:200],
        "where": where[:200],
        "with_whom": with_whom[:200],
        "is_there_now": is_there_now,
    }
    exact = Moment.objects.filter(kind=kind, happening=happening).first()
    found = exact or _near(kind, person, Telling(kind, happened_at, precision, told_by is not None))
    if found:
        _tell_again(by, at, found, said if exact else {}, agency_knew_at, known_at)
        return found
    known = {"agency_knew_at": agency_knew_at, "known_at": known_at, "raised_at": at}
    moment = Moment.objects.create(
        kind_id=kind,
        person=person,
        area=area,
        happening=happening,
        event=event,
        told_by=told_by,
        is_history=is_history,
        **known,
        **said,
    )
    _open_record(by, at, moment)
    if not is_history:
        raise_page(by=by, at=at, about=moment.ref, area=area)
    audit(by=by, act="moments.raise", at=at, about=moment.ref, person_ref=person.ref, note=kind)
    return moment


def _near(kind: str, person: Person, telling: Telling) -> Moment | None:
    """Return the moment that this telling is of, if there is one.

    What a person tells us never goes into a moment that is over or was never open: someone must come.
    """
    near = (telling.happened_at - FURTHEST_APART, telling.happened_at + FURTHEST_APART)
    others = Moment.objects.filter(kind=kind, person=person, happened_at__range=near)
    if telling.is_by_person:
        others = others.filter(ending=None, is_history=False)
    for other in others.order_by("happened_at", "pk"):
        told_of = Telling(kind, other.happened_at, Precision(other.precision), other.told_by_id is not None)
        if is_same_happening(telling, told_of):
            return other
    return None


def _tell_again(
    by: Practitioner | System,
    at: datetime,
    moment: Moment,
    said: dict[str, Any],
    agency_knew_at: datetime,
    known_at: datetime,
) -> None:
    """Take over what the same source says now, and the earliest times at which anyone knew."""
    now_true = {
        **said,
        "agency_knew_at": min(moment.agency_knew_at, agency_knew_at),
        "known_at": min(moment.known_at, known_at),
    }
    changed = {name: value for name, value in now_true.items() if getattr(moment, name) != value}
    if not changed:
        return
    for name, value in changed.items():
        setattr(moment, name, value)
    moment.save(update_fields=list(changed))
    audit(
        by=by,
        act="moments.tell_again",
        at=at,
        about=moment.ref,
        person_ref=moment.person.ref,
        note=", ".join(sorted(changed)),
    )


def _open_record(by: Practitioner | System, at: datetime, moment: Moment) -> None:
    """Whoever answers must be able to open the child's record: at least a provisional one."""
    label = Kind.objects.values_list("label", flat=True).get(pk=moment.kind_id)
    why = f"A critical moment: {label.lower()}"
    open_child(by=by, at=at, person=moment.person, why=why, is_provisional=True)
    if moment.person.areas.filter(area=moment.area, ends_on=None).exists():
        return
    make_responsible(
        by=by,
        at=at,
        person=moment.person,
        area=moment.area,
        role=AreaRole.INCIDENT,
        starts_on=at.date(),
        stated_by="A critical moment",
    )
