"""What is going on in the hours before somebody opens the demonstration?"""

from datetime import datetime, timedelta

from holdfast.demonstration.shape import Happening, Partnership

QUIET = timedelta(hours=36)  # a child in a live situation has no other story in these hours

# Whose turn it is; no child stands in two lists, so no child is in two live situations at once.
TURNS = {
    "custody": ("c03", "c27", "c45", "c10", "c21"),
    "injury": ("c14", "c60", "c30", "c51", "c18"),
    "found": ("c07", "c31", "c48", "c47", "c29"),
    "exclusion": ("c58", "c40", "c05", "c36", "c43"),
    "threat": ("c01", "c25", "c11", "c32", "c57"),
    "nrm": ("c37", "c17", "c46", "c35", "c53"),
    "missing": ("c34", "c52", "c15", "c22", "c20"),
    "concern": ("c16", "c56", "c12", "c38", "c49"),
}
# How long before the visit each message reaches the partnership, in minutes.
ARRIVES = {
    ("police_intel", "intel"): 95,
    ("schools", "exclusions"): 70,
    ("nrm", "decisions"): 55,
    ("police_missing", "missing"): 40,
    ("parents", "concerns"): 30,
    ("hospital", "ed"): 18,
    ("police_custody", "custody"): 6,
}


def fresh(visits: tuple[datetime, ...]) -> tuple[datetime, ...]:
    """The visits that find something live: the first of each day, since an agency's job runs once a day."""
    first_of_day = {visit.date(): visit for visit in reversed(visits)}
    return tuple(sorted(first_of_day.values()))


def cast(partnership: Partnership, visits: tuple[datetime, ...], visit: datetime) -> dict[str, str]:
    """The children of a visit's live situations: child -> situation."""
    turn = visits.index(visit)
    return {keys[turn % len(keys)]: name for name, keys in TURNS.items()}


def happenings(partnership: Partnership, visits: tuple[datetime, ...]) -> list[Happening]:
    found = []
    for visit in fresh(visits):
        who = {name: key for key, name in cast(partnership, visits, visit).items()}
        found += _at(partnership, visit, who)
    return found


def _at(partnership: Partnership, visit: datetime, who: dict[str, str]) -> list[Happening]:
    def ago(hours: float) -> datetime:
        return visit - timedelta(minutes=round(hours * 60))

    homes = {name: partnership.child(key).la_code for name, key in who.items()}
    return [
        Happening(
            "A", who["custody"], ago(3.1), ago(-7), _place(partnership, homes["custody"], "rail"),
            homes["custody"], "Possession with intent to supply", visit=visit,
        ),
        Happening(
            "I", who["injury"], ago(1.6), None, _place(partnership, homes["injury"], "hospital"),
            homes["injury"], "assault", visit=visit,
        ),
        Happening("M", who["found"], ago(26), ago(1.2), _place(partnership, "984", "rail"), "984", "",
        visit=visit),
        Happening("M", who["missing"], ago(3.4), ago(-9), "Home address", homes["missing"], "", visit=visit),
        Happening("E", who["exclusion"], school_day(ago(2)), None, "", homes["exclusion"], "", visit=visit),
        Happening("L", who["threat"], ago(3), None, "", homes["threat"], "", visit=visit),
        Happening("N", who["nrm"], school_day(ago(6)), None, "", homes["nrm"], "live", visit=visit),
        Happening("C", who["concern"], ago(0.9), None, "", homes["concern"], "", visit=visit),
    ]  # fmt: skip


def school_day(at: datetime) -> datetime:
    """The same time on the last weekday that is not after it."""
    return at - timedelta(days=max(0, at.weekday() - 4))


def _place(partnership: Partnership, la_code: str, kind: str) -> str:
    return partnership.places_of(la_code, kind)[0].name
