"""How is a figure measured, set beside its baseline and budget, and kept with the machine it came from?

Each bench gives a `Report`.  It is printed and written to `bench/results/`, so that a change in a
figure is a change in the repository.
"""

import hashlib
import os
import subprocess
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from psycopg import sql

from holdfast.kit import embedded_postgres
from holdfast.kit.embedded_postgres import OWNER, SUPERUSER, Cluster
from tests.server import state_folder

PROJECT = Path(__file__).resolve().parent.parent
RESULTS = PROJECT / "bench/results"
PREFIX = "holdfast_bench_"
HEADINGS = ("what", "size", "ours", "baseline", "ratio", "budget", "")


# --- Figures ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Times:
    """The spread of one thing done many times, in milliseconds."""

    count: int
    p50: float
    p95: float
    p99: float
    longest: float

    @property
    def words(self) -> str:
        return f"p50 {self.p50:.1f} ms, p95 {self.p95:.1f}, p99 {self.p99:.1f}"


def times(seconds: Iterable[float]) -> Times:
    """Return the spread of some durations; the p-th is the smallest that p % of all do not exceed."""
    ordered = sorted(1000 * one for one in seconds)
    p50, p95, p99 = (ordered[max(0, -(-len(ordered) * part // 100) - 1)] for part in (50, 95, 99))
    return Times(len(ordered), p50, p95, p99, ordered[-1])


@dataclass(frozen=True, slots=True)
class Line:
    """One figure: ours and the baseline as words, their ratio, and whether the budget is kept."""

    what: str
    size: str
    ours: str
    baseline: str = ""
    ratio: float | None = None
    budget: str = ""
    is_kept: bool | None = None

    def cells(self) -> tuple[str, ...]:
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        kept = {None: "", True: "kept", False: "NOT KEPT"}[self.is_kept]
        return (self.what, self.size, self.ours, self.baseline, ratio, self.budget, kept)


@dataclass(slots=True)
class Report:
    """A question, the figures that answer it, and what a reader must know of how they were got."""

    name: str
    question: str
    lines: list[Line] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    # Printed and not kept: what could hold words from the data that was measured with.
    asides: list[str] = field(default_factory=list)
    # Taken when the bench begins: what else the machine was doing then.
    about: str = field(default_factory=lambda: machine())
    is_failed: bool = False

    @property
    def is_kept(self) -> bool:
        return not self.is_failed and all(line.is_kept is not False for line in self.lines)

    def finish(self) -> int:
        """Print and keep the report; return the exit status."""
        text = self._text()
        RESULTS.mkdir(exist_ok=True)
        (RESULTS / f"{self.name}.md").write_text(text, encoding="utf-8")
        print("\n\n".join([text.rstrip(), *self.asides]))
        return 0 if self.is_kept else 1

    def _text(self) -> str:
        parts = [f"# {self.question}", self.about]
        if self.lines:
            parts.append(table(HEADINGS, [line.cells() for line in self.lines]))
        return "\n\n".join([*parts, *self.notes]) + "\n"


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table that also reads well as it stands."""
    whole = [list(headings), *map(list, rows)]
    widths = [max(len(row[number]) for row in whole) for number in range(len(headings))]
    drawn = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in whole
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([drawn[0], rule, *drawn[1:]])


# --- The machine ------------------------------------------------------------------------------------


def machine() -> str:
    """Say on what the figures were got: commit, day, cores, PostgreSQL, and what else was going on."""
    binaries = embedded_postgres.find_binaries()
    server = _said([str(binaries / "postgres"), "--version"]).rpartition(" ")[2]
    commit = _said(["git", "-C", str(PROJECT), "rev-parse", "--short", "HEAD"])
    changed = _said(["git", "-C", str(PROJECT), "status", "--porcelain", "--", "holdfast"])
    return (
        f"Commit {commit}{' with changes' if changed else ''}, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, "
        f"{os.cpu_count()} cores, PostgreSQL {server}, load {os.getloadavg()[0]:.1f} at the start."
    )


def _said(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip()


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds that passed, and of these the seconds on a processor and in the queue for one."""

    whole: float
    busy: float
    queued: float

    @property
    def alone(self) -> float:
        """What it would have taken with nobody else on the machine."""
        return max(self.busy, self.whole - self.queued)


class Meter:
    """Reads from Linux what this thread and its database backend spend."""

    def __init__(self, backend: int) -> None:
        paths = ("/proc/thread-self/schedstat", f"/proc/{backend}/schedstat")
        self._files = [os.open(path, os.O_RDONLY) for path in paths]
        self._last = self._read()

    def lap(self) -> Spent:
        """Return what was spent since the last lap."""
        before, self._last = self._last, self._read()
        return Spent(*(now - then for now, then in zip(self._last, before, strict=True)))

    def _read(self) -> tuple[float, float, float]:
        found = [os.pread(file, 80, 0).split() for file in self._files]
        busy, queued = (sum(int(one[place]) for one in found) / 1e9 for place in (0, 1))
        return time.perf_counter(), busy, queued


def meter() -> Meter:
    """Return a meter for Django's connection of this thread."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return Meter(cursor.fetchone()[0])


# --- A database of one's own ------------------------------------------------------------------------


@contextmanager
def server() -> Iterator[Cluster]:
    """Keep a durable embedded server up that only benches use."""
    cluster = embedded_postgres.cluster_in(state_folder().with_name("holdfast-bench"))
    with embedded_postgres.in_use(cluster) as running:
        yield running


def new_database(running: Cluster, name: str, like: str = "template1") -> str:
    """Make a database, in place of one of the same name; return its address."""
    with _as_superuser(running) as connection:
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(PREFIX + name))
        )
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY file_copy").format(
                sql.Identifier(PREFIX + name), sql.Identifier(OWNER), sql.Identifier(like)
            )
        )
    return running.url(OWNER, PREFIX + name)


def drop_database(running: Cluster, name: str) -> None:
    with _as_superuser(running) as connection:
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(PREFIX + name))
        )


def kept_database(running: Cluster, name: str, *makers: Path) -> tuple[str, bool]:
    """Return the name of a database kept between runs, and whether it still has to be filled.

    `makers` are the files that decide what is in it: when one of them changes, it is made again.  Fill
    it and call `keep`; work on a copy, and migrate that.
    """
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in makers)).hexdigest()[:8]
    full = f"{PREFIX}{name}_{digest}"
    with _as_superuser(running) as connection:
        known = {one for (one,) in connection.execute("SELECT datname FROM pg_database")}
        for stale in known:
            if stale.startswith(f"{PREFIX}{name}_") and stale != full:
                connection.execute(
                    sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(stale))
                )
    return full, full not in known


def keep(running: Cluster, name: str, full: str) -> None:
    """Give a filled database the name under which it is kept."""
    with _as_superuser(running) as connection:
        connection.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                sql.Identifier(PREFIX + name), sql.Identifier(full)
            )
        )


def _as_superuser(running: Cluster) -> psycopg.Connection:
    return psycopg.connect(running.url(SUPERUSER, "postgres"), autocommit=True)


def django_on(address: str, settings: str = "holdfast.settings") -> None:
    """Let Django work on this database, as its owner.  Once in a process; then use `move_to`."""
    os.environ["DATABASE_URL"] = address
    os.environ["DJANGO_SETTINGS_MODULE"] = settings
    import django

    django.setup()


def migrate() -> None:
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0, interactive=False)
    with connection.cursor() as cursor:
        # People who were loaded by COPY, without triggers, are in no list of children yet.
        cursor.execute("SELECT kit.list_children(array_agg(person_id)) FROM people_child")


def move_to(name: str) -> None:
    """Let Django go on with another database of the same server."""
    from django.db import connection

    connection.close()
    connection.settings_dict["NAME"] = name
