"""What would go where if some of a person's records were somebody else's?  Nothing is changed here.  §4.9."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from holdfast.access.queries import require, require_duty
from holdfast.access.terms import Duty
from holdfast.chronology.queries import titles_of_records
from holdfast.linkage.queries import profiles
from holdfast.linkage.questions import records_of_people
from holdfast.linkage.terms import Profile
from holdfast.moments.of_records import moments_of_records
from holdfast.people.models import Person, Practitioner, Record
from holdfast.people.work import Work, work_on


@dataclass(frozen=True, slots=True)
class Piece:
    """One record and what hangs on it: it goes where the record goes."""

    record: Record
    profile: Profile
    events: tuple[tuple[str, datetime], ...]  # title, and when it happened, the latest first
    moments: tuple[tuple[str, datetime], ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """All that a person's page is made of: what hangs on records, and what people wrote."""

    pieces: tuple[Piece, ...]
    work: tuple[Work, ...]


def parts_of(by: Practitioner, person: Person, now: datetime) -> Parts:
    """Return what a person is made of, the oldest record first.  A constant number of SQL queries."""
    require(by, person, now)
    require_duty(by, Duty.TELL)
    found = records_of_people([person.pk])
    records = Record.objects.filter(pk__in=found).select_related("agency").order_by("made_at", "pk")
    said, events, moments = profiles(found), titles_of_records(by, found), moments_of_records(by, found)
    pieces = tuple(
        Piece(one, said[one.pk], tuple(events.get(one.pk, ())), tuple(moments.get(one.pk, ())))
        for one in records
    )
    return Parts(pieces, tuple(work_on(person)))


def chosen(parts: Parts, refs: Collection[str]) -> tuple[Piece, ...]:
    return tuple(piece for piece in parts.pieces if piece.record.ref in refs)
