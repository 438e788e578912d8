"""How does each agency write dates, names and ethnicity in its exports?"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from holdfast.demonstration.formats import HEADINGS
from holdfast.demonstration.shape import LONDON, Row

# 16+1 code -> (DfE code, NHS ethnic category).
ETHNICITY = {
    "W1": ("WBRI", "A"), "W2": ("WIRI", "B"), "W9": ("WOTH", "C"), "M1": ("MWBC", "D"), "M2": ("MWBA", "E"),
    "M3": ("MWAS", "F"), "M9": ("MOTH", "G"), "A1": ("AIND", "H"), "A2": ("APKN", "J"), "A3": ("ABAN", "K"),
    "B1": ("BCRB", "M"), "B2": ("BAFR", "N"), "B9": ("BOTH", "P"), "O1": ("CHNE", "R"), "O9": ("OOTH", "S"),
    "NS": ("NOBT", "Z"),
}  # fmt: skip


def local(at: datetime) -> datetime:
    """The London wall time; a time in the hour that clocks skip in March becomes the one after it."""
    return datetime.fromtimestamp(at.timestamp(), LONDON)


def later(at: datetime, *, days: float = 0, hours: float = 0, minutes: float = 0) -> datetime:
    """So much later in elapsed time, as a London time."""
    return datetime.fromtimestamp(
        at.timestamp() + timedelta(days=days, hours=hours, minutes=minutes).total_seconds(), LONDON
    )


def uk_time(at: datetime | None) -> str:
    return local(at).strftime("%d/%m/%Y %H:%M") if at else ""


def uk_date(day: date | datetime | None) -> str:
    return day.strftime("%d/%m/%Y") if day else ""


def iso_time(at: datetime | None) -> str:
    return local(at).strftime("%Y-%m-%d %H:%M:00") if at else ""


def stamp(at: datetime | date | None) -> str:
    """A day as the social care standard writes it."""
    return at.strftime("%Y-%m-%d 00:00:00.000") if at else ""


def dfe(ethnicity: str) -> str:
    return ETHNICITY[ethnicity][0]


def nhs(ethnicity: str) -> str:
    return ETHNICITY[ethnicity][1]


def sent(
    stream: tuple[str, str],
    la_code: str,
    ready: datetime,
    key: str,
    values: Iterable[object],
    *,
    version: int = 1,
    child: str = "",
    moment: str = "",
    visit: datetime | None = None,
) -> Row:
    """One record of one agency; `values` stand in the order of the feed's headings."""
    named = dict(zip(HEADINGS[stream].split(","), values, strict=True))
    return Row(*stream, la_code, ready, key, named, version, child, moment, visit)
