"""Who is on now, who comes next, and whom to ring if neither answers?  §10.7."""

from datetime import datetime

from holdfast.people.models import Area, Practitioner
from holdfast.rota.queries import DutyNow, OnDuty, duty_for
from holdfast.rota.rules import LOOK_AHEAD
from holdfast.web import clocks
from holdfast.web.building import words
from holdfast.web.parts import DutyCell
from holdfast.web.telephone import shown


def cells(by: Practitioner, areas: list[Area], now: datetime) -> list[DutyCell]:
    """Return now, next and whom to ring for one area; for several, who is on in each.

    One SQL query an area.
    """
    found = duty_for(by, areas, now)
    if len(areas) != 1:
        return [_on_now(by, found[area.pk], f"On now, {area.name}", now) for area in areas]
    duty = found[areas[0].pk]
    return [_on_now(by, duty, "On now", now), _next(by, duty, now), _otherwise(by, duty)]


def _on_now(by: Practitioner, duty: DutyNow, label: str, now: datetime) -> DutyCell:
    if not duty.on:
        return DutyCell(label, "Nobody on the rota", "Everyone who answers for the area is told.")
    until = max(on.until for on in duty.on)
    # Beyond what the rota looks ahead there is no end to name.
    is_always = until - now >= LOOK_AHEAD - clocks.DAY
    more = "at all hours" if is_always else f"until {clocks.moment_words(until, now)}"
    return DutyCell(label, words.names([_name(by, on) for on in duty.on]), more)


def _next(by: Practitioner, duty: DutyNow, now: datetime) -> DutyCell:
    if duty.next is None:
        return DutyCell("Next", "Nobody on the rota")
    return DutyCell("Next", _name(by, duty.next), f"from {clocks.moment_words(duty.next.starts_at, now)}")


def _otherwise(by: Practitioner, duty: DutyNow) -> DutyCell:
    label = "If you cannot answer"
    other = duty.next.practitioner if duty.next else None
    if other and other != by:
        return DutyCell(label, other.name, shown(other.phone))
    return DutyCell(label, by.agency.name, shown(by.agency.duty_phone))


def _name(by: Practitioner, on: OnDuty) -> str:
    return f"{on.practitioner.name} (you)" if on.practitioner == by else on.practitioner.name
