"""What happened to a child, in one story, as far as this reader may know?"""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from django.db import connection
from django.db.models import BooleanField, Prefetch, Q, QuerySet
from django.db.models.expressions import RawSQL

from holdfast.access.queries import require
from holdfast.chronology.models import Event, Kind, Participant
from holdfast.chronology.rules import GRADED, READS_CONDITIONS, READS_INTELLIGENCE
from holdfast.chronology.terms import EventKind, Handling
from holdfast.people.models import Person, Practitioner
from holdfast.people.terms import Role as Reader


def events_of(by: Practitioner, person: Person, now: datetime) -> QuerySet[Event]:
    """Return a child's events, newest first, each with this child's own part in it (`mine`).

    Four SQL queries when read, however many events.  Other participants are not loaded: a reader of
    this page learns nothing of them but what the event's own words say.
    """
    require(by, person, now)
    mine = Participant.objects.filter(record__person=person)
    found = Event.objects.filter(pk__in=mine.values("event")).exclude(_closed_to(by))
    found = found.select_related("kind", "agency", "told_by", "place", "area")
    found = found.prefetch_related(Prefetch("participants", mine, to_attr="mine"), "corrections")
    return found.order_by("-happened_at", "-pk")


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


def event_with_areas(key: int) -> Event:
    """Return one event with its areas (system use).  One SQL query."""
    return Event.objects.select_related("area", "home_area").get(pk=key)


BARE = "kit.bare(regexp_replace(source_ref, '^[0-9A-Z]{3,9}:', '')) = %s"  # as the index has it


def records_in(by: Practitioner, reference: str) -> QuerySet[Participant, int]:
    """Return the records of the people in events that a sender calls this, as part of a search.

    What this reader may not read of events finds nobody.
    """
    called = RawSQL(BARE, [reference], output_field=BooleanField())
    events = Event.objects.filter(called).exclude(_closed_to(by))
    return Participant.objects.filter(event__in=events).values_list("record", flat=True)
