"""Who are the invented people to the real tables?"""

from dataclasses import dataclass
from datetime import datetime

from holdfast.audit.terms import System
from holdfast.demonstration.shape import Partnership
from holdfast.people.agencies import add_agency, add_practitioner, add_team
from holdfast.people.models import Area, Practitioner
from holdfast.people.terms import AgencyKind, Role
from holdfast.rota.commands import set_turn

KINDS = {
    "children's social care": AgencyKind.CHILDRENS_SERVICES,
    "youth justice": AgencyKind.YOUTH_JUSTICE,
    "police": AgencyKind.POLICE,
    "education": AgencyKind.EDUCATION,
    "health": AgencyKind.HEALTH,
    "hospital": AgencyKind.HEALTH,
    "housing": AgencyKind.HOUSING,
    "voluntary": AgencyKind.VOLUNTARY,
    "parents": AgencyKind.VOLUNTARY,
}
ROLES = {
    "duty manager": Role.DUTY_MANAGER,
    "out-of-hours social worker": Role.DUTY_MANAGER,
    "social worker": Role.SOCIAL_WORKER,
    "personal adviser": Role.SOCIAL_WORKER,
    "youth justice worker": Role.YOUTH_JUSTICE_WORKER,
    "youth worker": Role.YOUTH_WORKER,
    "outreach worker": Role.YOUTH_WORKER,
    "parent worker": Role.YOUTH_WORKER,
    "school counsellor": Role.YOUTH_WORKER,
    "boxing coach": Role.MENTOR,
    "music mentor": Role.MENTOR,
    "detective sergeant": Role.POLICE_INTELLIGENCE,
    "inclusion officer": Role.EXCLUSIONS_OFFICER,
    "A&E navigator": Role.HEALTH_NAVIGATOR,
    "housing officer": Role.HOUSING_OFFICER,
}
ADMINISTRATOR, ANALYST = "Ottoline Frayne", "Bartholomew Quill"  # who sets up, and who looks after feeds


@dataclass(frozen=True)
class Cast:
    """The real practitioner for each key of the partnership."""

    by_key: dict[str, Practitioner]


def set_up_partnership(partnership: Partnership, since: datetime) -> None:
    """Make agencies, teams, practitioners and their rota, as they stood at `since`."""
    by = System.SET_UP
    areas = {area.code: area for area in Area.objects.all()}
    agencies = {
        one.key: add_agency(by=by, at=since, name=one.name, kind=KINDS[one.kind])
        for one in partnership.agencies
    }
    coded = {one.key: one.la_code for one in partnership.agencies}
    teams = {
        one.key: add_team(
            by=by, at=since, agency=agencies[one.agency], name=one.name, area=areas.get(coded[one.agency])
        )
        for one in partnership.teams
    }
    for one in partnership.practitioners:
        add_practitioner(
            by=by,
            at=since,
            name=one.name,
            role=ROLES[one.role],
            agency=agencies[one.agency],
            team=teams[one.team],
            job_title=one.role.capitalize(),
            phone=one.phone,
            email=f"{one.key}@holdfast.invalid",
        )
    _set_up_office(since)
    _set_up_rota(partnership, cast_of(partnership), areas, since)


def _set_up_office(since: datetime) -> None:
    office = add_agency(by=System.SET_UP, at=since, name="Partnership office", kind=AgencyKind.PARTNERSHIP)
    team = add_team(by=System.SET_UP, at=since, agency=office, name="Partnership office")
    people = ((ADMINISTRATOR, Role.ADMINISTRATOR), (ANALYST, Role.ANALYST))
    for name, role in people:
        add_practitioner(
            by=System.SET_UP,
            at=since,
            name=name,
            role=role,
            agency=office,
            team=team,
            job_title=role.capitalize(),
        )


def _set_up_rota(partnership: Partnership, found: Cast, areas: dict[str, Area], since: datetime) -> None:
    for shift in partnership.rota:
        if shift.order != 1:
            continue
        set_turn(
            by=System.SET_UP,
            at=since,
            area=areas[shift.la_code],
            practitioner=found.by_key[shift.practitioner],
            weekday=shift.weekday,
            starts=shift.starts,
            until=shift.ends,
            first_on=since.date(),
        )


def cast_of(partnership: Partnership) -> Cast:
    """Find the practitioners made earlier, by name."""
    named = {one.name: one for one in Practitioner.objects.select_related("agency")}
    return Cast({one.key: named[one.name] for one in partnership.practitioners})
