"""The partnership's practice exports and their answers, which are kept outside the project."""

import csv
import json
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pytest

from holdfast.feeds.reading import FileRead, read_file

FEEDS = Path(__file__).resolve().parents[2] / "../shared/feeds"
PACKS = ("pack-small", "pack-a")


class Sent(NamedTuple):
    """One file as the manifest describes it, and as it was read."""

    listed: dict[str, str]
    read: FileRead


def need(pack: str) -> None:
    if not (FEEDS / pack).is_dir():
        pytest.skip(f"the practice exports are not here: {FEEDS / pack}")


@lru_cache(maxsize=2)
def files(pack: str) -> tuple[Sent, ...]:
    need(pack)
    listed = json.loads((FEEDS / pack / "manifest.json").read_text(encoding="utf-8"))["files"]
    return tuple(
        Sent(file, read_file((FEEDS / pack / file["path"]).read_bytes(), file["path"], file["rows"]))
        for file in listed
        if file["feed"] != "reference"
    )


def answers(pack: str, name: str) -> list[dict[str, str]]:
    need(f"{pack}-truth")
    with (FEEDS / f"{pack}-truth" / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
