"""Whose records may someone see, and why?  Every page about a person passes through here."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from holdfast.access.errors import NotAllowed
from holdfast.access.models import Grant
from holdfast.access.terms import DUTIES, REACH, Duty, Reach
from holdfast.people.models import AreaResponsibility, Membership, Person, Practitioner
from holdfast.people.terms import Role

# While one page is read: (reader, person, time) of each leave already found.  None outside a page.
_found: ContextVar[set[tuple[int, int, datetime]] | None] = ContextVar("found", default=None)
# And the areas in which (reader, time) works.
_areas: ContextVar[dict[tuple[int, datetime], list[int | None]] | None] = ContextVar("areas", default=None)


@contextmanager
def one_page() -> Iterator[None]:
    """Ask once for leave to see a person, however many parts of a page are about them.

    Only for a page that changes nothing.  A refusal is never remembered.
    """
    before, before_areas = _found.set(set()), _areas.set({})
    try:
        yield
    finally:
        _found.reset(before)
        _areas.reset(before_areas)


def may(by: Practitioner, duty: Duty) -> bool:
    return duty in DUTIES[Role(by.role)]


def require_duty(by: Practitioner, duty: Duty) -> None:
    """Raise NotAllowed unless `by`'s role may do this."""
    if not may(by, duty):
        raise NotAllowed(f"{by.role} may not {duty}")


def areas_of(by: Practitioner, now: datetime) -> list[int | None]:
    """Return the areas of the teams in which `by` works at `now`; a team without one works in all.

    One SQL query, once for a page.
    """
    held = _areas.get()
    if held is not None and (by.pk, now) in held:
        return held[by.pk, now]
    current = Membership.objects.filter(practitioner=by, starts_at__lte=now)
    current = current.filter(Q(ends_at=None) | Q(ends_at__gt=now))
    areas: list[int | None] = list(current.values_list("team__area", flat=True))
    if held is not None:
        held[by.pk, now] = areas
    return areas


def people_for(by: Practitioner, now: datetime) -> QuerySet[Person]:
    """Return the people whose record `by` may see at `now`, as a queryset (one query when read)."""
    if by.left_at and by.left_at <= now:
        return Person.objects.none()
    # Asked of the child, not of the person: open records are few, people are many.  As EXISTS, so that
    # the database may look up a few children one by one, and many all at once.
    own = OuterRef("child__person")
    visible = Q(Exists(_granted(by, now).filter(person=own)))
    if REACH[Role(by.role)] == Reach.AREA:
        visible |= Q(Exists(_in_my_areas(by, now).filter(person=own)))
    return Person.objects.filter(visible, child__isnull=False)


def visible_child(by: Practitioner, ref: str, now: datetime) -> Person | None:
    """Return the child of this reference, if `by` may see their record.  Two SQL queries."""
    person = people_for(by, now).filter(ref=ref).select_related("child").first()
    if person is not None:
        _remember(by, person, now)
    return person


def may_see(by: Practitioner, person: Person, now: datetime) -> bool:
    if (by.pk, person.pk, now) in (_found.get() or ()):
        return True
    is_open = people_for(by, now).filter(pk=person.pk).exists()
    if is_open:
        _remember(by, person, now)
    return is_open


def _remember(by: Practitioner, person: Person, now: datetime) -> None:
    found = _found.get()
    if found is not None:
        found.add((by.pk, person.pk, now))


def require(by: Practitioner, person: Person, now: datetime) -> None:
    """Raise NotAllowed unless `by` may see this person's record at `now`."""
    if not may_see(by, person, now):
        raise NotAllowed("nothing gives leave to see this record")


def _granted(by: Practitioner, now: datetime) -> QuerySet[Grant, int]:
    teams = Membership.objects.filter(practitioner=by, starts_at__lte=now)
    mine = teams.filter(Q(ends_at=None) | Q(ends_at__gt=now)).values("team")
    grants = Grant.objects.filter(Q(practitioner=by) | Q(team__in=mine), starts_at__lte=now)
    return grants.filter(Q(ends_at=None) | Q(ends_at__gt=now)).values_list("person", flat=True)


def _in_my_areas(by: Practitioner, now: datetime) -> QuerySet[AreaResponsibility, int]:
    areas = areas_of(by, now)
    responsible = AreaResponsibility.objects.filter(Q(ends_on=None) | Q(ends_on__gte=now.date()))
    if None not in areas:
        responsible = responsible.filter(area__in=areas)
    return responsible.values_list("person", flat=True)


def who_holds_grants(person: Person, now: datetime) -> set[int]:
    """Return the keys of those to whom somebody's record was opened by name.  One SQL query."""
    held = Grant.objects.filter(person=person, starts_at__lte=now).exclude(practitioner=None)
    return set(held.filter(Q(ends_at=None) | Q(ends_at__gt=now)).values_list("practitioner", flat=True))


def why_visible(by: Practitioner, person: Person, now: datetime) -> list[str]:
    """Return, in words, each thing that lets `by` see this person.  Two queries at most."""
    reasons = [
        f"{grant.get_via_display()}: {grant.reason}"
        for grant in Grant.objects.filter(person=person, pk__in=_grants_in_force(by, now))
    ]
    if REACH[Role(by.role)] == Reach.AREA and _in_my_areas(by, now).filter(person=person).exists():
        reasons.append(
            f"Your role ({by.get_role_display().lower()}) covers an area responsible for this child."
        )
    return reasons


def _grants_in_force(by: Practitioner, now: datetime) -> QuerySet[Grant, int]:
    grants = Grant.objects.filter(practitioner=by, starts_at__lte=now)
    return grants.filter(Q(ends_at=None) | Q(ends_at__gt=now)).values_list("pk", flat=True)
