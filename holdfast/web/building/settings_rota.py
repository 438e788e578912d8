"""One area's weekly turns and ladder, as they can be changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from holdfast.people.models import Area, Practitioner
from holdfast.rota.models import Turn
from holdfast.rota.queries import Week, ladder, ladder_for, turns_for, week
from holdfast.rota.rules import DEFAULT_LADDER
from holdfast.web import clocks, links
from holdfast.web.building import rota
from holdfast.web.building.rota import WHOM
from holdfast.web.building.settings import MAY_ANSWER, OF_THE_ROTA, here, history
from holdfast.web.building.words import today as today_of
from holdfast.web.clocks import length, short_day
from holdfast.web.forms.settings_duty import WEEKDAYS
from holdfast.web.parts import Button, Link, Row

COMING_DAYS = 8  # days of one turn offered for somebody else to take, our choice


@dataclass(frozen=True)
class TurnLine:
    """One weekly turn: "09:00 to 17:00", who, and until when if it ends."""

    hours: str
    who: str
    dates: str
    url: str
    spoken: str


@dataclass(frozen=True)
class DayOfTurns:
    day: str
    turns: list[TurnLine]
    gap: str


def may_be_on(now: datetime) -> QuerySet[Practitioner]:
    """Return who may take a turn: their role may answer for a child, and they still work here."""
    return here(now).filter(role__in=MAY_ANSWER).select_related("agency").order_by("name", "pk")


def page(by: Practitioner, area: Area, now: datetime) -> dict[str, Any]:
    """Return an area's days and ladder.  Seven SQL queries, however many turns."""
    today = today_of(now)
    found = week(by, area, today)
    gaps = dict(_gaps(found, today))
    turns = turns_for(by, area, now)
    return {
        "title": f"Rota of {area}",
        "area": area.name,
        "cover": rota.cover(found, now),
        "is_covered": not rota.still_open(found, now),
        "is_empty": not turns,
        "view": Link("See it day by day", links.page("rota_of", area.code)),
        "areas": [
            Link(one.name, links.page("settings_rota_of", one.code), one == area)
            for one in rota.partner_areas()
        ],
        "days": [
            DayOfTurns(name, [_turn(turn, area, today) for turn in turns if turn.weekday == day], gaps[day])
            for day, name in enumerate(WEEKDAYS)
        ],
        "ladder": _ladder(by, area),
        "usual": None if ladder(area) == list(DEFAULT_LADDER) else _usual(area),
        "history": history(by, area.code, now, OF_THE_ROTA),
    }


def _gaps(found: Week, today: date) -> Iterable[tuple[int, str]]:
    """Return for each weekday when nobody is on, on the day on which it comes next."""
    for (day, _), shown in zip(found.days, rota.days_of(found, today), strict=True):
        when = "Today" if day == today else short_day(day, today)
        yield day.weekday(), f"{when}: {shown.gap[0].lower()}{shown.gap[1:]}" if shown.gap else ""


def _turn(turn: Turn, area: Area, today: date) -> TurnLine:
    return TurnLine(
        hours=hours(turn),
        who=turn.practitioner.name,
        dates=dates(turn, today),
        url=links.page("settings_turn", area.code, turn.ref),
        spoken=f"Change {turn.practitioner}’s turn on {WEEKDAYS[turn.weekday]}",
    )


def hours(turn: Turn) -> str:
    next_day = " the next morning" if turn.until <= turn.starts else ""
    return f"{turn.starts:%H:%M} to {turn.until:%H:%M}{next_day}"


def dates(turn: Turn, today: date) -> str:
    if turn.first_on == turn.last_on:
        return f"Only on {short_day(turn.first_on, today)}"
    since = f"from {short_day(turn.first_on, today)}" if turn.first_on > today else ""
    until = f"for the last time on {short_day(turn.last_on, today)}" if turn.last_on else ""
    said = ", ".join(part for part in (since, until) if part)
    return said[:1].upper() + said[1:]


def _usual(area: Area) -> Button:
    return Button("Use the usual steps", links.page("settings_rota_do", area.code, "usual_steps"), posts=True)


def _ladder(by: Practitioner, area: Area) -> list[Row]:
    return [
        Row(
            f"{number}. {name or WHOM[step.whom]}",
            about=f"Then {length(step.wait)} to answer",
            action=Button(
                "Take out",
                links.page("settings_step", area.code, str(number)),
                spoken=f"Take step {number} out",
            ),
        )
        for number, (step, name) in enumerate(ladder_for(by, area), start=1)
    ]


def coming_days(turn: Turn, today: date) -> list[tuple[str, str]]:
    """Return the next days on which a turn comes, as a form's choices."""
    first = max(turn.first_on, today)
    first += (turn.weekday - first.weekday()) % len(WEEKDAYS) * clocks.DAY
    days = [first + number * rota.WEEK for number in range(COMING_DAYS)]
    return [
        (day.isoformat(), clocks.day_words(day, today))
        for day in days
        if turn.last_on is None or day <= turn.last_on
    ]
