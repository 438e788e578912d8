"""Take in what an agency sent, and mend what could not be used.  Applying is in `applying`."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from holdfast.access.queries import require_duty
from holdfast.access.terms import Duty
from holdfast.audit.commands import record as audit
from holdfast.audit.terms import System
from holdfast.feeds import keys
from holdfast.feeds.errors import OtherContent, Revoked
from holdfast.feeds.labels import label_of
from holdfast.feeds.models import Delivery, Feed, Message, Problem, SenderKey, Sending
from holdfast.feeds.queries import row_of
from holdfast.feeds.reading import Context, FileRead, RawRow, read_file, with_values
from holdfast.feeds.reading import Problem as Found
from holdfast.feeds.rules import check_row
from holdfast.feeds.sending import JSON_ROWS, write_row
from holdfast.feeds.tables import TABLES, Table, table_of
from holdfast.kit.transactions import atomic
from holdfast.people.models import Agency, Practitioner
from holdfast.places.queries import area_codes

QUARANTINED, WAITING = "quarantined", "waiting"
UNKNOWN = "unknown/unknown"
DAILY = {"police_custody", "police_missing", "hospital", "parents"}
# Senders send nothing when there is nothing to send, so a feed is called silent only after a stretch in
# which something would usually have come (our choice; each feed's can be changed).
DAILY_SILENCE, WEEKLY_SILENCE = timedelta(days=3), timedelta(days=35)
# Whoever takes back what a key wrote waits for what is being kept just now; stopping a key waits for nothing.
KEY_IN_USE = 7_263  # the number of the locks, one a key
HOLD_KEY = "SELECT pg_advisory_xact_lock_shared(%s, %s)"


@atomic
def receive(
    *,
    by: Practitioner | System,
    at: datetime,
    path: str,
    content: bytes,
    declared_rows: int | None = None,
    is_history: bool = False,
) -> tuple[Delivery, bool]:
    """Keep a file and its rows exactly as sent, waiting to be applied.

    Returns the delivery and whether it is new: the same file under the same name is kept once.
    Rows cannot be lost after this returns.  One SQL statement per 500 rows.
    """
    if not isinstance(by, System):
        require_duty(by, Duty.FEEDS)
    digest = hashlib.sha256(content).hexdigest()
    known = Delivery.objects.filter(path=path, sha256=digest).first()
    if known:
        return known, False
    read = read_file(content, path, declared_rows)
    return _keep(
        by,
        at,
        read,
        feed=_feed(read.table.title if read.table else UNKNOWN),
        path=path,
        sha256=digest,
        is_history=is_history,
    ), True


def _keep(by: Practitioner | System, at: datetime, read: FileRead, note: str = "", **about: Any) -> Delivery:
    delivery = Delivery.objects.create(
        la_code=read.name.la_code,
        drop_on=read.name.drop_on or at.date(),
        arrived_at=at,
        encoding=read.encoding,
        header=read.header,
        declared_rows=read.declared_rows,
        by=None if isinstance(by, System) else by,
        **about,
    )
    _keep_rows(delivery, read)
    audit(by=by, act="feeds.receive", at=at, about=delivery.ref, note=f"{len(read.rows)} rows{note}")
    return delivery


@transaction.atomic
def receive_sent(
    *, by: SenderKey, at: datetime, read: FileRead, path: str, sha256: str, token: str
) -> tuple[Delivery, bool]:
    """Keep what a key sent exactly as sent, waiting to be applied; return the delivery and whether it is new.

    `token` tells one sending from another: the same token again is the same sending, and nothing is kept.
    Raises Revoked for a key that was stopped meanwhile, OtherContent for a known token with other content.
    """
    with connection.cursor() as cursor:
        cursor.execute(HOLD_KEY, [KEY_IN_USE, by.pk])
    if not SenderKey.objects.filter(pk=by.pk, revoked_at=None).exists():
        raise Revoked
    before = Sending.objects.filter(key=by, token=token).select_related("delivery").first()
    if before:
        if before.delivery.sha256 != sha256:
            raise OtherContent
        return before.delivery, False
    delivery = Delivery.objects.filter(path=path, sha256=sha256).first()
    is_new = delivery is None
    if delivery is None:
        note = f", by key {by.ref}"
        delivery = _keep(System.FEEDS, at, read, note, feed=by.feed, path=path, sha256=sha256)
    Sending.objects.create(key=by, delivery=delivery, token=token, at=at, is_first=is_new)
    return delivery, is_new


def _feed(title: str) -> Feed:
    every = DAILY_SILENCE if title.partition("/")[0] in DAILY else WEEKLY_SILENCE
    named = {"label": label_of(title), "expected_every": every}
    return Feed.objects.get_or_create(name=title, defaults=named)[0]


def _keep_rows(delivery: Delivery, read: FileRead) -> None:
    if read.fault:
        whole = Message.objects.create(delivery=delivery, row="*", text="", status=QUARANTINED)
        keep_problems([(whole, read.fault)])
        return
    rows = [
        Message(
            delivery=delivery, row=row.number, text=row.text, status=QUARANTINED if row.fault else WAITING
        )
        for row in read.rows
    ]
    kept = Message.objects.bulk_create(rows, batch_size=500)
    faulty = [(message, row) for message, row in zip(kept, read.rows, strict=True) if row.fault]
    keep_problems(
        [(message, problem) for message, row in faulty for problem in _wrong_with(delivery, read, row)]
    )


def _wrong_with(delivery: Delivery, read: FileRead, row: RawRow) -> Iterable[Found]:
    """Return everything wrong with a row that cannot be used as it stands, so that all is mended at once."""
    assert read.table is not None
    return check_row(read.table, row, Context(delivery.drop_on, area_codes())).problems


def keep_problems(problems: Iterable[tuple[Message, Found]]) -> None:
    """Write down what is wrong with which row.  One SQL statement."""
    Problem.objects.bulk_create(
        [
            Problem(
                message=message, field=p.field, code=str(p.code), reason=p.reason[:400], is_error=p.is_error
            )
            for message, p in problems
        ]
    )


@atomic
def mend(*, by: Practitioner, at: datetime, message: Message, values: Mapping[str, str]) -> Message:
    """Put values in place of what was sent and let the row be applied again.  The original stays."""
    require_duty(by, Duty.FEEDS)
    put_right(by=by, at=at, message=message, values=values)
    audit(by=by, act="feeds.mend", at=at, about=message.delivery.ref, note=f"row {message.row}")
    return message


@atomic
def put_right(*, by: Practitioner, at: datetime, message: Message, values: Mapping[str, str]) -> None:
    """Do to one row what mending does; the caller asks who may, and writes down that it was done."""
    table = table_of(*message.delivery.feed.name.split("/"))
    if table is None or message.row == "*":
        raise ValueError("A whole file cannot be mended here: ask its sender to send it again")
    if message.withdrawn_at:
        raise ValueError("What was taken back with its key cannot be mended: ask its sender to send it again")
    mended = _mended(table, message, dict(values))
    message.mended_text, message.mended_by, message.mended_at = mended.text, by, at
    message.status, message.usable_at = WAITING, message.usable_at
    message.save(update_fields=["mended_text", "mended_by", "mended_at", "status"])
    message.problems.all().delete()


def _mended(table: Table, message: Message, values: dict[str, str]) -> RawRow:
    row, delivery = row_of(message), message.delivery
    if delivery.encoding != JSON_ROWS:
        return with_values(table, delivery.header, row, values)
    cells = {name: value for name, value in (row.cells | values).items() if value}
    return RawRow(row.number, write_row(cells), cells)


@atomic
def change_feed(
    *,
    by: Practitioner,
    at: datetime,
    feed: Feed,
    label: str,
    agency: Agency | None,
    expected_every: timedelta,
    is_active: bool,
) -> Feed:
    """Say whose export this is, what to call it and how often to expect it."""
    require_duty(by, Duty.FEEDS)
    given = {"label": label, "agency": agency, "expected_every": expected_every, "is_active": is_active}
    changed = {name: value for name, value in given.items() if getattr(feed, name) != value}
    for name, value in changed.items():
        setattr(feed, name, value)
    if changed:
        feed.save(update_fields=list(changed))
        note = f"{feed.name}: {', '.join(sorted(changed))}"
        audit(by=by, act="feeds.change_feed", at=at, note=note)
    return feed


@atomic
def make_key(
    *, by: Practitioner, at: datetime, feed: str, label: str, la_code: str = ""
) -> tuple[SenderKey, str]:
    """Make a key for one sender of one feed, by name; return it with its secret, which is kept nowhere."""
    require_duty(by, Duty.FEEDS)
    table = next((table for table in TABLES if table.title == feed), None)
    if table is None:
        raise ValueError("Nobody can send to a feed of no known export")
    if table.per_authority != bool(la_code):
        raise ValueError("A key names its authority where, and only where, each authority sends its own")
    secret = keys.new_secret()
    key = SenderKey.objects.create(
        feed=_feed(feed), la_code=la_code, label=label, digest=keys.digest(secret), made_by=by, made_at=at
    )
    audit(by=by, act="feeds.make_key", at=at, about=key.ref, note=f"{feed}: {label}"[:200])
    return key, secret


@atomic
def revoke_key(*, by: Practitioner, at: datetime, key: SenderKey) -> SenderKey:
    """Stop a key: its next request is refused.  What it wrote stays."""
    require_duty(by, Duty.FEEDS)
    if SenderKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=at, revoked_by=by):
        audit(by=by, act="feeds.revoke_key", at=at, about=key.ref, note=key.feed.name)
    key.refresh_from_db()
    return key
