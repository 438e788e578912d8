"""What does the demonstration's partnership look like on the day it is made?"""

from datetime import date, time

from holdfast.demonstration import families, places
from holdfast.demonstration.shape import Agency, Partnership, Practitioner, Shift, Team
from holdfast.demonstration.tables import table

SEED = 20
NAME = "Kelderby, Wickersholm and Oddermouth Safeguarding Children Partnership"

# Local pattern: days, evenings to 23:00 and nights; the manager not on days takes the evening.
DAY, EVENING, NIGHT = time(8), time(16), time(23)
DUTY = {"981": ("p01", "p02", "p05"), "982": ("p07", "p08", "p11"), "983": ("p12", "p13", "p15")}
WEEKEND = (5, 6)


def plan_partnership(today: date, seed: int = SEED) -> Partnership:
    """The whole cast and its places: the same for the same day and seed."""
    codes = places.postcodes()
    schools = places.schools(codes)
    return Partnership(
        name=NAME,
        seed=seed,
        today=today,
        areas=places.AREAS,
        places=places.places(),
        postcodes=codes,
        schools=schools,
        agencies=tuple(Agency(**row) for row in table("agencies")),
        teams=tuple(Team(**row) for row in table("teams")),
        practitioners=tuple(Practitioner(**row) for row in table("practitioners")),
        rota=tuple(shift for la_code, people in DUTY.items() for shift in _week(la_code, *people)),
        children=families.children(today, seed, codes, schools),
        about=families.about(),
    )


def _week(la_code: str, first: str, second: str, night: str) -> list[Shift]:
    """A week of one area: somebody is rung first and somebody next at every hour."""
    shifts = []
    for weekday in range(7):
        early, late = (first, second) if weekday % 2 == 0 else (second, first)
        if weekday in WEEKEND:
            shifts += _pair(la_code, weekday, DAY, NIGHT, early, night)
        else:
            shifts += _pair(la_code, weekday, DAY, EVENING, early, late)
            shifts += _pair(la_code, weekday, EVENING, NIGHT, late, early)
        shifts += _pair(la_code, weekday, NIGHT, DAY, night, late)
    return shifts


def _pair(la_code: str, weekday: int, starts: time, ends: time, first: str, second: str) -> list[Shift]:
    return [
        Shift(la_code, weekday, starts, ends, order, who)
        for order, who in enumerate((first, second), start=1)
    ]
