"""How does a maintainer look into the database?"""

import argparse
import os

from holdfast.commandline import database
from holdfast.kit.embedded_postgres import find_binaries


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="passed to psql as they are")


def run(options: argparse.Namespace) -> int:
    command = [str(find_binaries() / "psql"), database.application_url(), *options.arguments]
    return os.spawnv(os.P_WAIT, command[0], command)
