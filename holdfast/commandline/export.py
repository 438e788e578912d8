"""Write rows, moments, links or people as a table on standard output."""

import argparse
import csv
import sys
from collections.abc import Callable, Iterator
from datetime import datetime

from holdfast.audit.commands import record as audit
from holdfast.audit.terms import System
from holdfast.feeds.queries import every_row
from holdfast.kit.clock import LONDON, now
from holdfast.moments.queries import every_moment
from holdfast.people.models import Record

Table = tuple[list[str], Callable[[], Iterator[list[str]]]]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=sorted(TABLES))
    parser.add_argument("--format", choices=["csv"], default="csv")


def run(options: argparse.Namespace) -> int:
    header, rows = TABLES[options.what]
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(header)
    count = 0
    for row in rows():
        writer.writerow(row)
        count += 1
    audit(by=System.FEEDS, act=f"export.{options.what}", at=now(), note=f"{count} lines")
    return 0


def written(at: datetime | None) -> str:
    """Return a time to the minute with the London offset, or nothing."""
    return at.astimezone(LONDON).isoformat(timespec="minutes") if at else ""


def _rows() -> Iterator[list[str]]:
    for message, field, person in every_row(System.FEEDS):
        delivery = message.delivery
        reference = message.key.rpartition("|")[2]
        yield [
            delivery.feed.name,
            delivery.path,
            message.row,
            field,
            reference,
            message.version,
            message.status,
            person,
        ]


def _moments() -> Iterator[list[str]]:
    for moment, paged_at in every_moment(System.FEEDS):
        yield [
            moment.ref,
            moment.kind_id,
            moment.person.ref,
            *map(
                written,
                (moment.happened_at, moment.agency_knew_at, moment.known_at, moment.raised_at, paged_at),
            ),
        ]


def _people() -> Iterator[list[str]]:
    for ref, record, source in Record.objects.order_by("person__ref", "ref").values_list(
        "person__ref", "ref", "source"
    ):
        yield [ref, record, source]


TABLES: dict[str, Table] = {
    "rows": (["feed", "file", "row", "field", "reference", "version", "status", "person"], _rows),
    "moments": (
        ["moment", "kind", "person", "happened_at", "agency_knew_at", "known_at", "raised_at", "paged_at"],
        _moments,
    ),
    "people": (["person", "record", "source"], _people),
}
