"""Make the demonstration, or carry it on to now."""

import argparse
import sys
import time

from django.conf import settings

from holdfast.demonstration import mark
from holdfast.demonstration.apply import CannotContinue, build
from holdfast.demonstration.hurry import hurrying
from holdfast.kit.clock import now

REFUSED = "This database was not made by --demo: nothing invented goes into it."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments: the story begins ninety days before now and ends at now."""


def run(options: argparse.Namespace) -> int:
    if not mark.read():
        print(REFUSED, file=sys.stderr)
        return 2
    began = time.monotonic()
    try:
        with hurrying():
            steps = build(settings.DATA / "demonstration", now(), _say)
    except CannotContinue as error:
        print(error, file=sys.stderr)
        return 1
    print(f"The demonstration is up to now: {steps} steps ({time.monotonic() - began:.1f} s).")
    return 0


def _say(done: int, steps: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done} of {steps} steps", end="\n" if done == steps else "", file=sys.stderr, flush=True)
