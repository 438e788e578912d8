"""Which children's pages are open to this reader?  By the next clock, then by name; by nothing else."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from holdfast.access.queries import people_for
from holdfast.audit.commands import record_shown
from holdfast.moments.queries import live_moments, promised_contacts
from holdfast.people.models import Area, Person, Practitioner
from holdfast.people.queries import Identity, by_name, identities
from holdfast.relationships.queries import trusted_names
from holdfast.web import links
from holdfast.web.building.of_child import age_words
from holdfast.web.parts import Link, Promise, Row
from holdfast.web.queries import areas_for

ON_A_PAGE = 50  # children, our choice


@dataclass(frozen=True, slots=True)
class Next:
    """The soonest promise to a child, and what it is."""

    due: datetime
    towards: str
    label: str


def page(by: Practitioner, now: datetime, area: Area | None, number: int) -> dict[str, Any]:
    """Return what `web/children.html` lays out.  A constant number of SQL queries, however many children."""
    visible = people_for(by, now)
    if area:
        visible = visible.filter(pk__in=Person.objects.filter(areas__area=area, areas__ends_on=None))
    clocked = _clocks(by, visible, now)
    people, has_more = _slice(visible, clocked, number)
    who, trusts = identities(one.pk for one in people), trusted_names(by, [one.pk for one in people])
    rows = [_row(one, who[one.pk], trusts.get(one.pk, ""), clocked.get(one.pk), now) for one in people]
    record_shown(by=by, act="child.list", at=now, refs=[one.ref for one in people])
    return {
        "rows": rows,
        "count": _count(visible.count()),
        "order": "by the next clock, then by name",
        "areas": _areas(by, area, now),
        "older": Link("More children", _url(area, number + 1)) if has_more else None,
        "search_action": links.page("search"),
    }


def _clocks(by: Practitioner, visible: QuerySet[Person], now: datetime) -> dict[int, Next]:
    """Return each child's soonest promise: an answer or a visit at a moment, or the next contact."""
    found = {
        person: Next(at, "to the next contact", "Promised for")
        for person, at in promised_contacts(by, visible).items()
    }
    for one in live_moments(by, now):
        clock, held = one.clock, found.get(one.moment.person_id)
        if clock.due and (held is None or clock.due < held.due):
            found[one.moment.person_id] = Next(clock.due, clock.towards, clock.label)
    return found


def _slice(visible: QuerySet[Person], clocked: dict[int, Next], number: int) -> tuple[list[Person], bool]:
    """Return the children of one page: those with a clock stand before all others."""
    timed = sorted(visible.filter(pk__in=clocked), key=lambda one: (clocked[one.pk].due, one.ref))
    start = (number - 1) * ON_A_PAGE
    ahead = timed[start : start + ON_A_PAGE]
    room = ON_A_PAGE - len(ahead)
    first = max(0, start - len(timed))
    others = by_name(visible.exclude(pk__in=clocked))[first : first + room + 1]
    rest = list(others) if room else []
    has_more = len(rest) > room or len(timed) > start + ON_A_PAGE
    return [*ahead, *rest[:room]], has_more


def _row(one: Person, identity: Identity, trusts: str, clock: Next | None, now: datetime) -> Row:
    return Row(
        title=identity.full_name,
        url=links.child(one.ref),
        age=age_words(identity, now),
        promise=Promise(clock.due, clock.towards, clock.label, one.ref) if clock else None,
        more=f"Trusts {trusts}" if trusts else "Trusts: nobody yet",
    )


def _count(number: int) -> str:
    return "1 child open to you" if number == 1 else f"{number:,} children open to you"


def _areas(by: Practitioner, chosen: Area | None, now: datetime) -> list[Link]:
    areas = areas_for(by, now)
    if len(areas) < 2:
        return []
    every = Link("All areas", _url(None, 1), chosen is None)
    return [every, *(Link(area.name, _url(area, 1), area == chosen) for area in areas)]


def _url(area: Area | None, number: int) -> str:
    asked = [f"area={area.code}"] if area else []
    asked += [f"page={number}"] if number > 1 else []
    return links.page("children") + (f"?{'&'.join(asked)}" if asked else "")
