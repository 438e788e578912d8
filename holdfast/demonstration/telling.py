"""What do workers say has happened, shortly before somebody opens the demonstration?  §8.

An agency's files come once a day; people tell us at any hour, so that a second look on the same day
finds something live too.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from holdfast.demonstration.answering import Pace, respond
from holdfast.demonstration.doing import Act, Source, Tell
from holdfast.demonstration.stories import PLACES_OFTEN, Story
from holdfast.demonstration.tables import pick
from holdfast.demonstration.writing import later

APART = timedelta(hours=3)  # between two visits that both find something new: our choice

# In each area who tells us, and of whom: in turn, and none of them in a situation of live.py.
TELLERS = {
    "981": ("p16", ("c02", "c06", "c09", "c24")),
    "982": ("p17", ("c26", "c39", "c41")),
    "983": ("p22", ("c50", "c54", "c59")),
}


@dataclass(frozen=True)
class Telling:
    kind: str
    minutes_before: int  # the visit
    pace: Pace
    with_whom: str
    detail: str


# One for each area, in turn: not yet answered, answered and somebody asked to go, somebody tried.
TELLINGS = (
    Telling(
        "threatened", 7, Pace(9, 15, 31, 50, 1300), "Two adults whom nobody here knows",
        "{first} rang me, whispering. Someone has been at the door asking for money.",
    ),
    Telling(
        "family_moment", 25, Pace(8, 13, 40, 115, 1500), "",
        "Gran was taken to hospital this morning. {first} is with a neighbour and would like to see someone.",
    ),
    Telling(
        "missing_now", 44, Pace(5, 12, 33, 105, 1400), "",
        "{first} was to meet me an hour ago and always texts. The phone is off.",
    ),
)  # fmt: skip


def tellings(story: Story) -> Iterator[Act]:
    """What people tell us before each visit, and what others then do."""
    for turn, visit in enumerate(_apart(story.visits)):
        for place, (la_code, (teller, children)) in enumerate(TELLERS.items()):
            told = TELLINGS[(turn + place) % len(TELLINGS)]
            yield from _tell(story, visit, told, la_code, teller, children[turn % len(children)])


def _apart(visits: tuple[datetime, ...]) -> list[datetime]:
    """The visits that find something new: a little after the last such one nothing has happened yet."""
    found: list[datetime] = []
    for visit in visits:
        if not found or visit - found[-1] >= APART:
            found.append(visit)
    return found


def _tell(story: Story, visit: datetime, told: Telling, la_code: str, teller: str, key: str) -> Iterator[Act]:
    child = story.partnership.child(key)
    at = later(visit, minutes=-told.minutes_before)
    token = f"{visit:%y%m%d%H%M}{la_code}"
    rng = story.dice("told", token)
    where = pick(rng, story.partnership.places_of(la_code, pick(rng, PLACES_OFTEN))).name
    about = Source(feed="", table=teller, la_code="", key=token, kind=told.kind)
    yield Tell(at, teller, key, about, where, told.with_whom, told.detail.format(first=child.called))
    yield from respond(story, child, about, at, told.pace)
