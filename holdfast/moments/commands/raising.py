"""Raise a moment in its caller's transaction, once per happening however many tell us.  §8.2.

Which events are moments is decided in `moments.rules`.
"""

from datetime import datetime
from typing import Any

from holdfast.audit.commands import record as audit
from holdfast.audit.terms import System
from holdfast.chronology.terms import Precision
from holdfast.kit.transactions import atomic
from holdfast.moments.models import Kind, Moment
from holdfast.moments.rules import FURTHEST_APART, Telling, is_same_happening
from holdfast.paging.commands import raise_page
from holdfast.people.commands import make_responsible, open_child
from holdfast.people.models import Area, Person, Practitioner
from holdfast.people.terms import AreaRole


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
    person = Person.objects.select_for_update().get(pk=person.pk)
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
    open_record(by, at, moment)
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


def open_record(by: Practitioner | System, at: datetime, moment: Moment) -> None:
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
