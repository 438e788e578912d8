"""Who am I here, when am I on, what may I see, and does a letter reach me?"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from holdfast.access.terms import REACH, Reach
from holdfast.people.models import Membership, Practitioner
from holdfast.people.terms import Role
from holdfast.rota.queries import OnDuty, week
from holdfast.web import clocks, links
from holdfast.web.building import duty, words
from holdfast.web.forms.account import NewPasswordForm, TestLetterForm
from holdfast.web.parts import DutyCell, Fact, FormPart, Pair
from holdfast.web.queries import areas_for
from holdfast.web.telephone import shown

REACHES = {
    Reach.AREA: "Children for whom one of your areas is responsible, because of your role.",
    Reach.OWN: "Only children whose team you are on, or whose moment you told, took or were asked to go to.",
    Reach.NOBODY: "No child’s page: you set up Holdfast for others.",
}


@dataclass(frozen=True)
class AccountPage:
    name: str
    facts: list[Pair]
    duty: list[DutyCell]
    seen: list[Fact]
    forms: list[FormPart]
    sign_out_url: str


def page(by: Practitioner, user: Any, now: datetime, bound: NewPasswordForm | None = None) -> AccountPage:
    return AccountPage(
        name=by.name,
        facts=facts(by, user, now),
        duty=duty.cells(by, areas_for(by, now), now),
        seen=[Fact(REACHES[REACH[Role(by.role)]], by.get_role_display(), ", the rule for your role")],
        forms=forms(by, user, bound),
        sign_out_url=links.page("sign_out"),
    )


def facts(by: Practitioner, user: Any, now: datetime) -> list[Pair]:
    since = clocks.moment_words(user.last_login, now) if user.last_login else ""
    teams = [membership.team.name for membership in _memberships(by, now)]
    found = [
        Pair("Agency", by.agency.name),
        Pair("Work", words.does(by)),
        Pair("Teams", ", ".join(teams) or "None"),
        Pair("On duty today", my_duty(by, now)),
        Pair("Telephone", shown(by.phone) or "None: nobody can ring you from here"),
        Pair("Letters go to", by.email or "None: you are told here only"),
        Pair("Signed in since", since),
    ]
    return [pair for pair in found if pair.value]


def _memberships(by: Practitioner, now: datetime) -> list[Membership]:
    current = by.memberships.filter(starts_at__lte=now).exclude(ends_at__lte=now)
    return list(current.select_related("team").order_by("team__name"))


def my_duty(by: Practitioner, now: datetime) -> str:
    """Return this person's own turns that touch today.  One SQL query an area."""
    today = words.today(now)
    turns = [
        f"{area.name}, {clocks.wall_time(turn.starts_at)} to {clocks.wall_time(turn.until)}"
        for area in areas_for(by, now)
        for turn in _mine(by, week(by, area, today).days[0][1])
    ]
    return "; ".join(turns) or "No"


def _mine(by: Practitioner, turns: tuple[OnDuty, ...]) -> list[OnDuty]:
    return [turn for turn in turns if turn.practitioner == by]


def forms(by: Practitioner, user: Any, bound: NewPasswordForm | None) -> list[FormPart]:
    found = []
    if by.email:
        letter = FormPart(
            form=TestLetterForm(),
            action=links.page("test_letter"),
            button="Send a letter to me",
            title="Does a letter reach me?",
            lead=f"A letter as you would get at night goes to {by.email}. It names no child.",
            key="letter",
        )
        found.append(letter)
    if user.has_usable_password():
        form = bound or NewPasswordForm(user)
        found.append(
            FormPart(
                form,
                links.page("account"),
                "Use the new password",
                title="Change the password",
                key="password",
            )
        )
    return found
