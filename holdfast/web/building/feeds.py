"""What has each agency sent, what became of it, and what waits to be mended?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from holdfast.feeds import queries
from holdfast.feeds.mending import common_faults
from holdfast.feeds.models import Delivery, Message
from holdfast.feeds.queries import FeedState
from holdfast.feeds.queries_drift import drift_of, drift_of_each
from holdfast.feeds.tables import TABLES
from holdfast.people.models import Practitioner
from holdfast.web import clocks, links
from holdfast.web.building import feed_alike, feed_drift, feed_row
from holdfast.web.parts import Fact, FeedCount, FormPart, Link, Pair, Row

FEW = 10  # rows to mend on the first page, our choice
ON_A_PAGE = 50  # rows or files, our choice


@dataclass(frozen=True)
class DeliveryLine:
    name: str
    url: str
    arrived: str
    count: FeedCount
    more: str = ""


def page(by: Practitioner, now: datetime, upload: FormPart | None) -> dict[str, Any]:
    """Return what `web/feeds.html` lays out.  A constant number of SQL queries."""
    states = queries.feed_states(by)
    drifts = drift_of_each(by, [state.feed for state in states])
    waiting = sum(state.waiting for state in states)
    return {
        "first_run": not states,
        "total": _total(states),
        "balances": all(state.is_conserved for state in states),
        "waiting": f"{waiting:,} rows are being applied now." if waiting else "",
        "warnings": _warnings(sum(state.warnings for state in states)),
        "silent": [_silent(state, now) for state in states if state.silent_for(now)],
        "counts": [
            replace(count_of(state, now), changed=feed_drift.few_words(drifts.get(state.feed.pk, [])))
            for state in states
        ],
        "upload": upload,
        **to_mend(queries.to_mend(by)[: FEW + 1], now, links.page("quarantine"), FEW),
    }


def count_of(state: FeedState, now: datetime) -> FeedCount:
    heard = _heard(state, now)
    due = f"Due {clocks.moment_words(state.due_at, now)}" if state.due_at and state.feed.is_active else ""
    name = state.feed.name
    return FeedCount(
        name=state.feed.label,
        received=state.received,
        applied=state.applied,
        duplicate=state.duplicate,
        superseded=state.superseded,
        quarantined=state.quarantined,
        url=links.page("feed", name),
        heard=heard,
        due=due,
        is_silent=bool(state.silent_for(now)),
        quarantine_url=f"{links.page('quarantine')}?feed={name}",
    )


def _heard(state: FeedState, now: datetime) -> str:
    last = state.last_heard_at
    return f"Last spoke {clocks.moment_words(last, now)}" if last else "Has not spoken yet"


def _total(states: Iterable[FeedState]) -> FeedCount:
    columns = ("received", "applied", "duplicate", "superseded", "quarantined")
    return FeedCount("All feeds", **{name: sum(getattr(one, name) for one in states) for name in columns})


def _warnings(number: int) -> str:
    if not number:
        return "No value was set aside."
    return (
        "1 value was set aside; its row was applied without it."
        if number == 1
        else f"{number:,} values were set aside; their rows were applied without them."
    )


def _silent(state: FeedState, now: datetime) -> Fact:
    silent = state.silent_for(now)
    assert silent is not None and state.due_at is not None
    whom = f" Ring {state.feed.agency}." if state.feed.agency else ""
    return Fact(
        f"{state.feed.label} should have spoken by {clocks.moment_words(state.due_at, now)}.",
        _heard(state, now),
        f". Silent for {clocks.length(silent)} since.{whom}",
    )


def to_mend(messages: Iterable[Message], now: datetime, more: str, most: int) -> dict[str, Any]:
    """Return the rows to mend, and the way to the rest if there are more."""
    found = list(messages)
    return {
        "quarantine": [row_of(message, now) for message in found[:most]],
        "more_quarantine": Link("All rows to be mended", more) if len(found) > most else None,
    }


def row_of(message: Message, now: datetime) -> Row:
    problems = list(message.problems.all())
    also = f" And {len(problems) - 1} more." if len(problems) > 1 else ""
    delivery = message.delivery
    is_whole = message.row == "*"
    return Row(
        title=f"{delivery.feed.label}, {'the whole file' if is_whole else f'row {message.row}'}",
        url=links.page("feed_row", delivery.ref, message.row),
        about=f"{problems[0].reason}{also}" if problems else "",
        more=f"{delivery.path}, arrived {clocks.moment_words(delivery.arrived_at, now)}",
        word="" if message.status == "quarantined" else feed_row.used_words(problems),
    )


def feed(by: Practitioner, state: FeedState, now: datetime, number: int) -> dict[str, Any]:
    """Return what `web/feed.html` lays out.  Thirteen SQL queries, however many files."""
    start = (number - 1) * ON_A_PAGE
    found = list(queries.deliveries(by, state.feed.name)[start : start + ON_A_PAGE + 1])
    counted = queries.statuses_of(by, found)
    url = links.page("feed", state.feed.name)
    more = f"{links.page('quarantine')}?feed={state.feed.name}"
    return {
        "back": Link("All feeds", links.page("feeds")),
        "title": state.feed.label,
        "state": f"{_heard(state, now)}. {count_of(state, now).due}".strip(),
        "is_silent": bool(state.silent_for(now)),
        "facts": [
            Pair("Whose export", str(state.feed.agency or "Several agencies’")),
            Pair("Expected", f"every {clocks.length(state.feed.expected_every)}"),
            Pair("Values set aside", f"{state.warnings:,}"),
        ],
        "count": count_of(state, now),
        **feed_drift.page(drift_of(by, state.feed), now),
        "common": feed_alike.common(common_faults(by, state.feed)),
        "deliveries": [line(one, counted.get(one.pk, {}), now) for one in found[:ON_A_PAGE]],
        "older": Link("Older files", f"{url}?page={number + 1}") if len(found) > ON_A_PAGE else None,
        "keys": _keys(state.feed.name),
        **to_mend(queries.to_mend(by, feed=state.feed)[: FEW + 1], now, more, FEW),
    }


def _keys(name: str) -> Link | None:
    """Only to an export that we know can a system send by itself."""
    if name not in {table.title for table in TABLES}:
        return None
    return Link("Keys of this feed", links.page("feed_keys_of", name))


def line(delivery: Delivery, statuses: Mapping[str, int], now: datetime) -> DeliveryLine:
    return DeliveryLine(
        name=delivery.path,
        url=links.page("delivery", delivery.ref),
        arrived=f"Arrived {clocks.moment_words(delivery.arrived_at, now)}",
        count=_count(delivery, statuses),
        more=short(delivery, statuses),
    )


def _count(delivery: Delivery, statuses: Mapping[str, int]) -> FeedCount:
    return FeedCount(
        delivery.path,
        received=sum(statuses.values()),
        applied=statuses.get("applied", 0),
        duplicate=statuses.get("duplicate", 0),
        superseded=statuses.get("superseded", 0),
        quarantined=statuses.get("quarantined", 0),
    )


def short(delivery: Delivery, statuses: Mapping[str, int]) -> str:
    """Return what the sender counted and we did not, in words; nothing where the counts agree."""
    declared, reached = delivery.declared_rows, sum(statuses.values())
    if declared is None or declared <= reached:
        return ""
    return f"The sender says {declared:,} rows; {reached:,} reached us."


def delivery(by: Practitioner, one: Delivery, now: datetime, number: int) -> dict[str, Any]:
    """Return what `web/delivery.html` lays out.  Five SQL queries, however many rows."""
    statuses = queries.statuses_of(by, [one]).get(one.pk, {})
    start = (number - 1) * ON_A_PAGE
    rows = list(queries.to_mend(by, delivery=one)[start : start + ON_A_PAGE + 1])
    waiting = statuses.get("waiting", 0)
    url = links.page("delivery", one.ref)
    return {
        "back": Link(one.feed.label, links.page("feed", one.feed.name)),
        "title": one.path,
        "facts": _about(one, now),
        "count": _count(one, statuses),
        "short": short(one, statuses),
        "waiting": f"{waiting:,} rows are still being applied." if waiting else "",
        "live_url": url,
        "problems": [row_of(message, now) for message in rows[:ON_A_PAGE]],
        "more": Link("More rows", f"{url}?page={number + 1}") if len(rows) > ON_A_PAGE else None,
    }


def _about(one: Delivery, now: datetime) -> list[Pair]:
    said = {
        "Arrived": clocks.moment_words(one.arrived_at, now),
        "Sent here by": one.by.name if one.by else "",
        "Sent by the system of": getattr(one, "sent_by", None) or "",
        "The sender’s job ran": clocks.day_words(one.drop_on, now.astimezone(clocks.LONDON).date()),
        "Rows the sender says it put in": f"{one.declared_rows:,}" if one.declared_rows is not None else "",
        "Encoding": one.encoding,
        "SHA-256": one.sha256,
        "Replayed": "Its moments are history: nobody was told" if one.is_history else "",
    }
    return [Pair(label, value) for label, value in said.items() if value]
