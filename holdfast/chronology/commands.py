"""Write down what happened, as one source tells it, and what the source corrects."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from holdfast.audit.terms import System
from holdfast.chronology.models import Correction, Event, Participant
from holdfast.chronology.rules import CORRECTABLE, EventFacts
from holdfast.kit.transactions import atomic
from holdfast.people.models import Agency, Practitioner, Record
from holdfast.places.queries import area_coded, place_named


@atomic
def tell_event(
    *,
    by: Practitioner | System,
    at: datetime,
    facts: EventFacts,
    records: Mapping[str, Record],
    agency: Agency | None = None,
) -> Event:
    """Write an event down, or correct what the same source said of it before.

    `at` is when the row became usable here; `records` holds the record of each participant's field.
    """
    said = _columns(facts, at, agency, by)
    names = {"source": facts.source, "source_ref": facts.source_ref}
    event = Event.objects.filter(**names).first()
    if event is None:
        event = Event.objects.create(**names, **said, known_at=at)
        _set_participants(event, facts, records, [])
        return event
    _correct(event, said, at)
    _set_participants(event, facts, records, event.participants.all())
    return event


@atomic
def know_earlier(
    *,
    by: Practitioner | System,
    at: datetime,
    source: str,
    source_ref: str,
    agency_knew_at: datetime | None,
) -> Event | None:
    """An older row about an event turned up: we knew at `at`, its agency perhaps still earlier."""
    event = Event.objects.filter(source=source, source_ref=source_ref).first()
    if event is None:
        return None
    known_at = min(event.known_at, at)
    agency_at = min(event.agency_knew_at, agency_knew_at or event.agency_knew_at)
    if (known_at, agency_at) != (event.known_at, event.agency_knew_at):
        event.known_at, event.agency_knew_at = known_at, agency_at
        event.save(update_fields=["known_at", "agency_knew_at"])
    return event


def _columns(
    facts: EventFacts, at: datetime, agency: Agency | None, by: Practitioner | System
) -> dict[str, object]:
    place = place_named(facts.place_text) if facts.place_text else None
    area, home_area = area_coded(facts.area_code), area_coded(facts.home_area_code)
    return {
        "kind_id": str(facts.kind),
        "code": facts.code[:30],
        "agency_id": agency.pk if agency else None,
        "told_by_id": None if isinstance(by, System) else by.pk,
        "title": facts.title[:200],
        "text": facts.text,
        "happened_at": facts.happened_at,
        "precision": facts.precision,
        "ended_at": facts.ended_at,
        "agency_knew_at": min(facts.agency_knew_at or at, at),
        "told_at": at,
        "place_id": place.pk if place else None,
        "place_text": facts.place_text[:200],
        "area_id": area.pk if area else None,
        "home_area_id": home_area.pk if home_area else None,
        "source_evaluation": facts.source_evaluation,
        "assessment": facts.assessment,
        "handling": facts.handling,
        "handling_conditions": facts.handling_conditions,
        "withdrawn_at": at if facts.is_withdrawn else None,
    }


def _correct(event: Event, said: dict[str, Any], at: datetime) -> None:
    """Take over what the source says now; what it said before stays as a correction."""
    said["agency_knew_at"] = min(event.agency_knew_at, said["agency_knew_at"])
    if event.withdrawn_at and said["withdrawn_at"]:
        said["withdrawn_at"] = event.withdrawn_at
    changed = {name: value for name, value in said.items() if getattr(event, name) != value}
    # A value that was blank is news, not a correction: a release time arrives when there is a release.
    corrections = [
        Correction(
            event=event, field=words, was=str(getattr(event, name)), became=str(changed[name]), known_at=at
        )
        for name, words in CORRECTABLE.items()
        if name in changed and getattr(event, name) not in ("", None)
    ]
    if changed:
        Correction.objects.bulk_create(corrections)
        for name, value in changed.items():
            setattr(event, name, value)
        event.save(update_fields=list(changed))


def _set_participants(
    event: Event, facts: EventFacts, records: Mapping[str, Record], held_before: Iterable[Participant]
) -> None:
    wanted = {(records[field].pk, field): role for field, role in facts.participants if field in records}
    held = {(row.record_id, row.field): row for row in held_before}
    gone = [row.pk for key, row in held.items() if key not in wanted]
    if gone:
        Participant.objects.filter(pk__in=gone).delete()
    new = [
        Participant(event=event, record_id=record, role=role, field=field)
        for (record, field), role in wanted.items()
        if (record, field) not in held
    ]
    Participant.objects.bulk_create(new)
    for key, row in held.items():
        if key in wanted and row.role != wanted[key]:
            row.role = wanted[key]
            row.save(update_fields=["role"])
