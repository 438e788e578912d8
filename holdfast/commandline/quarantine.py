"""List, show, mend and replay rows that could not be applied as they were sent."""

import argparse
import csv
import sys

from holdfast.audit.terms import System
from holdfast.feeds import applying, commands
from holdfast.feeds.queries import latest_row, problems
from holdfast.kit.clock import now
from holdfast.people.models import Practitioner

HEADER = ["feed", "file", "row", "field", "code", "reason", "severity"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True)
    acts.add_parser("list", help="every problem, as a table").add_argument(
        "--format", choices=["csv"], default="csv"
    )
    for name, help_text in (("show", "one row as sent"), ("mend", "put values in place of what was sent")):
        one = acts.add_parser(name, help=help_text)
        one.add_argument("file")
        one.add_argument("row")
        if name == "mend":
            one.add_argument("values", nargs="+", metavar="FIELD=VALUE")
            one.add_argument("--by", required=True, help="the practitioner's reference: who mends it")
    acts.add_parser("replay", help="apply what has been mended")


def run(options: argparse.Namespace) -> int:
    return {"list": _list, "show": _show, "mend": _mend, "replay": _replay}[options.act](options)


def _list(options: argparse.Namespace) -> int:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(HEADER)
    for problem in problems(System.FEEDS).iterator(chunk_size=2000):
        delivery = problem.message.delivery
        severity = "error" if problem.is_error else "warning"
        writer.writerow(
            [
                delivery.feed.name,
                delivery.path,
                problem.message.row,
                problem.field,
                problem.code,
                problem.reason,
                severity,
            ]
        )
    return 0


def _show(options: argparse.Namespace) -> int:
    message = latest_row(System.FEEDS, options.file, options.row)
    if message is None:
        print(f"No row {options.row} of {options.file}", file=sys.stderr)
        return 1
    print(f"{message.delivery.path} row {message.row}: {message.status}")
    for problem in message.problems.all():
        print(f"  {problem.field or 'the row'}: {problem.reason}")
    if message.row != "*":
        for name, value in commands.row_of(message).cells.items():
            print(f"  {name} = {value}")
    return 0


def _mend(options: argparse.Namespace) -> int:
    message = latest_row(System.FEEDS, options.file, options.row)
    by = Practitioner.objects.filter(ref=options.by).first()
    if message is None or by is None:
        print(
            f"No practitioner {options.by}" if message else f"No row {options.row} of {options.file}",
            file=sys.stderr,
        )
        return 1
    values = dict(pair.split("=", 1) for pair in options.values)
    commands.mend(by=by, at=now(), message=message, values=values)
    return _replay(options)


def _replay(options: argparse.Namespace) -> int:
    count = applying.apply_waiting(by=System.FEEDS, at=now())
    print(f"{count} rows applied again or looked at again.")
    return 0
