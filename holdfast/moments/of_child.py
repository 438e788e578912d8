"""What do one child's pages tell of moments and contacts?  §8.2.

Plain values in few SQL queries: these pages are opened often, and a child may have hundreds of both.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection

from holdfast.access.queries import require
from holdfast.moments.rules import MEANINGFUL, Clock, ClockFacts, clock_of
from holdfast.people.models import Person, Practitioner


class Line(NamedTuple):
    """A moment or a contact as the list of a whole story needs it."""

    is_contact: bool
    key: int
    event: int | None  # what raised the moment
    at_s: float  # seconds since 1970, to put the story in order


class By(NamedTuple):
    """Who was with the child."""

    name: str
    agency: str


class ContactTold(NamedTuple):
    key: int
    by: By
    at: datetime
    recorded_at: datetime
    meeting: str
    where: str
    childs_words: str
    note: str
    offered: str
    accepted: str
    next_at: datetime | None


class MomentTold(NamedTuple):
    """A moment, who told it, and when and by whom it was answered and ended."""

    key: int
    ref: str
    label: str
    detail: str
    where: str
    happened_at: datetime
    precision: str
    known_at: datetime
    is_history: bool
    told_by: str
    answered_at: datetime | None
    answered_by: str
    ended_at: datetime | None
    ended_by: str


class OpenMoment(NamedTuple):
    ref: str
    label: str
    answered_by: str
    clock: Clock


LINES = """
SELECT false, id, event_id, extract(epoch FROM happened_at)::float8 FROM moments_moment
WHERE person_id = %(person)s
UNION ALL
SELECT true, id, NULL, extract(epoch FROM at)::float8 FROM moments_contact WHERE person_id = %(person)s
ORDER BY 1, 4 DESC, 2 DESC
"""
CONTACTS = """
SELECT contact.id, worker.name, agency.name, contact.at, contact.recorded_at, contact.meeting,
    contact."where", contact.childs_words, contact.note, contact.offered, contact.accepted, contact.next_at
FROM moments_contact AS contact
JOIN people_practitioner AS worker ON worker.id = contact.by_id
JOIN people_agency AS agency ON agency.id = worker.agency_id
WHERE contact.person_id = %(person)s AND {}
ORDER BY contact.at DESC, contact.id DESC
"""
SOME_CONTACTS = CONTACTS.format("contact.id = ANY(%(keys)s)")
# The latest that decides whether somebody has promised to come, all after it, and what is new.
LATE_CONTACTS = CONTACTS.format(
    """(
    contact.recorded_at > %(since)s OR contact.at >= coalesce(
        (SELECT max(at) FROM moments_contact WHERE person_id = %(person)s
            AND (next_at IS NOT NULL OR meeting = ANY(%(meaningful)s))),
        (SELECT max(at) FROM moments_contact WHERE person_id = %(person)s)
    ))"""
)
TOLD = """
SELECT moment.id, moment.ref, kind.label, moment.detail, moment."where", moment.happened_at,
    moment.precision, moment.known_at, moment.is_history, coalesce(teller.name, ''),
    answer.at, coalesce(answerer.name, ''), ending.at, coalesce(ender.name, '')
FROM moments_moment AS moment
JOIN moments_kind AS kind ON kind.code = moment.kind_id
LEFT JOIN people_practitioner AS teller ON teller.id = moment.told_by_id
LEFT JOIN moments_answer AS answer ON answer.moment_id = moment.id
LEFT JOIN people_practitioner AS answerer ON answerer.id = answer.by_id
LEFT JOIN moments_ending AS ending ON ending.id = moment.ending_id
LEFT JOIN people_practitioner AS ender ON ender.id = ending.by_id
WHERE moment.person_id = %(person)s AND moment.id = ANY(%(keys)s)
"""
LIVE = """
SELECT moment.ref, kind.label, coalesce(answerer.name, ''), moment.agency_knew_at, moment.known_at,
    kind.answer_within, kind.contact_within, kind."window",
    CASE WHEN kind."window" IS NOT NULL THEN event.ended_at END, answer.at,
    (SELECT min(contact.at) FROM moments_contact AS contact
        WHERE contact.moment_id = moment.id AND contact.meeting = ANY(%(meaningful)s))
FROM moments_moment AS moment
JOIN moments_kind AS kind ON kind.code = moment.kind_id
LEFT JOIN chronology_event AS event ON event.id = moment.event_id
LEFT JOIN moments_answer AS answer ON answer.moment_id = moment.id
LEFT JOIN people_practitioner AS answerer ON answerer.id = answer.by_id
WHERE moment.person_id = %(person)s AND NOT moment.is_history AND moment.ending_id IS NULL
ORDER BY moment.happened_at DESC, moment.id DESC
"""


def lines_of(by: Practitioner, person: Person, now: datetime) -> list[Line]:
    """Return a line for each of a child's moments, then for each contact, the latest first of each.

    One SQL query.
    """
    return [Line._make(row) for row in _rows(by, person, now, LINES)]


def moments_told(
    by: Practitioner, person: Person, now: datetime, only: Collection[int]
) -> dict[int, MomentTold]:
    """Return these of a child's moments, by key.  One SQL query."""
    return {row[0]: MomentTold._make(row) for row in _rows(by, person, now, TOLD, keys=list(only))}


def contacts_told(
    by: Practitioner, person: Person, now: datetime, only: Collection[int]
) -> dict[int, ContactTold]:
    """Return these of a child's contacts, by key.  One SQL query."""
    return {row[0]: _contact(row) for row in _rows(by, person, now, SOME_CONTACTS, keys=list(only))}


def late_contacts(by: Practitioner, person: Person, now: datetime, since: datetime) -> list[ContactTold]:
    """Return the contacts that were written down after a time, and the latest back to the one that says
    who comes next; the latest first.  One SQL query."""
    return [_contact(row) for row in _rows(by, person, now, LATE_CONTACTS, since=since)]


def live_moments_of(by: Practitioner, person: Person, now: datetime) -> list[OpenMoment]:
    """Return a child's open moments, the latest first.  One SQL query."""
    found = _rows(by, person, now, LIVE)
    return [OpenMoment(ref, label, who, _clock(*facts)) for ref, label, who, *facts in found]


def _contact(row: tuple[Any, ...]) -> ContactTold:
    return ContactTold(row[0], By(row[1], row[2]), *row[3:])


def _clock(
    agency_knew_at: datetime,
    known_at: datetime,
    answer_within: timedelta,
    contact_within: timedelta,
    window: timedelta | None,
    chance_ended_at: datetime | None,
    answered_at: datetime | None,
    reached_at: datetime | None,
) -> Clock:
    return clock_of(
        ClockFacts(
            agency_knew_at, known_at, answer_within, contact_within, window, chance_ended_at, answered_at,
            reached_at,
        )
    )  # fmt: skip


def _rows(
    by: Practitioner, person: Person, now: datetime, statement: str, **asked: Any
) -> list[tuple[Any, ...]]:
    require(by, person, now)
    asked |= {"person": person.pk, "meaningful": [meeting.value for meeting in MEANINGFUL]}
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return cursor.fetchall()
