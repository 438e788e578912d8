"""What has changed in what a feed's senders send, in words."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from holdfast.feeds.queries_drift import SeenDrift
from holdfast.web.clocks import moment_words
from holdfast.web.parts import Fact

MOST = 30  # changes listed, our choice: more of them mean another export altogether


def page(seen: Sequence[SeenDrift], now: datetime) -> dict[str, Any]:
    """Return what changed lately, and what has long not been as documented."""
    return {
        "changed": [_fact(one, now) for one in seen if one.is_new][:MOST],
        "different": [_fact(one, now) for one in seen if not one.is_new][:MOST],
    }


def few_words(seen: Sequence[SeenDrift]) -> str:
    """Return "2 changes in what is sent"; nothing where nothing changed lately."""
    number = sum(one.is_new for one in seen)
    if not number:
        return ""
    return "1 change in what is sent" if number == 1 else f"{number:,} changes in what is sent"


def _fact(one: SeenDrift, now: datetime) -> Fact:
    example = f"For example “{one.drift.example}”. " if one.drift.example else ""
    first = "First seen in" if one.is_new else "So at least since"
    arrived = moment_words(one.since.arrived_at, now)
    return Fact(one.drift.said, who="", source=f"{example}{first} {one.since.path}, arrived {arrived}")
