"""A child's timeline: one story, filtered, a month or more at a time.  S12."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.http import QueryDict

from holdfast.chronology.queries import Told, told_of
from holdfast.moments.of_child import ContactTold, MomentTold, contacts_told, moments_told
from holdfast.people.models import Practitioner
from holdfast.web import links
from holdfast.web.building import entries, story
from holdfast.web.building.of_child import Shown
from holdfast.web.building.story import Item, Part
from holdfast.web.clocks import LONDON, day_words
from holdfast.web.forms.timeline import FilterForm
from holdfast.web.parts import Day, Entry, Link, Pair


def page(
    by: Practitioner, child: Shown, now: datetime, asked: QueryDict, filter_only: bool = False
) -> dict[str, Any]:
    """Return what `web/timeline.html` lays out.  A constant number of SQL queries, however long the story."""
    items = story.items_of(by, child.person, now)
    form = FilterForm(asked, kinds=story.counts(items, "group"), whose=story.counts(items, "whose"))
    kinds, tellers = form.chosen("kind"), form.chosen("whose")
    kept = [item for item in items if item.group in kinds and item.whose in tellers]
    is_oldest_first = asked.get("order") == "oldest"
    part = story.part_of(kept, _behind(asked), is_oldest_first)
    return {
        "count": _entries(len(kept)),
        "days": _days(by, child, now, [] if filter_only else part.items),
        "older": _older(child, asked, part, is_oldest_first),
        "filter_only": filter_only,
        **_order(child, asked, is_oldest_first),
        **_filter(child, asked, form),
        **_empty(child, bool(items), asked, now),
    }


def _behind(asked: QueryDict) -> date | None:
    """Return the day behind which to go on; an impossible one is passed over."""
    try:
        return date.fromisoformat(asked.get("behind", ""))
    except ValueError:
        return None


def _entries(number: int) -> str:
    return "1 entry" if number == 1 else f"{number:,} entries"


@dataclass(frozen=True, slots=True)
class Loaded:
    """All that the entries of one page are told with, by key."""

    events: dict[int, Told]
    moments: dict[int, MomentTold]
    contacts: dict[int, ContactTold]


def _loaded(by: Practitioner, child: Shown, now: datetime, items: list[Item]) -> Loaded:
    return Loaded(
        told_of(by, child.person, now, [item.event for item in items if item.event]),
        moments_told(by, child.person, now, [item.moment for item in items if item.moment]),
        contacts_told(by, child.person, now, [item.contact for item in items if item.contact]),
    )


def _days(by: Practitioner, child: Shown, now: datetime, items: list[Item]) -> list[Day]:
    loaded, today = _loaded(by, child, now, items), now.astimezone(LONDON).date()
    return [
        Day(day_words(day, today), [_entry(item, loaded, child.identity.name, now) for item in of_day])
        for day, of_day in groupby(items, key=lambda item: item.day)
    ]


def _entry(item: Item, loaded: Loaded, name: str, now: datetime) -> Entry:
    if item.contact:
        return entries.of_contact(loaded.contacts[item.contact], now)
    event = loaded.events[item.event] if item.event else None
    if item.moment:
        return entries.of_moment(loaded.moments[item.moment], event, name, now)
    assert event is not None
    return entries.of_event(event, name, now)


def _url(child: Shown, asked: QueryDict, **changes: str) -> str:
    """Return this page's address with some of its answers changed; an empty one is left out."""
    query = asked.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value:
            query[name] = value
    address = links.page("timeline", child.person.ref)
    return f"{address}?{query.urlencode()}" if query else address


def _older(child: Shown, asked: QueryDict, part: Part, is_oldest_first: bool) -> Link | None:
    if not part.rest:
        return None
    last, following = part.items[-1].day, part.rest[0].day
    url = _url(child, asked, behind=last.isoformat())
    if (last.year, last.month) == (following.year, following.month):
        return Link(f"Load {'later' if is_oldest_first else 'older'}: {_entries(len(part.rest))}", url)
    number = _of_month(part.rest, following)
    word = "Later" if is_oldest_first else "Earlier"
    return Link(f"{word}: {following:%B %Y}, {_entries(number)}", url)


def _of_month(items: Iterable[Item], month: date) -> int:
    return sum((item.day.year, item.day.month) == (month.year, month.month) for item in items)


def _order(child: Shown, asked: QueryDict, is_oldest_first: bool) -> dict[str, Any]:
    if is_oldest_first:
        link = Link("Newest first", _url(child, asked, order="", behind=""))
        return {"order": "oldest first", "order_link": link}
    link = Link("Oldest first", _url(child, asked, order="oldest", behind=""))
    return {"order": "newest first", "order_link": link}


def _filter(child: Shown, asked: QueryDict, form: FilterForm) -> dict[str, Any]:
    kinds, shown = form.counts["kind"], form.chosen("kind")
    order = asked.get("order", "")
    query = asked.urlencode()
    return {
        "filter_form": form.ticked(),
        "filter_action": links.page("timeline", child.person.ref),
        "filter_summary": f"{len(shown)} of {len(kinds)} kinds shown",
        "filter_link": links.page("timeline_filter", child.person.ref) + (f"?{query}" if query else ""),
        "hidden": [Pair("order", order)] if order == "oldest" else [],
    }


def _empty(child: Shown, has_items: bool, asked: QueryDict, now: datetime) -> dict[str, Any]:
    if not has_items:
        return {"empty": f"Nothing is written down about {child.identity.name} yet.", "all_link": None}
    behind = _behind(asked)
    before = f" before {day_words(behind, now.astimezone(LONDON).date())}" if behind else ""
    return {
        "empty": f"Nothing of these kinds{before}.",
        "all_link": Link("Show all kinds", links.page("timeline", child.person.ref)),
    }
