"""Which loops run beside the pages?  The alert path has a process to itself: nothing may delay it."""

import argparse
import sys
from importlib import import_module
from importlib.util import find_spec

from holdfast.commandline import process

# Each loop's module has `run_forever()`, which returns only when the process is told to end.
LOOPS = {"alerts": "holdfast.paging.worker", "feeds": "holdfast.feeds.worker"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("loop", choices=LOOPS)


def run(options: argparse.Namespace) -> int:
    process.begin()
    import_module("django").setup()
    module = LOOPS[options.loop]
    if find_spec(module) is None:
        print(f"{module} is not part of this version.", file=sys.stderr)
        return 2
    import_module(module).run_forever()
    return 0
