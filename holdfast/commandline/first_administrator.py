"""Make the first user of a real installation: an agency, and somebody who can set up all the rest."""

import argparse
import getpass
import sys
from collections.abc import Callable
from pathlib import Path

from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from holdfast.access import set_up
from holdfast.access.errors import CannotBeSet
from holdfast.audit.terms import System
from holdfast.kit.clock import now
from holdfast.people.models import Agency, Practitioner, Team
from holdfast.people.terms import AgencyKind, Role

OFFICE = "Partnership office"
THERE_IS_ONE = "There is an administrator already: they add people under Settings."
NO_TERMINAL = "Nobody is there to be asked. Give --name, --username and --password-file."
NOT_THE_SAME = "The two are not the same."
TRIES = 3  # passwords typed before we give up, our choice
LONGEST_NAME, LONGEST_PASSWORD = 120, 4096  # characters
FAILED, BAD_USAGE = 1, 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--name", type=_name, help="who it is; asked for if left out")
    parser.add_argument("--username", type=_username, help="the name to sign in with; asked for if left out")
    parser.add_argument("--agency", type=_name, default=OFFICE, help=f"where they work (default: {OFFICE})")
    parser.add_argument(
        "--email", type=_email, default="", help="where critical moments could be told to them"
    )
    parser.add_argument(
        "--password-file", type=Path, help="a file whose first line is the password; else it is asked for"
    )


def run(options: argparse.Namespace) -> int:
    if Practitioner.objects.filter(role=Role.ADMINISTRATOR).exists():
        return _no_one(THERE_IS_ONE, FAILED)
    is_asking = None in (options.name, options.username, options.password_file)
    if is_asking and not sys.stdin.isatty():
        return _no_one(NO_TERMINAL, BAD_USAGE)
    try:
        name = options.name or _asked("Name: ", _name)
        username = options.username or _asked("Name to sign in with: ", _username)
        password = _password(options.password_file, username)
        with transaction.atomic():
            made = _make(options, name, username, password)
    except (CannotBeSet, OSError, UnicodeDecodeError) as problem:
        return _no_one(str(problem), FAILED)
    except EOFError:
        return _no_one("", FAILED)
    print(f"{made.name} can sign in as {username}. Everything else is under Settings.")
    return 0


def _no_one(why: str, status: int) -> int:
    print(f"{why} No one was made.".strip(), file=sys.stderr)
    return status


def _name(text: str) -> str:
    if not text.strip() or len(text) > LONGEST_NAME:
        raise argparse.ArgumentTypeError(f"1 to {LONGEST_NAME} characters")
    return text.strip()


def _username(text: str) -> str:
    if not set_up.USERNAME.fullmatch(text.strip()):
        raise argparse.ArgumentTypeError(set_up.USERNAME_SAID)
    return text.strip()


def _email(text: str) -> str:
    try:
        if text:
            validate_email(text)
    except ValidationError as problem:
        raise argparse.ArgumentTypeError(problem.messages[0]) from None
    return text


def _asked(question: str, read: Callable[[str], str]) -> str:
    """Ask until the answer will do."""
    while True:
        try:
            return read(input(question))
        except argparse.ArgumentTypeError as problem:
            print(f"That will not do: {problem}.", file=sys.stderr)


def _password(path: Path | None, username: str) -> str:
    """Return a password that is long enough and not among the common ones."""
    if path:
        with path.open(encoding="utf-8") as lines:
            password = lines.readline(LONGEST_PASSWORD).rstrip("\r\n")
        if why := _weakness(password, username):
            raise CannotBeSet(why)
        return password
    for _ in range(TRIES):
        password = getpass.getpass("Password: ")
        why = _weakness(password, username)
        if not why and getpass.getpass("The same again: ") == password:
            return password
        print(why or NOT_THE_SAME, file=sys.stderr)
    raise CannotBeSet(f"{TRIES} passwords would not do.")


def _weakness(password: str, username: str) -> str:
    """Return what is wrong with a password; nothing if it will do."""
    if password.casefold() == username.casefold():
        return "This password is the name to sign in with."
    try:
        validate_password(password, User(username=username))
    except ValidationError as problem:
        return " ".join(problem.messages)
    return ""


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
