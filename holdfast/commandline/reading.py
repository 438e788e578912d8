"""For whom does a command read what is known of people?  Every such command says so in the audit."""

import argparse

from holdfast.audit.terms import System
from holdfast.commandline.errors import BadUsage
from holdfast.people.models import Practitioner

HELP = (
    "who asks: a practitioner's reference or the name they sign in with; left out, whoever keeps this machine"
)


def add_reader(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--by", metavar="PRACTITIONER", help=HELP)


def reader(options: argparse.Namespace, otherwise: System) -> Practitioner | System:
    """Return who asks.  Raises BadUsage for a name that nobody here has."""
    if not options.by:
        return otherwise
    return practitioner(options.by)


def practitioner(named: str) -> Practitioner:
    """Return the practitioner of this reference or sign-in name.  Raises BadUsage if there is none."""
    found = Practitioner.objects.filter(left_at=None)
    one = found.filter(ref=named).first() or found.filter(user__username=named).first()
    if one is None:
        raise BadUsage(f"--by {named}: nobody here has that reference or signs in by that name.")
    return one
