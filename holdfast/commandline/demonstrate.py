"""Make the demonstration, or carry it on to now."""

import argparse
import sys
import time

from django.conf import settings

from holdfast.commandline import migrations
from holdfast.demonstration.apply import build
from holdfast.kit.clock import now

REFUSED = "This database was not made by --demo: nothing invented goes into it."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments: the story begins ninety days before now and ends at now."""


def run(options: argparse.Namespace) -> int:
    if not migrations.demonstration():
        print(REFUSED, file=sys.stderr)
        return 2
    began = time.monotonic()
    files = build(settings.DATA / "demonstration", now(), lambda words: print(words, end="", flush=True))
    print(f"\nThe demonstration is up to now: {files} files ({time.monotonic() - began:.1f} s).")
    return 0
