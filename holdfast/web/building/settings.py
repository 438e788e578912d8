"""What is set, and what is still to be set before anyone can be told?  S24."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from holdfast.audit.queries import changes_of
from holdfast.moments.models import Kind
from holdfast.moments.queries import kinds_for
from holdfast.people.models import Agency, Area, Membership, Practitioner, Team
from holdfast.rota.queries import week
from holdfast.web import clocks, links
from holdfast.web.building import rota
from holdfast.web.clocks import LONDON, length, moment_words
from holdfast.web.parts import Button, Fact, Link, Row, Step

SECTIONS = (
    ("Settings", "settings"),
    ("Areas", "settings_areas"),
    ("Agencies", "settings_agencies"),
    ("Teams", "settings_teams"),
    ("People", "settings_people"),
    ("Rota", "settings_rota"),
    ("Moments and limits", "settings_moments"),
)

ACTS = {
    "people.add_agency": "added it",
    "people.add_team": "added it",
    "people.add_practitioner": "added them",
    "set_up.add_area": "added it",
    "set_up.let_leave": "let them leave",
    "set_up.let_return": "let them return",
    "set_up.put_in_team": "put them in a team",
    "set_up.take_from_team": "took them from a team",
    "set_up.give_password_token": "made a link to set a password",
    "set_up.give_username": "changed the name to sign in with",
    "set_up.set_password": "set a password",
    "web.sign_in": "signed in",
}


def sections(current: str) -> list[Link]:
    return [Link(text, links.page(name), name == current) for text, name in SECTIONS]


def history(by: Practitioner, about: str, now: datetime) -> list[Step]:
    """Return who changed one thing that is set up, the latest first.  One SQL query."""
    return [
        Step(
            moment_words(entry.at, now),
            f"{ACTS.get(entry.act, f'changed {_fields(entry.note)}')}.",
            lead=entry.practitioner.name if entry.practitioner else "Holdfast",
        )
        for entry in changes_of(by, about)
        if entry.act in ACTS or entry.act.startswith("set_up.change")
    ]


def _fields(note: str) -> str:
    return note.replace("_", " ") or "it"


def overview(by: Practitioner, now: datetime) -> dict[str, Any]:
    """Return what `web/settings.html` lays out.  About eight SQL queries and one an area."""
    areas = rota.partner_areas()
    here = _here(now)
    counts = {
        "settings_areas": (Area.objects.count(), "area", f"in all, {len(areas)} of them partners"),
        "settings_agencies": (Agency.objects.count(), "agency", "whose people work together"),
        "settings_teams": (Team.objects.count(), "team", "through which people see children"),
        "settings_people": (here.count(), "person", "who work here"),
        "settings_rota": (len(areas), "rota", "in all, one for each partner area"),
        "settings_moments": (len(kinds_for(by)), "kind", "of critical moment, with what is promised"),
    }
    names = dict((name, text) for text, name in SECTIONS)
    rows = [
        Row(names[name], links.page(name), about=f"{_many(number, word)} {more}")
        for name, (number, word, more) in counts.items()
    ]
    return {"rows": rows, "undone": _undone(by, areas, now)}


PLURALS = {"agency": "agencies", "person": "people"}


def _many(number: int, word: str) -> str:
    return f"1 {word}" if number == 1 else f"{number:,} {PLURALS.get(word, word + 's')}"


def _undone(by: Practitioner, areas: list[Area], now: datetime) -> list[Fact]:
    found = []
    if not areas:
        found.append(Fact("No partner area is set: nobody's duty would answer.", "Areas"))
    today = now.astimezone(LONDON).date()
    for area in areas:
        gaps = [(since, until) for since, until in week(by, area, today).gaps if until > now]
        if gaps:
            since = moment_words(max(gaps[0][0], now), now)
            found.append(
                Fact(
                    f"Nobody is on for {area} from {since}.",
                    "Rota",
                    f", {_many(len(gaps), 'gap')} in the next 7 days",
                )
            )
    without = _here(now).filter(email="", turns__isnull=False).distinct()
    found += [Fact(f"{one.name} is on a rota and has no e-mail address.", "People") for one in without[:5]]
    return found


def _here(now: datetime) -> QuerySet[Practitioner]:
    return Practitioner.objects.filter(Q(left_at=None) | Q(left_at__gt=now))


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


def agency_rows() -> list[Row]:
    found = Agency.objects.annotate(number=Count("practitioners", filter=Q(practitioners__left_at=None)))
    return [
        Row(
            agency.name,
            links.page("settings_agency", agency.ref),
            about=f"{agency.get_kind_display()}, {_many(agency.number, 'person')}",
            more=f"Duty {agency.duty_phone}" if agency.duty_phone else "No duty number",
        )
        for agency in found
    ]


def team_rows() -> list[Row]:
    current = Q(memberships__ends_at=None, memberships__practitioner__left_at=None)
    found = Team.objects.select_related("agency", "area").annotate(
        number=Count("memberships", filter=current)
    )
    return [
        Row(
            team.name,
            links.page("settings_team", team.ref),
            about=f"{team.agency}, {team.area or 'all partner areas'}",
            more=_many(team.number, "person"),
        )
        for team in found.order_by("agency__name", "name")
    ]


ON_A_PAGE = 100  # people, our choice


def people_rows(number: int, now: datetime) -> tuple[list[Row], bool]:
    """Return one page of people by name, and whether there are more."""
    start = (number - 1) * ON_A_PAGE
    people = Practitioner.objects.select_related("agency", "user").order_by("name", "pk")
    found = list(people[start : start + ON_A_PAGE + 1])
    return [_person(one, now) for one in found[:ON_A_PAGE]], len(found) > ON_A_PAGE


def _person(one: Practitioner, now: datetime) -> Row:
    has_left = bool(one.left_at and one.left_at <= now)
    signs_in = f"Signs in as {one.user.username}" if one.user else "Cannot sign in"
    return Row(
        one.name,
        links.page("settings_person", one.ref),
        about=f"{one.get_role_display()}, {one.agency}",
        more=signs_in,
        word="Has left" if has_left else "",
    )


def membership_rows(one: Practitioner, now: datetime) -> list[Row]:
    current = Membership.objects.filter(practitioner=one, ends_at=None).select_related(
        "team__agency", "team__area"
    )
    return [
        Row(
            held.team.name,
            about=f"{held.team.agency}, {held.team.area or 'all partner areas'}",
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
            word="" if kind.is_active else "Not used",
        )
        for kind in kinds_for(by)
    ]


def _promises(kind: Kind) -> str:
    contact = length(kind.contact_within)
    return f"Answered within {length(kind.answer_within)}, somebody with the child within {contact}"
