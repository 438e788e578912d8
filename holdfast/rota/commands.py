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

WEEK = timedelta(days=7)
LONGEST_WAIT = timedelta(minutes=10)  # our choice: nobody waits longer for the next step


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
    _check_may_be_on(practitioner, at)
    if last_on and last_on < first_on:
        raise CannotBeOn("The last day comes before the first", "last_on")
    same = Turn.objects.filter(area=area, practitioner=practitioner, weekday=weekday, last_on=last_on)
    if same.filter(starts=starts, until=until, first_on__lte=first_on).exists():
        raise CannotBeOn(f"{practitioner.name} is on at this very time already", "practitioner")
    turn = Turn.objects.create(
        area=area,
        practitioner=practitioner,
        weekday=weekday,
        starts=starts,
        until=until,
        first_on=first_on,
        last_on=last_on,
    )
    _note(by, at, "rota.set_turn", turn)
    return turn


@atomic
def end_turn(*, by: Practitioner | System, at: datetime, turn: Turn, last_on: date) -> None:
    """Let a turn come for the last time on `last_on`; one that has not come yet is taken off the rota."""
    _require_set_up(by)
    _note(by, at, "rota.end_turn", turn, f" last on {last_on}")
    _stop(turn, last_on)


@atomic
def keep_turn(*, by: Practitioner | System, at: datetime, turn: Turn) -> None:
    """Let a turn that was to end come every week again."""
    _require_set_up(by)
    turn.last_on = None
    turn.save(update_fields=["last_on"])
    _note(by, at, "rota.keep_turn", turn)


@atomic
def cover_turn(
    *, by: Practitioner | System, at: datetime, turn: Turn, on: date, practitioner: Practitioner
) -> Turn:
    """Let somebody else take a turn on one day; before and after, it stays whose it is."""
    _require_set_up(by)
    _check_may_be_on(practitioner, at)
    if practitioner.pk == turn.practitioner_id:
        raise CannotBeOn(f"This is {practitioner.name}'s own turn", "practitioner")
    if on.weekday() != turn.weekday or on < turn.first_on or (turn.last_on and on > turn.last_on):
        raise CannotBeOn("The turn does not come on that day", "on")
    hours = {"area": turn.area, "weekday": turn.weekday, "starts": turn.starts, "until": turn.until}
    made = Turn.objects.create(**hours, practitioner=practitioner, first_on=on, last_on=on)
    if turn.last_on is None or turn.last_on >= on + WEEK:
        Turn.objects.create(**hours, practitioner=turn.practitioner, first_on=on + WEEK, last_on=turn.last_on)
    _note(by, at, "rota.cover_turn", made, f" on {on}")
    _stop(turn, on - WEEK)
    return made


def _stop(turn: Turn, last_on: date) -> None:
    if last_on < turn.first_on:
        turn.delete()
        return
    turn.last_on = last_on
    turn.save(update_fields=["last_on"])


def _check_may_be_on(practitioner: Practitioner, at: datetime) -> None:
    if practitioner.left_at and practitioner.left_at <= at:
        raise CannotBeOn(f"{practitioner.name} no longer works here", "practitioner")
    if not may(practitioner, Duty.RESPOND):
        raise CannotBeOn(f"{practitioner.name}'s role may not answer for a child", "practitioner")


def _note(by: Practitioner | System, at: datetime, act: str, turn: Turn, more: str = "") -> None:
    """Write down under the area, so that its rota shows its own history."""
    audit(by=by, act=act, at=at, about=turn.area.code, note=f"{turn.ref} {turn.practitioner.ref}{more}")


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
        raise CannotBeOn("A step that names someone needs the name", "practitioner")
    if any(not timedelta(0) < step.wait <= LONGEST_WAIT for step in steps):
        most = LONGEST_WAIT // timedelta(minutes=1)
        raise CannotBeOn(f"Wait at most {most} minutes before the next step", "minutes")
