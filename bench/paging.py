"""How long from a moment committed to its message handed to the mail server?

Run as `python -m bench.paging [--moments 250 1000 3000] [--burst 1000 5000] [--json]`.

Moments are raised by the real command, 50 a second. One worker runs in a process of its own and
speaks SMTP to a server in a third. The database is an embedded PostgreSQL with durable settings.
Baseline, in the same run: a bare NOTIFY to another process and back.
"""

import argparse
import json
import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import time as wall_time
from multiprocessing.connection import Connection

import psycopg

from bench import harness
from bench.harness import Report

RATE_PER_S = 50
BUDGET_P50_MS, BUDGET_P99_MS = 50, 250
BUDGET_BURST_S = 30  # for 5,000 at once
CHILDREN = 100
PATIENCE_S = 180
PING, PONG = "bench_ping", "bench_pong"
WORKER = "import django; django.setup(); from holdfast.paging.worker import run_forever; run_forever()"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table; times in milliseconds, the whole in seconds."""

    what: str
    count: int
    p50_ms: float
    p99_ms: float
    longest_ms: float
    whole_s: float


def line(what: str, apart_s: list[float], whole_s: float) -> Line:
    ordered = sorted(1000 * one for one in apart_s)
    p50, p99, longest = (ordered[min(int(len(ordered) * part), len(ordered) - 1)] for part in (0.5, 0.99, 1))
    return Line(what, len(ordered), round(p50, 2), round(p99, 2), round(longest, 2), round(whole_s, 1))


# --- The other processes -------------------------------------------------------------------------


def serve_mail(asked: Connection) -> None:
    """Say the port, then, whenever asked, how many letters were taken or which and when."""
    from tests.paging.fake_smtp import mail_server

    with mail_server() as box:
        asked.send(box.port)
        while (question := asked.recv()) != "end":
            asked.send(len(box.times) if question == "count" else list(zip(box.refs(), box.times)))  # noqa: B905


def answer_pings(address: str) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"LISTEN {PING}")
        while True:
            # One at a time: nothing can be executed while `notifies` still holds the connection.
            list(connection.notifies(stop_after=1))
            connection.execute(f"NOTIFY {PONG}")


@contextmanager
def mail() -> Iterator[Connection]:
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serve_mail, args=(theirs,), daemon=True)
    server.start()
    try:
        yield ours
    finally:
        server.kill()


@contextmanager
def worker(address: str, port: int) -> Iterator[None]:
    environment = {
        **os.environ,
        "DATABASE_URL": address,
        "HOLDFAST_SMTP_HOST": "127.0.0.1",
        "HOLDFAST_SMTP_PORT": str(port),
    }
    running = subprocess.Popen([sys.executable, "-c", WORKER], env=environment)
    try:
        yield
    finally:
        running.kill()
        running.wait()


@contextmanager
def database() -> Iterator[str]:
    """Yield the address of a new database on a durable embedded server of its own."""
    name = f"paging_{os.getpid()}"
    with harness.server() as running:
        try:
            yield harness.new_database(running, name)
        finally:
            harness.drop_database(running, name)


# --- What is measured ------------------------------------------------------------------------------


def bare_notify(address: str, count: int) -> Line:
    """To another process and back: the least that any design with a database can take."""
    other = multiprocessing.get_context("spawn").Process(target=answer_pings, args=(address,), daemon=True)
    other.start()
    apart, begun = [], time.time()
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"LISTEN {PONG}")
        while not apart:
            if time.time() > begun + PATIENCE_S:
                raise SystemExit("The other process does not listen")
            connection.execute(f"NOTIFY {PING}")
            apart = [0.0 for _ in connection.notifies(timeout=0.2, stop_after=1)]
        apart.clear()
        for _ in range(count):
            sent = time.time()
            connection.execute(f"NOTIFY {PING}")
            list(connection.notifies(timeout=5, stop_after=1))
            apart.append(time.time() - sent)
            time.sleep(max(0, 1 / RATE_PER_S - (time.time() - sent)))
    other.kill()
    return line("bare NOTIFY, there and back", apart, time.time() - begun)


def children() -> tuple[object, list[object]]:
    """Make one area with one person on, and children in it; return the area and the children."""
    from tests import make

    area = make.area("797", "Farshore")
    make.turn(make.practitioner("Amira"), area, wall_time(0), wall_time(0))
    return area, [make.child(area, name=f"Child {number}") for number in range(CHILDREN)]


def raise_one(number: int, area: object, people: list[object]) -> tuple[str, float]:
    """Raise one moment; return its reference and when its transaction had ended."""
    from holdfast.audit.terms import System
    from holdfast.kit import clock
    from holdfast.moments.commands import ToRaise, raise_moments

    now = clock.now()
    due = ToRaise(
        kind="something_else",  # any number of these for one child are as many moments
        person=people[number % CHILDREN].pk,
        area=area,
        happening=f"bench {time.time_ns()}",
        happened_at=now,
        agency_knew_at=now,
        known_at=now,
    )
    (moment,) = raise_moments(by=System.FEEDS, at=now, due=[due])
    return moment.ref, time.time()


def raised(what: str, count: int, rate: float, box: Connection, area: object, people: list[object]) -> Line:
    """Raise `count` moments at `rate` a second (0: as fast as it goes) and wait for every letter."""
    box.send("count")
    before, begun, committed = box.recv(), time.time(), {}
    for number in range(count):
        if rate:
            time.sleep(max(0, begun + number / rate - time.time()))
        ref, at = raise_one(number, area, people)
        committed[ref] = at
    wait_for(box, before + count)
    taken = letters_about(box, committed)
    apart = [taken[ref] - at for ref, at in committed.items()]
    return line(what, apart, max(taken.values()) - begun)


def burst(count: int, box: Connection, area: object, people: list[object]) -> Line:
    """Raise `count` moments in one transaction: all are due in the same instant."""
    from django.db import transaction

    box.send("count")
    before = box.recv()
    with transaction.atomic():
        refs = [raise_one(number, area, people)[0] for number in range(count)]
    committed = time.time()
    wait_for(box, before + count)
    taken = letters_about(box, refs)
    return line(f"burst of {count:,}", [taken[ref] - committed for ref in refs], time.time() - committed)


def wait_for(box: Connection, count: int) -> None:
    deadline = time.time() + PATIENCE_S
    while True:
        box.send("count")
        if box.recv() >= count:
            return
        if time.time() > deadline:
            raise SystemExit("The letters did not all arrive")
        time.sleep(0.05)


def letters_about(box: Connection, refs: Iterable[str]) -> dict[str, float]:
    """Return when the first letter about each of these moments was taken, once there is one about each.

    A long run has second letters too: nobody answers, and the next step is taken.
    """
    wanted, deadline = set(refs), time.time() + PATIENCE_S
    while True:
        taken = first_letters(box)
        if wanted <= taken.keys():
            return {ref: taken[ref] for ref in wanted}
        if time.time() > deadline:
            raise SystemExit(f"No letter about {len(wanted - taken.keys())} moments")
        time.sleep(0.5)


def first_letters(box: Connection) -> dict[str, float]:
    """Return when the first letter about each moment was taken."""
    from holdfast.paging.models import Delivery

    box.send("letters")
    letters = box.recv()
    about = dict(Delivery.objects.filter(channel="email").values_list("ref", "page__about"))
    taken: dict[str, float] = {}
    for ref, at in letters:
        taken.setdefault(about[ref], at)
    return taken


def measure(moments: list[int], bursts: list[int]) -> list[Line]:
    with database() as address, mail() as box:
        harness.django_on(address)
        harness.migrate()
        area, people = children()
        lines = [bare_notify(address, min(moments))]
        with worker(address, box.recv()):
            raised("warming up", RATE_PER_S, RATE_PER_S, box, area, people)
            for count in moments:
                what = f"{count:,} moments, {RATE_PER_S}/s"
                lines.append(raised(what, count, RATE_PER_S, box, area, people))
            lines += [burst(count, box, area, people) for count in bursts]
        return lines


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--moments", type=int, nargs="+", default=[250, 1000, 3000])
    options.add_argument("--burst", type=int, nargs="*", default=[1000, 5000])
    options.add_argument("--json", action="store_true")
    given = options.parse_args()
    lines = measure(given.moments, given.burst)
    if given.json:
        print(json.dumps([asdict(one) for one in lines], indent=1))
        return 0
    return show(lines)


def show(lines: list[Line]) -> int:
    """Print the table and keep it; return the exit status."""
    bare, report = lines[0], Report("paging", "How long from a moment committed to its message handed over?")
    report.lines = [_shown(one, bare) for one in lines[1:]]
    return report.finish()


def _shown(one: Line, bare: Line) -> harness.Line:
    is_burst = one.what.startswith("burst")
    budget = (
        f"all ≤ {BUDGET_BURST_S} s" if is_burst else f"p50 ≤ {BUDGET_P50_MS} ms, p99 ≤ {BUDGET_P99_MS} ms"
    )
    in_time = one.p50_ms <= BUDGET_P50_MS and one.p99_ms <= BUDGET_P99_MS
    return harness.Line(
        what=f"committed → handed over, {one.what}",
        size=f"{one.count:,}",
        ours=f"p50 {one.p50_ms:.1f} ms, p99 {one.p99_ms:.1f}, longest {one.longest_ms:.1f};"
        f" all in {one.whole_s:.1f} s",
        baseline=f"p50 {bare.p50_ms:.1f} ms, p99 {bare.p99_ms:.1f} (bare NOTIFY, there and back)",
        ratio=one.p99_ms / bare.p99_ms,
        budget=budget,
        is_kept=one.whole_s <= BUDGET_BURST_S if is_burst else in_time,
    )


if __name__ == "__main__":
    sys.exit(main())
