"""Give and end explicit leave to see a record."""

from datetime import datetime

from holdfast.access.models import Grant
from holdfast.access.terms import Via
from holdfast.audit.commands import record as audit
from holdfast.audit.terms import System
from holdfast.kit.transactions import atomic
from holdfast.people.models import Person, Practitioner, Team


@atomic
def grant(
    *,
    by: Practitioner | System,
    at: datetime,
    person: Person,
    via: Via,
    reason: str,
    practitioner: Practitioner | None = None,
    team: Team | None = None,
    ends_at: datetime | None = None,
) -> Grant:
    """Give one practitioner or one team leave to see someone.  A grant that is open stays as it is."""
    held = Grant.objects.filter(practitioner=practitioner, team=team, person=person, via=via, ends_at=None)
    found = held.first()
    if found:
        return found
    made = Grant.objects.create(
        practitioner=practitioner,
        team=team,
        person=person,
        via=via,
        reason=reason,
        starts_at=at,
        ends_at=ends_at,
    )
    audit(by=by, act="access.grant", at=at, about=person.ref, person_ref=person.ref, note=str(via))
    return made


@atomic
def end_grants(
    *, by: Practitioner | System, at: datetime, person: Person, practitioner: Practitioner, via: Via
) -> None:
    """End what was given this way; the next query already knows."""
    open_grants = Grant.objects.filter(practitioner=practitioner, person=person, via=via, ends_at=None)
    open_grants.filter(starts_at__lt=at).update(ends_at=at)
    audit(by=by, act="access.end_grants", at=at, about=person.ref, person_ref=person.ref, note=str(via))
