"""Write rows, moments, links or people as a table on standard output."""

import argparse
import csv
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from holdfast.access.errors import NotAllowed
from holdfast.access.queries import people_for, require_duty
from holdfast.access.terms import Duty
from holdfast.audit.commands import record as audit
from holdfast.audit.terms import System
from holdfast.commandline.errors import BadUsage
from holdfast.commandline.reading import add_reader, reader
from holdfast.feeds.queries import every_row
from holdfast.kit.clock import LONDON, now
from holdfast.moments.queries import every_moment
from holdfast.people.models import Practitioner
from holdfast.people.queries import every_record, every_tie
from holdfast.relationships.queries import every_relationship

Reader = Practitioner | System


@dataclass(frozen=True)
class Table:
    """`columns` says what stands in each; `rows` yields them for who asks at a time."""

    columns: Mapping[str, str]
    rows: Callable[[Reader, datetime], Iterator[list[str]]]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = "\n".join(_explained(name, table) for name, table in TABLES.items())
    parser.add_argument("what", choices=sorted(TABLES))
    parser.add_argument("--format", choices=["csv"], default="csv")
    add_reader(parser)


def _explained(name: str, table: Table) -> str:
    return f"{name}:\n" + "".join(f"  {column:<16}{meaning}\n" for column, meaning in table.columns.items())


def run(options: argparse.Namespace) -> int:
    by, at, table, count = reader(options, System.FEEDS), now(), TABLES[options.what], 0
    _require_leave(by, options)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    try:
        writer.writerow(table.columns)
        for row in table.rows(by, at):
            writer.writerow(row)
            count += 1
    finally:
        # What was written has been seen, also where the reader went away in the middle.
        audit(by=by, act=f"export.{options.what}", at=at, note=f"{count} lines")
    return 0


def _require_leave(by: Reader, options: argparse.Namespace) -> None:
    if isinstance(by, System):
        return
    try:
        require_duty(by, Duty.FEEDS)
    except NotAllowed as refused:
        raise BadUsage(f"--by {options.by}: {refused}.") from None


def written(at: datetime | None) -> str:
    """Return a time to the minute with the London offset, or nothing."""
    return at.astimezone(LONDON).isoformat(timespec="minutes") if at else ""


def _shown_to(by: Reader, at: datetime) -> Callable[[str], bool]:
    """Say of a person's reference whether `by` may see the record: the machine's keeper sees all."""
    if isinstance(by, System):
        return lambda ref: True
    return set(people_for(by, at).values_list("ref", flat=True)).__contains__


def _rows(by: Reader, at: datetime) -> Iterator[list[str]]:
    for message, field, person in every_row(by):
        delivery = message.delivery
        yield [
            delivery.feed.name,
            delivery.path,
            message.row,
            field,
            message.key.rpartition("|")[2],
            message.version,
            message.status,
            person,
        ]


def _moments(by: Reader, at: datetime) -> Iterator[list[str]]:
    shown = _shown_to(by, at)
    for moment, paged_at in every_moment(System.FEEDS):
        if not shown(moment.person.ref):
            continue
        times = (moment.happened_at, moment.agency_knew_at, moment.known_at, moment.raised_at, paged_at)
        yield [moment.ref, moment.kind_id, moment.person.ref, *map(written, times)]


def _links(by: Reader, at: datetime) -> Iterator[list[str]]:
    shown = _shown_to(by, at)
    for tie in every_tie(System.FEEDS):
        if shown(tie.person) and shown(tie.other):
            yield [tie.kind, tie.person, tie.other, tie.source, "", "", ""]
    for one in every_relationship(System.FEEDS):
        if shown(one.person):
            yield [
                one.kind, one.person, one.other, one.source, one.grade,
                written(one.starts_at), written(one.ends_at),
            ]  # fmt: skip


def _people(by: Reader, at: datetime) -> Iterator[list[str]]:
    shown = _shown_to(by, at)
    for person, record, source in every_record(System.FEEDS):
        if shown(person):
            yield [person, record, source]


TIME = "ISO 8601 to the minute, with the London offset"

TABLES: dict[str, Table] = {
    "rows": Table(
        {
            "feed": "the export, as feed/table",
            "file": "the file's path as it came",
            "row": "its number in the file, the first after the heading being 1; * for a whole file",
            "field": "which part of the row names a person; empty where it names nobody",
            "reference": "what the sender calls the row",
            "version": "the sender's version of it, if it counts them",
            "status": "applied, duplicate, superseded or quarantined",
            "person": "our reference of the person named",
        },
        _rows,
    ),
    "moments": Table(
        {
            "moment": "our reference",
            "kind": "the kind's code",
            "person": "our reference of the child",
            "happened_at": TIME,
            "agency_knew_at": "the earliest time on any agency's row",
            "known_at": "when the first usable row reached us, or somebody typed it",
            "raised_at": "when we raised it",
            "paged_at": "when somebody was first told; empty for history",
        },
        _moments,
    ),
    "links": Table(
        {
            "kind": "mother, father, carer, sibling, family, same_household; trusted_adult, team, team_lead",
            "person": "our reference of the one the tie is of",
            "other": "our reference of the other person (what `other` is to `person` is the kind), or of the"
            " practitioner; the tie's own where a trusted adult is neither",
            "source": "the export that says so, or typed here",
            "grade": "who named a trusted adult: child or staff; empty for a sender's own record, which"
            " carries no grade",
            "starts_at": "since when; empty where the sender gives no time",
            "expires_at": "until when; empty while the tie stands",
        },
        _links,
    ),
    "people": Table(
        {
            "person": "our reference",
            "record": "the reference of one of their records",
            "source": "the export that gave it, or typed here",
        },
        _people,
    ),
}  # fmt: skip
