"""What has each agency sent us, when is it due again, and what is waiting to be mended?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, Count, Exists, Max, OuterRef, Q, QuerySet, Subquery, When

from holdfast.access.queries import require_duty
from holdfast.access.terms import Duty
from holdfast.audit.terms import System
from holdfast.feeds.models import Delivery, Feed, Mention, Message, Problem, SenderKey, Sending
from holdfast.feeds.reading import RawRow, reread
from holdfast.feeds.sending import JSON_ROWS, read_row
from holdfast.feeds.tables import table_of
from holdfast.people.models import Practitioner

STATUSES = ("applied", "duplicate", "superseded", "quarantined", "waiting")


@dataclass(frozen=True, slots=True)
class FeedState:
    """One feed: its counts add up to what was received; `waiting` is nought once all is applied."""

    feed: Feed
    received: int
    applied: int
    duplicate: int
    superseded: int
    quarantined: int
    waiting: int
    warnings: int
    last_heard_at: datetime | None

    @property
    def due_at(self) -> datetime | None:
        return self.last_heard_at + self.feed.expected_every if self.last_heard_at else None

    @property
    def is_conserved(self) -> bool:
        return (
            self.received == self.applied + self.duplicate + self.superseded + self.quarantined + self.waiting
        )

    def silent_for(self, now: datetime) -> timedelta | None:
        """Return how long it has been silent beyond what is expected."""
        return now - self.due_at if self.due_at and now > self.due_at and self.feed.is_active else None


def _check(by: Practitioner | System) -> None:
    if not isinstance(by, System):
        require_duty(by, Duty.FEEDS)


def feed_states(by: Practitioner | System) -> list[FeedState]:
    """Return every feed with its conservation counts.  Four SQL queries."""
    _check(by)
    counts: dict[int, dict[str, int]] = {}
    rows = Message.objects.values_list("delivery__feed", "status").annotate(number=Count("pk"))
    for feed, status, number in rows.order_by():
        counts.setdefault(feed, {})[status] = number
    heard = dict(Delivery.objects.values_list("feed").annotate(last=Max("arrived_at")).order_by())
    warned = dict(
        Problem.objects.filter(
            is_error=False,
            message__status__in=["applied", "duplicate", "superseded"],
            message__withdrawn_at=None,
        )
        .values_list("message__delivery__feed")
        .annotate(number=Count("pk"))
        .order_by()
    )
    return [
        FeedState(
            feed=feed,
            received=sum(counts.get(feed.pk, {}).values()),
            **{status: counts.get(feed.pk, {}).get(status, 0) for status in STATUSES},
            warnings=warned.get(feed.pk, 0),
            last_heard_at=heard.get(feed.pk),
        )
        for feed in Feed.objects.select_related("agency")
    ]


@dataclass(frozen=True, slots=True)
class Silence:
    name: str
    label: str
    last_heard_at: datetime


def silent_feeds(by: Practitioner, now: datetime) -> list[Silence]:
    """Return the feeds that said nothing when they were due, the longest silent first.  It names no child:
    open to all who rely on them.  One SQL query."""
    last = Delivery.objects.filter(feed=OuterRef("pk")).order_by("-arrived_at").values("arrived_at")[:1]
    feeds = Feed.objects.filter(is_active=True).annotate(heard_at=Subquery(last)).exclude(heard_at=None)
    silent = [feed for feed in feeds if feed.heard_at + feed.expected_every < now]
    silent.sort(key=lambda feed: (feed.heard_at, feed.label))
    return [Silence(feed.name, feed.label, feed.heard_at) for feed in silent]


def problems(by: Practitioner | System) -> QuerySet[Problem]:
    """Return what is wrong with which rows: quarantined first, then set-aside values, newest first."""
    _check(by)
    found = Problem.objects.select_related("message__delivery__feed").exclude(message__status="waiting")
    found = found.filter(message__withdrawn_at=None)
    return found.order_by("-is_error", "-message__delivery__arrived_at", "message_id", "pk")


def quarantined(by: Practitioner | System) -> QuerySet[Message]:
    _check(by)
    rows = Message.objects.filter(status="quarantined").select_related("delivery__feed")
    return rows.prefetch_related("problems").order_by("-delivery__arrived_at", "pk")


def message_for(by: Practitioner | System, delivery_ref: str, row: str) -> Message | None:
    _check(by)
    rows = Message.objects.select_related("delivery__feed", "mended_by").prefetch_related("problems")
    return rows.filter(delivery__ref=delivery_ref, row=row).first()


def latest_row(by: Practitioner | System, path: str, row: str) -> Message | None:
    """Return a row by its file's name, of the file that arrived last under that name."""
    _check(by)
    rows = Message.objects.select_related("delivery__feed").filter(delivery__path=path, row=row)
    return rows.order_by("-delivery__arrived_at").first()


def deliveries(by: Practitioner | System, feed_name: str) -> QuerySet[Delivery]:
    _check(by)
    found = Delivery.objects.filter(feed__name=feed_name).select_related("feed")
    return found.annotate(rows=Count("messages")).order_by("-arrived_at", "-pk")


def every_row(by: Practitioner | System) -> Iterator[tuple[Message, str, str]]:
    """Return (message, field, our person's reference): a line for each person a row names, at least
    one a row.  Streams; one SQL query for the rows and one for whom they name."""
    _check(by)
    named: dict[int, list[tuple[str, str]]] = {}
    for number, field, ref in Mention.objects.order_by("message", "field").values_list(
        "message", "field", "record__person__ref"
    ):
        named.setdefault(number, []).append((field, ref))
    rows = Message.objects.select_related("delivery__feed").order_by("delivery__path", "pk")
    for message in rows.iterator(chunk_size=2000):
        for field, ref in named.get(message.pk, [("", "")]):
            yield message, field, ref


def statuses_of(by: Practitioner | System, deliveries: Iterable[Delivery]) -> dict[int, dict[str, int]]:
    """Return, by file, how many of its rows have each status.  One SQL query."""
    _check(by)
    counts: dict[int, dict[str, int]] = {}
    rows = Message.objects.filter(delivery__in=list(deliveries)).values_list("delivery", "status")
    for delivery, status, number in rows.annotate(number=Count("pk")).order_by():
        counts.setdefault(delivery, {})[status] = number
    return counts


def delivery_for(by: Practitioner | System, ref: str) -> Delivery | None:
    """Return a delivery with the name of the key that sent it first, if one did, as `sent_by`."""
    _check(by)
    first = Sending.objects.filter(delivery=OuterRef("pk"), is_first=True).values("key__label")
    found = Delivery.objects.annotate(sent_by=Subquery(first[:1])).select_related("feed", "by")
    return found.filter(ref=ref).first()


def feed_for(by: Practitioner | System, name: str) -> FeedState | None:
    """Return one feed with its counts.  Four SQL queries."""
    return next((state for state in feed_states(by) if state.feed.name == name), None)


def to_mend(
    by: Practitioner | System, feed: Feed | None = None, delivery: Delivery | None = None
) -> QuerySet[Message]:
    """Return the rows with something to mend, those not applied at all first, then the newest."""
    _check(by)
    usable = Q(status__in=["applied", "duplicate", "superseded"], has_problem=True)
    rows = Message.objects.annotate(has_problem=Exists(Problem.objects.filter(message=OuterRef("pk"))))
    rows = rows.filter(Q(status="quarantined") | usable, withdrawn_at=None)
    if feed:
        rows = rows.filter(delivery__feed=feed)
    if delivery:
        rows = rows.filter(delivery=delivery)
    rows = rows.annotate(is_used=Case(When(status="quarantined", then=0), default=1))
    rows = rows.select_related("delivery__feed").prefetch_related("problems")
    return rows.order_by("is_used", "-delivery__arrived_at", "pk")


def row_of(message: Message) -> RawRow:
    """Return a stored row as it stands now, mended or as sent."""
    return _read_again(message, message.mended_text or message.text)


def row_as_sent(message: Message) -> RawRow:
    return _read_again(message, message.text)


def _read_again(message: Message, text: str) -> RawRow:
    table = table_of(*message.delivery.feed.name.split("/"))
    if table is None:
        raise ValueError("The file is of no known export")
    if message.delivery.encoding == JSON_ROWS:
        return read_row(table, text, message.row)
    return reread(table, message.delivery.header, text, message.row)


@dataclass(frozen=True, slots=True)
class KeyState:
    key: SenderKey
    sent: int
    last_used_at: datetime | None


def keys_of(by: Practitioner, feed: str = "") -> list[KeyState]:
    """Return the keys of a feed, by name, or of all; those in force first, with what each sent.

    One SQL query.
    """
    require_duty(by, Duty.FEEDS)
    held = SenderKey.objects.filter(feed__name=feed) if feed else SenderKey.objects.all()
    held = held.select_related("feed", "made_by", "revoked_by")
    counted = held.annotate(sent=Count("sendings"), last=Max("sendings__at"))
    found = [KeyState(key, key.sent, key.last) for key in counted.order_by("-made_at", "-pk")]
    return sorted(found, key=lambda state: state.key.revoked_at is not None)


def key_for(by: Practitioner, ref: str) -> SenderKey | None:
    require_duty(by, Duty.FEEDS)
    return SenderKey.objects.select_related("feed", "made_by", "revoked_by").filter(ref=ref).first()


def written_by(by: Practitioner, key: SenderKey, since: datetime) -> QuerySet[Delivery]:
    """Return what this key was the first to send since then, the newest first."""
    require_duty(by, Duty.FEEDS)
    firsts = Sending.objects.filter(key=key, is_first=True, at__gte=since).values("delivery")
    return Delivery.objects.filter(pk__in=firsts).select_related("feed").order_by("-arrived_at", "-pk")


def rows_left(by: Practitioner, key: SenderKey, since: datetime) -> int:
    """Return how many rows that this key wrote since then are not wholly taken back yet.  One SQL query."""
    written = written_by(by, key, since).order_by().values("pk")
    return Message.objects.filter(~Q(rank="") | Q(withdrawn_at=None), delivery__in=written).count()


def delivery_sent(by: SenderKey, ref: str) -> Delivery | None:
    """Return what this key sent, under this reference."""
    return Delivery.objects.select_related("feed").filter(ref=ref, sendings__key=by).first()


def counts_sent(by: SenderKey, delivery: Delivery) -> dict[str, int]:
    """Return how many rows of what this key sent have each status.  One SQL query."""
    rows = Message.objects.filter(delivery=delivery, delivery__sendings__key=by)
    counted = dict(rows.values_list("status").annotate(number=Count("pk", distinct=True)).order_by())
    return {status: counted.get(status, 0) for status in STATUSES}


def rows_sent(by: SenderKey, delivery: Delivery) -> QuerySet[Message]:
    """Return the rows of what this key sent, in their order, with what is wrong with them."""
    mine = Sending.objects.filter(key=by, delivery=OuterRef("delivery"))
    rows = Message.objects.filter(Exists(mine), delivery=delivery).prefetch_related("problems")
    return rows.order_by("pk")


def refused_rows(by: SenderKey) -> QuerySet[Message]:
    """Return the rows that this key sent and that wait to be mended, the newest first."""
    mine = Sending.objects.filter(key=by).values("delivery")
    rows = Message.objects.filter(delivery__in=mine, status="quarantined").select_related("delivery")
    return rows.prefetch_related("problems").order_by("-delivery__arrived_at", "pk")
