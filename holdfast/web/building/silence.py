"""Which feeds are silent?  Every page that relies on them says so: what they would tell is not there."""

from dataclasses import dataclass
from datetime import datetime

from holdfast.access.queries import may
from holdfast.access.terms import Duty
from holdfast.feeds.queries import silent_feeds
from holdfast.people.models import Practitioner
from holdfast.web import links
from holdfast.web.clocks import length


@dataclass(frozen=True)
class SilentFeed:
    label: str
    heard: str  # "3 h 20 min ago"
    url: str = ""  # for those who look after feeds


def silent(by: Practitioner, now: datetime) -> list[SilentFeed]:
    """Return the silent feeds, the longest silent first.  One SQL query."""
    may_look = may(by, Duty.FEEDS)
    return [
        SilentFeed(
            label=one.label,
            heard=f"{length(now - one.last_heard_at)} ago",
            url=links.page("feed", one.name) if may_look else "",
        )
        for one in silent_feeds(by, now)
    ]
