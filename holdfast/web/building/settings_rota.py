"""One area's weekly turns and ladder, as they can be changed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from holdfast.access.terms import DUTIES, Duty
from holdfast.people.models import Area, Practitioner
from holdfast.people.terms import Role
from holdfast.rota.models import Turn
from holdfast.rota.queries import ladder_for, turns_for, week
from holdfast.web import links
from holdfast.web.building import rota
from holdfast.web.building.rota import WHOM
from holdfast.web.clocks import LONDON, length, short_day
from holdfast.web.forms.settings import WEEKDAYS
from holdfast.web.parts import Button, Link, Row

MAY_ANSWER = [role for role in Role if Duty.RESPOND in DUTIES[role]]


@dataclass(frozen=True)
class DayOfTurns:
    day: str
    rows: list[Row]
    gap: str


def may_be_on(area: Area, now: datetime) -> Any:
    """Return who may take a turn: their role may answer for a child, and they still work here."""
    here = Practitioner.objects.filter(left_at=None) | Practitioner.objects.filter(left_at__gt=now)
    return here.filter(role__in=MAY_ANSWER).order_by("name")


def page(by: Practitioner, area: Area, now: datetime) -> dict[str, Any]:
    """Return an area's days and ladder.  Five SQL queries, however many turns."""
    today = now.astimezone(LONDON).date()
    turns = turns_for(by, area, now)
    coming = {day.weekday(): found for day, found in _gaps(by, area, now)}
    return {
        "area": area.name,
        "areas": [
            Link(one.name, links.page("settings_rota_of", one.code), one == area)
            for one in rota.partner_areas()
        ],
        "days": [
            DayOfTurns(
                WEEKDAYS[number],
                [_turn(turn, area, today) for turn in turns if turn.weekday == number],
                coming.get(number, ""),
            )
            for number in range(len(WEEKDAYS))
        ],
        "ladder": _ladder(by, area),
    }


def _gaps(by: Practitioner, area: Area, now: datetime) -> list[tuple[Any, str]]:
    today = now.astimezone(LONDON).date()
    found = week(by, area, today)
    shown = rota.days_of(found, today)
    return [(day, one.gap) for (day, _), one in zip(found.days, shown, strict=True)]


def _turn(turn: Turn, area: Area, today: Any) -> Row:
    since = f"from {short_day(turn.first_on, today)}" if turn.first_on > today else ""
    until = f"for the last time on {short_day(turn.last_on, today)}" if turn.last_on else ""
    more = ", ".join(part for part in (since, until) if part)
    end = Button(
        "Take off the rota",
        links.page("settings_rota_do", area.code, "end"),
        posts=True,
        name="turn",
        value=turn.ref,
        spoken=f"Take {turn.practitioner} off the rota on {WEEKDAYS[turn.weekday]}",
    )
    next_day = " the next morning" if turn.until <= turn.starts else ""
    return Row(
        turn.practitioner.name,
        about=f"{turn.starts:%H:%M} to {turn.until:%H:%M}{next_day}",
        more=more.capitalize(),
        action=None if turn.last_on else end,
    )


def _ladder(by: Practitioner, area: Area) -> list[Row]:
    return [
        Row(
            f"{number}. {name or WHOM[step.whom]}",
            about=f"Then {length(step.wait)} to answer",
            action=Button(
                "Take this step out",
                links.page("settings_rota_do", area.code, "drop_step"),
                posts=True,
                name="number",
                value=str(number),
                spoken=f"Take step {number} out",
            ),
        )
        for number, (step, name) in enumerate(ladder_for(by, area), start=1)
    ]
