"""Which ordinary mistakes do the agencies make?  A few, so that quarantine has something to show."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from holdfast.demonstration.shape import Row
from holdfast.demonstration.stories import WINDOW
from holdfast.demonstration.writing import later

LATE_BY_DAYS = 3
RESENT_AFTER_HOURS = 26
CUT_SHARE = 0.72  # how much of a cut file arrives


@dataclass(frozen=True)
class Drop:
    """One file of one agency."""

    feed: str
    table: str
    la_code: str
    drop_date: date
    arrived_at: datetime
    rows: tuple[Row, ...]
    encoding: str = "utf-8"
    is_resend: bool = False
    is_cut: bool = False
    is_visit: bool = False

    @property
    def path(self) -> str:
        extension = {"ed": "ndjson", "contacts": "xlsx"}.get(self.table, "csv")
        area = f"_{self.la_code}" if self.la_code else ""
        again = "_resend" if self.is_resend else ""
        return f"{self.feed}/{self.table}{area}_{self.drop_date}{again}.{extension}"


@dataclass(frozen=True)
class Fault:
    day: int  # of each 90 days; it befalls the first suitable drop from then on
    table: str
    kind: str  # cell, accents, mark, late, again or cut
    column: str = ""
    value: str = ""


FAULTS = (
    Fault(5, "missing", "accents"),
    Fault(12, "exclusions", "cell", "StartDate", "31/11/2026"),
    Fault(20, "exclusions", "mark"),
    Fault(24, "custody", "cell", "bail_return_at", "32/01/2026 10:00"),
    Fault(30, "missing", "cell", "risk_level", "STANDARD"),
    Fault(36, "ed", "cell", "gender", "boy"),
    Fault(41, "concerns", "cell", "urgent", "?"),
    Fault(47, "court", "late"),
    Fault(50, "custody", "again"),
    Fault(58, "concerns", "cell", "child_name", ""),
    Fault(63, "attendance_ap", "cut"),
    Fault(69, "intel", "cell", "handling", "X"),
    Fault(74, "ssd_missing", "cell", "miss_missing_episode_start_date", "2026-13-01 00:00:00.000"),
    Fault(79, "custody", "cell", "sex", "X"),
    Fault(82, "exclusions", "cell", "Reason1", "ZZ"),
    Fault(84, "missing", "cell", "reported_at", "2026-02-30 21:10:00"),
)


def befall(drops: list[Drop], starts: datetime, until: datetime) -> list[Drop]:
    """The same drops, with each fault on the first one it suits; what is live now always comes whole."""
    drops = list(drops)
    for first in _windows(starts, until):
        for fault in FAULTS:
            _befall(drops, fault, first + timedelta(days=fault.day), first + WINDOW)
    return drops


def _windows(starts: datetime, until: datetime) -> Iterator[date]:
    first = starts
    while first < until:
        yield first.date()
        first += WINDOW


def _befall(drops: list[Drop], fault: Fault, first: date, last: date) -> None:
    for nth, drop in enumerate(drops):
        if drop.table != fault.table or drop.is_visit or not first <= drop.drop_date < last:
            continue
        spoiled = _spoil(drop, fault)
        if spoiled:
            drops[nth : nth + 1] = spoiled
            return


def _spoil(drop: Drop, fault: Fault) -> list[Drop]:
    """The drop with this fault, and perhaps its second delivery; nothing when the fault does not suit it."""
    if fault.kind == "cell":
        return _cell(drop, fault)
    if fault.kind == "accents":
        return [replace(drop, encoding="cp1252")] if _has_western_accents(drop) else []
    if fault.kind == "mark":
        return [replace(drop, encoding="utf-8-sig")]
    if fault.kind == "late":
        return [replace(drop, arrived_at=later(drop.arrived_at, days=LATE_BY_DAYS))]
    if fault.kind == "again":
        again = later(drop.arrived_at, hours=RESENT_AFTER_HOURS)
        return [drop, replace(drop, arrived_at=again, is_resend=True)]
    return [replace(drop, is_cut=True)] if len(drop.rows) > 1 else []


def _cell(drop: Drop, fault: Fault) -> list[Drop]:
    for nth, row in enumerate(drop.rows):
        if row.moment and drop.table != "ed":
            continue
        rows = list(drop.rows)
        rows[nth] = replace(row, values=_changed(row.values, fault))
        return [replace(drop, rows=tuple(rows))]
    return []


def _changed(values: Mapping[str, object], fault: Fault) -> dict[str, object]:
    if fault.table != "ed":
        return {**values, fault.column: fault.value}
    entries = list(values["entry"])  # type: ignore[call-overload]
    entries[0] = entries[0] | {"resource": entries[0]["resource"] | {fault.column: fault.value}}
    return {**values, "entry": entries}


def _has_western_accents(drop: Drop) -> bool:
    text = "".join(str(value) for row in drop.rows for value in row.values.values())
    try:
        return bool(text.encode("cp1252")) and not text.isascii()
    except UnicodeEncodeError:
        return False
