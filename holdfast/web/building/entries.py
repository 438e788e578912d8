"""How is one event, moment or contact told on a timeline: what, whose word, how sure, when we knew?"""

from datetime import datetime, timedelta

from holdfast.chronology.queries import Told
from holdfast.chronology.rules import GRADED
from holdfast.chronology.terms import Precision
from holdfast.moments.of_child import ContactTold, MomentTold
from holdfast.moments.terms import Accepted
from holdfast.web import links
from holdfast.web.building import contacts, whose
from holdfast.web.clocks import LONDON, length, moment_words, wall_time
from holdfast.web.parts import Entry, Link, Pair

SAME_MINUTE = timedelta(minutes=1)
ACCEPTED = {
    Accepted.YES: ", accepted",
    Accepted.NOT_YET: ", not yet accepted",
    Accepted.NO: ", not wanted now",
    Accepted.NOT_OFFERED: "",
}


def of_event(event: Told, name: str, now: datetime) -> Entry:
    return Entry(
        time=whose.time_of(event),
        kind=event.kind,
        title=event.title,
        sentence=event.text,
        sources=_sources(event, name, now),
        was=whose.was(event),
        is_withheld_on_paper=event.kind_id in GRADED,
    )


def _sources(event: Told, name: str, now: datetime) -> list[Pair]:
    part = whose.part_in(event)
    said = {
        "Source": whose.teller(event),
        "Grade": whose.grade(event),
        "Handling": event.handling_conditions,
        "Role": f"{name}: {part}" if part else "",
        "Where": event.place,
        "Until": moment_words(event.ended_at, now) if event.ended_at else "",
        "We knew": _knew(event, now),
        "Taken back": moment_words(event.withdrawn_at, now) if event.withdrawn_at else "",
    }
    return [Pair(label, value) for label, value in said.items() if value]


def _knew(event: Told, now: datetime) -> str:
    """Return when we knew, if that was not when it happened."""
    late = event.known_at - event.happened_at
    if event.precision == Precision.DAY:
        apart = _day(event.known_at) - _day(event.happened_at)
        return f"{whose.day_of(event.known_at, now)}, {_days(apart.days)} later" if apart.days > 0 else ""
    if late < SAME_MINUTE:
        return ""
    return f"{moment_words(event.known_at, now)}, {length(late)} later"


def _day(at: datetime) -> datetime:
    return at.astimezone(LONDON).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"


def of_moment(moment: MomentTold, event: Told | None, name: str, now: datetime) -> Entry:
    """Tell a moment with the words of the event that raised it, where this reader may read them."""
    told = of_event(event, name, now) if event else None
    late = ", from an older record" if moment.is_history else ""
    return Entry(
        time=told.time if told else _time(moment),
        kind=f"Moment{late}",
        title=told.title if told else moment.label,
        sentence=told.sentence if told else _words(moment),
        is_moment=True,
        sources=[*(told.sources if told else _told_by(moment, now)), *_answered(moment, now)],
        was=told.was if told else "",
        link=Link("What we did", links.moment(moment.ref)),
        is_withheld_on_paper=bool(told and told.is_withheld_on_paper),
    )


def _time(moment: MomentTold) -> str:
    return whose.THAT_DAY if moment.precision == Precision.DAY else wall_time(moment.happened_at)


def _words(moment: MomentTold) -> str:
    parts = (moment.detail, f"Where: {moment.where}" if moment.where else "")
    return " ".join(f"{part.rstrip('.')}." for part in parts if part)


def _told_by(moment: MomentTold, now: datetime) -> list[Pair]:
    source = Pair("Source", moment.told_by or "not open to you")
    return [source, Pair("We knew", moment_words(moment.known_at, now))]


def _answered(moment: MomentTold, now: datetime) -> list[Pair]:
    found = []
    if moment.answered_at:
        found.append(Pair("Answered", f"{moment_words(moment.answered_at, now)}, {moment.answered_by}"))
    if moment.ended_at:
        found.append(Pair("Ended", f"{moment_words(moment.ended_at, now)}, {moment.ended_by}"))
    return found


def of_contact(contact: ContactTold, now: datetime) -> Entry:
    said = f"“{contact.childs_words}” " if contact.childs_words else ""
    offered = f"{contact.offered}{ACCEPTED[Accepted(contact.accepted)]}" if contact.offered else ""
    pairs = {
        "Source": f"{contact.by.name}, {contact.by.agency}",
        "Offered": offered,
        "Next": moment_words(contact.next_at, now) if contact.next_at else "",
    }
    return Entry(
        time=wall_time(contact.at),
        kind="Contact",
        title=contacts.went(contact),
        sentence=f"{said}{contact.note}".strip(),
        sources=[Pair(label, value) for label, value in pairs.items() if value],
    )
