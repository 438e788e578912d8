"""How many rows of agencies' exports go through everything in a second, and what does each step cost?

Run as `python -m bench.feed_row [--people 10000 100000 1000000] [--rows 1500]`.

People are loaded by COPY and kept between runs; each run works on a fresh copy.  Then rows are
received and applied by the ordinary path, live: validated, linked, recorded, audited, moments raised
and pages put out.  A copy is cold, as no partnership's database is after its first day: as many rows
again go before those that count, and what they took stands beside.  Twice: for the rate untouched,
for the steps with clocks in it.  Baseline, in the same run: COPY of the same rows, one transaction a
file.
"""

import argparse
import os
import sys
import time
from dataclasses import dataclass
from datetime import time as wall_time
from pathlib import Path

import psycopg

from bench import harness
from bench.crowd import AREAS
from bench.drops import DAYS, Drop, drops
from bench.harness import Line, Report, Spent, table
from bench.stages import REST, STEPS, Stages, watching
from holdfast.kit.embedded_postgres import OWNER, SUPERUSER, Cluster

NAME = "feed_row"
COPY = f"{NAME}_{os.getpid()}"  # two benches may run at once
LEAST_RATE = 100  # rows a second at the largest size
AIM = 300
MOST_SLOWER = 1.2  # from the smallest to the largest size
NOTE = (
    "About {} rows, live, durable settings, after as many others. The time in which other work on the machine"
    " had the processors is known and left out."
)
HERE = Path(__file__).resolve().parent
MAKERS = (HERE / "crowd.py", HERE / "loading.py", HERE.parent / "holdfast/linkage/blocking.py")


def people_database(running: Cluster, size: int) -> str:
    """Return the name of a kept database with `size` people in it, made now if it is not there."""
    full, is_empty = harness.kept_database(running, f"people{size}", *MAKERS)
    if not is_empty:
        return full
    from django.db import connection

    from bench.loading import load_people

    begun = time.monotonic()
    filling = f"filling_{os.getpid()}"
    harness.new_database(running, filling)
    harness.move_to(harness.PREFIX + filling)
    harness.migrate()
    connection.close()
    load_people(running.url(SUPERUSER, harness.PREFIX + filling), size)
    harness.keep(running, filling, full)
    print(f"Loaded {size:,} people in {time.monotonic() - begun:.0f} s", file=sys.stderr)
    return full


def fresh_copy(running: Cluster, size: int) -> str:
    """Let Django work on a copy of the people, with somebody on duty in each area; return its address."""
    address = harness.new_database(running, COPY, like=people_database(running, size))
    harness.move_to(f"{harness.PREFIX}{COPY}")
    harness.migrate()
    from holdfast.people.models import Area
    from holdfast.people.terms import Role
    from tests import make

    for area in Area.objects.filter(code__in=AREAS):
        who = make.practitioner(f"Duty {area.code}", Role.DUTY_MANAGER, in_area=area)
        make.turn(who, area, wall_time(0), wall_time(0))
    return address


def through_everything(found: list[Drop]) -> tuple[int, Spent]:
    """Receive and apply; return how many rows became applied, and what it took."""
    from holdfast.audit.terms import System
    from holdfast.feeds import applying
    from holdfast.feeds.commands import receive

    applied, meter = 0, harness.meter()
    for drop in found:
        receive(by=System.FEEDS, at=drop.arrived_at, path=drop.path, content=drop.content)
        applied += applying.apply_waiting(by=System.FEEDS, at=drop.arrived_at)
    return applied, meter.lap()


def bare_copy(address: str, found: list[Drop]) -> float:
    """Return the seconds for COPY of the same lines into a table without an index, a file at a time."""
    with psycopg.connect(address) as connection:
        connection.execute("CREATE TABLE bench_bare (path text, line text)")
        connection.commit()
        begun = time.perf_counter()
        for drop in found:
            with connection.cursor().copy("COPY bench_bare FROM STDIN") as copy:
                for line in drop.content.decode().splitlines():
                    copy.write_row((drop.path, line))
            connection.commit()
        taken = time.perf_counter() - begun
        connection.execute("DROP TABLE bench_bare")
    return taken


@dataclass(frozen=True, slots=True)
class Measured:
    """What one size took: the rows that count, those before them, COPY of the first, and the steps."""

    rows: int
    spent: Spent
    cold: Spent
    copied_s: float
    stages: Stages

    @property
    def rate(self) -> float:
        return self.rows / self.spent.alone


def measure(running: Cluster, size: int, rows: int) -> Measured:
    every = drops(size, 2 * rows, 2 * DAYS)
    before, found = every[: len(every) // 2], every[len(every) // 2 :]
    sent = sum(drop.rows for drop in found)
    address = fresh_copy(running, size)
    earlier, cold = through_everything(before)
    applied, spent = through_everything(found)
    check(earlier + applied, sum(drop.rows for drop in every))
    copied = bare_copy(address, found)
    fresh_copy(running, size)
    through_everything(before)
    with watching() as stages, stages.measured():
        through_everything(found)
    return Measured(sent, spent, cold, copied, stages)


def check(applied: int, sent: int) -> None:
    """Rows that were refused or raised nothing would be cheap, and the figure untrue."""
    from holdfast.feeds.models import Message
    from holdfast.moments.models import Moment

    refused = Message.objects.exclude(status__in=["applied", "superseded", "duplicate"]).count()
    if applied != sent or refused or not Moment.objects.exists():
        raise SystemExit(f"{applied} of {sent} rows applied, {refused} of them refused")


def steps_table(measured: dict[int, Measured]) -> str:
    """Return milliseconds and SQL statements a row of each step, by size."""
    sizes = sorted(measured)
    headings = ["step, ms a row (SQL statements)", *(f"{size:,} people" for size in sizes)]
    rows = [[step, *(_cost(measured[size], step) for size in sizes)] for step in (*STEPS, REST)]
    rows.append(["all, with clocks in it", *(_cost(measured[size], "") for size in sizes)])
    return table(headings, rows)


def took_table(measured: dict[int, Measured]) -> str:
    """Return milliseconds a row: as it went, on a processor, in the queue for one, and before all that."""
    rows = []
    for size, one in sorted(measured.items()):
        seconds = (one.spent.whole, one.spent.busy, one.spent.queued, one.cold.alone)
        rows.append([f"{size:,}", *(f"{1000 * part / one.rows:.2f}" for part in seconds)])
    return table(["people", "ms a row", "on a processor", "queueing for one", "the rows before, cold"], rows)


def _cost(measured: Measured, step: str) -> str:
    stages, rows = measured.stages, measured.rows
    seconds = stages.seconds[step] if step else stages.seconds.total()
    statements = stages.statements[step] if step else stages.statements.total()
    return f"{1000 * seconds / rows:.2f} ({statements / rows:.1f})"


def lines(measured: dict[int, Measured]) -> list[Line]:
    rates = {size: (one.rate, one.rows / one.copied_s) for size, one in measured.items()}
    found = [
        Line(
            "a row through everything",
            f"{size:,} people",
            f"{ours:.0f} rows/s",
            f"{bare:,.0f} rows/s (COPY)",
            bare / ours,
            f"≥ {LEAST_RATE} rows/s, aim {AIM}",
            ours >= LEAST_RATE,
        )
        for size, (ours, bare) in sorted(rates.items())
    ]
    small, large = min(rates), max(rates)
    if small != large:
        slower = rates[small][0] / rates[large][0]
        what, size = "slower with more people", f"{small:,} → {large:,}"
        ours, bare = (f"{rates[one][0]:.0f} rows/s" for one in (large, small))
        found.append(Line(what, size, ours, bare, slower, f"≤ {MOST_SLOWER}", slower <= MOST_SLOWER))
    return found


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--people", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    options.add_argument("--rows", type=int, default=1500)
    given = options.parse_args()
    report = Report(NAME, "How many rows go through everything in a second?")
    measured: dict[int, Measured] = {}
    with harness.server() as running:
        harness.django_on(running.url(OWNER, "postgres"))
        for size in given.people:
            measured[size] = measure(running, size, given.rows)
            print(f"{size:,} people: {measured[size].rate:.0f} rows/s", file=sys.stderr, flush=True)
        from django.db import connection

        connection.close()
        harness.drop_database(running, COPY)
    report.lines = lines(measured)
    report.notes = [NOTE.format(given.rows), took_table(measured), steps_table(measured)]
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
