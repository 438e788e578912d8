"""How does everything start on one machine, stay up, and stop together?"""

import argparse
import os
import time
from importlib.util import find_spec

from holdfast.commandline import database, process, set_up
from holdfast.commandline.supervise import Child, answers, keep_running, port_is_free
from holdfast.commandline.worker import LOOPS
from holdfast.demonstration import mark
from holdfast.demonstration.queries import first_visit

HOST = "127.0.0.1"
DEFAULT_PORT = 8000

NOT_A_DEMONSTRATION = (
    "This database was not made by --demo, so nobody may be chosen from a list to sign in as. Name another"
    " folder in HOLDFAST_DATA, or start without --demo."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--demo", action="store_true", help="with an invented partnership to try")
    parser.add_argument("--port", type=int, default=int(os.environ.get("HOLDFAST_PORT", DEFAULT_PORT)))


def run(options: argparse.Namespace) -> int:
    began = time.monotonic()
    if not port_is_free(HOST, options.port):
        raise database.NotReady(f"Port {options.port} is in use: choose another with --port.")
    process.require_reach()
    set_up.prepare(demo=options.demo)
    environment = process.environment()
    children = _children(options, environment)
    address = f"http://{HOST}:{options.port}/"

    def when_ready() -> None:
        print(f"Holdfast is at {address} ({time.monotonic() - began:.1f} s). Ctrl-C stops it.", flush=True)

    return keep_running(children, environment, ready=lambda: answers(address), when_ready=when_ready)


def _children(options: argparse.Namespace, environment: dict[str, str]) -> list[Child]:
    """The pages at once; those who tell people only when there is a whole story to tell of."""
    web = Child("web", ["web", "--port", str(options.port)])
    loops = [Child(loop, ["worker", loop]) for loop, module in LOOPS.items() if find_spec(module)]
    if not options.demo:
        return [web, *loops]
    if not mark.read():
        raise database.NotReady(NOT_A_DEMONSTRATION)
    first = first_visit()
    is_new = first is None or not first.is_told
    demonstration = Child("demonstration", ["demonstrate"], once=True)
    environment["HOLDFAST_DEMONSTRATION"] = "being made" if is_new else "1"
    for loop in loops:
        loop.after = demonstration if is_new else None
    return [web, demonstration, *loops]
