"""Which loops run beside the pages?  The alert path has a process to itself: nothing may delay it."""

import argparse
from importlib import import_module

from holdfast.commandline import process
from holdfast.commandline.supervise import Child

# Each loop's module has `run_forever()`, which returns only when the process is told to end.
LOOPS = {"alerts": "holdfast.paging.worker", "feeds": "holdfast.feeds.worker"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "loop", nargs="?", choices=LOOPS, help="left out: all of them, each in a process of its own"
    )


def run(options: argparse.Namespace) -> int:
    if options.loop is None or process.is_alone():
        return _beside_a_database([options.loop] if options.loop else list(LOOPS))
    process.begin()
    import_module("django").setup()
    import_module(LOOPS[options.loop]).run_forever()
    return 0


def _beside_a_database(loops: list[str]) -> int:
    children = [Child(loop, ["worker", loop]) for loop in loops]

    def when_ready() -> None:
        print(f"At work: {', '.join(loops)}. Ctrl-C stops it.", flush=True)

    return process.keep_beside_a_database(children, lambda: True, when_ready)
