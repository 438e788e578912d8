"""List, show, mend and replay rows that could not be applied as they were sent."""

import argparse
import csv
import json
import sys
from typing import Any

from holdfast.access.errors import NotAllowed
from holdfast.audit.commands import record as audit
from holdfast.audit.terms import System
from holdfast.commandline.errors import BadUsage
from holdfast.commandline.reading import add_reader, practitioner, reader
from holdfast.feeds import applying, commands
from holdfast.feeds.models import Message
from holdfast.feeds.queries import latest_row, problems, row_of
from holdfast.feeds.tables import table_of
from holdfast.kit.clock import now
from holdfast.people.models import Practitioner

HEADER = ["feed", "file", "row", "field", "code", "reason", "severity"]
WHOLE_FILE = "*"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True)
    listed = acts.add_parser("list", help="every problem, as a table")
    listed.add_argument("--format", choices=["csv", "json"], default="csv")
    shown = acts.add_parser("show", help="one row as sent")
    mended = acts.add_parser("mend", help="put values in place of what was sent")
    for one in (shown, mended):
        one.add_argument("file")
        one.add_argument("row")
    shown.add_argument("--json", action="store_true", help="the row as JSON on standard output")
    for one in (listed, shown):
        add_reader(one)
    mended.add_argument("values", nargs="+", metavar="FIELD=VALUE")
    mended.add_argument("--by", required=True, help="who mends it: a reference or the name they sign in with")
    acts.add_parser("replay", help="apply what has been mended")


def run(options: argparse.Namespace) -> int:
    try:
        return {"list": _list, "show": _show, "mend": _mend, "replay": _replay}[options.act](options)
    except NotAllowed as refused:
        raise BadUsage(f"--by {options.by}: {refused}.") from None


def _list(options: argparse.Namespace) -> int:
    by = reader(options, System.FEEDS)
    lines = ([str(value) for value in line] for line in _problems(by))
    if options.format == "json":
        found = [dict(zip(HEADER, line, strict=True)) for line in lines]
        print(json.dumps(found, indent=1))
        count = len(found)
    else:
        writer, count = csv.writer(sys.stdout, lineterminator="\n"), 0
        writer.writerow(HEADER)
        for count, line in enumerate(lines, 1):  # noqa: B007 - how many there were is told below
            writer.writerow(line)
    audit(by=by, act="quarantine.list", at=now(), note=f"{count} lines")
    return 0


def _problems(by: Practitioner | System) -> Any:
    for problem in problems(by).iterator(chunk_size=2000):
        delivery, severity = problem.message.delivery, "error" if problem.is_error else "warning"
        row, field = problem.message.row, problem.field
        yield delivery.feed.name, delivery.path, row, field, problem.code, problem.reason, severity


def _row(by: Practitioner | System, options: argparse.Namespace) -> Message:
    found = latest_row(by, options.file, options.row)
    if found is None:
        raise BadUsage(f"There is no row {options.row} of a file {options.file}.")
    return found


def _show(options: argparse.Namespace) -> int:
    by = reader(options, System.FEEDS)
    message = _row(by, options)
    cells = {} if message.row == WHOLE_FILE else row_of(message).cells
    wrong = [(problem.field, problem.reason) for problem in message.problems.all()]
    delivery = message.delivery
    audit(by=by, act="quarantine.show", at=now(), about=delivery.ref, note=f"row {message.row}")
    if options.json:
        problems_said = [{"field": field, "reason": reason} for field, reason in wrong]
        said = {"file": delivery.path, "row": message.row, "status": message.status}
        print(json.dumps({**said, "problems": problems_said, "cells": cells}, indent=1))
        return 0
    print(f"{delivery.path} row {message.row}: {message.status}")
    for field, reason in wrong:
        print(f"  {field or 'the row'}: {reason}")
    for name, value in cells.items():
        print(f"  {name} = {value}")
    return 0


def _mend(options: argparse.Namespace) -> int:
    by = practitioner(options.by)
    message = _row(by, options)
    commands.mend(by=by, at=now(), message=message, values=_values(message, options.values))
    _replay(options)
    message.refresh_from_db()
    print(f"{message.delivery.path} row {message.row} is {message.status} now.")
    return 0 if message.status != "quarantined" else 1


def _values(message: Message, given: list[str]) -> dict[str, str]:
    """Return the values by field.  Raises BadUsage for what cannot be mended, and for an unknown field."""
    table = table_of(*message.delivery.feed.name.split("/"))
    if table is None or message.row == WHOLE_FILE:
        raise BadUsage("A whole file cannot be mended here: ask its sender to send it again.")
    fields = [column.name for column in table.columns]
    pairs = [pair.partition("=") for pair in given]
    for name, equals, _ in pairs:
        if not equals or name not in fields:
            raise BadUsage(f"{name}: write FIELD=VALUE, the field being one of {', '.join(fields)}.")
    return {name: value for name, _, value in pairs}


def _replay(options: argparse.Namespace) -> int:
    count = applying.apply_waiting(by=System.FEEDS, at=now())
    print(f"{count} rows applied again or looked at again.")
    return 0
