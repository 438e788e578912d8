"""How does everything start on one machine, stay up, and stop together?"""

import argparse
import os
import subprocess
import sys
import time
from importlib.util import find_spec

from holdfast.commandline import database, migrations, process, set_up
from holdfast.commandline.supervise import Child, answers, keep_running, port_is_free
from holdfast.commandline.worker import LOOPS

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
    environment = {**os.environ, "DATABASE_URL": database.application_url(), "HOLDFAST_SUPERVISED": "1"}
    environment.pop("HOLDFAST_DATABASE_ROLE", None)
    children = [Child("web", ["web", "--port", str(options.port)])]
    children += [Child(loop, ["worker", loop]) for loop, module in LOOPS.items() if find_spec(module)]
    if options.demo:
        environment["HOLDFAST_DEMONSTRATION"] = "1"
        children += _demonstration(environment)
    address = f"http://{HOST}:{options.port}/"

    def when_ready() -> None:
        print(f"Holdfast is at {address} ({time.monotonic() - began:.1f} s). Ctrl-C stops it.", flush=True)

    return keep_running(children, environment, ready=lambda: answers(address), when_ready=when_ready)


def _demonstration(environment: dict[str, str]) -> list[Child]:
    """Fill a new demonstration before anything is served; carry an older one on beside the pages."""
    mark = migrations.demonstration()
    if not mark:
        raise database.NotReady(NOT_A_DEMONSTRATION)
    if find_spec("holdfast.commandline.demonstrate") is None:
        return []
    if mark == migrations.DEMONSTRATION_BUILT:
        return [Child("demonstration", ["demonstrate"], once=True)]
    subprocess.run([sys.executable, "-m", "holdfast.commandline", "demonstrate"], env=environment, check=True)
    migrations.mark(migrations.DEMONSTRATION_BUILT)
    return []
