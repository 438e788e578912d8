"""What happened to a child, in one story, as far as this reader may know?"""

from collections.abc import Collection
from datetime import datetime

from django.db.models import BooleanField, Prefetch, Q, QuerySet
from django.db.models.expressions import RawSQL

from holdfast.access.queries import require
from holdfast.chronology.models import Event, Kind, Participant
from holdfast.chronology.rules import GRADED, READS_CONDITIONS, READS_INTELLIGENCE
from holdfast.chronology.terms import Handling
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


def parts_in_events_of(people: Collection[int]) -> QuerySet[Participant]:
    """Return everyone's part in the events of some people, for the rules that look for critical moments
    (system use)."""
    mine = Participant.objects.filter(record__person__in=people)
    return Participant.objects.filter(event__in=mine.values("event"))


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
