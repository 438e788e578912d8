"""What stands on the lists of what is set up?  S24.

Each list costs a constant number of SQL queries, however long it is.
"""

from datetime import datetime

from django.db.models import Count, F, Q

from holdfast.moments.models import Kind
from holdfast.moments.queries import kinds_for
from holdfast.people.models import Agency, Area, Membership, Practitioner, Team
from holdfast.web import clocks, links
from holdfast.web.building.settings import here, many
from holdfast.web.clocks import LONDON
from holdfast.web.forms.settings import KINDS
from holdfast.web.forms.settings_duty import write_length
from holdfast.web.parts import Button, Row

ON_A_PAGE = 100  # people, our choice
ALL_AREAS = "all partner areas"


def area_rows() -> list[Row]:
    return [
        Row(
            area.name,
            links.page("settings_area", area.code),
            about=f"Code {area.code}" + (f", {area.gss_code}" if area.gss_code else ""),
            word="" if area.is_partner else "Not a partner",
        )
        for area in Area.objects.all()
    ]


def agency_rows(now: datetime) -> list[Row]:
    counted = Count("practitioners", filter=Q(practitioners__in=here(now)))
    return [
        Row(
            agency.name,
            links.page("settings_agency", agency.ref),
            about=f"{KINDS[agency.kind]}, {many(agency.number, 'person')}",
            more=f"Duty {agency.duty_phone}" if agency.duty_phone else "No duty number",
        )
        # Counting makes the database forget the table's own order.
        for agency in Agency.objects.annotate(number=counted).order_by("name")
    ]


def team_rows(now: datetime, agency: Agency | None = None) -> list[Row]:
    """Return every team, or one agency's."""
    current = Q(memberships__ends_at=None, memberships__practitioner__in=here(now))
    found = Team.objects.select_related("agency", "area").annotate(
        number=Count("memberships", filter=current)
    )
    if agency:
        found = found.filter(agency=agency)
    return [
        Row(
            team.name,
            links.page("settings_team", team.ref),
            about=f"{team.agency}, {team.area or ALL_AREAS}",
            more=many(team.number, "person"),
        )
        for team in found.order_by("agency__name", "name")
    ]


def people_rows(number: int, now: datetime) -> tuple[list[Row], bool]:
    """Return one page of people by name, those who have left last, and whether there are more."""
    start = (number - 1) * ON_A_PAGE
    people = Practitioner.objects.select_related("agency", "user")
    people = people.order_by(F("left_at").asc(nulls_first=True), "name", "pk")
    found = list(people[start : start + ON_A_PAGE + 1])
    return [person_row(one, now) for one in found[:ON_A_PAGE]], len(found) > ON_A_PAGE


def person_row(one: Practitioner, now: datetime) -> Row:
    has_left = bool(one.left_at and one.left_at <= now)
    return Row(
        one.name,
        links.page("settings_person", one.ref),
        about=f"{work(one)}, {one.agency}",
        more=signs_in(one),
        word="Has left" if has_left else "",
    )


def work(one: Practitioner) -> str:
    role = one.get_role_display()
    is_said = one.job_title.casefold() in ("", role.casefold())
    return role if is_said else f"{one.job_title} ({role.lower()})"


def signs_in(one: Practitioner) -> str:
    if one.user is None:
        return "Has no name to sign in with"
    if not one.user.has_usable_password():
        return f"Will sign in as {one.user.username}, and has no password yet"
    return f"Signs in as {one.user.username}"


def last_here(one: Practitioner, now: datetime) -> str:
    """Return when somebody signed in last, as a sentence, or nothing."""
    last = one.user.last_login if one.user else None
    return f" Signed in last {clocks.moment_words(last, now)}." if last else ""


def member_rows(team: Team, now: datetime) -> list[Row]:
    """Return the first hundred who work in a team."""
    current = Membership.objects.filter(team=team, ends_at=None, practitioner__in=here(now))
    held = current.select_related("practitioner__agency", "practitioner__user").order_by("practitioner__name")
    return [person_row(one.practitioner, now) for one in held[:ON_A_PAGE]]


def membership_rows(one: Practitioner, now: datetime) -> list[Row]:
    current = Membership.objects.filter(practitioner=one, ends_at=None).select_related(
        "team__agency", "team__area"
    )
    return [
        Row(
            held.team.name,
            links.page("settings_team", held.team.ref),
            about=f"{held.team.agency}, {held.team.area or ALL_AREAS}",
            more=f"Since {clocks.short_day(held.starts_at.astimezone(LONDON).date(), now.date())}",
            action=Button(
                "Take out of the team",
                links.page("settings_person_do", one.ref, "take_out"),
                posts=True,
                name="membership",
                value=str(held.pk),
                spoken=f"Take {one.name} out of {held.team}",
            ),
        )
        for held in current.order_by("team__name")
    ]


def kind_rows(by: Practitioner) -> list[Row]:
    return [
        Row(
            kind.label,
            links.page("settings_moment", kind.code),
            about=kind.sentence,
            more=_promises(kind),
            word="" if kind.is_told_by_people else "From agencies only",
        )
        for kind in kinds_for(by)
    ]


def _promises(kind: Kind) -> str:
    answer, contact = write_length(kind.answer_within), write_length(kind.contact_within)
    return f"Answered within {answer}, somebody with the child within {contact}"
