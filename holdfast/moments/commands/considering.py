"""Which of the events just told, or told before, are moments?  §8.2.

The rule of each kind of event is in `moments.rules`; here is only what the rules are given.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from holdfast.audit.terms import System
from holdfast.chronology.queries import events_involving
from holdfast.chronology.terms import EventKind, Precision, Role
from holdfast.kit.clock import LONDON
from holdfast.kit.transactions import atomic
from holdfast.moments.commands.raising import raise_moment
from holdfast.moments.models import Moment
from holdfast.moments.queries import answering_area
from holdfast.moments.rules import RULES, Due, EventFacts, moments_from
from holdfast.people.models import Person
from holdfast.people.queries import birth_dates, dated_homes
from holdfast.people.rules import home_on
from holdfast.places.queries import area_of_postcode


@atomic
def consider(
    *,
    by: System,
    at: datetime,
    events: Collection[Any],
    people: Collection[Person],
    is_surely_child: bool = False,
    is_history: bool = False,
) -> list[Moment]:
    """Raise what follows from events just told, and from earlier events of these people, about whom the
    row may have told us who they are or when they were born.

    `is_surely_child` speaks of the row's subject.  Eight SQL queries where there is nothing to raise.
    """
    told = {event.pk for event in events}
    everything = _parts_of({person.pk for person in people})
    first_hearings = _first_hearings(everything)
    parts = _to_judge(everything, told)
    born = birth_dates({part.record.person_id for _, part in parts}) if parts else {}
    lived_in = _home_areas(parts)
    raised = []
    for event, part in parts:
        person = part.record.person
        key = (event.pk, person.pk)
        surely = is_surely_child and event.pk in told and part.field == "subject"
        facts = _facts(event, part, lived_in.get(key, ""), key in first_hearings)
        for due in moments_from(facts, born.get(person.pk), surely):
            raised.append(_raise_due(by, at, due, event, person, is_history))
    return raised


def _parts_of(people: Collection[int]) -> list[tuple[Any, Any]]:
    """Return (event, participant) of these people's events that have a rule, the earliest first.

    Four SQL queries, however many events.
    """
    found = events_involving(people).filter(kind__in=RULES, withdrawn_at=None).order_by("happened_at", "pk")
    events = found.prefetch_related("participants__record__person")
    return [(event, part) for event in events for part in event.participants.all()]


def _to_judge(parts: Collection[tuple[Any, Any]], told: Collection[int]) -> list[tuple[Any, Any]]:
    """Return those of events just told, and earlier ones that are no moment of that participant yet."""
    events = {event.pk for event, _ in parts}
    held = set(Moment.objects.filter(event__in=events).values_list("event", "person")) if events else set()
    return [
        (event, part)
        for event, part in parts
        if event.pk in told or (event.pk, part.record.person_id) not in held
    ]


def _first_hearings(parts: Collection[tuple[Any, Any]]) -> set[tuple[int, int]]:
    """Return, by event and person, the earliest hearing of each person of whom no service says when they
    were first in court."""
    hearings: dict[int, int] = {}
    dated: set[int] = set()
    for event, part in parts:
        if event.kind_id == EventKind.HEARING:
            hearings.setdefault(part.record.person_id, event.pk)
        elif event.kind_id == EventKind.FIRST_COURT:
            dated.add(part.record.person_id)
    return {(event, person) for person, event in hearings.items() if person not in dated}


def _home_areas(parts: Collection[tuple[Any, Any]]) -> dict[tuple[int, int], str]:
    """Return, by event and person, the code of the area where a missing child lived that day: from children's
    services' dated addresses, for the police may still hold the home a child was moved from.

    One SQL query, and one for each different home.
    """
    missing = [(event, part.record.person_id) for event, part in parts if event.kind_id == EventKind.MISSING]
    homes = dated_homes({person for _, person in missing}) if missing else {}
    postcodes = {
        (event.pk, person): home_on(homes.get(person, []), event.happened_at.astimezone(LONDON).date())
        for event, person in missing
    }
    areas = {postcode: area_of_postcode(postcode) for postcode in set(postcodes.values()) if postcode}
    return {key: area.code for key, postcode in postcodes.items() if (area := areas.get(postcode))}


def _facts(event: Any, part: Any, lived_in: str, is_first_in_court: bool) -> EventFacts:
    return EventFacts(
        kind=event.kind_id,
        source=event.source,
        source_ref=event.source_ref,
        happened_at=event.happened_at,
        title=event.title,
        code=event.code,
        text=event.text,
        ended_at=event.ended_at,
        precision=Precision(event.precision),
        area_code=event.area.code if event.area else "",
        home_area_code=lived_in or (event.home_area.code if event.home_area else ""),
        role=Role(part.role),
        field=part.field,
        is_first_in_court=is_first_in_court,
    )


def _raise_due(by: System, at: datetime, due: Due, event: Any, person: Person, is_history: bool) -> Moment:
    # That a missing child was found reached us with this row; all else is known since the first row.
    known_at = event.told_at if event.kind_id == EventKind.MISSING else event.known_at
    return raise_moment(
        by=by,
        at=at,
        kind=due.kind,
        person=person,
        area=answering_area(person, event.area, by, at),
        happening=due.happening,
        happened_at=due.happened_at,
        # Nobody can have known of a finding before it happened, only of the missing episode.
        agency_knew_at=max(event.agency_knew_at, min(due.happened_at, known_at)),
        known_at=known_at,
        precision=due.precision,
        event=event,
        detail=due.detail,
        where=event.place_text,
        is_history=is_history,
    )
