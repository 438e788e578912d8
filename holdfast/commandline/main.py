"""Which commands does `holdfast` have?  The table below is the list; each is a small module beside it.

A command's module has `add_arguments(parser)` and `run(options) -> int`, the exit status: 0 all went
well, 1 the work failed, 2 bad usage.  It is imported only when it is chosen, after Django is ready.
"""

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

import psycopg
from django.db.utils import OperationalError

from holdfast import __version__
from holdfast.commandline import database
from holdfast.commandline.errors import BadUsage
from holdfast.kit.embedded_postgres import EmbeddedPostgresError

FAILED, BAD_USAGE = 1, 2


@dataclass(frozen=True)
class Command:
    name: str
    help: str
    # As whom the command meets the database; NO_DATABASE: it looks after that itself or needs none.
    role: str
    passes_on: bool = False  # whatever follows belongs to another program

    @property
    def module(self) -> str:
        return f"holdfast.commandline.{self.name.replace('-', '_')}"


NO_DATABASE, APPLICATION, OWNER = "", "application", "owner"

COMMANDS = [
    Command("run", "start everything here: database, pages and workers", OWNER),
    Command("set-up", "make the database, or bring it up to date", OWNER),
    Command("check", "is this installation fit to be used?", APPLICATION),
    Command("web", "serve the pages", NO_DATABASE),
    Command("worker", "tell people, and take in what agencies send", NO_DATABASE),
    Command("first-administrator", "make the first user of a real installation", APPLICATION),
    Command("replay", "apply a folder of agencies' drops in the order in which they reached us", APPLICATION),
    Command("export", "write rows, moments, links or people as a table", APPLICATION),
    Command("quarantine", "list, show, mend and replay rows that could not be applied", APPLICATION),
    Command("feed-key", "make, list, stop or sweep a key of an agency's system", APPLICATION),
    Command("match", "whom would this record be linked to? changes nothing", APPLICATION),
    Command("linkage", "learn a model that tells who is who, try it, and put it to use", APPLICATION),
    Command("demonstrate", "carry a demonstration on to now", APPLICATION),
    Command("psql", "talk SQL to the database, as the application", APPLICATION, passes_on=True),
    Command("manage", "run one of Django's own commands, as the owner of the tables", OWNER, passes_on=True),
]


def main(arguments: Sequence[str] | None = None) -> int:
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    chosen = next((command for command in COMMANDS if arguments[:1] == [command.name]), None)
    try:
        if chosen is None:
            _parser().parse_args(arguments or ["--help"])
            return BAD_USAGE
        status = _run(chosen, _load(chosen), arguments)
        sys.stdout.flush()  # here, not when Python ends: a reader may have gone away
        return status
    except (EmbeddedPostgresError, database.NotReady) as error:
        print(error, file=sys.stderr)
        return FAILED
    except (OperationalError, psycopg.Error) as error:
        print(f"The database cannot be used: {str(error).strip()}", file=sys.stderr)
        print("It is the one that DATABASE_URL names, or else the one in HOLDFAST_DATA.", file=sys.stderr)
        return FAILED
    except BadUsage as problem:
        print(f"holdfast {arguments[0]}: {problem}", file=sys.stderr)
        return BAD_USAGE
    except BrokenPipeError:
        # Whoever read our output went away, as `head` does; Python must not complain of it at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except KeyboardInterrupt:
        return FAILED


def _load(chosen: Command) -> ModuleType:
    if find_spec(chosen.module) is None:
        raise database.NotReady(f"holdfast {chosen.name} is not part of this version.")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "holdfast.settings")
    if chosen.role:
        os.environ["HOLDFAST_DATABASE_ROLE"] = chosen.role
        import_module("django").setup()
    return import_module(chosen.module)


def _parser(chosen: Command | None = None, module: ModuleType | None = None) -> argparse.ArgumentParser:
    """Return a parser that knows every command's name, and the arguments of the chosen one."""
    parser = argparse.ArgumentParser(prog="holdfast", epilog="HOLDFAST_DATA names the folder of all state.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for command in COMMANDS:
        one = commands.add_parser(command.name, help=command.help, description=command.help)
        if command is chosen and module:
            module.add_arguments(one)
    return parser


def _run(chosen: Command, module: ModuleType, arguments: list[str]) -> int:
    if chosen.passes_on:
        options = argparse.Namespace(arguments=arguments[1:])
    else:
        options = _parser(chosen, module).parse_args(arguments)
    # Told to end, we let go of what we hold: the server stops, and a process we wait for is not left behind.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(FAILED))
    if not chosen.role:
        return int(module.run(options))
    with database.running(migrated=chosen.role == APPLICATION):
        return int(module.run(options))
