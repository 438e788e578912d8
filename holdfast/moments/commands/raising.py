"""Raise moments in their caller's transaction, once per happening however many tell us.  §8.2.

Which events are moments is decided in `moments.rules`.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from holdfast.audit.commands import record as audit
from holdfast.audit.commands import record_each
from holdfast.audit.terms import System
from holdfast.chronology.terms import Precision
from holdfast.kit.transactions import atomic
from holdfast.moments.models import Kind, Moment
from holdfast.moments.rules import FURTHEST_APART, Telling, is_same_happening
from holdfast.paging.commands import raise_pages
from holdfast.people.commands import make_responsible, open_children
from holdfast.people.models import Area, AreaResponsibility, Person, Practitioner
from holdfast.people.terms import AreaRole


@dataclass(frozen=True, slots=True)
class ToRaise:
    """A critical moment as one source tells it; `person` is the key of whose it is, `area` answers."""

    kind: str
    person: int
    area: Area
    happening: str
    happened_at: datetime
    agency_knew_at: datetime
    known_at: datetime
    precision: Precision = Precision.MINUTE
    event: Any = None
    detail: str = ""
    where: str = ""
    with_whom: str = ""
    is_there_now: bool = False
    told_by: Practitioner | None = None
    is_history: bool = False

    @property
    def said(self) -> dict[str, Any]:
        """What the source that told it first may correct."""
        return {
            "happened_at": self.happened_at,
            "precision": self.precision,
            "detail": self.detail[:200],
            "where": self.where[:200],
            "with_whom": self.with_whom[:200],
            "is_there_now": self.is_there_now,
        }


@atomic
def raise_moments(*, by: Practitioner | System, at: datetime, due: Sequence[ToRaise]) -> list[Moment]:
    """Raise moments and page each area's duty, in one transaction; told again, it stays one moment.

    Returns the moment of each.  A telling that comes later can only make the times at which we knew
    earlier.  Some fifteen SQL statements, however many are new.
    """
    if not due:
        return []
    # One at a time for one child, so that two tellings at once become one moment.
    locked = Person.objects.select_for_update().filter(pk__in={one.person for one in due}).order_by("pk")
    people = {person.pk: person for person in locked}
    held = _held(due)
    found, new = [], []
    for one in due:
        exact = next((m for m in held if (m.kind_id, m.happening) == (one.kind, one.happening)), None)
        moment = exact or _near(one, held)
        if moment is None:
            moment = _moment(one, people[one.person], at)
            held.append(moment)
            new.append(moment)
        else:
            _tell_again(by, at, moment, one, one.said if exact else {})
        found.append(moment)
    _keep(by, at, new)
    return found


def _held(due: Sequence[ToRaise]) -> list[Moment]:
    """Return the moments that these tellings could be of.  One SQL query."""
    same = Q(kind__in={one.kind for one in due}, happening__in=[one.happening for one in due])
    earliest = min(one.happened_at for one in due) - FURTHEST_APART
    latest = max(one.happened_at for one in due) + FURTHEST_APART
    near = Q(person__in={one.person for one in due}, happened_at__range=(earliest, latest))
    return list(Moment.objects.filter(same | near).select_related("person"))


def _near(one: ToRaise, held: Collection[Moment]) -> Moment | None:
    """Return the moment that this telling is of, if there is one: the earliest.

    What a person tells us never goes into a moment that is over or was never open: someone must come.
    """
    telling = Telling(one.kind, one.happened_at, one.precision, one.told_by is not None)
    others = (m for m in held if (m.kind_id, m.person_id) == (one.kind, one.person))
    if telling.is_by_person:
        others = (m for m in others if not m.is_history and m.ending_id is None)
    found = [m for m in others if is_same_happening(telling, _telling(m))]
    return min(found, key=lambda m: (m.happened_at, m.pk is None, m.pk or 0), default=None)


def _telling(moment: Moment) -> Telling:
    precision, is_by_person = Precision(moment.precision), moment.told_by_id is not None
    return Telling(moment.kind_id, moment.happened_at, precision, is_by_person)


def _moment(one: ToRaise, person: Person, at: datetime) -> Moment:
    return Moment(
        kind_id=one.kind,
        person=person,
        area=one.area,
        happening=one.happening,
        event=one.event,
        told_by=one.told_by,
        is_history=one.is_history,
        agency_knew_at=one.agency_knew_at,
        known_at=one.known_at,
        raised_at=at,
        **one.said,
    )


def _tell_again(
    by: Practitioner | System, at: datetime, moment: Moment, one: ToRaise, said: dict[str, Any]
) -> None:
    """Take over what the same source says now, and the earliest times at which anyone knew."""
    now_true = {
        **said,
        "agency_knew_at": min(moment.agency_knew_at, one.agency_knew_at),
        "known_at": min(moment.known_at, one.known_at),
    }
    changed = {name: value for name, value in now_true.items() if getattr(moment, name) != value}
    for name, value in changed.items():
        setattr(moment, name, value)
    if not changed or moment.pk is None:  # told twice in one breath: it is kept below
        return
    moment.save(update_fields=list(changed))
    ref, note = moment.person.ref, ", ".join(sorted(changed))
    audit(by=by, act="moments.tell_again", at=at, about=moment.ref, person_ref=ref, note=note)


def _keep(by: Practitioner | System, at: datetime, new: Sequence[Moment]) -> None:
    if not new:
        return
    Moment.objects.bulk_create(new)
    open_records(by, at, new)
    live = [(moment.ref, moment.area) for moment in new if not moment.is_history]
    raise_pages(by=by, at=at, wanted=live)
    lines = [(moment.ref, moment.person.ref, moment.kind_id) for moment in new]
    record_each(by=by, act="moments.raise", at=at, lines=lines)


def open_records(by: Practitioner | System, at: datetime, moments: Sequence[Moment]) -> None:
    """Whoever answers must be able to open the child's record: at least a provisional one."""
    labels = dict(Kind.objects.filter(pk__in={m.kind_id for m in moments}).values_list("pk", "label"))
    why = {m.person_id: f"A critical moment: {labels[m.kind_id].lower()}" for m in reversed(moments)}
    open_children(by=by, at=at, why=why, is_provisional=True)
    open_now = AreaResponsibility.objects.filter(person__in=why, ends_on=None)
    seen = set(open_now.values_list("person", "area"))
    for moment in moments:
        if (moment.person_id, moment.area_id) in seen:
            continue
        seen.add((moment.person_id, moment.area_id))
        make_responsible(
            by=by,
            at=at,
            person=moment.person,
            area=moment.area,
            role=AreaRole.INCIDENT,
            starts_on=at.date(),
            stated_by="A critical moment",
        )
