"""Which systems may send rows, what did each send, and what would be taken back?"""

from datetime import datetime
from typing import Any

from holdfast.feeds import queries
from holdfast.feeds.labels import label_of
from holdfast.feeds.models import SenderKey
from holdfast.feeds.queries import KeyState
from holdfast.feeds.sending import slug_of
from holdfast.people.models import Practitioner
from holdfast.web import clocks, links
from holdfast.web.building import feeds
from holdfast.web.forms.feed_keys import TakeBackForm
from holdfast.web.parts import Button, FormPart, Link, Pair, Row

STOPPED, NOTHING_YET = "Stopped", "Has sent nothing yet"


def page(by: Practitioner, name: str, form: Any, now: datetime) -> dict[str, Any]:
    """Return what `web/feed_keys.html` lays out.  One SQL query."""
    back = Link(label_of(name), links.page("feed", name)) if name else Link("All feeds", links.page("feeds"))
    address = links.page("feed_keys_of", name) if name else links.page("feed_keys")
    return {
        "back": back,
        "title": "Keys of this feed" if name else "Keys of all feeds",
        "feed": label_of(name) if name else "",
        "keys": [_row(state, bool(name), now) for state in queries.keys_of(by, name)],
        "make": FormPart(form, address, "Make a key", "Give a system a key", key="make"),
    }


def _row(state: KeyState, is_of_one_feed: bool, now: datetime) -> Row:
    key = state.key
    last = state.last_used_at
    sent = f"Sent {state.sent:,} times, last {clocks.moment_words(last, now)}" if last else NOTHING_YET
    return Row(
        title=key.label,
        url=links.page("feed_key", key.ref),
        word=STOPPED if key.revoked_at else "",
        about=_may_send(key) if not is_of_one_feed else _for(key),
        more=f"{_made(key, now)}. {sent}",
    )


def _may_send(key: SenderKey) -> str:
    return f"{label_of(key.feed.name)}{', ' if key.la_code else ''}{_for(key)}"


def _for(key: SenderKey) -> str:
    return f"authority {key.la_code}" if key.la_code else ""


def _made(key: SenderKey, now: datetime) -> str:
    return f"Made by {key.made_by.name}, {clocks.moment_words(key.made_at, now)}"


def _by(who: Practitioner, at: datetime, now: datetime) -> str:
    return f"By {who.name}, {clocks.moment_words(at, now)}"


def of_key(
    by: Practitioner, key: SenderKey, now: datetime, since: datetime, form: Any, secret: str = ""
) -> dict[str, Any]:
    """Return what `web/feed_key.html` lays out.  Three SQL queries."""
    written = list(queries.written_by(by, key, since)[: feeds.ON_A_PAGE + 1])
    counts = queries.statuses_of(by, written)
    left = queries.rows_left(by, key, since)
    address = links.page("feed_key_stop", key.ref)
    return {
        "back": Link("Keys of this feed", links.page("feed_keys_of", key.feed.name)),
        "title": key.label,
        "is_stopped": bool(key.revoked_at),
        "secret": secret,
        "slug": slug_of(key.feed.name),
        "facts": _facts(key, now),
        "stop": None if key.revoked_at else Button("Stop this key", address, posts=True),
        "since": form,
        "url": links.page("feed_key", key.ref),
        "written": [feeds.line(one, counts.get(one.pk, {}), now) for one in written[: feeds.ON_A_PAGE]],
        "more": len(written) > feeds.ON_A_PAGE,
        "take_back": _take_back(key, left, since, now) if left else None,
    }


def _facts(key: SenderKey, now: datetime) -> list[Pair]:
    stopped = _by(key.revoked_by, key.revoked_at, now) if key.revoked_by and key.revoked_at else ""
    said = {
        "May send": _may_send(key),
        "To": f"/api/feeds/{slug_of(key.feed.name)}/rows",
        "Made": _by(key.made_by, key.made_at, now),
        "Stopped": stopped,
    }
    return [Pair(label, value) for label, value in said.items() if value]


def _take_back(key: SenderKey, left: int, since: datetime, now: datetime) -> FormPart:
    rows = "1 row" if left == 1 else f"{left:,} rows"
    what = "Take back" if key.revoked_at else "Stop this key and take back"
    when = clocks.moment_words(since, now)
    return FormPart(
        TakeBackForm(initial={"since": since.isoformat()}),
        links.page("feed_key_take_back", key.ref),
        f"{what} {rows}",
        lead=f"{rows} since {when}. What was said there of people counts no more, and what others said "
        "counts again. What was said to have happened is shown as taken back. Nothing is deleted. A critical "
        "moment that was raised by it stays open until somebody ends it.",
        key="take-back",
    )


def result(count: int) -> str:
    if not count:
        return "Nothing was left to take back."
    return "1 row was taken back." if count == 1 else f"{count:,} rows were taken back."
