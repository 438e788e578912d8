"""Is this installation fit to be used?  Each answer is a sentence; any fault makes the exit status 1."""

import argparse
import json
import os
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.core.checks import WARNING, run_checks
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from holdfast.audit.terms import System
from holdfast.commandline import migrations
from holdfast.demonstration import mark
from holdfast.kit.clock import LONDON
from holdfast.people.models import Area
from holdfast.rota import queries as rota

OLDEST_POSTGRESQL = 150000  # the oldest that the tests run on
CLOCKS_MAY_DIFFER = timedelta(seconds=2)  # our choice: alert times are told to the second
DURABLE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="machine-readable answers")


def run(options: argparse.Namespace) -> int:
    faults = {name: _answered(answer) for name, answer in CHECKS.items()}
    if options.json:
        print(json.dumps(faults, indent=2))
    else:
        for name, fault in faults.items():
            print(f"{'FAULT' if fault else 'ok   '}  {name}{': ' if fault else ''}{fault}")
    return 1 if any(faults.values()) else 0


def _answered(answer: Callable[[], str]) -> str:
    """Return the answer; a question that cannot be asked, for want of a table, is a fault by itself."""
    try:
        with transaction.atomic():
            return answer()
    except ProgrammingError as error:
        return str(error).partition("\n")[0]


def _one(statement: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return str(cursor.fetchone()[0])


def _settings() -> str:
    return "; ".join(found.msg for found in run_checks() if found.level >= WARNING)


def _version() -> str:
    version = connection.pg_version  # type: ignore[attr-defined]
    return "" if version >= OLDEST_POSTGRESQL else f"PostgreSQL {version} is older than 15"


def _up_to_date() -> str:
    number = migrations.pending()
    return f"still to be applied: {number} (holdfast set-up)" if number else ""


def _durability() -> str:
    found = {name: _one(f"SHOW {name}") for name in DURABLE}
    return ", ".join(f"{name} is {value}" for name, value in found.items() if value != DURABLE[name])


def _role() -> str:
    powerful = _one("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
    owned = _one("SELECT count(*) FROM pg_tables WHERE tableowner = current_user")
    if powerful == "True":
        return "the application's role is a superuser or passes by the policies"
    return f"the application's role owns {owned} tables" if owned != "0" else ""


def _clocks() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        apart = abs(cursor.fetchone()[0] - timezone.now())
    return (
        f"the database's clock is {apart.total_seconds():.1f} s from ours"
        if apart > CLOCKS_MAY_DIFFER
        else ""
    )


def _secret_key() -> str:
    kept = "HOLDFAST_SECRET_KEY" in os.environ or os.access(settings.DATA / "secret-key", os.R_OK)
    return "" if kept else "HOLDFAST_SECRET_KEY is not set: every restart signs everyone out"


def _letters() -> str:
    sent = settings.EMAIL_HOST or mark.read()
    return "" if sent else "HOLDFAST_SMTP_HOST names no mail server: letters stay in a folder, unsent"


def _rota() -> str:
    """Name the areas whose rota leaves hours of the coming week to nobody."""
    areas, at = Area.objects.filter(is_partner=True), timezone.now()
    if not areas:
        return "no partner area is set up: there is nobody to tell"
    weeks = rota.weeks(System.SET_UP, areas, at.astimezone(LONDON).date())
    found = {area.name: [gap for gap in weeks[area.pk].gaps if gap[1] > at] for area in areas}
    return "; ".join(
        f"{name}: nobody is on from {max(gaps[0][0], at).astimezone(LONDON):%A %d %B %H:%M}"
        + (f" (the first of {len(gaps)} gaps within a week)" if len(gaps) > 1 else "")
        for name, gaps in found.items()
        if gaps
    )


def _demonstration() -> str:
    allowed = mark.read() or not settings.DEMONSTRATION
    return "" if allowed else "people may be chosen from a list on a database that is no demonstration"


CHECKS: dict[str, Callable[[], str]] = {
    "settings": _settings,
    "PostgreSQL's version": _version,
    "migrations": _up_to_date,
    "durability": _durability,
    "the application's role": _role,
    "clocks": _clocks,
    "secret key": _secret_key,
    "letters": _letters,
    "rota": _rota,
    "demonstration sign-in": _demonstration,
}
