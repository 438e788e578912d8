"""What has changed in what each feed's senders send?  Derived from what is stored, kept nowhere.

What a delivery looks like never changes: once seen, it is remembered in the process.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from holdfast.access.queries import require_duty
from holdfast.access.terms import Duty
from holdfast.audit.terms import System
from holdfast.feeds.drift import Drift, Shape, drifted, shape_of
from holdfast.feeds.models import Delivery, Feed, Message
from holdfast.feeds.queries import row_as_sent
from holdfast.feeds.tables import Table, table_of
from holdfast.people.models import Practitioner
from holdfast.places.queries import known_names

LOOKED_BACK = 12  # deliveries of a feed that are compared, our choice: two weeks of a daily export
ROWS_LOOKED_AT = 20  # of each delivery, our choice: a change of form is in every row
REMEMBERED = 4_096  # shapes of deliveries

# The newest deliveries of each feed; a lateral join walks the index of each by time.
NEWEST = """
SELECT one.* FROM feeds_feed AS feed CROSS JOIN LATERAL (
    SELECT * FROM feeds_delivery WHERE feed_id = feed.id ORDER BY arrived_at DESC, id DESC LIMIT %s
) AS one WHERE feed.id = ANY(%s)
"""
SOME_ROWS = """
SELECT one.* FROM unnest(%s::bigint[]) AS delivery(id) CROSS JOIN LATERAL (
    SELECT * FROM feeds_message WHERE delivery_id = delivery.id AND row <> '*' ORDER BY row LIMIT %s
) AS one
"""


@dataclass(frozen=True, slots=True)
class SeenDrift:
    """`since` is the delivery in which it was first seen; `is_new`: those before it did not have it."""

    drift: Drift
    since: Delivery
    is_new: bool


def drift_of(by: Practitioner | System, feed: Feed) -> list[SeenDrift]:
    """Return what changed along the feed's newest deliveries, newest first.  Three SQL queries at most."""
    return drift_of_each(by, [feed]).get(feed.pk, [])


def drift_of_each(by: Practitioner | System, feeds: Iterable[Feed]) -> dict[int, list[SeenDrift]]:
    """Return, by feed, what changed.  Three SQL queries at most, however many feeds."""
    if not isinstance(by, System):
        require_duty(by, Duty.FEEDS)
    named = {feed.pk: feed for feed in feeds}
    deliveries = _newest(named)
    shapes = _shapes(deliveries)
    every = [shape for of_feed in shapes.values() for shape in of_feed]
    known = known_names({name for shape in every for _, name in shape.places})
    return {key: _seen(deliveries[key], shapes[key], known) for key in deliveries}


def _seen(deliveries: Sequence[Delivery], shapes: Sequence[Shape], known: frozenset[str]) -> list[SeenDrift]:
    """Compare what each authority sends with what it sent before; return the newest change first."""
    table, found = _table(deliveries[0]), []
    if table is None:
        return []
    for la_code in {delivery.la_code for delivery in deliveries}:
        own = [place for place, delivery in enumerate(deliveries) if delivery.la_code == la_code]
        for drift in drifted(table, [shapes[place] for place in own], known):
            found.append(SeenDrift(drift, deliveries[own[drift.first]], drift.first > 0))
    return sorted(found, key=lambda one: (one.since.arrived_at, one.since.pk), reverse=True)


def _table(delivery: Delivery) -> Table | None:
    return table_of(*delivery.feed.name.split("/"))


def _newest(feeds: Mapping[int, Feed]) -> dict[int, list[Delivery]]:
    """Return, by feed, its newest deliveries, the oldest of them first."""
    found: dict[int, list[Delivery]] = {}
    for delivery in Delivery.objects.raw(NEWEST, [LOOKED_BACK, list(feeds)]):
        delivery.feed = feeds[delivery.feed_id]
        found.setdefault(delivery.feed_id, []).append(delivery)
    return {key: sorted(ones, key=lambda one: (one.arrived_at, one.pk)) for key, ones in found.items()}


def _shapes(deliveries: Mapping[int, Sequence[Delivery]]) -> dict[int, list[Shape]]:
    every = {one.pk: one for ones in deliveries.values() for one in ones}
    new = [key for key in every if (key, every[key].sha256) not in _remembered]
    rows: dict[int, list[Mapping[str, str]]] = {key: [] for key in new}
    # Asked even where all were seen before, so that a page costs the same whatever is remembered.
    for message in Message.objects.raw(SOME_ROWS, [new, ROWS_LOOKED_AT]):
        message.delivery = every[message.delivery_id]
        if _table(message.delivery):
            rows[message.delivery_id] += _cells(message)
    for key in new:
        _remember(every[key], rows[key])
    return {feed: [_remembered[one.pk, one.sha256] for one in ones] for feed, ones in deliveries.items()}


def _cells(message: Message) -> list[Mapping[str, str]]:
    """Return a row's cells; nothing for one that cannot be read again."""
    try:
        return [row_as_sent(message).cells]
    except ValueError:
        return []


_remembered: dict[tuple[int, str], Shape] = {}  # by delivery; its digest too, for tests begin to count anew


def _remember(delivery: Delivery, rows: Sequence[Mapping[str, str]]) -> None:
    table = _table(delivery)
    shape = shape_of(table, delivery.header, delivery.encoding, rows) if table else Shape()
    if len(_remembered) >= REMEMBERED:
        _remembered.clear()
    _remembered[delivery.pk, delivery.sha256] = shape
