"""Set who is on duty and who is told next."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from holdfast.access.queries import may, require_duty
from holdfast.access.terms import Duty
from holdfast.audit.commands import record as audit
from holdfast.audit.terms import System
from holdfast.kit.transactions import atomic
from holdfast.people.models import Area, Practitioner
from holdfast.rota.errors import CannotBeOn
from holdfast.rota.models import Step, Turn
from holdfast.rota.rules import LadderStep
from holdfast.rota.terms import Whom

LONGEST_WAIT = timedelta(minutes=10)  # goal R5: whoever has not answered is told again at least this often


@atomic
def set_turn(
    *,
    by: Practitioner | System,
    at: datetime,
    area: Area,
    practitioner: Practitioner,
    weekday: int,
    starts: time,
    until: time,
    first_on: date,
    last_on: date | None = None,
) -> Turn:
    """Put someone on an area's rota, every week from `first_on`."""
    _require_set_up(by)
    if practitioner.left_at and practitioner.left_at <= at:
        raise CannotBeOn(f"{practitioner.name} no longer works here")
    if not may(practitioner, Duty.RESPOND):
        raise CannotBeOn(f"{practitioner.name}'s role may not answer for a child")
    turn = Turn.objects.create(
        area=area,
        practitioner=practitioner,
        weekday=weekday,
        starts=starts,
        until=until,
        first_on=first_on,
        last_on=last_on,
    )
    audit(by=by, act="rota.set_turn", at=at, about=turn.ref, note=f"{area.code} {practitioner.ref}")
    return turn


@atomic
def end_turn(*, by: Practitioner | System, at: datetime, turn: Turn, last_on: date) -> None:
    """Let a turn come for the last time on `last_on`; one that has not come yet is taken off the rota."""
    _require_set_up(by)
    audit(by=by, act="rota.end_turn", at=at, about=turn.ref, note=f"last on {last_on}")
    if last_on < turn.first_on:
        turn.delete()
        return
    turn.last_on = last_on
    turn.save(update_fields=["last_on"])


@atomic
def set_ladder(
    *, by: Practitioner | System, at: datetime, area: Area, steps: Sequence[LadderStep]
) -> list[Step]:
    """Put a new ladder in place of the area's; pages raised before keep the one they began with.

    No steps at all means the default ladder.
    """
    _require_set_up(by)
    _check(steps)
    Step.objects.filter(area=area).delete()
    made = Step.objects.bulk_create(
        [
            Step(area=area, number=number, whom=step.whom, practitioner_id=step.practitioner, wait=step.wait)
            for number, step in enumerate(steps, start=1)
        ]
    )
    audit(by=by, act="rota.set_ladder", at=at, about=area.code, note=f"{len(steps)} steps")
    return made


def _require_set_up(by: Practitioner | System) -> None:
    if not isinstance(by, System):
        require_duty(by, Duty.SET_UP)


def _check(steps: Sequence[LadderStep]) -> None:
    if any(step.whom == Whom.NAMED and step.practitioner is None for step in steps):
        raise CannotBeOn("A step that names someone needs the name")
    if any(not timedelta(0) < step.wait <= LONGEST_WAIT for step in steps):
        raise CannotBeOn(f"Wait at most {LONGEST_WAIT // timedelta(minutes=1)} minutes before the next step")
