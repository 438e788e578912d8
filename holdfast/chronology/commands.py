"""Write down what happened, as one source tells it, and what the source corrects."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from holdfast.audit.terms import System
from holdfast.chronology.models import Correction, Event, Participant
from holdfast.chronology.rules import CORRECTABLE, EventFacts
from holdfast.kit.transactions import atomic
from holdfast.people.models import Agency, Practitioner, Record
from holdfast.places.queries import area_coded, place_named


@dataclass(frozen=True, slots=True)
class Telling:
    """What one row says of one event; `records` holds the record of each participant's field."""

    facts: EventFacts
    records: Mapping[str, Record]
    agency: Agency | None = None
    is_last_word: bool = True  # else it tells only of what no other row told


@dataclass(slots=True)
class Told:
    """The events that were written down or corrected, and those of which we learned only that somebody knew
    sooner."""

    events: list[Event] = field(default_factory=list)
    known_earlier: list[Event] = field(default_factory=list)


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

    `at` is when the row became usable here.
    """
    told = tell_events(by=by, at=at, tellings=[Telling(facts, records, agency)])
    return told.events[0]


@atomic
def tell_events(*, by: Practitioner | System, at: datetime, tellings: Sequence[Telling]) -> Told:
    """Write events down, or correct what the same sources said of them before.

    Three SQL statements where all are new, however many; a few more for each that is corrected.
    """
    told = Told()
    waiting = list(tellings)
    while waiting:
        once = {_name(one.facts): one for one in reversed(waiting)}  # two tellings of one event: in turn
        first = [one for one in waiting if once[_name(one.facts)] is one]
        waiting = [one for one in waiting if once[_name(one.facts)] is not one]
        _tell_each(by, at, first, told)
    return told


def _name(facts: EventFacts) -> tuple[str, str]:
    return facts.source, facts.source_ref


def _tell_each(by: Practitioner | System, at: datetime, tellings: Sequence[Telling], told: Told) -> None:
    names = [_name(one.facts) for one in tellings]
    found = Event.objects.filter(
        source__in={source for source, _ in names}, source_ref__in=[ref for _, ref in names]
    )
    held = {(event.source, event.source_ref): event for event in found}
    new: list[tuple[Event, Telling]] = []
    corrected: list[tuple[Event, Telling]] = []
    for name, one in zip(names, tellings, strict=True):
        event = held.get(name)
        if event is None:
            said = _columns(one.facts, at, one.agency, by)
            made = Event(source=name[0], source_ref=name[1], **said, known_at=at)
            new.append((made, one))
            told.events.append(made)
        elif one.is_last_word:
            _correct(event, _columns(one.facts, at, one.agency, by), at)
            corrected.append((event, one))
            told.events.append(event)
        else:
            _know_earlier(event, at, one.facts.agency_knew_at)
            told.known_earlier.append(event)
    if new:
        Event.objects.bulk_create([event for event, _ in new])
    _set_participants([*new, *corrected], [event.pk for event, _ in corrected])


def _know_earlier(event: Event, at: datetime, agency_knew_at: datetime | None) -> None:
    """An older row about an event turned up: we knew at `at`, its agency perhaps still earlier."""
    known_at = min(event.known_at, at)
    agency_at = min(event.agency_knew_at, agency_knew_at or event.agency_knew_at)
    if (known_at, agency_at) != (event.known_at, event.agency_knew_at):
        event.known_at, event.agency_knew_at = known_at, agency_at
        event.save(update_fields=["known_at", "agency_knew_at"])


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


def _set_participants(told: Sequence[tuple[Event, Telling]], corrected: Collection[int]) -> None:
    """Write down who had what part; `corrected` are the keys of events that had participants before."""
    before: dict[int, dict[tuple[int, str], Participant]] = defaultdict(dict)
    if corrected:
        for row in Participant.objects.filter(event__in=corrected):
            before[row.event_id][row.record_id, row.field] = row
    new: list[Participant] = []
    gone: list[int] = []
    for event, one in told:
        held = before[event.pk]
        parts = one.facts.participants
        wanted = {(one.records[part].pk, part): role for part, role in parts if part in one.records}
        gone += [row.pk for key, row in held.items() if key not in wanted]
        for (record, part), role in wanted.items():
            there = held.get((record, part))
            if there is None:
                new.append(Participant(event=event, record_id=record, role=role, field=part))
            elif there.role != role:
                there.role = role
                there.save(update_fields=["role"])
    if gone:
        Participant.objects.filter(pk__in=gone).delete()
    Participant.objects.bulk_create(new)
