"""What is set, and what is still to be set before anyone can be told?  S24."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Q, QuerySet

from holdfast.access.terms import DUTIES, Duty
from holdfast.audit.queries import changes_of
from holdfast.feeds.queries import feed_states
from holdfast.moments.queries import kinds_for
from holdfast.people.models import Agency, Area, Practitioner, Team
from holdfast.people.terms import AgencyKind, Role
from holdfast.rota.queries import weeks
from holdfast.web import links
from holdfast.web.building import rota
from holdfast.web.clocks import LONDON, moment_words
from holdfast.web.parts import Link, Row, Step

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
    "moments.add_kind": "added it",
    "rota.set_turn": "put somebody on the rota",
    "rota.end_turn": "took somebody off the rota",
    "rota.keep_turn": "kept somebody on the rota",
    "rota.cover_turn": "let somebody take another’s turn once",
    "rota.set_ladder": "changed who is told, until someone answers",
}
OF_SETTING_UP = ("people.add_", "set_up.", "moments.")
OF_THE_ROTA = ("rota.",)
FEW = 5  # people named on one list of what is still to be done, our choice
MAY_ANSWER = [role for role in Role if Duty.RESPOND in DUTIES[role]]
PLURALS = {"agency": "agencies", "person": "people"}


def sections(current: str) -> list[Link]:
    return [Link(text, links.page(name), name == current) for text, name in SECTIONS]


def history(
    by: Practitioner, about: str, now: datetime, kinds: tuple[str, ...] = OF_SETTING_UP
) -> list[Step]:
    """Return who changed one thing that is set up, the latest first.  One SQL query."""
    said = [
        (moment_words(entry.at, now), entry.practitioner, ACTS.get(entry.act) or _changed(entry.note))
        for entry in changes_of(by, about, kinds)
    ]
    return [_step(*same, len(list(times))) for same, times in groupby(said)]


def _step(at: str, who: Practitioner | None, what: str, times: int) -> Step:
    often = f", {times} times" if times > 1 else ""
    return Step(at, f"{what}{often}.", lead=who.name if who else "Holdfast")


def _changed(note: str) -> str:
    return f"changed {note.replace('_', ' ') or 'it'}"


def many(number: int, word: str) -> str:
    return f"1 {word}" if number == 1 else f"{number:,} {PLURALS.get(word, word + 's')}"


def here(now: datetime) -> QuerySet[Practitioner]:
    return Practitioner.objects.filter(Q(left_at=None) | Q(left_at__gt=now))


@dataclass(frozen=True)
class Task:
    """One part of setting up, in the order in which it is best done."""

    row: Row
    undone: list[Row]


def overview(by: Practitioner, now: datetime) -> dict[str, Any]:
    """Return what `web/settings.html` lays out.  A constant number of SQL queries."""
    areas = rota.partner_areas()
    tasks = [
        _task("settings_areas", _said(Area.objects.count(), "area"), _no_area(areas)),
        _task("settings_agencies", _said(Agency.objects.count(), "agency"), _no_agency()),
        _task("settings_teams", _said(Team.objects.count(), "team"), _no_team()),
        _task("settings_people", _said(here(now).count(), "person"), _people_undone(now)),
        _task("settings_rota", _said(len(areas), "rota"), _gaps(by, areas, now)),
        _task("settings_moments", _said(len(kinds_for(by)), "kind"), []),
        _task("feeds", *_feeds(by, now)),
    ]
    return {"rows": [task.row for task in tasks], "undone": [row for task in tasks for row in task.undone]}


SAID = {
    "area": "whose children are looked after here, or who are neighbours",
    "agency": "whose people work together",
    "team": "through which people see the children of an area",
    "person": "who may sign in, with what each may do",
    "rota": "in all, one for each partner area: who is on, who is told next",
    "kind": "of critical moment, and what is promised at each",
    "feed": "heard so far, and how often each is expected",
}


def _said(number: int, word: str) -> str:
    return f"{many(number, word)} {SAID[word]}" if number else "None yet"


def _task(name: str, about: str, undone: list[Row]) -> Task:
    text = dict((page, title) for title, page in SECTIONS).get(name, "Feeds")
    word = "To do" if undone else ""
    return Task(Row(text, links.page(name), about=about, word=word), undone)


def _no_area(areas: list[Area]) -> list[Row]:
    about = "Until then nobody’s duty answers, and agencies’ files cannot be used."
    return [] if areas else [Row("Set an area", links.page("settings_areas"), about=about)]


def _no_agency() -> list[Row]:
    if Agency.objects.exclude(kind=AgencyKind.PARTNERSHIP).exists():
        return []
    about = "Police, children’s services, schools, health: whoever works with children here."
    return [Row("Set an agency", links.page("settings_agencies"), about=about)]


def _no_team() -> list[Row]:
    if Team.objects.exclude(agency__kind=AgencyKind.PARTNERSHIP).exists():
        return []
    about = "People work in a team; where it works decides whose children they may see."
    return [Row("Set a team", links.page("settings_teams"), about=about)]


def _people_undone(now: datetime) -> list[Row]:
    if not here(now).filter(role__in=MAY_ANSWER).exists():
        about = "Somebody whose role may answer for a child, such as a duty manager."
        return [Row("Add somebody who may answer", links.page("settings_people"), about=about)]
    on = here(now).filter(turns__isnull=False).order_by("name").distinct()
    found = [
        _person(one, "has no e-mail address", "On a rota, and told on these pages only.")
        for one in on.filter(email="")[:FEW]
    ]
    if not settings.EMAIL_HOST:
        found.append(
            Row(
                "Name a mail server",
                about="Letters are put into a folder of this machine and reach nobody. Whoever looks after"
                " the machine names one in HOLDFAST_SMTP_HOST.",
            )
        )
    if settings.DEMONSTRATION:
        return found
    if urlsplit(settings.PUBLIC_ADDRESS).hostname == "localhost":
        found.append(
            Row(
                "Name the address at which people open Holdfast",
                about=f"Letters point to {settings.PUBLIC_ADDRESS}, which opens on this machine alone."
                " Whoever looks after the machine names another in HOLDFAST_ADDRESS.",
            )
        )
    shut_out = Q(user=None) | Q(user__password__startswith=UNUSABLE_PASSWORD_PREFIX)
    return found + [
        _person(one, "cannot sign in yet", "On a rota: make a link with which they set a password.")
        for one in on.filter(shut_out)[:FEW]
    ]


def _person(one: Practitioner, what: str, about: str) -> Row:
    return Row(f"{one.name} {what}", links.page("settings_person", one.ref), about=about)


def _gaps(by: Practitioner, areas: list[Area], now: datetime) -> list[Row]:
    coming = weeks(by, areas, now.astimezone(LONDON).date())
    return [
        Row(
            f"Fill the rota of {area}",
            links.page("settings_rota_of", area.code),
            about=rota.cover(coming[area.pk], now),
        )
        for area in areas
        if rota.still_open(coming[area.pk], now)
    ]


def _feeds(by: Practitioner, now: datetime) -> tuple[str, list[Row]]:
    states = feed_states(by)
    silent = [state for state in states if state.silent_for(now)]
    return _said(len(states), "feed"), [
        Row(
            f"{state.feed.label} is silent",
            links.page("feed", state.feed.name),
            about="Ring its sender, or change how often it is expected.",
        )
        for state in silent[:FEW]
    ]
