"""Who is on duty, who is next, and who is told until someone answers?

What a practitioner asks begins with `by`; the others answer the alert path.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from holdfast.access.terms import DUTIES, REACH, Duty, Reach
from holdfast.audit.terms import System
from holdfast.people.models import Area, Person, Practitioner
from holdfast.people.terms import AreaRole, Role
from holdfast.rota import rules
from holdfast.rota.models import Step, Turn
from holdfast.rota.terms import Whom

# Those who both see an area's children and may answer: who is told when no rota says anything.
ANSWER_FOR_AN_AREA = [r for r in Role if REACH[r] == Reach.AREA and Duty.RESPOND in DUTIES[r]]
MAY_ANSWER = [r for r in Role if Duty.RESPOND in DUTIES[r]]

A_MOMENT = timedelta(minutes=1)  # the finest that a rota is written in


@dataclass(frozen=True, slots=True)
class OnDuty:
    practitioner: Practitioner
    starts_at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class DutyNow:
    """`on` is empty in a gap; `next` is somebody else than those on now."""

    on: tuple[OnDuty, ...]
    next: OnDuty | None


@dataclass(frozen=True, slots=True)
class Week:
    """Seven London days of one area: who is on each day, and when nobody is."""

    days: tuple[tuple[date, tuple[OnDuty, ...]], ...]  # a night stands under the day it begins
    gaps: tuple[tuple[datetime, datetime], ...]


def on_duty(area: Area, now: datetime) -> list[OnDuty]:
    """Return who is on for an area; nobody, in a gap.  One SQL query."""
    return list(_duty(_turns([area.pk], now), now).on)


def next_on(area: Area, now: datetime) -> OnDuty | None:
    """Return who comes next and is not on already.  One SQL query."""
    return _duty(_turns([area.pk], now), now).next


def duty_for(by: Practitioner, areas: Iterable[Area], now: datetime) -> dict[int, DutyNow]:
    """Return, by area key, who is on and next; anyone who works here may know.  One SQL query."""
    turns: dict[int, list[Turn]] = {area.pk: [] for area in areas}
    for turn in _turns(list(turns), now):
        turns[turn.area_id].append(turn)
    return {area: _duty(found, now) for area, found in turns.items()}


def duty_at_home(by: Practitioner, person: Person, now: datetime) -> DutyNow:
    """Return who is on and next where a person lives; nobody where no area is home.  One SQL query."""
    homes = person.areas.filter(role=AreaRole.HOME, ends_on=None).order_by("pk").values("area")[:1]
    return _duty(_turns(homes, now), now)


def areas_on(by: Practitioner, practitioner: Practitioner, now: datetime) -> list[Area]:
    """Return the areas for which someone is on at this minute.  One SQL query."""
    found: dict[int, Area] = {}
    for turn in _turns(None, now).filter(practitioner=practitioner).select_related("area"):
        if rules.on_at(rules.shifts([_weekly(turn)], now, now + A_MOMENT), now):
            found[turn.area_id] = turn.area
    return sorted(found.values(), key=lambda area: area.name)


def ladder(area: Area) -> list[rules.LadderStep]:
    """Return the area's ladder, or the default one where none is set.  One SQL query."""
    steps = [
        rules.LadderStep(Whom(step.whom), step.wait, step.practitioner_id)
        for step in Step.objects.filter(area=area).order_by("number")
    ]
    return steps or list(rules.DEFAULT_LADDER)


def people_at_step(area: Area, step: rules.LadderStep, now: datetime) -> list[Practitioner]:
    """Return whom a step tells at this minute; people who have left are never among them."""
    if step.whom == Whom.NAMED:
        named = [step.practitioner] if step.practitioner else []
        return list(_here(Practitioner.objects.filter(pk__in=named), now))
    if step.whom == Whom.EVERYONE:
        return everyone(area, now)
    if step.whom == Whom.ON_NOW:
        return _distinct(on.practitioner for on in on_duty(area, now))
    coming = next_on(area, now)
    return [coming.practitioner] if coming else []


def everyone(area: Area, now: datetime) -> list[Practitioner]:
    """Return all on the area's list; with nobody on it, those who answer for the area, then any of its
    teams whose role may answer, then those who answer for any area.  Four SQL queries at most."""
    listed = _distinct(turn.practitioner for turn in _turns([area.pk], now))
    everywhere = Q(memberships__team__isnull=False, memberships__team__area=None)
    here = Q(memberships__team__area=area) | everywhere
    return (
        listed
        or _who_answers(here, ANSWER_FOR_AN_AREA, now)
        or _who_answers(here, MAY_ANSWER, now)
        or _who_answers(Q(), ANSWER_FOR_AN_AREA, now)
    )


def week(by: Practitioner, area: Area, first_on: date) -> Week:
    """Return the seven days from `first_on`; anyone who works here may know.  One SQL query."""
    return weeks(by, [area], first_on)[area.pk]


def weeks(by: Practitioner | System, areas: Iterable[Area], first_on: date) -> dict[int, Week]:
    """Return the seven days from `first_on` of each area, by its key.  One SQL query."""
    turns: dict[int, list[Turn]] = {area.pk: [] for area in areas}
    for turn in _turns(list(turns), rules.wall(first_on, time.min)):
        turns[turn.area_id].append(turn)
    return {area: _week(found, first_on) for area, found in turns.items()}


def _week(turns: list[Turn], first_on: date) -> Week:
    days = [first_on + n * rules.DAY for n in range(8)]
    since, until = rules.wall(days[0], time.min), rules.wall(days[7], time.min)
    people = {turn.practitioner_id: turn.practitioner for turn in turns}
    found = rules.shifts(map(_weekly, turns), since, until)
    begun: dict[date, list[OnDuty]] = {day: [] for day in days[:7]}
    for shift in found:
        # The night before the first day is still going on when the week begins.
        day = max(shift.starts_at.astimezone(rules.LONDON).date(), first_on)
        begun[day].append(_on_duty(shift, people))
    return Week(
        days=tuple((day, tuple(on)) for day, on in begun.items()),
        gaps=tuple(rules.gaps(found, since, until)),
    )


def turns_for(by: Practitioner, area: Area, now: datetime) -> list[Turn]:
    """Return an area's weekly turns, by weekday and hour, for the settings page.  One SQL query."""
    return list(_turns([area.pk], now).order_by("weekday", "starts", "pk"))


def turn_for(by: Practitioner, area: Area, ref: str) -> Turn | None:
    """Return one turn of an area's rota.  One SQL query."""
    return Turn.objects.select_related("practitioner", "area").filter(area=area, ref=ref).first()


def ladder_for(by: Practitioner, area: Area) -> list[tuple[rules.LadderStep, str]]:
    """Return each step with the name of whom it names, if it names someone.  Two SQL queries."""
    steps = ladder(area)
    named = Practitioner.objects.in_bulk([step.practitioner for step in steps if step.practitioner])
    return [(step, named[step.practitioner].name if step.practitioner else "") for step in steps]


def _turns(areas: list[int] | QuerySet[Any, Any] | None, now: datetime) -> QuerySet[Turn]:
    """Turns in force at `now` or later, of people who are still here; without areas, everywhere."""
    yesterday = now.astimezone(rules.LONDON).date() - timedelta(days=1)  # a night may still be going on
    found = Turn.objects.filter(Q(last_on=None) | Q(last_on__gte=yesterday))
    if areas is not None:
        found = found.filter(area__in=areas)
    found = found.filter(Q(practitioner__left_at=None) | Q(practitioner__left_at__gt=now))
    return found.select_related("practitioner").order_by("pk")


def _duty(turns: Iterable[Turn], now: datetime) -> DutyNow:
    turns = list(turns)
    found = rules.joined(rules.shifts(map(_weekly, turns), now, now + rules.LOOK_AHEAD))
    people = {turn.practitioner_id: turn.practitioner for turn in turns}
    coming = rules.next_on(found, now)
    return DutyNow(
        on=tuple(_on_duty(shift, people) for shift in rules.on_at(found, now)),
        next=_on_duty(coming, people) if coming else None,
    )


def _weekly(turn: Turn) -> rules.WeeklyTurn:
    return rules.WeeklyTurn(
        turn.practitioner_id, turn.weekday, turn.starts, turn.until, turn.first_on, turn.last_on
    )


def _on_duty(shift: rules.Shift, people: dict[int, Practitioner]) -> OnDuty:
    return OnDuty(people[shift.who], shift.starts_at, shift.ends_at)


def _distinct(people: Iterable[Practitioner]) -> list[Practitioner]:
    return list({person.pk: person for person in people}.values())


def _here(people: QuerySet[Practitioner], now: datetime) -> QuerySet[Practitioner]:
    return people.filter(Q(left_at=None) | Q(left_at__gt=now))


def _who_answers(where: Q, roles: list[Role], now: datetime) -> list[Practitioner]:
    current = Q(memberships__starts_at__lte=now) & (
        Q(memberships__ends_at=None) | Q(memberships__ends_at__gt=now)
    )
    found = Practitioner.objects.filter(where & current if where else where, role__in=roles)
    return list(_here(found, now).distinct().order_by("pk"))
