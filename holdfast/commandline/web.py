"""How are the pages served?"""

import argparse
import os
import sys

from holdfast.commandline import process
from holdfast.commandline.database import NotReady
from holdfast.commandline.supervise import Child, answers, port_is_free

PROCESSES, THREADS = 2, 4  # the fastest of those measured for pages made on two cores

ARGUMENTS = [
    "--worker-class=gthread",
    f"--workers={PROCESSES}",
    f"--threads={THREADS}",
    "--preload",
    "--no-control-socket",
    "--worker-tmp-dir=/dev/shm",
    "--graceful-timeout=8",
    "--log-level=warning",
]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)


def run(options: argparse.Namespace) -> int:
    if not port_is_free(options.host, options.port):
        raise NotReady(f"Port {options.port} of {options.host} is in use: choose another with --port.")
    if process.is_alone():
        return _beside_a_database(options)
    process.begin()
    bind = f"--bind={options.host}:{options.port}"
    command = [sys.executable, "-m", "gunicorn", *ARGUMENTS, bind, "holdfast.wsgi:application"]
    os.execv(sys.executable, command)


def _beside_a_database(options: argparse.Namespace) -> int:
    address = f"http://{options.host}:{options.port}/"
    child = Child("web", ["web", "--host", options.host, "--port", str(options.port)])

    def when_ready() -> None:
        print(f"Holdfast's pages are at {address}. Ctrl-C stops them.", flush=True)

    return process.keep_beside_a_database([child], lambda: answers(address), when_ready)
