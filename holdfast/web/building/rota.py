"""Who is on this week for one area, when is nobody, and who is told until someone answers?  §10.7."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from holdfast.access.queries import may
from holdfast.access.terms import Duty
from holdfast.people.models import Area, Practitioner
from holdfast.rota.queries import OnDuty, Week, ladder_for, week
from holdfast.rota.rules import LadderStep
from holdfast.rota.terms import Whom
from holdfast.web import clocks, links
from holdfast.web.building import duty
from holdfast.web.parts import Link, Pair, Step

WHOM = {
    Whom.ON_NOW: "Whoever is on now",
    Whom.NEXT_ON: "Whoever is on next",
    Whom.NAMED: "Somebody named",
    Whom.EVERYONE: "Everyone on the list",
}


@dataclass(frozen=True)
class DayOfRota:
    day: str
    is_today: bool
    turns: list[Pair]
    gap: str = ""


def partner_areas() -> list[Area]:
    return list(Area.objects.filter(is_partner=True))


def page(by: Practitioner, area: Area | None, areas: list[Area], now: datetime) -> dict[str, Any]:
    """Return what `web/rota.html` lays out.  Five SQL queries, however many turns."""
    shown = {
        "areas": [Link(one.name, links.page("rota_of", one.code), one == area) for one in areas],
        "area": area.name if area else "",
    }
    if area is None:
        return shown | {"first_run": True}
    today = now.astimezone(clocks.LONDON).date()
    found = week(by, area, today)
    return shown | {
        "duty": duty.cells(by, [area], now),
        "week": days_of(found, today),
        "ladder": steps_of(ladder_for(by, area)),
        "change_url": links.page("settings_rota_of", area.code) if may(by, Duty.SET_UP) else "",
        "first_run": not any(on for _, on in found.days),
    }


def days_of(found: Week, today: date) -> list[DayOfRota]:
    return [
        DayOfRota(
            day=clocks.day_words(day, today),
            is_today=day == today,
            turns=[_turn(one, day) for one in on],
            gap=_gap(found, day),
        )
        for day, on in found.days
    ]


def _turn(one: OnDuty, day: date) -> Pair:
    begins = one.starts_at.astimezone(clocks.LONDON)
    start = clocks.wall_time(one.starts_at) if begins.date() >= day else "Since before midnight"
    until = one.until.astimezone(clocks.LONDON)
    end = clocks.wall_time(one.until)
    if until.date() > day and end != "00:00":
        end += " the next morning"
    return Pair(f"{start} to {end}", one.practitioner.name)


def _gap(found: Week, day: date) -> str:
    """Return "Nobody from 02:00 to 08:00" for what of a day is not covered."""
    parts = []
    for since, until in found.gaps:
        first, last = (at.astimezone(clocks.LONDON) for at in (since, until))
        last_day = (last - timedelta(microseconds=1)).date()
        if first.date() <= day <= last_day:
            start = clocks.wall_time(since) if first.date() == day else "00:00"
            end = clocks.wall_time(until) if last.date() == day else "24:00"
            parts.append(f"{start} to {end}")
    return f"Nobody from {', '.join(parts)}" if parts else ""


def steps_of(ladder: list[tuple[LadderStep, str]]) -> list[Step]:
    """Return each step with how long after the first telling it comes."""
    steps, after = [], timedelta(0)
    for step, name in ladder:
        at = f"After {clocks.length(after)}" if after else "At once"
        steps.append(Step(at, f"{name or WHOM[step.whom]}."))
        after += step.wait
    return [*steps, Step(f"After {clocks.length(after)}", "from the first step again.")] if steps else []
