"""Which conditions has a court set that no source says have ended, and is that still sure?"""

from datetime import datetime

from holdfast.chronology.models import Event
from holdfast.chronology.queries import events_of
from holdfast.chronology.terms import EventKind
from holdfast.people.models import Practitioner
from holdfast.web.building import whose
from holdfast.web.building.of_child import Shown
from holdfast.web.clocks import LONDON
from holdfast.web.parts import Fact

COURT = (EventKind.COURT_CONDITION, EventKind.HEARING)


def in_force(by: Practitioner, child: Shown, now: datetime) -> list[Fact]:
    """Return each condition once, the latest first, and say where the court has sat again since."""
    told = events_of(by, child.person, now).filter(kind__in=COURT, withdrawn_at=None, happened_at__lte=now)
    events = list(told)
    said = [event for event in events if event.kind_id == EventKind.COURT_CONDITION]
    sittings = [event.happened_at for event in events if event.kind_id == EventKind.HEARING]
    return [_fact(event, sittings, now) for event in _current(said, now)]


def _current(said: list[Event], now: datetime) -> list[Event]:
    """Leave out what has ended, and what the same words say again later.

    An end comes as a line of its own, of the same kind and with the same first day.
    """
    over = {(one.code, one.happened_at) for one in said if one.ended_at and one.ended_at <= now}
    latest: dict[tuple[str, str], Event] = {}
    for one in said:  # the latest first
        if (one.code, one.happened_at) not in over:
            latest.setdefault((one.code, one.text), one)
    return list(latest.values())


def _fact(event: Event, sittings: list[datetime], now: datetime) -> Fact:
    ends = f". Ends {whose.day_of(event.ended_at, now)}" if event.ended_at else ""
    day = event.happened_at.astimezone(LONDON).date()
    later = [at for at in sittings if at.astimezone(LONDON).date() > day]
    again = (
        f". The court sat again on {whose.day_of(max(later), now)}: ask whether this holds" if later else ""
    )
    return Fact(
        sentence=event.text or event.title,
        who="Court order",
        source=f", {whose.day_of(event.happened_at, now)}, told by {whose.teller(event)}{ends}{again}",
        lead=event.title.rpartition(": ")[2].capitalize(),
    )
