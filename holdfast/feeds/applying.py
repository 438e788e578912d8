"""How do rows become facts, events and moments, once, whatever came before or after them?

Some rows share a transaction: after a kill, those that were not written yet wait as before.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.db import connection, transaction

from holdfast.audit.terms import System
from holdfast.feeds import effects
from holdfast.feeds.adapters import Row
from holdfast.feeds.commands import QUARANTINED, WAITING, keep_problems
from holdfast.feeds.effects import Heard
from holdfast.feeds.mentions import mentions
from holdfast.feeds.models import Delivery, Mention, Message
from holdfast.feeds.naming import message_key, record_key
from holdfast.feeds.queries import row_of
from holdfast.feeds.reading import Checked, Context
from holdfast.feeds.rules import check_row, content_digest, rank
from holdfast.feeds.settling import APPLIED, DUPLICATE, SUPERSEDED, Sent, settle
from holdfast.feeds.tables import Table, table_of
from holdfast.feeds.where import WHERE
from holdfast.people.queries import records_of
from holdfast.places.queries import area_codes, look_up_postcodes, read_once

Usable = tuple[Message, Heard]  # a row as it is kept, and what it says

USABLE = (APPLIED, DUPLICATE, SUPERSEDED)
ONE_AT_A_TIME = 7_263_001  # the number of the lock that keeps two appliers apart
BATCH = 200  # rows asked for at once
ROWS_TOGETHER = 20  # in one transaction, our choice: they wait for the disk once, and for a page a moment


def apply_waiting(*, by: System, at: datetime) -> int:
    """Apply every row that waits; return how many.

    `at` is when rows mended here become usable; a row as sent is usable since it arrived.
    """
    count = 0
    while True:
        keys = waiting_rows()
        for together in in_turn(keys):
            count += apply_rows(by=by, at=at, keys=together)
        if len(keys) < BATCH:
            return count


def apply_delivery(*, by: System, at: datetime, delivery: Delivery) -> int:
    """Apply the rows of one file that wait; return how many."""
    keys = list(delivery.messages.filter(status=WAITING).order_by("pk").values_list("pk", flat=True))
    return sum(apply_rows(by=by, at=at, keys=together) for together in in_turn(keys))


NEXT = """
WITH waiting AS (
    SELECT message.id, arrived_at, row_number() OVER (
        PARTITION BY feed_id ORDER BY arrived_at, message.id
    ) AS place
    FROM feeds_message AS message JOIN feeds_delivery AS delivery ON delivery.id = delivery_id
    WHERE status = 'waiting' AND NOT message.id = ANY(%(but)s)
)
SELECT id FROM waiting ORDER BY (place - 1) / %(together)s, arrived_at, id LIMIT %(most)s
"""


def waiting_rows(but: Iterable[int] = ()) -> list[int]:
    """Return the keys of the rows to be applied next.

    Each feed in the order in which its rows came; the feeds take turns, so that one that sends many rows at
    once keeps back no other.  It makes no difference which comes first.
    """
    with connection.cursor() as cursor:
        cursor.execute(NEXT, {"but": list(but), "together": ROWS_TOGETHER, "most": BATCH})
        return [key for (key,) in cursor.fetchall()]


def in_turn(keys: Sequence[int]) -> list[Sequence[int]]:
    """Return the keys as they share transactions."""
    return [keys[start : start + ROWS_TOGETHER] for start in range(0, len(keys), ROWS_TOGETHER)]


@transaction.atomic
def apply_rows(*, by: System, at: datetime, keys: Sequence[int]) -> int:
    """Apply these rows if they still wait, all or none; return how many did."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
    found = Message.objects.select_related("delivery__feed__agency").filter(pk__in=keys, status=WAITING)
    waiting = list(found.order_by("delivery__arrived_at", "pk"))
    with read_once():
        rows = _usable(waiting, at)
        look_up_postcodes(
            address.postcode for _, one in rows for named in one.named for address in named.facts.addresses
        )
        groups = _groups(message for message, _ in rows)
        known = records_of(record_key(one.row, named) for _, one in rows for named in one.named)
        for together in _taken_together(rows):
            for message, one in together:
                _settle(message, groups[message.key])
                one.is_current = message.status == APPLIED
            first, _ = together[0]
            effects.take_effect(
                by=by,
                at=_usable_at(first),
                rows=[one for _, one in together],
                known=known,
                is_history=first.delivery.is_history,
            )
    _write([*waiting, *(message for group in groups.values() for message in group)])
    _keep_mentions(rows)
    return len(waiting)


def _taken_together(rows: Sequence[Usable]) -> Iterator[Sequence[Usable]]:
    """Yield rows in their order, those together that became usable at one time, no key twice among them."""
    together: list[Usable] = []
    for message, one in rows:
        first = together[0][0] if together else message
        alike = (_usable_at(first), first.delivery.is_history) == (
            _usable_at(message),
            message.delivery.is_history,
        )
        if not alike or message.key in {other.key for other, _ in together}:
            yield together
            together = []
        together.append((message, one))
    if together:
        yield together


def _usable_at(message: Message) -> datetime:
    return message.usable_at or message.delivery.arrived_at


def _usable(waiting: Iterable[Message], at: datetime) -> list[Usable]:
    """Check each row, write down what is wrong with it, and return those that can be used."""
    wrong, found = [], []
    for message in waiting:
        table = table_of(*message.delivery.feed.name.split("/"))
        if table is None:
            raise ValueError(f"No such export: {message.delivery.feed.name}")
        raw = row_of(message)
        checked = check_row(table, raw, Context(message.delivery.drop_on, area_codes()))
        wrong += [(message, problem) for problem in checked.problems]
        if checked.is_usable:
            message.digest = content_digest(raw)
            found.append((message, table, checked))
        else:
            message.status = QUARANTINED
    keep_problems(wrong)
    for message, table, checked in found:
        _identify(message, table, checked, at)
    before = set(
        Message.objects.filter(key__in={message.key for message, _, _ in found})
        .exclude(status=WAITING)
        .values_list("key", flat=True)
    )
    return [(message, _read(message, table, checked, before)) for message, table, checked in found]


def _identify(message: Message, table: Table, checked: Checked, at: datetime) -> None:
    """Find what the sender calls the row, and its place among the rows so called."""
    delivery = message.delivery
    message.key = message_key(table, checked.values, delivery.la_code, delivery.path, message.row)
    message.rank = rank(table, checked.values, delivery.drop_on, "_resend" in delivery.path, message.row)
    message.version = str(checked.values.get(table.version) or "") if table.version else ""
    message.usable_at = message.usable_at or (at if message.mended_at else delivery.arrived_at)


def _read(message: Message, table: Table, checked: Checked, before: set[str]) -> Heard:
    delivery = message.delivery
    named = mentions(table, checked.values, delivery.la_code)
    row = Row(
        table=table.title,
        key=message.key.partition("|")[2],
        values=checked.values,
        where=WHERE,
        drop_on=delivery.drop_on,
        la_code=delivery.la_code,
        fields=tuple(mention.field for mention in named),
        unread=frozenset(problem.field for problem in checked.problems),
    )
    spoke_before = message.key in before or message.mended_at is not None
    before.add(message.key)
    return Heard(row, named, delivery.feed.agency, is_current=False, spoke_before=spoke_before)


def read_again(messages: Iterable[Message]) -> list[Usable]:
    """Return what rows say that were used before; nothing is written."""
    found = []
    for message in messages:
        table = table_of(*message.delivery.feed.name.split("/"))
        assert table is not None  # it could be used
        checked = check_row(table, row_of(message), Context(message.delivery.drop_on, area_codes()))
        if checked.is_usable:
            found.append((message, _read(message, table, checked, set())))
    return found


def _groups(rows: Iterable[Message]) -> dict[str, list[Message]]:
    """Return the usable rows of each key that were here before."""
    keys = {message.key for message in rows}
    groups: dict[str, list[Message]] = defaultdict(list)
    found = Message.objects.filter(key__in=keys, status__in=USABLE, withdrawn_at=None)
    for message in found.defer("text", "mended_text"):
        groups[message.key].append(message)
    return groups


def _settle(message: Message, group: list[Message]) -> None:
    """Find the row's place among the rows of the same key and give each its status."""
    group.append(message)
    statuses = settle([Sent(row.pk, row.rank, row.digest) for row in group])
    for row in group:
        row.status = statuses[row.pk]


WRITE = """
UPDATE feeds_message AS message
SET key = new.key, rank = new.rank, version = new.version, digest = new.digest, usable_at = new.usable_at,
    status = new.status
FROM unnest(
    %s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[], %s::timestamptz[], %s::text[]
) AS new(id, key, rank, version, digest, usable_at, status)
WHERE message.id = new.id
"""


def _write(messages: Iterable[Message]) -> None:
    """Write what was found of these rows.  One SQL statement."""
    by_key = {message.pk: message for message in messages}
    names = ("pk", "key", "rank", "version", "digest", "usable_at", "status")
    with connection.cursor() as cursor:
        cursor.execute(WRITE, [[getattr(found, name) for found in by_key.values()] for name in names])


def _keep_mentions(rows: Sequence[Usable]) -> None:
    """Write down whom the rows name, in place of whom they named before they were mended."""
    mended = [message.pk for message, _ in rows if message.mended_at]
    if mended:
        Mention.objects.filter(message__in=mended).delete()
    Mention.objects.bulk_create(
        [
            Mention(message=message, field=field, record=record)
            for message, one in rows
            for field, record in one.people.items()
        ]
    )
