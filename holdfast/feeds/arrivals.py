"""In which order did the files of a folder reach us?"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from holdfast.feeds.reading import name_of

LONDON = ZoneInfo("Europe/London")
DAWN = time(6)  # our choice: without a manifest a file is taken to have come at 06:00 on its date
NOT_DROPS = {"reference", ""}


@dataclass(frozen=True, slots=True, order=True)
class Arrival:
    arrived_at: datetime
    path: str
    declared_rows: int | None = None


def arrivals(folder: Path) -> list[Arrival]:
    """Return the drops of a folder in the order in which they arrived.

    Reads `manifest.json` where there is one, else the dates in the file names.  Raises ValueError for
    a manifest that cannot be read, and for a file whose date nobody states.
    """
    manifest = folder / "manifest.json"
    found = _from_manifest(manifest) if manifest.exists() else _from_names(folder)
    return sorted(found)


def _from_manifest(path: Path) -> Iterator[Arrival]:
    try:
        files = json.loads(path.read_text(encoding="utf-8"))["files"]
        for file in files:
            if file["feed"] not in NOT_DROPS:
                at = datetime.fromisoformat(file["arrived_at"])
                yield Arrival(at, file["path"], int(file["rows"]) if file.get("rows") is not None else None)
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"manifest.json cannot be read: {error!r}") from error


def _from_names(folder: Path) -> Iterator[Arrival]:
    for path in folder.rglob("*.*"):
        relative = path.relative_to(folder).as_posix()
        if path.is_file() and relative.partition("/")[0] not in NOT_DROPS and not path.name.startswith("."):
            day = name_of(relative).drop_on
            if day is None:
                raise ValueError(f"{relative}: no date in the file's name, and no manifest.json")
            yield Arrival(datetime.combine(day, DAWN, tzinfo=LONDON), relative)
