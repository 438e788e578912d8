"""Does a replay that is killed again and again, shuffled or repeated end in the same state?

Run as `python -m bench.crash [FOLDER] [--kills 20] [--seed N] [--shuffle [100]] [--twice]`, or `make crash`.

A folder of drops is replayed undisturbed into a data folder of its own.  Then it is replayed into
another, killed with SIGKILL at random moments and started again until it ends.  What both export must
be the same once persons are named by the first row that names them: our references are random.  Left
out are the times at which something happened on this machine: `raised_at` and `paged_at`.
"""

import argparse
import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import psycopg

from bench.harness import PROJECT, Report, table
from bench.state import State, counts, differences, state
from holdfast.kit import embedded_postgres
from holdfast.kit.embedded_postgres import Cluster

USUAL = PROJECT / "../shared/feeds/pack-small"
USUAL_KILLS = 20
LOOK_EVERY = 0.02  # seconds between looks at how far the replay is
AFTERWARDS = 0.15  # seconds: up to this much later it is killed, somewhere inside a row or a file
SHUFFLE = "also apply the drops in a random order, once or so many times"
SHOWN = 12  # differences printed of each export
# The order in which rows reach us decides when we knew, and which of several good reasons was the first
# for a child's record to be opened.
MAY_DIFFER = ("known_at=", "why=")


@dataclass(slots=True)
class Trial:
    """One installation in a folder of its own, made anew, whose server runs as long as the trial."""

    name: str
    folder: Path
    cluster: Cluster
    seconds: float = 0.0
    killed: list[str] = field(default_factory=list)  # how far it was each time

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start `holdfast` on this installation."""
        command = [sys.executable, "-m", "holdfast.commandline", *arguments]
        log = open(self.folder / "log", "ab")  # noqa: SIM115 - the process has it
        return subprocess.Popen(command, cwd=PROJECT, env=self.environment, stdout=log, stderr=log)

    def say(self, *arguments: str) -> str:
        """Return what `holdfast` prints."""
        command = [sys.executable, "-m", "holdfast.commandline", *arguments]
        done = subprocess.run(command, cwd=PROJECT, env=self.environment, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"{self.name}: {' '.join(arguments)} failed\n{done.stderr[-3000:]}")
        return done.stdout

    def last_words(self) -> str:
        return (self.folder / "log").read_text(errors="replace")[-3000:]

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, "HOLDFAST_DATA": str(self.folder), "DATABASE_URL": ""}

    def connect(self) -> psycopg.Connection:
        address = self.cluster.url(embedded_postgres.SUPERUSER, "holdfast")
        return psycopg.connect(address, autocommit=True)


@contextlib.contextmanager
def trial(name: str) -> Iterator[Trial]:
    """Make an installation, and take it away again."""
    folder = Path(tempfile.mkdtemp(prefix="holdfast-crash-"))
    folder.chmod(0o755)  # the server runs as an ordinary user
    cluster = embedded_postgres.cluster_in(folder)
    try:
        with embedded_postgres.in_use(cluster) as running:
            one = Trial(name, folder, running)
            one.say("set-up")
            yield one
    finally:
        shutil.rmtree(folder)


# --- Replays -------------------------------------------------------------------------------------


def replay(one: Trial, folder: Path) -> int:
    """Replay to the end; return the exit status."""
    begun = time.monotonic()
    status = one.start("replay", str(folder)).wait()
    one.seconds += time.monotonic() - begun
    return status


def killed_replay(one: Trial, folder: Path, kills: int, rows: int, rng: random.Random) -> int:
    """Replay, killed at `kills` random places, then to the end; return the last exit status."""
    begun = time.monotonic()
    with one.connect() as connection:
        for place in sorted(rng.randrange(rows) for _ in range(kills)):
            process = one.start("replay", str(folder))
            while process.poll() is None and _settled(connection) < place:
                time.sleep(LOOK_EVERY)
            time.sleep(rng.uniform(0, AFTERWARDS))
            process.send_signal(signal.SIGKILL)
            if process.wait() != -signal.SIGKILL:
                raise SystemExit(f"It ended by itself, with {process.returncode}:\n{one.last_words()}")
            one.killed.append(f"{_settled(connection)}")
    one.seconds += time.monotonic() - begun
    return replay(one, folder)


def _settled(connection: psycopg.Connection) -> int:
    found = connection.execute("SELECT count(*) FROM feeds_message WHERE status <> 'waiting'").fetchone()
    return int(found[0]) if found else 0


def shuffled(folder: Path, into: Path, rng: random.Random) -> Path:
    """Make a folder of the same drops that reached us in a random order, all after the last of them.

    Never earlier than it did: nobody can send what has not happened yet.
    """
    copy = into / "shuffled"
    shutil.copytree(folder, copy)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    drops = [one for one in manifest["files"] if one["feed"] != "reference" and one.get("arrived_at")]
    last = max(datetime.fromisoformat(one["arrived_at"]) for one in drops)
    rng.shuffle(drops)
    for minutes, one in enumerate(drops):
        one["arrived_at"] = (last + timedelta(minutes=minutes)).isoformat()
    (copy / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return copy


# --- Verdicts --------------------------------------------------------------------------------------


def judge(report: Report, what: str, wanted: State, found: State, status: int, wanted_status: int) -> None:
    """Add a table of what is the same and what is not, and the first differences."""
    rows, shown = [], []
    for name, missing, surplus in differences(wanted, found):
        is_same = not missing and not surplus
        rows.append([name, f"{len(wanted[name])}", f"{len(missing)}", f"{len(surplus)}", _word(is_same)])
        shown += [f"- {name}: {line}" for line in missing[:SHOWN]]
        shown += [f"+ {name}: {line}" for line in surplus[:SHOWN]]
    rows.append(["exit status", f"{wanted_status}", "", f"{status}", _word(status == wanted_status)])
    report.notes += [f"## {what}", table(["compared", "lines", "missing", "surplus", ""], rows)]
    if shown:
        report.asides.append(f"{what}:\n" + "\n".join(shown))
    failed = any(row[-1] != "same" for row in rows)
    report.notes.append(f"Verdict: {'NOT THE SAME' if failed else 'the same end state'}.")
    report.is_failed = report.is_failed or failed


def _word(is_same: bool) -> str:
    return "same" if is_same else "DIFFERENT"


def undisturbed(folder: Path, is_twice: bool, report: Report) -> tuple[State, int, int]:
    """Return the state after a quiet replay, its exit status, and how many rows there were."""
    with trial("undisturbed") as one:
        status = replay(one, folder)
        wanted = state(one)
        with one.connect() as connection:
            rows, before = _settled(connection), counts(connection)
        report.notes.append(f"Undisturbed: {rows} rows in {one.seconds:.0f} s, exit status {status}.")
        if is_twice:
            again = replay(one, folder)
            with one.connect() as connection:
                wanted_tables, found_tables = {"tables": before}, {"tables": counts(connection)}
            judge(report, "Replayed twice", wanted | wanted_tables, state(one) | found_tables, again, status)
        return wanted, status, rows


def main() -> int:
    given = _options()
    rng = random.Random(given.seed)
    report = Report("crash", "Does a disturbed replay end in the same state?")
    report.notes.append(f"Folder {given.folder.name}, seed {given.seed}.")
    wanted, status, rows = undisturbed(given.folder, given.twice, report)
    if given.kills:
        with trial("killed") as one:
            ended = killed_replay(one, given.folder, given.kills, rows, rng)
            what = f"Killed {len(one.killed)} times with SIGKILL"
            judge(report, what, wanted, state(one), ended, status)
            report.notes.append(f"In {one.seconds:.0f} s, killed after row {', '.join(one.killed)}.")
    for number in range(1, given.shuffle + 1):
        with trial("shuffled") as one:
            ended = replay(one, shuffled(given.folder, one.folder, rng))
            left_out = f"Order of arrival shuffled, {number} of {given.shuffle}, `known_at` left out"
            judge(report, left_out, without(wanted), without(state(one)), ended, status)
    return report.finish()


def without(whole: State) -> State:
    """Leave out what order may change; a later version that comes first leaves nothing to correct."""
    return {
        name: [tuple(part for part in line if not part.startswith(MAY_DIFFER)) for line in lines]
        for name, lines in whole.items()
        if name != "corrections"
    }


def _options() -> argparse.Namespace:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("folder", type=Path, nargs="?", default=USUAL)
    options.add_argument("--kills", type=int, default=USUAL_KILLS)
    options.add_argument("--seed", type=int, default=random.randrange(1_000_000))
    options.add_argument("--shuffle", type=int, nargs="?", const=1, default=0, help=SHUFFLE)
    options.add_argument("--twice", action="store_true", help="also replay again where all is applied")
    given = options.parse_args()
    given.folder = given.folder.resolve()
    if not given.folder.is_dir():
        options.error(f"{given.folder} is not a folder")
    print(f"Seed {given.seed}", flush=True)
    return given


if __name__ == "__main__":
    sys.exit(main())
