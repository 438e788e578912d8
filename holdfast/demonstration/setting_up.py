"""Who are the invented people to the real tables?"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from holdfast.audit.terms import System
from holdfast.demonstration.roles import KINDS, ROLES
from holdfast.demonstration.shape import Partnership
from holdfast.feeds.commands import change_feed
from holdfast.feeds.queries import feed_states
from holdfast.people.agencies import add_agency, add_practitioner, add_team
from holdfast.people.models import Area, Practitioner
from holdfast.people.terms import AgencyKind, Role
from holdfast.rota.commands import set_turn

WHEN_SOMETHING_CHANGES = {
    "yjs/caseload", "social_care/ssd_person", "social_care/ssd_linked_identifiers", "social_care/ssd_address",
    "social_care/ssd_family", "social_care/ssd_involvements", "social_care/ssd_cin_episodes",
    "social_care/ssd_cin_assessments", "social_care/ssd_assessment_factors",
}  # fmt: skip
MONTHS = timedelta(days=180)  # our choice
OFFICE = (  # who sets up, who looks after feeds, who leads the daily meeting of all three areas
    ("Ottoline Frayne", Role.ADMINISTRATOR, "Administrator"),
    ("Bartholomew Quill", Role.ANALYST, "Analyst"),
    ("Winsome Ballantyne", Role.HUB_CHAIR, "Chair of the hub"),
)


@dataclass(frozen=True)
class Cast:
    """The real practitioner for each key of the partnership, and a record of each child met so far."""

    by_key: dict[str, Practitioner]
    records: dict[str, int] = field(default_factory=dict)


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
    for name, role, job_title in OFFICE:
        add_practitioner(
            by=System.SET_UP,
            at=since,
            name=name,
            role=role,
            agency=office,
            team=team,
            job_title=job_title,
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


def expect_feeds(at: datetime) -> None:
    """Say of the exports that come only when something changes that months may pass without one."""
    analyst = Practitioner.objects.get(name=OFFICE[1][0])
    for state in feed_states(System.SET_UP):
        feed = state.feed
        if feed.name in WHEN_SOMETHING_CHANGES:
            change_feed(
                by=analyst,
                at=at,
                feed=feed,
                label=feed.label,
                agency=feed.agency,
                expected_every=MONTHS,
                is_active=feed.is_active,
            )


def cast_of(partnership: Partnership) -> Cast:
    """Find the practitioners made earlier, by name."""
    named = {one.name: one for one in Practitioner.objects.select_related("agency")}
    return Cast({one.key: named[one.name] for one in partnership.practitioners})
