"""Set up agencies, teams and the people who work in them.

Who may do this is asked by the callers (`access` stands above `people`).
"""

from datetime import datetime

from django.contrib.auth.models import User

from holdfast.audit.commands import record as audit
from holdfast.audit.terms import System
from holdfast.kit.transactions import atomic
from holdfast.people.models import Agency, Area, Membership, Practitioner, Team
from holdfast.people.terms import AgencyKind, Role


@atomic
def add_agency(
    *, by: Practitioner | System, at: datetime, name: str, kind: AgencyKind, duty_phone: str = ""
) -> Agency:
    """Add an agency, or return the one of that name."""
    said = {"kind": kind, "duty_phone": duty_phone}
    agency, is_new = Agency.objects.get_or_create(name=name, defaults=said)
    if is_new:
        audit(by=by, act="people.add_agency", at=at, about=agency.ref)
    return agency


@atomic
def add_team(
    *, by: Practitioner | System, at: datetime, agency: Agency, name: str, area: Area | None = None
) -> Team:
    """Add a team of an agency, or return the one of that name; without an area it works in all."""
    team, is_new = Team.objects.get_or_create(agency=agency, name=name, defaults={"area": area})
    if is_new:
        audit(by=by, act="people.add_team", at=at, about=team.ref)
    return team


@atomic
def add_practitioner(
    *,
    by: Practitioner | System,
    at: datetime,
    name: str,
    role: Role,
    agency: Agency,
    team: Team,
    job_title: str = "",
    phone: str = "",
    email: str = "",
    user: User | None = None,
) -> Practitioner:
    """Add someone who works here from `at` on, in one team to begin with."""
    made = Practitioner.objects.create(
        name=name,
        role=role,
        agency=agency,
        job_title=job_title,
        phone=phone,
        email=email,
        user=user,
    )
    Membership.objects.create(practitioner=made, team=team, starts_at=at)
    audit(by=by, act="people.add_practitioner", at=at, about=made.ref)
    return made
