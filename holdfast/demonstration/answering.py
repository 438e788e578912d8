"""Who answers each critical moment, and what do they do?  §8."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from holdfast.demonstration.caring import lead_of
from holdfast.demonstration.doing import (
    Acknowledge,
    Act,
    Assign,
    EndMoment,
    LogAttempt,
    RecordContact,
    Source,
)
from holdfast.demonstration.roles import who_may_go
from holdfast.demonstration.shape import Child, Partnership, Row, Shift
from holdfast.demonstration.stories import Story
from holdfast.demonstration.tables import lines, pick
from holdfast.demonstration.writing import later, local

ADULT_AGE = 18
ATTEMPT_SHARE = 0.6  # of the moments in which the first try does not reach the child: our choice


@dataclass(frozen=True)
class Pace:
    """Minutes from a message's arrival to each act about it."""

    acknowledged: int
    assigned: int
    attempted: int
    contact: int
    ended: int


# What has and has not been done yet when somebody opens the demonstration; see live.ARRIVES.
LIVE = {
    "threat_to_life": Pace(3, 9, 26, 47, 1500),
    "permanent_exclusion": Pace(11, 19, 45, 840, 2900),
    "nrm_decision": Pace(15, 90, 1100, 1220, 4200),
    "missing_found_out_of_area": Pace(4, 8, 14, 75, 1400),
    "injury": Pace(6, 10, 28, 80, 1300),
    "arrest": Pace(9, 14, 35, 150, 1500),
}


def answers(story: Story, arrivals: list[tuple[Row, datetime]]) -> Iterator[Act]:
    """Acts on each moment, in order; `arrivals` holds the rows that tell of one, each once."""
    for row, arrived in arrivals:
        child = story.partnership.child(row.child)
        if child.age_on(arrived.date()) < ADULT_AGE:
            yield from _answer(story, child, row, arrived)


def on_duty(partnership: Partnership, la_code: str, at: datetime, order: int = 1) -> str:
    """Who is rung first (or next) in an area at this time."""
    at = local(at)
    return next(
        shift.practitioner
        for shift in partnership.rota
        if shift.la_code == la_code and shift.order == order and _covers(shift, at)
    )


def _covers(shift: Shift, at: datetime) -> bool:
    if shift.starts < shift.ends:
        return at.weekday() == shift.weekday and shift.starts <= at.time() < shift.ends
    yesterday = (at - timedelta(days=1)).weekday()
    return (at.weekday() == shift.weekday and at.time() >= shift.starts) or (
        yesterday == shift.weekday and at.time() < shift.ends
    )


def _pace(story: Story, row: Row) -> Pace:
    if row.visit:
        return LIVE[row.moment]
    rng = story.dice("pace", row.table, row.key)
    acknowledged = rng.randint(2, 16)
    contact = rng.randint(90, 1500)
    return Pace(
        acknowledged,
        acknowledged + rng.randint(3, 15),
        contact // 2,
        contact,
        contact + rng.randint(600, 4000),
    )


def _answer(story: Story, child: Child, row: Row, arrived: datetime) -> Iterator[Act]:
    about = Source(row.feed, row.table, row.la_code, row.key, row.moment)
    return respond(story, child, about, arrived, _pace(story, row))


def respond(story: Story, child: Child, about: Source, since: datetime, pace: Pace) -> Iterator[Act]:
    """Somebody takes it, somebody goes and is with the child, goes again as promised, and it ends."""
    rng = story.dice("answer", about.table, about.key)
    when = [later(since, minutes=minutes) for minutes in vars(pace).values()]
    duty = on_duty(story.partnership, child.la_code, when[0])
    goes = _who_goes(story, child)
    yield Acknowledge(when[0], duty, child.key, about)
    yield Assign(when[1], duty, child.key, about, goes)
    if rng.random() < ATTEMPT_SHARE:
        yield LogAttempt(when[2], goes, child.key, about, *_attempt(pick(rng, lines("attempts")), child))
    words = pick(rng, lines("said")) if rng.random() < 0.7 else ""
    place = pick(rng, PLACES[about.kind])
    again = later(when[3], hours=rng.randint(4, 40))
    yield RecordContact(
        when[3], goes, child.key, about, True, place, words, pick(rng, lines("offered")), rng.random() < 0.75,
        again,
    )  # fmt: skip
    yield from _as_promised(story, child, goes, later(again, minutes=-rng.randint(5, 30)))
    ends = on_duty(story.partnership, child.la_code, when[4])
    yield EndMoment(when[4], ends, child.key, about, TRUTHS[about.kind])


def _as_promised(story: Story, child: Child, goes: str, at: datetime) -> Iterator[Act]:
    """The next time with the child, a little earlier than was promised."""
    rng = story.dice("as promised", child.key, at)
    words = pick(rng, lines("said")) if rng.random() < 0.5 else ""
    yield RecordContact(
        at, goes, child.key, None, True, pick(rng, ("home", "the cafe", "a walk by the water")), words,
        pick(rng, lines("offered")), rng.random() < 0.8, None,
    )  # fmt: skip


def _who_goes(story: Story, child: Child) -> str:
    """The practitioner the child trusts, or else the one who holds the plan together."""
    trusted = story.partnership.about_child(child.key).trust_name
    return trusted if trusted in who_may_go() else lead_of(child)


def _attempt(line: str, child: Child) -> tuple[str, str]:
    how, note = line.split(": ", 1)
    return how, note.format(first=child.called)


PLACES = {
    "arrest": ("the custody suite", "home, after release"),
    "injury": ("A&E", "home"),
    "permanent_exclusion": ("home", "the library"),
    "missing_found_out_of_area": ("home", "the station, on the way back"),
    "first_court": ("court", "home"),
    "remand": ("court", "the place where the child now lives"),
    "threat_to_life": ("an aunt's house", "a safe place agreed with the family"),
    "nrm_decision": ("home", "the cafe"),
    "threatened": ("a friend's house", "the library"),
    "family_moment": ("a neighbour's house", "home"),
    "missing_now": ("the bus station", "home"),
}
TRUTHS = {
    "arrest": "Home with family, a worker seen twice, next meeting agreed",
    "injury": "Wound looked at again; a worker walks the way home with the child this week",
    "permanent_exclusion": "Learning starts on Monday and the family have the timetable",
    "missing_found_out_of_area": "Return conversation held with someone the child knows",
    "first_court": "The child and family know the conditions and who to ring",
    "remand": "Seen in the new home; family visits arranged",
    "threat_to_life": "Family in a safe place; next review agreed with police",
    "nrm_decision": "What the decision changes has been gone through with the child; support kept in place",
    "threatened": "Family know who to ring and somebody stays in touch each evening",
    "family_moment": "Staying with an aunt this week; somebody goes along to the hospital",
    "missing_now": "Home and safe; talked on the way with someone the child knows",
}
