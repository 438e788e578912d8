"""Which of the events just told, or told before, are moments?  §8.2.

The rule of each kind of event is in `moments.rules`; here is only what the rules are given.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

from holdfast.audit.commands import record as audit
from holdfast.audit.terms import System
from holdfast.chronology.queries import Part, events_with_areas, first_told, parts_in_events_of
from holdfast.chronology.terms import EventKind, Precision, Role
from holdfast.kit.clock import LONDON
from holdfast.kit.transactions import atomic
from holdfast.moments.commands.raising import ToRaise, raise_moments
from holdfast.moments.models import Moment
from holdfast.moments.queries import answering_areas
from holdfast.moments.rules import RULES, Due, EventFacts, kinds_from, moments_from
from holdfast.moments.terms import MomentKind
from holdfast.people.models import Area
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
    surely_of_children: Collection[int] = (),
    is_history: bool = False,
) -> list[Moment]:
    """Raise what follows from events just told, and from earlier events of these people, about whom rows
    may have told us who they are or when they were born.

    `people` are keys of persons; `surely_of_children` are keys of events whose subject is surely a child.
    Four SQL queries at most where there is nothing to raise, however many events.
    """
    told = {event.pk for event in events}
    everything = parts_in_events_of(people, RULES)
    held = _held({part.event for part in everything})
    first_hearings = _first_hearings(everything)
    # Those of events just told, and earlier ones that are no moment of that participant yet.
    parts = {part for part in everything if part.event in told or (part.event, part.person) not in held}
    born = birth_dates({part.person for part in parts}) if parts else {}
    lived_in = _home_areas(everything)
    found: list[tuple[Due, Part]] = []
    for part in everything:
        key = (part.event, part.person)
        facts = _facts(part, lived_in.get(key, ""), key in first_hearings)
        if part in parts and not part.withdrawn_at:
            surely = part.event in surely_of_children and part.field == "subject"
            found += [(due, part) for due in moments_from(facts, born.get(part.person), surely)]
        kinds = set() if part.withdrawn_at else kinds_from(facts)
        _forget_what_was_none(by, at, held.get(key, ()), kinds)
    return raise_moments(by=by, at=at, due=_to_raise(by, found, is_history))


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


def _to_raise(by: System, found: Collection[tuple[Due, Part]], is_history: bool) -> list[ToRaise]:
    """Return what is due with all that a moment holds.  Two SQL queries, however many."""
    if not found:
        return []
    events = events_with_areas({part.event for _, part in found})
    areas = answering_areas(by, [(part.person, _whose(events[part.event])) for _, part in found])
    due = [(one, part, events[part.event], area) for (one, part), area in zip(found, areas, strict=True)]
    return [_one_to_raise(*each, is_history) for each in due]


def _one_to_raise(due: Due, part: Part, event: Any, area: Area, is_history: bool) -> ToRaise:
    known_at, agency_knew_at = _known_since(event), event.agency_knew_at
    undated = _undated(due, part)
    if undated:
        known_at = min(known_at, undated.known_at)
        agency_knew_at = min(agency_knew_at, undated.agency_knew_at)
    return ToRaise(
        kind=due.kind,
        person=part.person,
        area=area,
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
def moments_known_earlier(*, by: System, at: datetime, events: Collection[Any]) -> int:
    """Older rows about these events turned up: let their moments have been known since then; return how many
    moments were.  One SQL query where none were."""
    times = {event.pk: event for event in events if event.kind_id != EventKind.MISSING}
    count = 0
    for moment in Moment.objects.filter(event__in=times, told_by=None).select_related("person"):
        event = times[moment.event_id or 0]
        earlier = min(moment.known_at, event.known_at), min(moment.agency_knew_at, event.agency_knew_at)
        if earlier == (moment.known_at, moment.agency_knew_at):
            continue
        moment.known_at, moment.agency_knew_at = earlier
        moment.save(update_fields=["known_at", "agency_knew_at"])
        ref, note = moment.person.ref, "known earlier"
        audit(by=by, act="moments.tell_again", at=at, about=moment.ref, person_ref=ref, note=note)
        count += 1
    return count
