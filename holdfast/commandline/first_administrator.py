"""Make the first user of a real installation: an agency, and somebody who can set up all the rest."""

import argparse
import getpass
import sys
from pathlib import Path

from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from holdfast.access import set_up
from holdfast.access.errors import CannotBeSet
from holdfast.audit.terms import System
from holdfast.kit.clock import now
from holdfast.people.models import Agency, Practitioner, Team
from holdfast.people.terms import AgencyKind, Role

OFFICE = "Partnership office"
THERE_IS_ONE = "There is an administrator already: they add people under Settings."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--name", help="who it is; asked for if left out")
    parser.add_argument("--username", help="the name to sign in with; asked for if left out")
    parser.add_argument("--agency", default=OFFICE, help=f"where they work (default: {OFFICE})")
    parser.add_argument("--email", default="", help="where critical moments could be told to them")
    parser.add_argument(
        "--password-file", type=Path, help="a file whose first line is the password; else it is asked for"
    )


def run(options: argparse.Namespace) -> int:
    if Practitioner.objects.filter(role=Role.ADMINISTRATOR).exists():
        print(THERE_IS_ONE, file=sys.stderr)
        return 1
    try:
        name = _answer(options.name, "Name: ")
        username = _answer(options.username, "Name to sign in with: ")
        password = _password(options.password_file, username)
        with transaction.atomic():
            made = _make(options, name, username, password)
    except (CannotBeSet, OSError, EOFError) as problem:
        print(problem or "Nothing was typed: no one was made.", file=sys.stderr)
        return 1
    print(f"{made.name} can sign in as {username}. Everything else is under Settings.")
    return 0


def _answer(given: str | None, asked: str) -> str:
    answer = (input(asked) if given is None else given).strip()
    if not answer:
        raise CannotBeSet(f"{asked.rstrip(': ')} is missing: no one was made.")
    return answer


def _password(path: Path | None, username: str) -> str:
    """Return a password that is long enough and not among the common ones."""
    if path:
        password = path.read_text(encoding="utf-8").split("\n", 1)[0].rstrip("\r")
    else:
        password = getpass.getpass("Password: ")
        if getpass.getpass("The same again: ") != password:
            raise CannotBeSet("The two passwords are not the same: no one was made.")
    try:
        validate_password(password, User(username=username))
    except ValidationError as problem:
        raise CannotBeSet(" ".join(problem.messages)) from None
    return password


def _make(options: argparse.Namespace, name: str, username: str, password: str) -> Practitioner:
    by, at = System.SET_UP, now()
    agency = Agency.objects.filter(name__iexact=options.agency).first()
    agency = agency or set_up.add_agency(by=by, at=at, name=options.agency, kind=AgencyKind.PARTNERSHIP)
    team = Team.objects.filter(agency=agency).first()
    team = team or set_up.add_team(by=by, at=at, agency=agency, name=options.agency)
    made = set_up.add_person(
        by=by,
        at=at,
        name=name,
        role=Role.ADMINISTRATOR,
        agency=agency,
        team=team,
        username=username,
        email=options.email,
    )
    set_up.set_own_password(by=made, at=at, password=password)
    return made
