"""How do the drops become a folder of files with its manifest, and how is the folder carried on later?"""

import csv
import hashlib
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from holdfast.demonstration.drops import drops
from holdfast.demonstration.faults import CUT_SHARE, Drop
from holdfast.demonstration.formats import HEADINGS
from holdfast.demonstration.plan import SEED, plan_partnership
from holdfast.demonstration.reference import reference_files
from holdfast.demonstration.shape import LONDON, Partnership
from holdfast.demonstration.stories import first_day, tell
from holdfast.demonstration.workbook import tracker

MANIFEST = "manifest.json"
MADE = "demonstration.json"  # the seed, the first day and every visit, so that the story can be carried on

Entry = dict[str, str | int]


@dataclass(frozen=True)
class Made:
    """What a folder holds: the partnership, the visits so far, and the entries written just now."""

    partnership: Partnership
    visits: tuple[datetime, ...]
    since: datetime
    entries: tuple[Entry, ...]


def write_drops(
    partnership: Partnership,
    folder: Path,
    since: datetime,
    until: datetime,
    earlier_visits: Iterable[datetime] = (),
) -> Made:
    """Write every file that arrives after `since`, up to `until`, and add it to the manifest."""
    visits = (*earlier_visits, until.astimezone(LONDON).replace(second=0, microsecond=0))
    folder.mkdir(parents=True, exist_ok=True)
    manifest = _manifest(partnership, folder)
    entries = []
    if not manifest["files"]:
        entries += [
            _write(folder, file, _reference_entry(partnership, *file))
            for file in reference_files(partnership)
        ]
    for drop in drops(tell(partnership, visits)):
        if drop.arrived_at > since:
            content = contents(drop)
            entries.append(_write(folder, (drop.path, content, len(drop.rows)), _entry(drop)))
    manifest["files"] += entries
    manifest["period_end"] = visits[-1].date().isoformat()
    _save(folder / MANIFEST, manifest)
    made = {"seed": partnership.seed, "today": partnership.today.isoformat()}
    _save(folder / MADE, made | {"visits": [visit.isoformat() for visit in visits]})
    return Made(partnership, visits, since, tuple(entries))


def make_folder(folder: Path, now: datetime, seed: int = SEED) -> Made:
    """A new demonstration whose last hours are the hours before `now`."""
    partnership = plan_partnership(now.astimezone(LONDON).date(), seed)
    return write_drops(partnership, folder, first_day(partnership.today), now)


def continue_from(folder: Path, now: datetime) -> Made:
    """Carry the story of `folder` on to `now`: only what has arrived since the last visit is written."""
    made = json.loads((folder / MADE).read_text(encoding="utf-8"))
    partnership = plan_partnership(date.fromisoformat(made["today"]), made["seed"])
    visits = tuple(datetime.fromisoformat(visit).astimezone(LONDON) for visit in made["visits"])
    return write_drops(partnership, folder, visits[-1], now, visits)


def contents(drop: Drop) -> bytes:
    """The file as the agency's system writes it."""
    if drop.table == "contacts":
        return tracker(drop.drop_date, drop.rows)
    if drop.table == "ed":
        return "".join(json.dumps(row.values) + "\n" for row in drop.rows).encode("utf-8")
    written = io.StringIO(newline="")
    headings = HEADINGS[drop.feed, drop.table].split(",")
    writer = csv.DictWriter(written, headings, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(row.values for row in drop.rows)
    content = written.getvalue().encode(drop.encoding)
    return content[: _cut_at(content)] if drop.is_cut else content


def _cut_at(content: bytes) -> int:
    """A place in the middle of a record, after the headings."""
    place = max(int(len(content) * CUT_SHARE), content.index(b"\r\n") + 2)
    return place if content[place - 2 : place] != b"\r\n" else place + 9


def _entry(drop: Drop) -> Entry:
    return {
        "path": drop.path,
        "feed": drop.feed,
        "table": drop.table,
        "la_code": drop.la_code,
        "drop_date": drop.drop_date.isoformat(),
        "arrived_at": drop.arrived_at.isoformat(timespec="minutes"),
        "rows": len(drop.rows),
        "encoding": "binary" if drop.table == "contacts" else drop.encoding,
    }


def _reference_entry(partnership: Partnership, path: str, content: bytes, rows: int) -> Entry:
    starts = first_day(partnership.today)
    return {
        "path": path,
        "feed": "reference",
        "table": Path(path).stem,
        "la_code": "",
        "drop_date": starts.date().isoformat(),
        "arrived_at": starts.isoformat(timespec="minutes"),
        "rows": rows,
        "encoding": "utf-8",
    }


def _write(folder: Path, file: tuple[str, bytes, int], entry: Entry) -> Entry:
    path, content, _ = file
    target = folder / path
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(content)
    return entry | {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def _manifest(partnership: Partnership, folder: Path) -> dict[str, Any]:
    if (folder / MANIFEST).exists():
        found: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return found
    starts = first_day(partnership.today).date().isoformat()
    return {"partnership": partnership.name, "period_start": starts, "period_end": "", "files": []}


def _save(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
