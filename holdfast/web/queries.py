"""Lists that only the pages ask for.  Everything else is asked of the packages themselves."""

from datetime import datetime

from django.db.models import Q

from holdfast.access.queries import areas_of, people_for
from holdfast.access.terms import DUTIES, Duty
from holdfast.people.models import Area, Person, Practitioner
from holdfast.people.terms import Role

MAY_RESPOND = [role for role in Role if Duty.RESPOND in DUTIES[role]]


def person_for(by: Practitioner, ref: str, now: datetime) -> Person | None:
    """Return the person of this reference, if `by` may see their record.  One SQL query."""
    return people_for(by, now).filter(ref=ref).first()


def areas_for(by: Practitioner, now: datetime) -> list[Area]:
    """Return the partner areas in which `by` works.  Two SQL queries."""
    mine = set(areas_of(by, now))
    partners = Area.objects.filter(is_partner=True)
    own = partners.filter(pk__in=[area for area in mine if area is not None])
    return list(partners if None in mine else own)


def who_could_go(by: Practitioner, area: Area, person: Person, now: datetime) -> list[Practitioner]:
    """Return who may be asked to go: those who work with the child first, then those of the area.

    One SQL query.  Anyone who may answer may know who works here.
    """
    current = Q(memberships__starts_at__lte=now) & (
        Q(memberships__ends_at=None) | Q(memberships__ends_at__gt=now)
    )
    of_area = current & (Q(memberships__team__area=area) | Q(memberships__team__area=None))
    with_child = Q(teams_around__person=person, teams_around__ends_at=None)
    found = Practitioner.objects.filter(with_child | of_area, role__in=MAY_RESPOND)
    found = found.filter(Q(left_at=None) | Q(left_at__gt=now)).select_related("agency").distinct()
    near = set(found.filter(with_child).values_list("pk", flat=True))
    return sorted(found, key=lambda one: (one.pk not in near, one.pk != by.pk, one.name))
