"""What is there to tell of a child, whose record is it, and which part of it fits on a page?  S12.

The whole story is listed lightly first (one line an entry), so that the filters can count; only what a
page shows is then loaded.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from holdfast.chronology.queries import events_of
from holdfast.moments.models import Contact
from holdfast.moments.queries import contacts_of, moment_times
from holdfast.people.models import Person, Practitioner
from holdfast.web.building import whose
from holdfast.web.clocks import LONDON

MOMENTS, CONTACT = "Moments", "Contact"
ENOUGH = 30  # entries: then the page ends with the month, our choice
MOST = 150  # entries: then it ends with the day, our choice


@dataclass(frozen=True, slots=True)
class Item:
    """One entry, not yet loaded.  At most one of `moment` and `contact` is there; `event` and `moment` are
    keys."""

    at: datetime
    group: str
    whose: str
    event: int | None = None
    moment: int | None = None
    contact: Contact | None = None

    @property
    def day(self) -> date:
        return self.at.astimezone(LONDON).date()


@dataclass(frozen=True, slots=True)
class Part:
    """What one page shows, and the first entries of the rest."""

    items: list[Item]
    rest: list[Item]


def items_of(by: Practitioner, person: Person, now: datetime) -> list[Item]:
    """Return every entry, the latest first.  An event that raised a moment is told as that moment."""
    moments = moment_times(by, person, now)
    raised = {event: key for key, event, _ in moments if event}
    found: list[Item] = []
    seen: set[int] = set()
    rows = events_of(by, person, now).values_list("pk", "happened_at", "kind__group", "source")
    for event, at, group, source in rows:
        moment = raised.get(event)
        seen.add(event)
        found.append(Item(at, MOMENTS if moment else group, whose.sender(source), event, moment))
    for key, cause, at in moments:
        # What raised it may be closed to this reader: then the moment stands alone.
        if cause not in seen:
            found.append(Item(at, MOMENTS, whose.HERE, None, key))
    for contact in contacts_of(by, person, now):
        found.append(Item(contact.at, CONTACT, whose.HERE, contact=contact))
    return sorted(found, key=lambda item: item.at, reverse=True)


def counts(items: Iterable[Item], name: str) -> dict[str, int]:
    """Return how many entries there are of each kind, or of each one's records; moments first."""
    found = Counter(getattr(item, name) for item in items)
    return dict(sorted(found.items(), key=lambda pair: (pair[0] != MOMENTS, pair[0])))


def part_of(items: Sequence[Item], behind: date | None, is_oldest_first: bool) -> Part:
    """Return what follows behind a day: whole months until there is enough, whole days where that is much."""
    ordered = list(reversed(items)) if is_oldest_first else list(items)
    if behind:
        ordered = [item for item in ordered if (item.day > behind if is_oldest_first else item.day < behind)]
    shown: list[Item] = []
    for day, of_day in groupby(ordered, key=lambda item: item.day):
        group = list(of_day)
        if shown and _is_full(shown, group, day):
            break
        shown += group
    return Part(shown, ordered[len(shown) :])


def _is_full(shown: list[Item], group: list[Item], day: date) -> bool:
    last = shown[-1].day
    is_new_month = (last.year, last.month) != (day.year, day.month)
    return len(shown) >= ENOUGH and (is_new_month or len(shown) + len(group) > MOST)
