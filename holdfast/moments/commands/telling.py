"""Someone beside the child says that something has happened.  §8.1, §8.2."""

from dataclasses import dataclass
from datetime import datetime

from holdfast.access.commands import grant
from holdfast.access.queries import require, require_duty
from holdfast.access.terms import Duty, Via
from holdfast.chronology.commands import tell_event
from holdfast.chronology.rules import EventFacts
from holdfast.chronology.terms import EventKind
from holdfast.kit.refs import new_ref
from holdfast.kit.transactions import atomic
from holdfast.moments.commands.raising import ToRaise, raise_moments
from holdfast.moments.errors import CannotBeSaid
from holdfast.moments.models import Kind, Moment
from holdfast.moments.queries import answering_area
from holdfast.moments.rules import happening_of
from holdfast.people.commands import TYPED_HERE, open_typed_record
from holdfast.people.models import Area, Person, Practitioner


@dataclass(frozen=True, slots=True)
class SomeoneNotFound:
    """A child whom no search found: initials or a name, and about how old."""

    name: str
    age: int | None = None


@atomic
def tell(
    *,
    by: Practitioner,
    at: datetime,
    kind: str,
    child: Person | SomeoneNotFound,
    happened_at: datetime | None = None,
    area: Area | None = None,
    where: str = "",
    with_whom: str = "",
    is_there_now: bool = False,
    detail: str = "",
    token: str = "",
) -> Moment:
    """Raise a moment from what `by` says; the same form sent twice (`token`) is one moment.

    Raises NotAllowed, or CannotBeSaid.  Whoever told us may see the child from then on.
    """
    require_duty(by, Duty.TELL)
    happened_at = happened_at or at
    chosen = _check(kind, child, happened_at, at)
    token = token or new_ref()
    happening = happening_of(TYPED_HERE, by.ref, token)
    sent = Moment.objects.filter(kind=kind, happening=happening).first()
    if sent:
        return sent
    person = _person(by, at, child, area)
    event = _write_down(by, at, chosen, person, happened_at, f"{by.ref} {token}", detail, where)
    said = ToRaise(
        kind=kind,
        person=person.pk,
        area=answering_area(person, area, by, at),
        happening=happening,
        happened_at=happened_at,
        agency_knew_at=at,
        known_at=at,
        event=event,
        with_whom=with_whom,
        is_there_now=is_there_now,
        told_by=by,
        detail=detail,
        where=where,
    )
    (moment,) = raise_moments(by=by, at=at, due=[said])
    grant(by=by, at=at, person=person, practitioner=by, via=Via.REPORTED, reason="Told us of a moment")
    return moment


def _check(kind: str, child: Person | SomeoneNotFound, happened_at: datetime, at: datetime) -> Kind:
    chosen = Kind.objects.filter(pk=kind, is_active=True, is_told_by_people=True).first()
    if chosen is None:
        raise CannotBeSaid("Choose what has happened")
    if happened_at > at:
        raise CannotBeSaid("Give a time that is not in the future")
    if isinstance(child, SomeoneNotFound) and not child.name.strip():
        raise CannotBeSaid("Give the child's name or initials")
    return chosen


def _person(by: Practitioner, at: datetime, child: Person | SomeoneNotFound, area: Area | None) -> Person:
    if isinstance(child, Person):
        require(by, child, at)
        return child
    where = answering_area(None, area, by, at)
    return open_typed_record(by=by, at=at, name=child.name, area=where, age=child.age)


def _write_down(
    by: Practitioner,
    at: datetime,
    kind: Kind,
    person: Person,
    happened_at: datetime,
    source_ref: str,
    detail: str,
    where: str,
) -> object:
    """Put it on the timeline, in the teller's words."""
    facts = EventFacts(
        kind=EventKind.TOLD_HERE,
        source=TYPED_HERE,
        source_ref=source_ref,
        title=kind.told_as or kind.label,
        happened_at=happened_at,
        code=kind.code[:30],
        text=detail,
        agency_knew_at=at,
        place_text=where,
    )
    record = person.records.order_by("pk").first()
    records = {"subject": record} if record else {}
    return tell_event(by=by, at=at, facts=facts, records=records, agency=by.agency)
