"""Who is on duty this week, hour by hour, when is nobody, and who is told if nobody answers?  §10.7."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from holdfast.access.queries import may
from holdfast.access.terms import Duty
from holdfast.people.models import Area, Practitioner
from holdfast.rota.queries import DutyNow, OnDuty, Week, duty_for, ladder_for, weeks
from holdfast.rota.rules import LadderStep, wall
from holdfast.rota.terms import Whom
from holdfast.web import clocks, links
from holdfast.web.building import duty, words
from holdfast.web.parts import Link, Pair, Step

WHOM = {
    Whom.ON_NOW: "Whoever is on now",
    Whom.NEXT_ON: "Whoever is on next",
    Whom.NAMED: "Somebody named",
    Whom.EVERYONE: "Everyone on the list",
}
WEEK = timedelta(days=7)
LAST_WEEK = 26  # weeks ahead that can be looked at: half a year, our choice
COVERED = "Somebody is on at every hour of the next 7 days."


@dataclass(frozen=True)
class DayOfRota:
    day: str
    is_today: bool
    turns: list[Pair]
    gap: str = ""
    note: str = ""


@dataclass(frozen=True)
class AreaLine:
    """One area on the list of all: who is on, who comes next, when nobody is."""

    name: str
    url: str
    is_current: bool
    on: str
    next: str
    gap: str


def partner_areas() -> list[Area]:
    return list(Area.objects.filter(is_partner=True))


def page(
    by: Practitioner, area: Area | None, areas: list[Area], now: datetime, number: int
) -> dict[str, Any]:
    """Return what `web/rota.html` lays out.  Six SQL queries, however many areas and turns."""
    may_change = may(by, Duty.SET_UP)
    if area is None:
        return {"area": "", "change_url": links.page("settings_areas") if may_change else ""}
    today = now.astimezone(clocks.LONDON).date()
    now_on, coming = duty_for(by, areas, now), weeks(by, areas, today)
    first_on = today + (number - 1) * WEEK
    found = coming[area.pk] if first_on == today else weeks(by, [area], first_on)[area.pk]
    return {
        "area": area.name,
        "areas": [
            _line(one, one == area, now_on[one.pk], next_gap(coming[one.pk], now), now) for one in areas
        ],
        "duty": duty.cells(by, [area], now),
        "heading": "The next 7 days" if number == 1 else f"7 days from {clocks.day_words(first_on, today)}",
        "week": days_of(found, today),
        "is_empty": not any(on for _, on in found.days),
        "earlier": _week_link(area, number - 1, "Earlier") if number > 1 else None,
        "later": _week_link(area, number + 1, "The 7 days after these") if number < LAST_WEEK else None,
        "ladder": steps_of(ladder_for(by, area)),
        "change_url": links.page("settings_rota_of", area.code) if may_change else "",
    }


def _line(area: Area, is_current: bool, on: DutyNow, gap: str, now: datetime) -> AreaLine:
    coming = on.next
    since = f", from {clocks.moment_words(coming.starts_at, now)}" if coming else ""
    return AreaLine(
        name=area.name,
        url=links.page("rota_of", area.code),
        is_current=is_current,
        on=words.names([one.practitioner.name for one in on.on]) if on.on else "",
        next=f"{coming.practitioner.name}{since}" if coming else "",
        gap=gap,
    )


def _week_link(area: Area, number: int, text: str) -> Link:
    address = links.page("rota_of", area.code)
    return Link(text, f"{address}?page={number}" if number > 1 else address)


def still_open(found: Week, now: datetime) -> list[tuple[datetime, datetime]]:
    """Return the gaps of a week that are not over yet."""
    return [(max(since, now), until) for since, until in found.gaps if until > now]


def next_gap(found: Week, now: datetime) -> str:
    """Return "now, until 18:00", "tomorrow 02:00 to 08:00", or nothing where all is covered."""
    gaps = still_open(found, now)
    if not gaps:
        return ""
    since, until = gaps[0]
    if since == now:
        is_endless = not any(on for _, on in found.days)
        return "now and all week" if is_endless else f"now, until {clocks.moment_words(until, now)}"
    is_one_day = since.astimezone(clocks.LONDON).date() == until.astimezone(clocks.LONDON).date()
    end = clocks.wall_time(until) if is_one_day else clocks.moment_words(until, now)
    return f"{clocks.moment_words(since, now)} to {end}"


def cover(found: Week, now: datetime) -> str:
    """Return one sentence: is somebody always on in the next seven days?"""
    gaps = still_open(found, now)
    if not gaps:
        return COVERED
    more = f", and {len(gaps) - 1} more in the next 7 days" if len(gaps) > 1 else ""
    return f"Nobody is on: {next_gap(found, now)}{more}."


def days_of(found: Week, today: date) -> list[DayOfRota]:
    return [
        DayOfRota(
            day=clocks.day_words(day, today),
            is_today=day == today,
            turns=[_turn(one, day) for one in on],
            gap=_gap(found, day),
            note=_clock_change(day),
        )
        for day, on in found.days
    ]


def _turn(one: OnDuty, day: date) -> Pair:
    begins = one.starts_at.astimezone(clocks.LONDON)
    until = one.until.astimezone(clocks.LONDON)
    end = clocks.wall_time(one.until)
    if until.date() > day and end != "00:00":
        end += " the next morning"
    if begins.date() < day:
        return Pair(f"Until {end}", one.practitioner.name)
    return Pair(f"{clocks.wall_time(one.starts_at)} to {end}", one.practitioner.name)


def _clock_change(day: date) -> str:
    """Say so where the clocks change on this day: a night that begins the evening before is longer or
    shorter than it looks."""
    length = wall(day + clocks.DAY, time.min) - wall(day, time.min)
    if length == clocks.DAY:
        return ""
    return (
        "The clocks go back: the hour from 01:00 comes twice."
        if length > clocks.DAY
        else "The clocks go forward: there is no hour from 01:00."
    )


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
    if parts == ["00:00 to 24:00"]:
        return "Nobody all day"
    return f"Nobody from {', '.join(parts)}" if parts else ""


def steps_of(ladder: Iterable[tuple[LadderStep, str]]) -> list[Step]:
    """Return each step with how long after the first telling it comes."""
    steps, after = [], timedelta(0)
    for step, name in ladder:
        at = f"After {clocks.length(after)}" if after else "At once"
        steps.append(Step(at, f"{name or WHOM[step.whom]}."))
        after += step.wait
    return [*steps, Step(f"After {clocks.length(after)}", "From the first step again.")] if steps else []
