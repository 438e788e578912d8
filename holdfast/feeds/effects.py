"""What does a usable row change: records, who is who, events, open children, moments?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from holdfast.audit.terms import System
from holdfast.chronology import commands as chronology
from holdfast.chronology.rules import EventFacts
from holdfast.feeds import adapters
from holdfast.feeds.adapters import Row, Told
from holdfast.feeds.mentions import Mention
from holdfast.feeds.naming import facts_of, record_key
from holdfast.linkage.commands import relink
from holdfast.moments.commands import consider, follow_people, moments_known_earlier
from holdfast.people.commands import (
    make_record,
    make_responsible,
    open_child,
    state_facts,
    tie_family,
)
from holdfast.people.models import Agency, Record
from holdfast.people.queries import birth_dates
from holdfast.people.rules import is_child
from holdfast.people.terms import AreaRole
from holdfast.places.queries import area_coded


@dataclass(frozen=True, slots=True)
class Source:
    """Who sent a row, and how it came."""

    agency: Agency | None
    is_history: bool
    spoke_before: bool = True


def keep_people(
    *,
    by: System,
    at: datetime,
    row: Row,
    named: Sequence[Mention],
    source: Source,
    known: dict[tuple[str, str], Record],
    is_current: bool,
) -> dict[str, Record]:
    """Return the record of each person the row names, by field; state what it says, if it is current.

    `known` are the records met so far, by (source, key); new ones are added.
    """
    records: dict[str, Record] = {}
    changed, new = [], set()
    for mention in named:
        name = record_key(row, mention)
        facts = facts_of(row, mention) if is_current else None
        if name not in known:
            known[name] = make_record(
                by=by, at=at, source=name[0], key=name[1], agency=source.agency, facts=facts
            )
            new.add(known[name].pk)
        record = records[mention.field] = known[name]
        if facts and state_facts(
            by=by,
            at=at,
            record=record,
            stated_by=f"{row.table}:{row.key}:{mention.field}"[:160],
            facts=facts,
            is_first=not source.spoke_before,
        ):
            changed.append(record)
    if changed:
        _find_out_again(at, changed, new, known)
    return records


def _find_out_again(
    at: datetime, changed: Sequence[Record], new: set[int], known: dict[tuple[str, str], Record]
) -> None:
    """Find out whose records these are now, and let what hangs on the persons follow."""
    moved = relink(by=System.MATCHER, at=at, records=changed, new=new)
    # Of a record made just now nothing was told yet: there is nothing to follow it.
    if not moved.keys() <= new:
        people = {person for pair in moved.values() for person in pair}
        follow_people(by=System.MATCHER, at=at, people=people)
    for record in known.values():
        if record.pk in moved:
            record.person_id = moved[record.pk][1]


def tell(
    *, by: System, at: datetime, row: Row, records: dict[str, Record], source: Source, is_current: bool
) -> None:
    """Write down the row's events and what follows from them for the people it names.

    A row that is not the current word tells only what no later word has told, so that it makes no
    difference which came first; of the rest it adds that somebody knew sooner.
    """
    told = adapters.tell(row)
    events = []
    for facts in (*told.events, *told.weak):
        is_last_word = is_current and facts in told.events
        if is_last_word or not _known_earlier(by, at, facts):
            events.append(
                chronology.tell_event(by=by, at=at, facts=facts, records=records, agency=source.agency)
            )
    for said in told.family:
        if said.field in records and said.other in records:
            tie_family(
                by=by,
                at=at,
                record=records[said.field],
                other=records[said.other],
                kind=said.kind,
                stated_by=row.table,
            )
    if "subject" in records:
        if is_current:
            _say_where_home_is(by, at, row, told, records["subject"])
        _open(by, at, told, records["subject"])
    consider(
        by=by,
        at=at,
        events=events,
        people={record.person_id for record in records.values()},
        is_surely_child=told.is_surely_child,
        is_history=source.is_history,
    )


def _known_earlier(by: System, at: datetime, facts: EventFacts) -> bool:
    """Say whether the event is known, and let it and its moments have been known since then."""
    event = chronology.know_earlier(
        by=by,
        at=at,
        source=facts.source,
        source_ref=facts.source_ref,
        agency_knew_at=facts.agency_knew_at,
    )
    if event is None:
        return False
    moments_known_earlier(by=by, at=at, event=event)
    return True


def _say_where_home_is(by: System, at: datetime, row: Row, told: Told, subject: Record) -> None:
    area = area_coded(told.lives_in) if told.lives_in else None
    if area and told.lives_since:
        make_responsible(
            by=by,
            at=at,
            person=subject.person,
            area=area,
            role=AreaRole.HOME,
            starts_on=told.lives_since,
            stated_by=f"{row.table}:{row.key}"[:120],
        )


def _open(by: System, at: datetime, told: Told, subject: Record) -> None:
    """Open the record of a child with whom the sender works; it may come later how old the child is."""
    if not told.opens:
        return
    born_on = birth_dates([subject.person_id]).get(subject.person_id)
    if born_on is None or is_child(born_on, at.date()):
        open_child(by=by, at=at, person=subject.person, why=told.opens)
