"""How does the invented story become real rows, through the ordinary commands, in order?"""

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from holdfast.audit.terms import System
from holdfast.demonstration.acts import acts
from holdfast.demonstration.folder import Made, to_the_minute, write_drops
from holdfast.demonstration.models import Visit
from holdfast.demonstration.performing import REFUSED, perform
from holdfast.demonstration.plan import plan_partnership
from holdfast.demonstration.queries import visits
from holdfast.demonstration.setting_up import Cast, cast_of, expect_feeds, set_up_partnership
from holdfast.feeds import applying
from holdfast.feeds.commands import receive
from holdfast.people.models import Practitioner
from holdfast.places.commands import load_reference

SAY_EVERY = 20  # steps
NOT_OURS = (
    "The demonstration in this folder was made by another version, or not by this program. Remove the folder"
    " or name another in HOLDFAST_DATA."
)


# When, a file (0) or an act (1), and which.
Step = tuple[datetime, int, Any]


class CannotContinue(Exception):
    """The demonstration cannot be carried on; the message says what to do."""


def build(folder: Path, now: datetime, say: Callable[[int, int], None]) -> int:
    """Make or carry on the demonstration in `folder` up to `now`; return how many steps were taken.

    What an earlier run left half told is told to its end first.
    """
    earlier = visits()
    if not earlier and Practitioner.objects.exists():
        raise CannotContinue(NOT_OURS)
    untils = [visit.until for visit in earlier]
    taken = 0
    if earlier and not earlier[-1].is_told:
        taken = _tell(folder, untils, say)
    if not earlier:
        shutil.rmtree(folder, ignore_errors=True)
    if not earlier or to_the_minute(now) > untils[-1]:
        taken += _tell(folder, [*untils, to_the_minute(now)], say)
    return taken


def _tell(folder: Path, untils: list[datetime], say: Callable[[int, int], None]) -> int:
    """Tell the story from the visit before the last up to the last; return how many steps were taken."""
    partnership = plan_partnership(to_the_minute(untils[0]).date())
    made = write_drops(partnership, folder, tuple(untils))
    steps = _steps(made)
    visit = _visit(folder, made, len(steps))
    first = visit.done
    cast = cast_of(partnership)
    for number, step in enumerate(steps[first:], first + 1):
        _take(folder, made, cast, visit, number, step)
        if number % SAY_EVERY == 0 or number == len(steps):
            say(number, len(steps))
    expect_feeds(untils[-1])
    Visit.objects.filter(pk=visit.pk).update(done=len(steps))
    return len(steps) - first


@transaction.atomic
def _visit(folder: Path, made: Made, steps: int) -> Visit:
    """Find the visit, or make it; the first one together with agencies, people and places."""
    if len(made.visits) == 1 and not Visit.objects.exists():
        load_reference(by=System.SET_UP, at=made.visits[0], folder=folder / "reference")
        set_up_partnership(made.partnership, made.since)
    return Visit.objects.get_or_create(until=made.visits[-1], defaults={"steps": steps})[0]


def _steps(made: Made) -> list[Step]:
    """Everything in the order of the story: files arrive, and people act."""
    arriving = [entry for entry in made.entries if entry["feed"] != "reference"]
    steps: list[Step] = [(datetime.fromisoformat(str(one["arrived_at"])), 0, one) for one in arriving]
    steps += [(act.at, 1, act) for act in acts(made.partnership, made.visits)]
    return sorted(steps, key=lambda step: step[:2])


def _take(folder: Path, made: Made, cast: Cast, visit: Visit, number: int, step: Step) -> None:
    """Take one step.  A file may be received again after a kill; an act is counted as it is done."""
    at, kind, thing = step
    if kind == 0:
        _arrive(folder, thing, at)
        return
    told = Visit.objects.filter(pk=visit.pk)
    try:
        with transaction.atomic():
            told.update(done=number)
            perform(made.partnership, cast, thing)
    except REFUSED:
        told.update(done=number)


def _arrive(folder: Path, entry: Any, at: datetime) -> None:
    path = str(entry["path"])
    receive(
        by=System.FEEDS,
        at=at,
        path=path,
        content=(folder / path).read_bytes(),
        declared_rows=int(entry["rows"]),
    )
    applying.apply_waiting(by=System.FEEDS, at=at)
