"""Who is on duty, who is next, and who is told until someone answers?

What a practitioner asks begins with `by`; the others answer the alert path.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from holdfast.access.terms import DUTIES, REACH, Duty, Reach
from holdfast.people.models import Area, Practitioner
from holdfast.people.terms import Role
from holdfast.rota import rules
from holdfast.rota.models import Step, Turn
from holdfast.rota.terms import Whom

# Those who both see an area's children and may answer: who is told when no rota says anything.
ANSWER_FOR_AN_AREA = [r for r in Role if REACH[r] == Reach.AREA and Duty.RESPOND in DUTIES[r]]


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


def on_duty(area: Area, now: datetime) -> DutyNow:
    """Return who is on for an area and who comes next.  One SQL query."""
    turns = list(_turns([area.pk], now))
    found = rules.joined(rules.shifts(map(_weekly, turns), now, now + rules.LOOK_AHEAD))
    people = {turn.practitioner_id: turn.practitioner for turn in turns}
    coming = rules.next_on(found, now)
    return DutyNow(
        on=tuple(_on_duty(shift, people) for shift in rules.on_at(found, now)),
        next=_on_duty(coming, people) if coming else None,
    )


def duty_for(by: Practitioner, areas: Iterable[Area], now: datetime) -> dict[int, DutyNow]:
    """Return, by area key, who is on and next; anyone who works here may know.  One query an area."""
    return {area.pk: on_duty(area, now) for area in areas}


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
    duty = on_duty(area, now)
    if step.whom == Whom.ON_NOW:
        return _distinct(on.practitioner for on in duty.on)
    return [duty.next.practitioner] if duty.next else []


def everyone(area: Area, now: datetime) -> list[Practitioner]:
    """Return all on the area's list; with nobody on it, those who answer for the area; else for any."""
    listed = _distinct(turn.practitioner for turn in _turns([area.pk], now))
    everywhere = Q(memberships__team__isnull=False, memberships__team__area=None)
    here = Q(memberships__team__area=area) | everywhere
    return listed or _who_answers(here, now) or _who_answers(Q(), now)


def week_for(by: Practitioner, area: Area, since: datetime, until: datetime) -> list[OnDuty]:
    """Return every shift that touches these days, the earliest first.  One SQL query."""
    turns = list(_turns([area.pk], since))
    people = {turn.practitioner_id: turn.practitioner for turn in turns}
    return [_on_duty(shift, people) for shift in rules.shifts(map(_weekly, turns), since, until)]


def gaps_for(
    by: Practitioner, area: Area, since: datetime, until: datetime
) -> list[tuple[datetime, datetime]]:
    """Return when nobody is on.  One SQL query."""
    found = rules.shifts(map(_weekly, _turns([area.pk], since)), since, until)
    return rules.gaps(found, since, until)


def turns_for(by: Practitioner, area: Area, now: datetime) -> list[Turn]:
    """Return an area's weekly turns, by weekday and hour, for the settings page.  One SQL query."""
    return list(_turns([area.pk], now).order_by("weekday", "starts", "pk"))


def ladder_for(by: Practitioner, area: Area) -> list[tuple[rules.LadderStep, str]]:
    """Return each step with the name of whom it names, if it names someone.  Two SQL queries."""
    steps = ladder(area)
    named = Practitioner.objects.in_bulk([step.practitioner for step in steps if step.practitioner])
    return [(step, named[step.practitioner].name if step.practitioner else "") for step in steps]


def _turns(areas: list[int], now: datetime) -> QuerySet[Turn]:
    """Turns in force at `now` or later, of people who are still here."""
    yesterday = now.astimezone(rules.LONDON).date() - timedelta(days=1)  # a night may still be going on
    found = Turn.objects.filter(area__in=areas).filter(Q(last_on=None) | Q(last_on__gte=yesterday))
    found = found.filter(Q(practitioner__left_at=None) | Q(practitioner__left_at__gt=now))
    return found.select_related("practitioner").order_by("pk")


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


def _who_answers(where: Q, now: datetime) -> list[Practitioner]:
    current = Q(memberships__starts_at__lte=now) & (
        Q(memberships__ends_at=None) | Q(memberships__ends_at__gt=now)
    )
    found = Practitioner.objects.filter(where & current if where else where, role__in=ANSWER_FOR_AN_AREA)
    return list(_here(found, now).distinct().order_by("pk"))
