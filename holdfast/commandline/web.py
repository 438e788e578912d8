"""How are the pages served?"""

import argparse
import os
import sys

from holdfast.commandline import process

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
    process.begin()
    bind = f"--bind={options.host}:{options.port}"
    command = [sys.executable, "-m", "gunicorn", *ARGUMENTS, bind, "holdfast.wsgi:application"]
    os.execv(sys.executable, command)
