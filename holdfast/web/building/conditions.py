"""Which conditions has a court set that no source says have ended, and is that still sure?"""

from datetime import datetime

from holdfast.chronology.queries import News, Told
from holdfast.web.building import whose
from holdfast.web.clocks import LONDON
from holdfast.web.parts import Fact


def in_force(news: News, now: datetime) -> list[Fact]:
    """Return each condition once, the latest first, and say where the court has sat again since."""
    return [_fact(event, news.sat_at, now) for event in _current(news.court, now)]


def _current(said: list[Told], now: datetime) -> list[Told]:
    """Leave out what has ended, and what the same words say again later.

    An end comes as a line of its own, of the same kind and with the same first day.
    """
    over = {(one.code, one.happened_at) for one in said if one.ended_at and one.ended_at <= now}
    latest: dict[tuple[str, str], Told] = {}
    for one in said:  # the latest first
        if (one.code, one.happened_at) not in over:
            latest.setdefault((one.code, one.text), one)
    return list(latest.values())


def _fact(event: Told, sat_at: datetime | None, now: datetime) -> Fact:
    ends = f". Ends {whose.day_of(event.ended_at, now)}" if event.ended_at else ""
    day = event.happened_at.astimezone(LONDON).date()
    again = ""
    if sat_at and sat_at.astimezone(LONDON).date() > day:
        again = f". The court sat again on {whose.day_of(sat_at, now)}: ask whether this holds"
    return Fact(
        sentence=event.text or event.title,
        who="Court order",
        source=f", {whose.day_of(event.happened_at, now)}, told by {whose.teller(event)}{ends}{again}",
        lead=event.title.rpartition(": ")[2].capitalize(),
    )
