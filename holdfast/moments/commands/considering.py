"""Which of the events just told, or told before, are moments?  §8.2.

The rule of each kind of event is in `moments.rules`; here is only what the rules are given.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Q

from holdfast.audit.commands import record as audit
from holdfast.audit.terms import System
from holdfast.chronology.queries import Part, event_with_areas, first_told, parts_in_events_of
from holdfast.chronology.terms import EventKind, Precision, Role
from holdfast.kit.clock import LONDON
from holdfast.kit.transactions import atomic
from holdfast.moments.commands.raising import raise_moment
from holdfast.moments.models import Moment
from holdfast.moments.queries import answering_area
from holdfast.moments.rules import RULES, Due, EventFacts, kinds_from, moments_from
from holdfast.moments.terms import MomentKind
from holdfast.people.models import Person
from holdfast.people.queries import birth_dates, dated_homes
from holdfast.people.rules import home_on
from holdfast.places.queries import area_of_postcode

HELD = ("ref", "kind", "person", "event", "is_history")


@atomic
def consider(
    *,
    by: System,
    at: datetime,
    events: Collection[Any],
    people: Collection[int],
    is_surely_child: bool = False,
    is_history: bool = False,
) -> list[Moment]:
    """Raise what follows from events just told, and from earlier events of these people, about whom the
    row may have told us who they are or when they were born.

    `people` are keys of persons; `is_surely_child` speaks of the row's subject.  Four SQL queries at most
    where there is nothing to raise, however many events.
    """
    told = {event.pk for event in events}
    everything = parts_in_events_of(people, RULES)
    held = _held({part.event for part in everything})
    first_hearings = _first_hearings(everything)
    # Those of events just told, and earlier ones that are no moment of that participant yet.
    parts = {part for part in everything if part.event in told or (part.event, part.person) not in held}
    born = birth_dates({part.person for part in parts}) if parts else {}
    lived_in = _home_areas(everything)
    raised = []
    for part in everything:
        key = (part.event, part.person)
        facts = _facts(part, lived_in.get(key, ""), key in first_hearings)
        if part in parts and not part.withdrawn_at:
            surely = is_surely_child and part.event in told and part.field == "subject"
            for due in moments_from(facts, born.get(part.person), surely):
                raised.append(_raise_due(by, at, due, part, is_history))
        kinds = set() if part.withdrawn_at else kinds_from(facts)
        _forget_what_was_none(by, at, held.get(key, ()), kinds)
    return raised


def _held(events: Collection[int]) -> dict[tuple[int, int], list[Moment]]:
    """Return the moments that these events are already, by event and person.  One SQL query."""
    held: dict[tuple[int, int], list[Moment]] = defaultdict(list)
    if events:
        for moment in Moment.objects.filter(event__in=events).only(*HELD):
            held[moment.event_id or 0, moment.person_id].append(moment)
    return held


def _forget_what_was_none(by: System, at: datetime, held: Collection[Moment], kinds: set[str]) -> None:
    """Take back what was raised as history on less than is known now, and nobody worked with.

    A moment that was ever open stays until a named person ends it.
    """
    for moment in held:
        if not moment.is_history or moment.kind_id in kinds:
            continue
        if Moment.objects.filter(pk=moment.pk, contacts=None, answer=None, assignments=None).exists():
            audit(by=by, act="moments.forget", at=at, about=moment.ref, note=moment.kind_id)
            moment.delete()


def _first_hearings(parts: Collection[Part]) -> set[tuple[int, int]]:
    """Return, by event and person, the earliest hearing of each person of whom no service says when they
    were first in court."""
    hearings: dict[int, int] = {}
    dated: set[int] = set()
    for part in (part for part in parts if not part.withdrawn_at):
        if part.kind == EventKind.HEARING:
            hearings.setdefault(part.person, part.event)
        elif part.kind == EventKind.FIRST_COURT:
            dated.add(part.person)
    return {(event, person) for person, event in hearings.items() if person not in dated}


def _home_areas(parts: Collection[Part]) -> dict[tuple[int, int], str]:
    """Return, by event and person, the code of the area where a missing child lived that day: from children's
    services' dated addresses, for the police may still hold the home a child was moved from.

    One SQL query, and one for each different home.
    """
    missing = [part for part in parts if part.kind == EventKind.MISSING]
    homes = dated_homes({part.person for part in missing}) if missing else {}
    postcodes = {
        (part.event, part.person): home_on(
            homes.get(part.person, []), part.happened_at.astimezone(LONDON).date()
        )
        for part in missing
    }
    areas = {postcode: area_of_postcode(postcode) for postcode in set(postcodes.values()) if postcode}
    return {key: area.code for key, postcode in postcodes.items() if (area := areas.get(postcode))}


def _facts(part: Part, lived_in: str, is_first_in_court: bool) -> EventFacts:
    return EventFacts(
        kind=part.kind,
        source=part.source,
        source_ref=part.source_ref,
        happened_at=part.happened_at,
        title=part.title,
        code=part.code,
        text=part.text,
        ended_at=part.ended_at,
        precision=Precision(part.precision),
        area_code=part.area,
        home_area_code=lived_in or part.home_area,
        role=Role(part.role),
        field=part.field,
        is_first_in_court=is_first_in_court,
    )


def _raise_due(by: System, at: datetime, due: Due, part: Part, is_history: bool) -> Moment:
    event = event_with_areas(part.event)
    person = Person(pk=part.person)  # read when it is locked
    known_at, agency_knew_at = _known_since(event), event.agency_knew_at
    undated = _undated(due, part)
    if undated:
        known_at = min(known_at, undated.known_at)
        agency_knew_at = min(agency_knew_at, undated.agency_knew_at)
    return raise_moment(
        by=by,
        at=at,
        kind=due.kind,
        person=person,
        area=answering_area(person, _whose(event), by, at),
        happening=due.happening,
        happened_at=due.happened_at,
        # Nobody can have known of a finding before it happened, only of the missing episode.
        agency_knew_at=max(agency_knew_at, min(due.happened_at, known_at)),
        known_at=known_at,
        precision=due.precision,
        event=event,
        detail=due.detail,
        where=event.place_text,
        is_history=is_history,
    )


def _undated(due: Due, part: Part) -> Any:
    """Return the row, if any, that told of a first time in court before we could read when it was."""
    is_first_court = due.kind == MomentKind.FIRST_COURT
    return first_told(part.person, EventKind.FIRST_COURT_UNDATED) if is_first_court else None


def _whose(event: Any) -> Any:
    """Return the partner area of an event: where the child lived as its source says, else where it was."""
    areas = (event.home_area, event.area)
    return next((area for area in areas if area and area.is_partner), event.area)


def _known_since(event: Any) -> datetime:
    """Return since when we know what a moment is about.

    That a missing child was found reached us with the row just told; all else is known since the first row.
    """
    known: datetime = event.told_at if event.kind_id == EventKind.MISSING else event.known_at
    return known


@atomic
def moments_known_earlier(*, by: System, at: datetime, event: Any) -> int:
    """An older row about an event turned up: let its moments have been known since then; return how many."""
    if event.kind_id == EventKind.MISSING:
        return 0
    later = Q(known_at__gt=event.known_at) | Q(agency_knew_at__gt=event.agency_knew_at)
    found = list(Moment.objects.filter(later, event=event, told_by=None).select_related("person"))
    for moment in found:
        moment.known_at = min(moment.known_at, event.known_at)
        moment.agency_knew_at = min(moment.agency_knew_at, event.agency_knew_at)
        moment.save(update_fields=["known_at", "agency_knew_at"])
        note = "known earlier"
        audit(
            by=by, act="moments.tell_again", at=at, about=moment.ref, person_ref=moment.person.ref, note=note
        )
    return len(found)
