"""What does a usable row change: records, who is who, events, open children, moments?"""

from collections.abc import Sequence
from datetime import datetime

from holdfast.audit.terms import System
from holdfast.chronology import commands as chronology
from holdfast.feeds.adapters import Row, Told
from holdfast.feeds.mentions import Mention
from holdfast.feeds.naming import facts_of, record_key
from holdfast.linkage.commands import relink
from holdfast.moments.commands import consider, follow_people
from holdfast.people.commands import (
    keep_record,
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


def keep_people(
    *,
    by: System,
    at: datetime,
    row: Row,
    named: Sequence[Mention],
    agency: Agency | None,
    is_current: bool,
) -> dict[str, Record]:
    """Return the record of each person the row names, by field; state what it says, if it is current."""
    records: dict[str, Record] = {}
    changed = []
    for mention in named:
        source, key = record_key(row, mention)
        record = keep_record(by=by, at=at, source=source, key=key, agency=agency)
        records[mention.field] = record
        said_by = f"{row.table}:{row.key}:{mention.field}"[:160]
        if is_current and state_facts(
            by=by, at=at, record=record, stated_by=said_by, facts=facts_of(row, mention)
        ):
            changed.append(record)
    if changed:
        moved = relink(by=System.MATCHER, at=at, records=changed)
        follow_people(by=System.MATCHER, at=at, people={key for pair in moved.values() for key in pair})
        for record in records.values():
            record.refresh_from_db(fields=["person"])
    return records


def tell(
    *,
    by: System,
    at: datetime,
    row: Row,
    told: Told,
    records: dict[str, Record],
    agency: Agency | None,
    is_history: bool,
) -> None:
    """Write down the row's events and what follows from them for the people it names."""
    events = []
    for facts in (*told.events, *told.weak):
        if facts in told.weak:
            known = chronology.know_earlier(
                by=by,
                at=at,
                source=facts.source,
                source_ref=facts.source_ref,
                agency_knew_at=facts.agency_knew_at,
            )
            if known:
                continue
        events.append(chronology.tell_event(by=by, at=at, facts=facts, records=records, agency=agency))
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
    _follow(by, at, row, told, records)
    consider(
        by=by,
        at=at,
        events=events,
        people=[record.person for record in records.values()],
        is_surely_child=told.is_surely_child,
        is_history=is_history,
    )


def _follow(by: System, at: datetime, row: Row, told: Told, records: dict[str, Record]) -> None:
    subject = records.get("subject")
    if subject is None:
        return
    area = area_coded(told.lives_in) if told.lives_in else None
    if area and told.lives_since:
        make_responsible(
            by=by,
            at=at,
            person=subject.person,
            area=area,
            role=AreaRole.HOME,
            starts_on=told.lives_since,
            stated_by=row.table,
        )
    if told.opens:
        born_on = birth_dates([subject.person_id]).get(subject.person_id)
        if born_on and is_child(born_on, at.date()) or (born_on is None and told.is_surely_child):
            open_child(by=by, at=at, person=subject.person, why=told.opens)


def know_earlier(*, by: System, at: datetime, told: Told) -> None:
    """The row is not the current word: all it can add is that somebody knew sooner."""
    for facts in (*told.events, *told.weak):
        chronology.know_earlier(
            by=by,
            at=at,
            source=facts.source,
            source_ref=facts.source_ref,
            agency_knew_at=facts.agency_knew_at,
        )
