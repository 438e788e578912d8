"""What is there to tell of a child, whose record is it, and which part of it fits on a page?  S12.

The whole story is listed lightly first (one line an entry), so that the filters can count; only what a
page shows is then loaded.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from holdfast.chronology.queries import lines_of as lines_of_events
from holdfast.moments.of_child import Line
from holdfast.moments.of_child import lines_of as lines_of_acts
from holdfast.people.models import Person, Practitioner
from holdfast.web.building import whose
from holdfast.web.clocks import LONDON

MOMENTS, CONTACT = "Moments", "Contact"
ENOUGH = 30  # entries: then the page ends with the month, our choice
MOST = 150  # entries: then it ends with the day, our choice


class Item(NamedTuple):
    """One entry, not yet loaded: the keys of its event, of the moment that is told with it or alone, or of
    a contact."""

    at_s: float  # seconds since 1970, to put the story in order
    group: str
    whose: str
    event: int | None = None
    moment: int | None = None
    contact: int | None = None

    @property
    def day(self) -> date:
        return datetime.fromtimestamp(self.at_s, LONDON).date()


@dataclass(frozen=True, slots=True)
class Part:
    """What one page shows, and the first entries of the rest."""

    items: list[Item]
    rest: list[Item]


def items_of(by: Practitioner, person: Person, now: datetime) -> list[Item]:
    """Return every entry, the latest first.  An event that raised a moment is told as that moment.

    Two SQL queries, however long the story.
    """
    acts = lines_of_acts(by, person, now)
    raised = {act.event: act.key for act in acts if act.event}
    found: list[Item] = []
    for group, source, events, at_s in lines_of_events(by, person, now):
        teller = whose.sender(source)
        found += [
            Item(at, MOMENTS if event in raised else group, teller, event, raised.get(event))
            for event, at in zip(events, at_s, strict=True)
        ]
    # Of the same second, what reached us last comes first.
    found.sort(key=attrgetter("event"), reverse=True)
    found += _alone(acts, {item.moment for item in found})
    return sorted(found, key=attrgetter("at_s"), reverse=True)


def _alone(acts: Iterable[Line], told: set[int | None]) -> Iterator[Item]:
    for is_contact, key, _, at_s in acts:
        if is_contact:
            yield Item(at_s, CONTACT, whose.HERE, contact=key)
        # What raised a moment may be closed to this reader: then the moment stands alone.
        elif key not in told:
            yield Item(at_s, MOMENTS, whose.HERE, moment=key)


def counts(items: Iterable[Item], name: str) -> dict[str, int]:
    """Return how many entries there are of each kind, or of each one's records; moments first."""
    found = Counter(map(attrgetter(name), items))
    return dict(sorted(found.items(), key=lambda pair: (pair[0] != MOMENTS, pair[0])))


def part_of(items: Sequence[Item], behind: date | None, is_oldest_first: bool) -> Part:
    """Return what follows behind a day: whole months until there is enough, whole days where that is much."""
    ordered = list(reversed(items)) if is_oldest_first else list(items)
    if behind:
        ordered = _behind(ordered, behind, is_oldest_first)
    shown: list[Item] = []
    for day, of_day in groupby(ordered, key=attrgetter("day")):
        group = list(of_day)
        if shown and _is_full(shown, group, day):
            break
        shown += group
    return Part(shown, ordered[len(shown) :])


def _behind(ordered: list[Item], day: date, is_oldest_first: bool) -> list[Item]:
    if is_oldest_first:
        until_s = _midnight_s(day + timedelta(days=1))
        return [item for item in ordered if item.at_s >= until_s]
    since_s = _midnight_s(day)
    return [item for item in ordered if item.at_s < since_s]


def _midnight_s(day: date) -> float:
    """Return when a London day begins, in seconds since 1970."""
    return datetime.combine(day, time.min, LONDON).timestamp()


def _is_full(shown: list[Item], group: list[Item], day: date) -> bool:
    last = shown[-1].day
    is_new_month = (last.year, last.month) != (day.year, day.month)
    return len(shown) >= ENOUGH and (is_new_month or len(shown) + len(group) > MOST)
