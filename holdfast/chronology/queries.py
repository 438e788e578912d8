"""What happened to a child, in one story, as far as this reader may know?"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import BooleanField, Q, QuerySet
from django.db.models.expressions import RawSQL

from holdfast.access.queries import require
from holdfast.chronology.models import Event, Kind, Participant
from holdfast.chronology.rules import GRADED, READS_CONDITIONS, READS_INTELLIGENCE
from holdfast.chronology.terms import EventKind, Handling
from holdfast.people.models import Person, Practitioner
from holdfast.people.terms import Role as Reader


class Lines(NamedTuple):
    """A child's events of one group from one source, as the list of a whole story needs them: so little
    that thousands are read at once."""

    group: str
    source: str
    events: list[int]
    at_s: list[float]  # when each of them happened, in seconds since 1970


class Told(NamedTuple):
    """An event as a page about one child tells it, with this child's own part in it.

    Other participants are not loaded: a reader of this page learns nothing of them but what the event's
    own words say.
    """

    key: int
    kind_id: str
    kind: str
    source: str
    teller: str  # a person here, or an agency; empty where only the export is known
    code: str
    title: str
    text: str
    happened_at: datetime
    precision: str
    ended_at: datetime | None
    known_at: datetime
    withdrawn_at: datetime | None
    place: str
    source_evaluation: str
    assessment: str
    handling_conditions: str
    roles: list[str]
    corrected: str  # what its source corrected last, and what it had said before; empty if nothing
    was: str


# What this reader may know of events, and in which of them the child took part: an array, because the
# server then reads thousands in the order in which they lie.
OPEN = """
    event.kind_id <> ALL(%(closed)s)
    AND NOT (event.handling = %(conditions)s AND event.kind_id = ANY(%(narrow)s))
"""
MINE = f"""
    event.id = ANY(ARRAY(
        SELECT part.event_id FROM people_record AS record
        JOIN chronology_participant AS part ON part.record_id = record.id
        WHERE record.person_id = %(person)s
    )) AND {OPEN}
"""
LINES = f"""
SELECT kind."group", found.source, found.events, found.at_s
FROM (
    SELECT event.kind_id, event.source, array_agg(event.id) AS events,
        array_agg(extract(epoch FROM event.happened_at)::float8) AS at_s
    FROM chronology_event AS event WHERE {MINE} GROUP BY event.kind_id, event.source
) AS found JOIN chronology_kind AS kind ON kind.code = found.kind_id
"""
TOLD = """
SELECT event.id, event.kind_id, kind.label, event.source, coalesce(teller.name, agency.name, ''), event.code,
    event.title, event.text, event.happened_at, event.precision, event.ended_at, event.known_at,
    event.withdrawn_at, event.place_text, event.source_evaluation, event.assessment,
    event.handling_conditions, mine.roles, coalesce(correction.field, ''), coalesce(correction.was, '')
FROM chronology_event AS event
JOIN LATERAL (
    SELECT array_agg(part.role ORDER BY part.id) AS roles FROM chronology_participant AS part
    JOIN people_record AS record ON record.id = part.record_id
    WHERE part.event_id = event.id AND record.person_id = %(person)s
) AS mine ON mine.roles IS NOT NULL
JOIN chronology_kind AS kind ON kind.code = event.kind_id
LEFT JOIN people_practitioner AS teller ON teller.id = event.told_by_id
LEFT JOIN people_agency AS agency ON agency.id = event.agency_id
LEFT JOIN LATERAL (
    SELECT field, was FROM chronology_correction WHERE event_id = event.id
    ORDER BY known_at DESC, id DESC LIMIT 1
) AS correction ON true
"""
SOME = f"{TOLD} WHERE event.id = ANY(%(keys)s) AND {OPEN}"
# All of a child's events are looked at once; only the few that a page tells are then read whole.
NEWS = f"""
WITH mine AS MATERIALIZED (
    SELECT event.id, event.kind_id, event.known_at, event.happened_at,
        event.kind_id = ANY(%(court)s) AND event.withdrawn_at IS NULL
            AND event.happened_at <= %(now)s AS is_court
    FROM chronology_event AS event
    WHERE (event.known_at > %(since)s OR event.kind_id = ANY(%(court)s)) AND {MINE}
),
news AS (
    SELECT id FROM mine WHERE known_at > %(since)s ORDER BY known_at DESC, id DESC LIMIT %(most)s
),
court AS (SELECT id FROM mine WHERE is_court AND kind_id <> %(hearing)s)
SELECT told.*, told.id IN (SELECT id FROM news), told.id IN (SELECT id FROM court),
    (SELECT max(happened_at) FROM mine WHERE is_court AND kind_id = %(hearing)s)
FROM ({TOLD} WHERE event.id IN (SELECT id FROM news UNION SELECT id FROM court)) AS told
"""


def lines_of(by: Practitioner, person: Person, now: datetime) -> list[Lines]:
    """Return the keys of a child's events, in no order.  One SQL query, however many events."""
    require(by, person, now)
    return [Lines._make(row) for row in _rows(LINES, _open_to(by) | {"person": person.pk})]


def told_of(by: Practitioner, person: Person, now: datetime, only: Collection[int]) -> dict[int, Told]:
    """Return these of a child's events, by key, as far as they are open to `by`.  One SQL query."""
    require(by, person, now)
    found = _rows(SOME, _open_to(by) | {"person": person.pk, "keys": list(only)})
    return {row[0]: Told._make(row) for row in found}


@dataclass(frozen=True, slots=True)
class News:
    """What a child's own page tells of events, each list the latest first."""

    told: list[Told]  # by when it reached us
    court: list[Told]  # what courts have set, by when it began
    sat_at: datetime | None  # when a court last sat


def news_of(by: Practitioner, person: Person, now: datetime, since: datetime, most: int) -> News:
    """Return the latest of what reached us after a time, and what courts have said.  One SQL query."""
    require(by, person, now)
    court = [EventKind.COURT_CONDITION.value, EventKind.HEARING.value]
    asked = {"person": person.pk, "now": now, "since": since, "most": most, "court": court}
    rows = _rows(NEWS, _open_to(by) | asked | {"hearing": EventKind.HEARING.value})
    width = len(Told._fields)
    new, said = ([Told._make(row[:width]) for row in rows if row[width + nth]] for nth in (0, 1))
    return News(
        told=sorted(new, key=lambda one: (one.known_at, one.key), reverse=True),
        court=sorted(said, key=lambda one: (one.happened_at, one.key), reverse=True),
        sat_at=rows[0][-1] if rows else None,
    )


OF_RECORDS = f"""
SELECT part.record_id, event.title, event.happened_at FROM chronology_participant AS part
JOIN chronology_event AS event ON event.id = part.event_id
WHERE part.record_id = ANY(%(records)s) AND {OPEN}
ORDER BY event.happened_at DESC, event.id DESC
"""


def titles_of_records(by: Practitioner, records: Collection[int]) -> dict[int, list[tuple[str, datetime]]]:
    """Return (title, when it happened) of what each record took part in, the latest first, as far as it is
    open to `by`.  One SQL query; the caller has asked for leave to see whose records they are."""
    found: dict[int, list[tuple[str, datetime]]] = defaultdict(list)
    for record, title, at in _rows(OF_RECORDS, _open_to(by) | {"records": list(records)}):
        found[record].append((title, at))
    return found


def _rows(statement: str, asked: dict[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return cursor.fetchall()


def _open_to(by: Practitioner) -> dict[str, Any]:
    """Return what `OPEN` leaves out: whole kinds, and lines of a kind with handling conditions."""
    reader = Reader(by.role)
    return {
        "closed": [] if reader in READS_INTELLIGENCE else [kind.value for kind in GRADED],
        "narrow": [] if reader in READS_CONDITIONS else [kind.value for kind in GRADED],
        "conditions": Handling.CONDITIONS.value,
    }


def _closed_to(by: Practitioner) -> Q:
    reader = Reader(by.role)
    closed = Q(pk=None)
    if reader not in READS_INTELLIGENCE:
        closed |= Q(kind__in=GRADED)
    if reader not in READS_CONDITIONS:
        closed |= Q(kind__in=GRADED, handling=Handling.CONDITIONS)
    return closed


def kinds(codes: Collection[str] = ()) -> list[Kind]:
    """Return the kinds of event, as data; all of them, or those named."""
    found = Kind.objects.order_by("group", "label")
    return list(found.filter(code__in=codes) if codes else found)


def events_involving(people: Collection[int]) -> QuerySet[Event]:
    """Return the events of some people, for the rules that look for critical moments (system use)."""
    mine = Participant.objects.filter(record__person__in=people)
    return Event.objects.filter(pk__in=mine.values("event")).select_related("area", "home_area")


class Part(NamedTuple):
    """One person's part in one event, as the rules look at it."""

    event: int
    person: int
    field: str
    role: str
    kind: str
    source: str
    source_ref: str
    happened_at: datetime
    title: str
    code: str
    text: str
    ended_at: datetime | None
    precision: str
    withdrawn_at: datetime | None
    area: str
    home_area: str


PARTS = """
SELECT event.id, record.person_id, part.field, part.role, event.kind_id, event.source, event.source_ref,
    event.happened_at, event.title, event.code, event.text, event.ended_at, event.precision,
    event.withdrawn_at, coalesce(area.code, ''), coalesce(home.code, '')
FROM chronology_participant AS part
JOIN people_record AS record ON record.id = part.record_id
JOIN chronology_event AS event ON event.id = part.event_id
LEFT JOIN people_area AS area ON area.id = event.area_id
LEFT JOIN people_area AS home ON home.id = event.home_area_id
WHERE event.kind_id = ANY(%(kinds)s) AND part.event_id IN (
    SELECT mine.event_id FROM people_record AS ours
    JOIN chronology_participant AS mine ON mine.record_id = ours.id
    WHERE ours.person_id = ANY(%(people)s)
)
ORDER BY event.happened_at, event.id, part.id
"""


def parts_in_events_of(people: Collection[int], kinds: Collection[str]) -> list[Part]:
    """Return everyone's part in the events of some people, the earliest event first, for the rules that
    look for critical moments (system use).  One SQL query, however many events."""
    with connection.cursor() as cursor:
        cursor.execute(PARTS, {"people": list(people), "kinds": [str(kind) for kind in kinds]})
        return [Part(*row) for row in cursor.fetchall()]


def first_told(person: int, kind: EventKind) -> Event | None:
    """Return the event of this kind that we knew first of a person (system use).  One SQL query."""
    mine = Participant.objects.filter(record__person=person)
    found = Event.objects.filter(kind=kind, withdrawn_at=None, pk__in=mine.values("event"))
    return found.order_by("known_at", "pk").first()


def events_with_areas(keys: Collection[int]) -> dict[int, Event]:
    """Return events with their areas, by key (system use).  One SQL query."""
    return Event.objects.select_related("area", "home_area").in_bulk(keys)


BARE = "kit.bare(regexp_replace(source_ref, '^[0-9A-Z]{3,9}:', '')) = %s"  # as the index has it


def records_in(by: Practitioner, reference: str) -> QuerySet[Participant, int]:
    """Return the records of the people in events that a sender calls this, as part of a search.

    What this reader may not read of events finds nobody.
    """
    called = RawSQL(BARE, [reference], output_field=BooleanField())
    events = Event.objects.filter(called).exclude(_closed_to(by))
    return Participant.objects.filter(event__in=events).values_list("record", flat=True)
