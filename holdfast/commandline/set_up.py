"""How is the database made, or brought up to date?"""

import argparse

from holdfast.commandline import migrations
from holdfast.demonstration import mark


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--demo", action="store_true", help="let a new database hold a demonstration")


def run(options: argparse.Namespace) -> int:
    applied = prepare(demo=options.demo)
    print(f"The database is up to date: {applied} migrations applied.")
    return 0


def prepare(*, demo: bool) -> int:
    """Migrate, and mark a database that is new as a demonstration's; return how many migrations ran."""
    new = migrations.is_new()
    applied = migrations.apply()
    if demo and new:
        mark.write()
    return applied
