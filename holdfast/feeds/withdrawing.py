"""A key was stolen: how is everything that it wrote since a time taken back at once?

Its rows become superseded, whatever they were; nothing is deleted.  What they said of people is taken
away, and what others said counts again.  What they said happened is shown as taken back, or as others tell
it.  A moment that they raised stays until a named person ends it, and a child's record that they opened
stays open.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from holdfast.access.queries import require_duty
from holdfast.access.terms import Duty
from holdfast.audit.commands import record as audit
from holdfast.audit.terms import System
from holdfast.chronology.commands import Telling, tell_events
from holdfast.feeds import adapters, applying, effects
from holdfast.feeds.commands import KEY_IN_USE
from holdfast.feeds.effects import Heard
from holdfast.feeds.models import Mention, Message, SenderKey, Sending
from holdfast.feeds.naming import facts_of
from holdfast.feeds.settling import APPLIED, SUPERSEDED, Sent, settle
from holdfast.kit.transactions import atomic
from holdfast.moments.commands import consider
from holdfast.people.commands import Statement, state_all
from holdfast.people.homes import lay_end_to_end
from holdfast.people.models import AreaResponsibility, FamilyTie, Practitioner, Record
from holdfast.people.rules import Facts
from holdfast.people.terms import AreaRole
from holdfast.places.queries import read_once

Fact = tuple[int, str]  # a record, by key, and the row that says something of it
UNDONE_TOGETHER = 200  # rows, our choice: a quarter of a second
ONCE: dict[str, Any] = {"sex": "", "ethnicity": "", "ethnicity_list": "", "approx_birth_year": None}


@dataclass(slots=True)
class Affected:
    """Rows that were read before, in the order of their ranks, and whom they name."""

    rows: list[tuple[Message, Heard]] = field(default_factory=list)

    @property
    def stated(self) -> dict[Fact, tuple[Heard, Any]]:
        """What these rows say of whom, those only that are the current word."""
        return {
            (one.people[mention.field].pk, one.stated_by(mention)): (one, mention)
            for _, one in self.rows
            for mention in one.named
            if mention.field in one.people
        }


def withdraw_written(*, by: Practitioner, at: datetime, key: SenderKey, since: datetime) -> int:
    """Take back every row that this key was the first to send since then; return how many.

    The key is stopped before: else it could go on while this is done.  All rows count no more at once; what
    they changed is undone some at a time, so that no moment waits for it.  Broken off, it goes on when asked
    again.
    """
    count = _supersede(by, at, key, since)
    while _undo_some(at, key):
        pass
    return count


@atomic
def _supersede(by: Practitioner, at: datetime, key: SenderKey, since: datetime) -> int:
    require_duty(by, Duty.FEEDS)
    if key.revoked_at is None:
        raise ValueError("Stop the key first")
    with connection.cursor() as cursor:  # nothing of this key half kept, and no applier in between
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [KEY_IN_USE, key.pk])
    _keep_appliers_away()
    firsts = Sending.objects.filter(key=key, is_first=True, at__gte=since)
    found = Message.objects.filter(delivery__in=firsts.values("delivery"), withdrawn_at=None)
    count = found.update(status=SUPERSEDED, withdrawn_at=at, withdrawn_by=by)
    note = f"{count} rows since {since.isoformat(timespec='minutes')}"
    audit(by=by, act="feeds.withdraw", at=at, about=key.ref, note=note)
    return count


def _keep_appliers_away() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [applying.ONE_AT_A_TIME])


@atomic
def _undo_some(at: datetime, key: SenderKey) -> int:
    """Take away what some of the rows taken back had changed; return of how many.

    A row that was used has a rank among those of its key, until what it changed is undone.
    """
    _keep_appliers_away()
    firsts = Sending.objects.filter(key=key, is_first=True)
    found = Message.objects.filter(delivery__in=firsts.values("delivery"), withdrawn_at__isnull=False)
    found = found.exclude(rank="").select_related("delivery__feed__agency")
    used = list(found.order_by("key", "pk")[:UNDONE_TOGETHER])
    if used:
        with read_once():
            _undo(at, used)
        Message.objects.filter(pk__in=[message.pk for message in used]).update(rank="")
    return len(used)


def _undo(at: datetime, used: Collection[Message]) -> None:
    gone = _read(used)
    _settle_again({message.key for message in used})
    records = {record.pk: record for _, one in gone.rows for record in one.people.values()}
    left = _read(_others(used, records))
    _unsay(at, gone, left, records)
    _retell(at, gone, left)


def _read(messages: Iterable[Message]) -> Affected:
    """Read rows again that were used before, with the records that they name."""
    ordered = sorted(messages, key=lambda message: (message.rank, message.pk))
    people: dict[int, dict[str, Record]] = defaultdict(dict)
    named = Mention.objects.filter(message__in=ordered).select_related("record")
    for mention in named:
        people[mention.message_id][mention.field] = mention.record
    heard = applying.read_again(ordered)
    for message, one in heard:
        one.people = people[message.pk]
    return Affected(heard)


def _settle_again(keys: Collection[str]) -> None:
    """Find out which of the rows that are left is the current word on each key."""
    groups: dict[str, list[Message]] = defaultdict(list)
    left = Message.objects.filter(key__in=keys, status__in=applying.USABLE, withdrawn_at=None)
    for message in left.only("pk", "key", "rank", "digest", "status"):
        groups[message.key].append(message)
    changed = []
    for group in groups.values():
        statuses = settle([Sent(row.pk, row.rank, row.digest) for row in group])
        changed += [row for row in group if row.status != statuses[row.pk]]
        for row in group:
            row.status = statuses[row.pk]
    Message.objects.bulk_update(changed, ["status"], batch_size=500)


def _others(gone: Collection[Message], records: Mapping[int, Record]) -> QuerySet[Message]:
    """Return the rows that are left of the same keys, and of all keys that name the same records."""
    left = Message.objects.filter(status__in=applying.USABLE, withdrawn_at=None)
    naming = left.filter(pk__in=Mention.objects.filter(record__in=records).values("message"))
    keys = {message.key for message in gone} | set(naming.values_list("key", flat=True))
    return left.filter(key__in=keys).select_related("delivery__feed__agency")


def _unsay(at: datetime, gone: Affected, left: Affected, records: Mapping[int, Record]) -> None:
    """Take away what nobody else says of these people, and find out again who is who."""
    current = Affected([(message, one) for message, one in left.rows if message.status == APPLIED])
    wanted = current.stated
    said = [
        Statement(one.people[mention.field], stated_by, replace(facts_of(one.row, mention), **ONCE))
        for (record, stated_by), (one, mention) in wanted.items()
        if record in records
    ]
    said += [
        Statement(one.people[mention.field], stated_by, Facts())
        for (record, stated_by), (one, mention) in gone.stated.items()
        if (record, stated_by) not in wanted
    ]
    _say_once_again(left, records)
    changed = state_all(by=System.FEEDS, at=at, said=said) | records.keys()
    fresh = {record.pk: record for record in Record.objects.filter(pk__in=changed)}
    effects.find_out_again(at, fresh, set(), {})
    _unsay_homes_and_ties(at, gone, _with_persons(current))


def _say_once_again(left: Affected, records: Mapping[int, Record]) -> None:
    """Find out what stands once on a record: no row is its own, and a row that is silent takes nothing away.

    So the rows that are left are heard again in the order in which they came.
    """
    heard: dict[int, dict[str, Any]] = {record: dict(ONCE) for record in records}
    groups: dict[str, list[Sent]] = defaultdict(list)
    for message, one in sorted(left.rows, key=lambda row: (row[0].usable_at, row[0].pk)):
        groups[message.key].append(Sent(message.pk, message.rank, message.digest))
        if settle(groups[message.key])[message.pk] != APPLIED:
            continue
        for mention in one.named:
            facts, record = facts_of(one.row, mention), one.people[mention.field].pk
            if record in heard:
                heard[record] |= {name: getattr(facts, name) for name in ONCE if getattr(facts, name)}
    for key, values in heard.items():
        Record.objects.filter(pk=key).update(**values)


def _with_persons(affected: Affected) -> Affected:
    """Return the same with whose each record is now, each the current word."""
    records = {record.pk for _, one in affected.rows for record in one.people.values()}
    fresh = Record.objects.in_bulk(records)
    for _, one in affected.rows:
        one.people = {part: fresh[record.pk] for part, record in one.people.items()}
        one.is_current = True
    return affected


def _unsay_homes_and_ties(at: datetime, gone: Affected, current: Affected) -> None:
    """Take away homes and ties that only rows taken back had named, and let those left say theirs again."""
    kept = {effects.home_said_by(one) for _, one in current.rows}
    homes = AreaResponsibility.objects.filter(role=AreaRole.HOME)
    lost = homes.filter(stated_by__in={effects.home_said_by(one) for _, one in gone.rows} - kept)
    people = set(lost.values_list("person", flat=True))
    lost.delete()
    for person in people:
        lay_end_to_end(homes.filter(person=person), [])
    effects.say_where_home_is(System.FEEDS, at, [(one, adapters.tell(one.row)) for _, one in current.rows])
    for record, other, kind, table in _ties(gone) - _ties(current):
        FamilyTie.objects.filter(record=record, other=other, kind=kind, stated_by=table).delete()


def _ties(affected: Affected) -> set[tuple[int, int, str, str]]:
    return {
        (one.people[tie.field].pk, one.people[tie.other].pk, str(tie.kind), one.row.table)
        for _, one in affected.rows
        for tie in adapters.tell(one.row).family
        if tie.field in one.people and tie.other in one.people
    }


def _retell(at: datetime, gone: Affected, left: Affected) -> None:
    """Let each event be as the last of the rows that are left tells it; one that none tells is taken back."""
    told_before = _told(gone, is_weak=True) | _told(gone, is_weak=False)
    tellings = {name: _taken_back(telling) for name, telling in told_before.items()}
    # In the order of their ranks, so that the last word stands; a weak one only where nobody is sure.
    for found in (_told(left, is_weak=True), _told(left, is_weak=False)):
        tellings |= {name: telling for name, telling in found.items() if name in told_before}
    told = tell_events(by=System.FEEDS, at=at, tellings=list(tellings.values()))
    records = {record.pk for telling in tellings.values() for record in telling.records.values()}
    people = set(Record.objects.filter(pk__in=records).values_list("person", flat=True))
    consider(by=System.FEEDS, at=at, events=told.events, people=people)


def _told(affected: Affected, is_weak: bool) -> dict[tuple[str, str], Telling]:
    found: dict[tuple[str, str], Telling] = {}
    for _, one in affected.rows:
        what = adapters.tell(one.row)
        for facts in what.weak if is_weak else what.events:
            found[facts.source, facts.source_ref] = Telling(facts, one.people, one.agency)
    return found


def _taken_back(telling: Telling) -> Telling:
    return replace(telling, facts=replace(telling.facts, is_withdrawn=True))
