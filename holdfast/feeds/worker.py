"""Who applies what agencies send, and looks whether a new file has come?  §8.2.

A file in the drop folder is taken in once it has stopped growing.  When it came is what the database's
clock says then; the file itself stays where it is.
"""

import json
import logging
import os
import stat
import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import DatabaseError, InterfaceError, OperationalError, close_old_connections, connection

from holdfast.audit.terms import System
from holdfast.feeds.applying import apply_rows, in_turn, waiting_rows
from holdfast.feeds.arrivals import NOT_DROPS
from holdfast.feeds.commands import receive
from holdfast.feeds.reading.files import LARGEST_FILE
from holdfast.kit.clock import now

POLL = 0.5  # seconds between looks, our choice
# Our choice: a file that has not changed for this long has been written whole.
SETTLED = 1.0  # seconds
AGAIN_AFTER = 60.0  # seconds until a row or a file that our own fault kept back is tried again
LONGEST_PATH = 240  # characters kept of a file's folder and name; the end says which export it is
MOST_DECLARED = 10_000_000  # rows; a manifest that says more is not believed, our choice
UNFINISHED = (".part", ".tmp", ".crdownload", ".filepart")

log = logging.getLogger(__name__)
Stamp = tuple[int, int]  # size in bytes, time of the last change in nanoseconds


@dataclass
class Drops:
    """A folder into which agencies' files are put."""

    folder: Path
    taken: dict[str, Stamp] = field(default_factory=dict)
    resting: dict[str, float] = field(default_factory=dict)

    def take_in(self) -> int:
        """Receive every file that is new or changed, and settled; return how many were new."""
        count = 0
        for path in sorted(self.folder.rglob("*")):
            name = path.relative_to(self.folder).as_posix()
            stamp = self._settled(path, name)
            if stamp is None or self.taken.get(name) == stamp or self.resting.get(name, 0) > time.monotonic():
                continue
            count += self._try(path, name, stamp)
        return count

    def _try(self, path: Path, name: str, stamp: Stamp) -> bool:
        """Receive one file; one that cannot be, by our own fault, lets the others pass and is tried again."""
        try:
            is_new = self._receive(path, name)
        except (OperationalError, InterfaceError):  # the database went away
            raise
        except Exception as error:
            self.resting[name] = time.monotonic() + AGAIN_AFTER
            _log_own_fault("A file in the drop folder is not received", error)
            return False
        self.taken[name] = stamp
        return is_new

    def _settled(self, path: Path, name: str) -> Stamp | None:
        is_ours = name.partition("/")[0] not in NOT_DROPS and path.name != "manifest.json"
        if not is_ours or path.name.startswith(".") or path.name.endswith(UNFINISHED):
            return None
        try:
            found = path.lstat()  # a pointer to another file is no file: it could lead anywhere
        except OSError:
            return None
        is_quiet = time.time() - found.st_mtime >= SETTLED
        return (found.st_size, found.st_mtime_ns) if stat.S_ISREG(found.st_mode) and is_quiet else None

    def _receive(self, path: Path, name: str) -> bool:
        try:
            with path.open("rb") as file:
                content = file.read(LARGEST_FILE + 1)  # what is larger is refused, and need not be read whole
        except OSError as error:
            log.error("A file in the drop folder cannot be read: %s", error.strerror)
            return False
        declared = _declared(self.folder / "manifest.json").get(name)
        kept = name.encode("utf-8", "replace").decode()[-LONGEST_PATH:]  # a name may hold any bytes
        _, is_new = receive(by=System.FEEDS, at=now(), path=kept, content=content, declared_rows=declared)
        return is_new


def _declared(manifest: Path) -> dict[str, int]:
    """Return how many rows the sender says each file has; nothing where the manifest cannot be read."""
    try:
        files = json.loads(manifest.read_text(encoding="utf-8"))["files"]
        found = {file["path"]: int(file["rows"]) for file in files if file.get("rows") is not None}
        return {path: rows for path, rows in found.items() if 0 <= rows <= MOST_DECLARED}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        return {}


@dataclass
class Applier:
    """Applies what waits; a row that our own fault keeps back lets the others pass."""

    set_aside: dict[int, float] = field(default_factory=dict)

    def apply(self, at: datetime) -> int:
        resting = [key for key, until in self.set_aside.items() if until > time.monotonic()]
        return sum(self._together(keys, at) for keys in in_turn(waiting_rows(but=resting)))

    def _together(self, keys: Sequence[int], at: datetime) -> int:
        """Apply rows that share a transaction; if one of them cannot be, each by itself."""
        try:
            count = apply_rows(by=System.FEEDS, at=at, keys=keys)
        except (OperationalError, InterfaceError):  # the database went away
            raise
        except Exception as error:
            if len(keys) == 1:
                self._rest(keys[0], error)
                return 0
            return sum(self._together([key], at) for key in keys)
        for key in keys:
            self.set_aside.pop(key, None)
        return count

    def _rest(self, key: int, error: Exception) -> None:
        """Let a row wait that our own fault keeps back: it is counted as waiting, and tried again."""
        _log_own_fault(f"Message {key} not applied", error)
        self.set_aside[key] = time.monotonic() + AGAIN_AFTER


def _log_own_fault(what: str, error: Exception) -> None:
    """What a row says may be in the error's words: only its kind and place in our code are logged."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    log.error("%s: %s at %s:%s", what, type(error).__name__, place.filename, place.lineno)


def run_forever() -> None:
    """Take in and apply until the process is told to end."""
    named = os.environ.get("HOLDFAST_DROPS")
    drops, applier = Drops(Path(named)) if named else None, Applier()
    while True:
        close_old_connections()
        if not step(drops, applier):
            time.sleep(POLL)


def step(drops: Drops | None, applier: Applier) -> int:
    """Look once; return how much was done."""
    try:
        taken = drops.take_in() if drops and drops.folder.is_dir() else 0
        return taken + applier.apply(now())
    except DatabaseError as error:
        log.error("The database does not answer: %s", type(error).__name__)
        connection.close()
        return 0
