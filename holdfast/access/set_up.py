"""Set a partnership up: areas, agencies, teams, the people who work in them, and how they sign in.

Nothing is deleted: a team is left, a person leaves and may come back.  Every change is written down.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.db.models import Model, Q, QuerySet

from holdfast.access.errors import CannotBeSet
from holdfast.access.queries import require_duty
from holdfast.access.terms import Duty
from holdfast.audit.commands import record as audit
from holdfast.audit.terms import System
from holdfast.kit.transactions import atomic
from holdfast.people import agencies
from holdfast.people.models import Agency, Area, Membership, Practitioner, Team
from holdfast.people.terms import AgencyKind, Role

Actor = Practitioner | System
LAST_ADMINISTRATOR = "Nobody else could set Holdfast up. Make somebody else an administrator first."
# Our choice: short enough to type on a phone, without anything that looks like a space.
USERNAME = re.compile(r"[\w.@+-]{3,60}")
USERNAME_SAID = "3 to 60 letters, figures and . @ + - _ without spaces"


def _require(by: Actor) -> None:
    if not isinstance(by, System):
        require_duty(by, Duty.SET_UP)


def _refuse_same(found: QuerySet[Any], what: str, but: Model | None = None) -> None:
    if found.exclude(pk=but.pk if but else None).exists():
        raise CannotBeSet(f"There is {what} of this name already", "name")


def _check_username(username: str, but: User | None = None) -> None:
    if not USERNAME.fullmatch(username):
        raise CannotBeSet(f"A name to sign in with has {USERNAME_SAID}", "username")
    held = User.objects.filter(username__iexact=username).first()
    if held and held != but:
        raise CannotBeSet("Somebody signs in with this name already", "username")


def _change(by: Actor, at: datetime, row: Any, act: str, given: Mapping[str, Any], about: str) -> None:
    """Keep what differs, and write down which answers changed, never what they were."""
    changed = {name: value for name, value in given.items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    if changed:
        row.save(update_fields=list(changed))
        audit(by=by, act=act, at=at, about=about, note=", ".join(sorted(changed)))


# --- Areas ---------------------------------------------------------------------------------------


@atomic
def add_area(
    *, by: Actor, at: datetime, code: str, name: str, gss_code: str = "", is_partner: bool = True
) -> Area:
    _require(by)
    if Area.objects.filter(code=code).exists():
        raise CannotBeSet("There is an area with this code already", "code")
    _refuse_same(Area.objects.filter(name__iexact=name), "an area")
    made = Area.objects.create(code=code, name=name, gss_code=gss_code, is_partner=is_partner)
    audit(by=by, act="set_up.add_area", at=at, about=made.code)
    return made


@atomic
def change_area(*, by: Actor, at: datetime, area: Area, name: str, gss_code: str, is_partner: bool) -> None:
    _require(by)
    _refuse_same(Area.objects.filter(name__iexact=name), "an area", but=area)
    given = {"name": name, "gss_code": gss_code, "is_partner": is_partner}
    _change(by, at, area, "set_up.change_area", given, area.code)


# --- Agencies and teams --------------------------------------------------------------------------


@atomic
def add_agency(*, by: Actor, at: datetime, name: str, kind: AgencyKind, duty_phone: str = "") -> Agency:
    _require(by)
    _refuse_same(Agency.objects.filter(name__iexact=name), "an agency")
    return agencies.add_agency(by=by, at=at, name=name, kind=kind, duty_phone=duty_phone)


@atomic
def change_agency(
    *, by: Actor, at: datetime, agency: Agency, name: str, kind: AgencyKind, duty_phone: str
) -> None:
    _require(by)
    _refuse_same(Agency.objects.filter(name__iexact=name), "an agency", but=agency)
    given = {"name": name, "kind": str(kind), "duty_phone": duty_phone}
    _change(by, at, agency, "set_up.change_agency", given, agency.ref)


@atomic
def add_team(*, by: Actor, at: datetime, agency: Agency, name: str, area: Area | None = None) -> Team:
    _require(by)
    _refuse_same(Team.objects.filter(agency=agency, name__iexact=name), "a team of this agency")
    return agencies.add_team(by=by, at=at, agency=agency, name=name, area=area)


@atomic
def change_team(*, by: Actor, at: datetime, team: Team, name: str, area: Area | None) -> None:
    """Change what a team is called or where it works; what its people may see follows at once."""
    _require(by)
    same = Team.objects.filter(agency=team.agency, name__iexact=name)
    _refuse_same(same, "a team of this agency", but=team)
    _change(by, at, team, "set_up.change_team", {"name": name, "area": area}, team.ref)


# --- People --------------------------------------------------------------------------------------


@atomic
def add_person(
    *,
    by: Actor,
    at: datetime,
    name: str,
    role: Role,
    agency: Agency,
    team: Team,
    username: str,
    job_title: str = "",
    phone: str = "",
    email: str = "",
) -> Practitioner:
    """Add somebody who works here; they cannot sign in until they have set a password."""
    _require(by)
    if team.agency_id != agency.pk:
        raise CannotBeSet("This team belongs to another agency", "team")
    _check_username(username)
    user = User(username=username, email=email)
    user.set_unusable_password()
    user.save()
    return agencies.add_practitioner(
        by=by,
        at=at,
        name=name,
        role=role,
        agency=agency,
        team=team,
        job_title=job_title,
        phone=phone,
        email=email,
        user=user,
    )


@atomic
def change_person(
    *,
    by: Actor,
    at: datetime,
    practitioner: Practitioner,
    name: str,
    role: Role,
    agency: Agency,
    job_title: str,
    phone: str,
    email: str,
) -> None:
    """Change what somebody does here; what they may see follows at once."""
    _require(by)
    if practitioner.role == Role.ADMINISTRATOR and role != Role.ADMINISTRATOR:
        _keep_an_administrator(practitioner, at)
    given = {
        "name": name,
        "role": str(role),
        "agency": agency,
        "job_title": job_title,
        "phone": phone,
        "email": email,
    }
    _change(by, at, practitioner, "set_up.change_person", given, practitioner.ref)


def _keep_an_administrator(leaves: Practitioner, at: datetime) -> None:
    here = Practitioner.objects.filter(Q(left_at=None) | Q(left_at__gt=at), role=Role.ADMINISTRATOR)
    if not here.exclude(pk=leaves.pk).filter(user__is_active=True).exists():
        raise CannotBeSet(LAST_ADMINISTRATOR, "role")


@atomic
def let_leave(*, by: Actor, at: datetime, practitioner: Practitioner) -> None:
    """End somebody's work here: they can neither sign in nor be told of anything from now on."""
    _require(by)
    if practitioner.role == Role.ADMINISTRATOR:
        _keep_an_administrator(practitioner, at)
    practitioner.left_at = at
    practitioner.save(update_fields=["left_at"])
    User.objects.filter(practitioner=practitioner).update(is_active=False)
    audit(by=by, act="set_up.let_leave", at=at, about=practitioner.ref)


@atomic
def let_return(*, by: Actor, at: datetime, practitioner: Practitioner) -> None:
    """Let somebody who left work here again, in the teams in which they were."""
    _require(by)
    practitioner.left_at = None
    practitioner.save(update_fields=["left_at"])
    User.objects.filter(practitioner=practitioner).update(is_active=True)
    audit(by=by, act="set_up.let_return", at=at, about=practitioner.ref)


@atomic
def put_in_team(*, by: Actor, at: datetime, practitioner: Practitioner, team: Team) -> Membership:
    _require(by)
    held = Membership.objects.filter(practitioner=practitioner, team=team, ends_at=None).first()
    if held:
        raise CannotBeSet(f"{practitioner.name} is in this team already", "team")
    made = Membership.objects.create(practitioner=practitioner, team=team, starts_at=at)
    audit(by=by, act="set_up.put_in_team", at=at, about=practitioner.ref, note=team.ref)
    return made


@atomic
def take_from_team(*, by: Actor, at: datetime, membership: Membership) -> None:
    """End somebody's time in a team; the next query already knows."""
    _require(by)
    if membership.starts_at >= at:
        membership.delete()
    else:
        membership.ends_at = at
        membership.save(update_fields=["ends_at"])
    note = membership.team.ref
    audit(by=by, act="set_up.take_from_team", at=at, about=membership.practitioner.ref, note=note)


@atomic
def give_password_token(*, by: Actor, at: datetime, practitioner: Practitioner) -> tuple[str, str]:
    """Return the user's key and a token with which a password can be set once, within three days."""
    _require(by)
    user = practitioner.user
    if user is None:
        raise CannotBeSet(f"{practitioner.name} has no name to sign in with")
    audit(by=by, act="set_up.give_password_token", at=at, about=practitioner.ref)
    return str(user.pk), default_token_generator.make_token(user)


@atomic
def give_username(*, by: Actor, at: datetime, practitioner: Practitioner, username: str) -> None:
    """Give somebody a name to sign in with, or another one."""
    _require(by)
    user = practitioner.user or User(is_active=practitioner.left_at is None)
    _check_username(username, but=user)
    if user.pk is None:
        user.set_unusable_password()
    user.username = username
    user.save()
    if practitioner.user_id != user.pk:
        practitioner.user = user
        practitioner.save(update_fields=["user"])
    audit(by=by, act="set_up.give_username", at=at, about=practitioner.ref)


@atomic
def set_own_password(*, by: Practitioner, at: datetime, password: str) -> None:
    """Set the password with which somebody signs in; links made before no longer work."""
    user = by.user
    if user is None:
        raise CannotBeSet(f"{by.name} has no name to sign in with")
    user.set_password(password)
    user.save(update_fields=["password"])
    audit(by=by, act="set_up.set_password", at=at, about=by.ref)
