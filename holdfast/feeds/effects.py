"""What do usable rows change: records, who is who, events, open children, moments?

Rows that became usable at one time are taken together: first all that they say of people, then what they
say happened, then what follows from both.  It makes no difference which of them stands first.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from holdfast.audit.terms import System
from holdfast.chronology.commands import Telling, tell_events
from holdfast.feeds import adapters
from holdfast.feeds.adapters import Row, Told
from holdfast.feeds.mentions import Mention
from holdfast.feeds.naming import facts_of, record_key
from holdfast.linkage.commands import relink
from holdfast.moments.commands import consider, follow_people, moments_known_earlier
from holdfast.people.commands import (
    NewRecord,
    Responsible,
    Statement,
    TieStatement,
    make_records,
    open_children,
    say_homes,
    state_all,
    tie_family,
)
from holdfast.people.models import Agency, Record
from holdfast.people.queries import birth_dates
from holdfast.people.rules import is_child
from holdfast.places.queries import area_coded

Known = dict[tuple[str, str], Record]  # records met so far, by (source, key)


@dataclass(slots=True)
class Heard:
    """A usable row, whom it names, and who sent it.  No two that are taken together have the same key."""

    row: Row
    named: Sequence[Mention]
    agency: Agency | None
    is_current: bool  # the last word on its key
    spoke_before: bool  # a row of this key was here, or this one before it was mended
    people: dict[str, Record] = field(default_factory=dict)  # by the field that names them, once found

    def stated_by(self, mention: Mention) -> str:
        return f"{self.row.table}:{self.row.key}:{mention.field}"[:160]


def take_effect(
    *, by: System, at: datetime, rows: Sequence[Heard], known: Known, is_history: bool = False
) -> None:
    """Let rows that became usable at `at` change what they change, and find the `people` they name.

    New records are added to `known`.
    """
    _keep_people(by, at, rows, known)
    _tell(by, at, rows, is_history)


def _keep_people(by: System, at: datetime, rows: Sequence[Heard], known: Known) -> None:
    """Keep what the rows say of the people they name, and find out again who is who."""
    new = _make_records(by, at, rows, known)
    said = []
    for one in rows:
        for mention in one.named:
            record = one.people[mention.field] = known[record_key(one.row, mention)]
            if one.is_current:
                facts = facts_of(one.row, mention)
                said.append(Statement(record, one.stated_by(mention), facts, not one.spoke_before))
    changed = state_all(by=by, at=at, said=said)
    if changed:
        find_out_again(at, {s.record.pk: s.record for s in said if s.record.pk in changed}, new, known)


def _make_records(by: System, at: datetime, rows: Sequence[Heard], known: Known) -> set[int]:
    """Make the records of people that no row has named before; return their keys."""
    wanted: dict[tuple[str, str], NewRecord] = {}
    for one, mention in _mentions(rows):
        name = record_key(one.row, mention)
        if name not in known and name not in wanted:
            facts = facts_of(one.row, mention) if one.is_current else None
            wanted[name] = NewRecord(*name, agency=one.agency, facts=facts)
    if not wanted:
        return set()
    made = make_records(by=by, at=at, new=list(wanted.values()))
    known.update(zip(wanted, made, strict=True))
    return {record.pk for record in made}


def _mentions(rows: Sequence[Heard]) -> Iterator[tuple[Heard, Mention]]:
    return ((one, mention) for one in rows for mention in one.named)


def find_out_again(at: datetime, changed: Mapping[int, Record], new: set[int], known: Known) -> None:
    """Find out whose records these are now, and let what hangs on the persons follow."""
    moved = relink(by=System.MATCHER, at=at, records=list(changed.values()), new=new)
    # Of a record made just now nothing was told yet: there is nothing to follow it.
    if not moved.keys() <= new:
        people = {person for pair in moved.values() for person in pair}
        follow_people(by=System.MATCHER, at=at, people=people)
    for record in known.values():
        if record.pk in moved:
            record.person_id = moved[record.pk][1]


def _tell(by: System, at: datetime, rows: Sequence[Heard], is_history: bool) -> None:
    """Write down what happened and what follows from it for the people the rows name.

    A row that is not the current word tells only what no later word has told, so that it makes no
    difference which came first; of the rest it adds that somebody knew sooner.
    """
    said = [(one, adapters.tell(one.row)) for one in rows]
    told = tell_events(
        by=by, at=at, tellings=[telling for one, what in said for telling in _tellings(one, what)]
    )
    if told.known_earlier:
        moments_known_earlier(by=by, at=at, events=told.known_earlier)
    _tie_families(by, at, said)
    say_where_home_is(by, at, said)
    _open(by, at, said)
    of_children = {
        (facts.source, facts.source_ref)
        for _, what in said
        if what.is_surely_child
        for facts in (*what.events, *what.weak)
    }
    consider(
        by=by,
        at=at,
        events=told.events,
        people={record.person_id for one in rows for record in one.people.values()},
        surely_of_children={e.pk for e in told.events if (e.source, e.source_ref) in of_children},
        is_history=is_history,
    )


def _tellings(one: Heard, what: Told) -> Iterator[Telling]:
    for facts in what.events:
        yield Telling(facts, one.people, one.agency, is_last_word=one.is_current)
    for facts in what.weak:
        yield Telling(facts, one.people, one.agency, is_last_word=False)


def _tie_families(by: System, at: datetime, said: Sequence[tuple[Heard, Told]]) -> None:
    ties = [
        TieStatement(one.people[tie.field], one.people[tie.other], tie.kind, one.row.table)
        for one, what in said
        for tie in what.family
        if tie.field in one.people and tie.other in one.people
    ]
    if ties:
        tie_family(by=by, at=at, ties=ties)


def home_said_by(one: Heard) -> str:
    return f"{one.row.table}:{one.row.key}"[:120]


def say_where_home_is(by: System, at: datetime, said: Sequence[tuple[Heard, Told]]) -> None:
    homes = [
        Responsible(one.people["subject"].person_id, area, what.lives_since, home_said_by(one))
        for one, what in said
        if one.is_current and "subject" in one.people and what.lives_in and what.lives_since
        if (area := area_coded(what.lives_in))
    ]
    if homes:
        say_homes(by=by, at=at, homes=homes)


def _open(by: System, at: datetime, said: Sequence[tuple[Heard, Told]]) -> None:
    """Open the records of children with whom senders work; it may come later how old a child is."""
    why = {
        one.people["subject"].person_id: what.opens
        for one, what in reversed(said)  # the first to say so stands
        if what.opens and "subject" in one.people
    }
    if not why:
        return
    born = birth_dates(why)
    today = at.date()
    open_children(
        by=by,
        at=at,
        why={key: words for key, words in why.items() if key not in born or is_child(born[key], today)},
    )
