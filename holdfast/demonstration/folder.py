"""How do the drops become a folder of files with its manifest, and how is the folder carried on later?"""

import csv
import hashlib
import io
import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from holdfast.demonstration.drops import drops
from holdfast.demonstration.faults import CUT_SHARE, Drop
from holdfast.demonstration.formats import HEADINGS
from holdfast.demonstration.plan import SEED, plan_partnership
from holdfast.demonstration.reference import reference_files
from holdfast.demonstration.shape import LONDON, Partnership
from holdfast.demonstration.stories import first_day, tell
from holdfast.demonstration.workbook import tracker

MANIFEST = "manifest.json"

Entry = dict[str, str | int]


@dataclass(frozen=True)
class Made:
    """What a folder holds: the partnership, the visits so far, and the entries written just now."""

    partnership: Partnership
    visits: tuple[datetime, ...]
    since: datetime
    entries: tuple[Entry, ...]


def write_drops(partnership: Partnership, folder: Path, visits: tuple[datetime, ...]) -> Made:
    """Write every file that arrives between the last two visits, and name it in the manifest.

    The same visits give the same files, so that what was stopped half way can be done again.
    """
    visits = tuple(to_the_minute(visit) for visit in visits)
    since = visits[-2] if len(visits) > 1 else first_day(partnership.today)
    folder.mkdir(parents=True, exist_ok=True)
    entries = []
    if len(visits) == 1:
        entries += [
            _write(folder, file, _reference_entry(partnership, *file))
            for file in reference_files(partnership)
        ]
    for drop in drops(tell(partnership, visits)):
        if drop.arrived_at > since:
            content = contents(drop)
            entries.append(_write(folder, (drop.path, content, len(drop.rows)), _entry(drop)))
    _name_in_manifest(partnership, folder, visits, entries)
    return Made(partnership, visits, since, tuple(entries))


def to_the_minute(at: datetime) -> datetime:
    return at.astimezone(LONDON).replace(second=0, microsecond=0)


def make_folder(folder: Path, now: datetime, seed: int = SEED) -> Made:
    """A new demonstration whose last hours are the hours before `now`."""
    return write_drops(plan_partnership(now.astimezone(LONDON).date(), seed), folder, (now,))


def continue_from(made: Made, folder: Path, now: datetime) -> Made:
    """Carry the story of `folder` on to `now`: only what has arrived since the last visit is written."""
    return write_drops(made.partnership, folder, (*made.visits, now))


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


def _name_in_manifest(
    partnership: Partnership, folder: Path, visits: tuple[datetime, ...], entries: list[Entry]
) -> None:
    """Add files to the manifest, once each however often they are written."""
    path = folder / MANIFEST
    known = json.loads(path.read_text(encoding="utf-8"))["files"] if len(visits) > 1 else []
    new = {entry["path"] for entry in entries}
    manifest = {
        "partnership": partnership.name,
        "period_start": first_day(partnership.today).date().isoformat(),
        "period_end": visits[-1].date().isoformat(),
        "files": [*(entry for entry in known if entry["path"] not in new), *entries],
    }
    unfinished = path.with_suffix(".new")
    unfinished.write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    os.replace(unfinished, path)
