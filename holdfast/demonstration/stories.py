"""What happens to the children, day by day, before any agency writes it down?

Each child's story says how often each kind of thing happens in 90 days; the days follow from the seed, so a
story made on one day is carried on unchanged on a later one.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from holdfast.demonstration import live
from holdfast.demonstration.shape import LONDON, Child, Happening, Partnership
from holdfast.demonstration.tables import dice, lines, pick

WINDOW = timedelta(days=90)
OUT_OF_AREA_SHARE = 0.4  # our choice
ASSAULT_SHARE = 0.6  # our choice
PLACES_OFTEN = ("park", "shops", "rail")
ARREST, MISSING, INJURY, SUSPENSION, EXCLUSION, PROVISION = "A", "M", "I", "X", "E", "P"
INTELLIGENCE, THREAT, HEARING, NRM, HOUSING, OUTREACH, CONCERN = "T", "L", "K", "N", "H", "V", "C"
# Hours of the day between which each kind happens; those above 24 are after midnight.
HOURS = {
    ARREST: (13, 26), MISSING: (19, 25), INJURY: (15, 24), SUSPENSION: (9, 15), EXCLUSION: (9, 15),
    PROVISION: (9, 10), INTELLIGENCE: (12, 26), THREAT: (15, 22), HEARING: (10, 16), NRM: (9, 17),
    HOUSING: (9, 17), OUTREACH: (15, 21), CONCERN: (9, 21),
}  # fmt: skip
ON_SCHOOL_DAYS = {SUSPENSION, EXCLUSION, PROVISION, HEARING, NRM, HOUSING}


@dataclass(frozen=True)
class Story:
    """All that happened until the last visit: the last time somebody opened the demonstration."""

    partnership: Partnership
    happenings: tuple[Happening, ...]
    starts: datetime
    visits: tuple[datetime, ...]

    @property
    def until(self) -> datetime:
        return self.visits[-1]

    def of(self, *kinds: str) -> list[Happening]:
        """The happenings of these kinds, the earliest first."""
        return [one for one in self.happenings if one.kind in kinds]

    def dice(self, *parts: object) -> Random:
        return dice(self.partnership.seed, *parts)


def tell(partnership: Partnership, visits: tuple[datetime, ...]) -> Story:
    starts = first_day(partnership.today)
    happenings = [
        happening
        for child in partnership.children
        for happening in _life(partnership, child, starts, visits[-1])
        if not _hushed(partnership, happening, visits)
    ]
    happenings += live.happenings(partnership, visits)
    happenings.sort(key=lambda one: (one.at, one.child, one.kind))
    return Story(partnership, tuple(happenings), starts, visits)


def first_day(today: date) -> datetime:
    return datetime.combine(today - WINDOW, time(0), LONDON)


def _hushed(partnership: Partnership, happening: Happening, visits: tuple[datetime, ...]) -> bool:
    """A child who is in something live has nothing else going on in the hours before."""
    for before, visit in zip((None, *visits), visits, strict=False):
        is_new = before is None or happening.at > before
        close = visit - live.QUIET < happening.at <= visit
        if is_new and close and happening.child in live.cast(partnership, visits, visit):
            return True
    return False


def _life(partnership: Partnership, child: Child, starts: datetime, until: datetime) -> Iterator[Happening]:
    for letter, count in child.story:
        if letter not in HOURS:
            continue
        number = 0
        window = 0
        while starts + window * WINDOW < until:
            rng = dice(partnership.seed, child.key, letter, window)
            for slot in range(count):
                number += 1
                share = WINDOW.days / count
                day = window * WINDOW.days + int(share * slot + rng.random() * share)
                at = _moment(rng, (starts + timedelta(days=day)).date(), letter)
                happening = _detail(partnership, child, letter, at, number, rng)
                if happening.at <= until:
                    yield happening
            window += 1


def _moment(rng: Random, day: date, letter: str) -> datetime:
    if letter in ON_SCHOOL_DAYS:
        day -= timedelta(days=max(0, day.weekday() - 4))
    first, last = HOURS[letter]
    minutes = rng.randint(first * 60, last * 60 - 1)
    # Through UTC, so that no time falls into the hour that clocks skip in March.
    midnight = datetime.combine(day, time(0), LONDON)
    local = (midnight + timedelta(minutes=minutes)).astimezone(LONDON)
    return datetime.fromtimestamp(local.timestamp(), LONDON)


def _detail(
    partnership: Partnership, child: Child, letter: str, at: datetime, number: int, rng: Random
) -> Happening:
    ends_at, place, la_code, what = DETAILS.get(letter, _plain)(partnership, child, at, rng)
    return Happening(letter, child.key, at, ends_at, place, la_code, what, number)


Details = tuple[datetime | None, str, str, str]


def _plain(partnership: Partnership, child: Child, at: datetime, rng: Random) -> Details:
    return None, _near_home(partnership, child, rng), child.la_code, ""


def _near_home(partnership: Partnership, child: Child, rng: Random) -> str:
    return pick(rng, partnership.places_of(child.la_code, pick(rng, PLACES_OFTEN))).name


def _arrest(partnership: Partnership, child: Child, at: datetime, rng: Random) -> Details:
    released = at + timedelta(minutes=rng.randint(240, 1020))
    return released, _near_home(partnership, child, rng), child.la_code, pick(rng, lines("arrests"))


def _missing(partnership: Partnership, child: Child, at: datetime, rng: Random) -> Details:
    found = at + timedelta(minutes=rng.randint(150, 2400))
    if rng.random() < OUT_OF_AREA_SHARE:
        elsewhere = [area.la_code for area in partnership.areas if area.la_code != child.la_code]
        la_code = pick(rng, elsewhere)
        return found, pick(rng, partnership.places_of(la_code, pick(rng, PLACES_OFTEN[1:]))).name, la_code, ""
    place = "Home address" if rng.random() < 0.5 else _near_home(partnership, child, rng)
    return found, place, child.la_code, ""


def _injury(partnership: Partnership, child: Child, at: datetime, rng: Random) -> Details:
    hurt_by_others = rng.random() < ASSAULT_SHARE
    leaves = at + timedelta(minutes=rng.randint(90, 420))
    hospital = partnership.places_of(child.la_code, "hospital")[0].name
    return leaves, hospital, child.la_code, "assault" if hurt_by_others else "accident"


def _suspension(partnership: Partnership, child: Child, at: datetime, rng: Random) -> Details:
    ends = at + timedelta(days=rng.randint(0, 4))
    while ends.weekday() > 4:
        ends -= timedelta(days=1)
    return ends, child.school.name, child.la_code, ""


DETAILS: dict[str, Callable[[Partnership, Child, datetime, Random], Details]] = {
    ARREST: _arrest,
    MISSING: _missing,
    INJURY: _injury,
    SUSPENSION: _suspension,
}
