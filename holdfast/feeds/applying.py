"""How does one row become facts, events and moments, once, whatever came before or after it?

Each row is applied in a transaction of its own: after a kill, the rows still waiting go on.
"""

from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import connection, transaction

from holdfast.audit.terms import System
from holdfast.feeds import effects
from holdfast.feeds.adapters import Row, tell
from holdfast.feeds.commands import QUARANTINED, WAITING, keep_problems, row_of
from holdfast.feeds.mentions import mentions
from holdfast.feeds.models import Delivery, Mention, Message
from holdfast.feeds.naming import message_key
from holdfast.feeds.reading import Checked, Context
from holdfast.feeds.rules import check_row, content_digest, rank
from holdfast.feeds.settling import APPLIED, DUPLICATE, SUPERSEDED, Sent, settle
from holdfast.feeds.tables import Table, table_of
from holdfast.feeds.where import WHERE
from holdfast.people.models import Area

USABLE = (APPLIED, DUPLICATE, SUPERSEDED)
ONE_AT_A_TIME = 7_263_001  # the number of the lock that keeps two appliers apart
BATCH = 200


def apply_waiting(*, by: System, at: datetime) -> int:
    """Apply every row that waits, in the order in which they came; return how many.

    `at` is when rows mended here become usable; a row as sent is usable since it arrived.
    """
    count = 0
    while True:
        waiting = list(
            Message.objects.filter(status=WAITING)
            .order_by("delivery__arrived_at", "pk")
            .values_list("pk", flat=True)[:BATCH]
        )
        for pk in waiting:
            count += apply_row(by=by, at=at, pk=pk)
        if len(waiting) < BATCH:
            return count


def apply_delivery(*, by: System, at: datetime, delivery: Delivery) -> int:
    """Apply the rows of one file that wait; return how many."""
    waiting = delivery.messages.filter(status=WAITING).order_by("pk").values_list("pk", flat=True)
    return sum(apply_row(by=by, at=at, pk=pk) for pk in list(waiting))


@transaction.atomic
def apply_row(*, by: System, at: datetime, pk: int) -> bool:
    """Apply one waiting row; False if another process was quicker."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
    message = Message.objects.select_related("delivery__feed__agency").filter(pk=pk, status=WAITING).first()
    if message is None:
        return False
    table = table_of(*message.delivery.feed.name.split("/"))
    if table is None:
        raise ValueError(f"No such export: {message.delivery.feed.name}")
    raw = row_of(message)
    checked = check_row(table, raw, Context(message.delivery.drop_on, authorities()))
    keep_problems(message, list(checked.problems))
    if not checked.is_usable:
        message.status = QUARANTINED
        message.save(update_fields=["status"])
        return True
    message.digest = content_digest(raw)
    _settle(message, table, checked, at)
    _take_effect(by, message, table, checked)
    return True


@lru_cache(maxsize=1)
def authorities() -> frozenset[str]:
    return frozenset(Area.objects.values_list("code", flat=True))


def _settle(message: Message, table: Table, checked: Checked, at: datetime) -> None:
    """Find the row's place among the rows of the same key and give each its status."""
    delivery = message.delivery
    message.key = message_key(table, checked.values, delivery.la_code, delivery.path, message.row)
    message.rank = rank(table, checked.values, delivery.drop_on, "_resend" in delivery.path, message.row)
    message.version = str(checked.values.get(table.version) or "") if table.version else ""
    message.usable_at = message.usable_at or (at if message.mended_at else delivery.arrived_at)
    others = Message.objects.filter(key=message.key, status__in=USABLE).exclude(pk=message.pk)
    group = [*others.only("rank", "digest", "status"), message]
    statuses = settle([Sent(row.pk, row.rank, row.digest) for row in group])
    for row in group[:-1]:
        if row.status != statuses[row.pk]:
            Message.objects.filter(pk=row.pk).update(status=statuses[row.pk])
    message.status = statuses[message.pk]
    message.save(update_fields=["key", "rank", "version", "digest", "usable_at", "status"])


def _take_effect(by: System, message: Message, table: Table, checked: Checked) -> None:
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
    )
    usable_at = message.usable_at or delivery.arrived_at
    told = tell(row)
    is_current = message.status == APPLIED
    records = effects.keep_people(
        by=by, at=usable_at, row=row, named=named, agency=delivery.feed.agency, is_current=is_current
    )
    _keep_mentions(message, records)
    if is_current:
        effects.tell(
            by=by,
            at=usable_at,
            row=row,
            told=told,
            records=records,
            agency=delivery.feed.agency,
            is_history=delivery.is_history,
        )
    else:
        effects.know_earlier(by=by, at=usable_at, told=told)


def _keep_mentions(message: Message, records: dict[str, Any]) -> None:
    message.mentions.exclude(field__in=records).delete()
    Mention.objects.bulk_create(
        [Mention(message=message, field=field, record=record) for field, record in records.items()],
        update_conflicts=True,
        unique_fields=["message", "field"],
        update_fields=["record"],
    )
