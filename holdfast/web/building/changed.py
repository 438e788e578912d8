"""What changed since this reader last looked?"""

from datetime import datetime, timedelta
from typing import Any

from holdfast.chronology.queries import Told
from holdfast.moments.of_child import ContactTold
from holdfast.web import links
from holdfast.web.building import contacts, whose
from holdfast.web.building.of_child import Shown
from holdfast.web.parts import Fact, Link

SHOWN = 5
# Our choice: a page opened again within the half hour still shows what was new.
SAME_LOOK = timedelta(minutes=30)
FIRST_LOOK = timedelta(days=28)  # our choice: how far back a first look goes


def start_of(looked_at: datetime | None, now: datetime) -> datetime:
    """Return from when on something is new to a reader."""
    return looked_at or now - FIRST_LOOK


def since(
    child: Shown, now: datetime, looked_at: datetime | None, told: list[Told], had: list[ContactTold]
) -> dict[str, Any]:
    """Return the title and the facts that reached us after the last look, the latest first."""
    start = start_of(looked_at, now)
    dated = [(event.known_at, whose.fact(event, now)) for event in told]
    dated += [
        (contact.recorded_at, contacts.fact(contact, now)) for contact in had if contact.recorded_at > start
    ]
    facts = [found for _, found in sorted(dated, key=lambda pair: pair[0], reverse=True)]
    title = (
        f"What changed since you last looked, {whose.day_of(looked_at, now)}"
        if looked_at
        else f"What changed in the last {FIRST_LOOK.days} days"
    )
    return {
        "changed_title": title,
        "changed": facts[:SHOWN],
        "more_changed": _more(child, facts),
        "nothing_changed": _nothing(start, had, now),
    }


def _more(child: Shown, facts: list[Fact]) -> Link | None:
    url = links.page("timeline", child.person.ref)
    return Link("All of it, on the timeline", url) if len(facts) > SHOWN else None


def _nothing(start: datetime, had: list[ContactTold], now: datetime) -> str:
    last = f" Last contact {whose.day_of(had[0].at, now)}, {had[0].by.name}." if had else ""
    return f"Nothing has changed since {whose.day_of(start, now)}.{last}"
