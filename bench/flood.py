"""Does a flood with repeats, disorder, late days and poison end in the same state as a quiet replay?

Run as `python -m bench.flood [--messages 100000] [--people 10000] [--seed N]`.

Messages come in files of ten.  One in five files is sent again, one in five is overtaken by later ones, one
in twenty comes days late, and one message in a hundred is poison: a date that cannot be, words for a date, a
reference left out, values too few, half a message.  The same files in their order, once each, are the
measure: the end state must be the same, every message counted once, every poison quarantined with a reason.
"""

import argparse
import csv
import io
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

import psycopg

from bench import harness
from bench.crash import without
from bench.drops import Drop, drops
from bench.feed_row import COPY, fresh_copy
from bench.harness import PROJECT, Line, Report, table
from bench.state import State, differences, state
from holdfast.kit.embedded_postgres import Cluster

MESSAGES, PEOPLE = 100_000, 10_000
AGAIN, OVERTAKEN, LATE, POISON = 0.20, 0.20, 0.05, 0.01
IN_A_FILE = 10  # messages
ROWS_A_DAY = 1_000  # the exports are numbered by the day, up to a thousand each
SLOWEST_S = 5.0  # from receiving to applied, for 99 of 100 messages
SHOWN = 12  # differences printed of each kind


@dataclass
class Flood:
    """`quiet` and `wild` are the same files in the order in which each reaches us."""

    quiet: list[Drop] = field(default_factory=list)
    wild: list[Drop] = field(default_factory=list)
    poison: set[tuple[str, str]] = field(default_factory=set)  # file and row


def flood(messages: int, people: int, seed: int) -> Flood:
    """Make the files: as many messages in the wild order, repeats included."""
    rng, found = random.Random(seed), Flood()
    rows = round(messages / (1 + AGAIN))
    for number, chunk in enumerate(_chunks(drops(people, rows, 1 - -rows // ROWS_A_DAY))):
        one = _poisoned(chunk, number, rng, found.poison)
        found.quiet.append(one)
        found.wild.append(replace(one, arrived_at=one.arrived_at + _delay(rng)))
        if rng.random() < AGAIN:
            found.wild.append(_sent_again(found.wild[-1], rng))
    for order in (found.quiet, found.wild):
        order.sort(key=lambda drop: (drop.arrived_at, drop.path))
    return found


def _chunks(whole: Sequence[Drop]) -> Iterator[Drop]:
    """Yield the same rows in files of ten, each in a folder of its own."""
    number = 0
    for drop in whole:
        lines = drop.content.decode().splitlines(keepends=True)
        header, rows = (lines[:1], lines[1:]) if drop.path.endswith(".csv") else ([], lines)
        for start in range(0, len(rows), IN_A_FILE):
            part = rows[start : start + IN_A_FILE]
            number += 1
            path = f"c{number:06d}/{drop.path.rpartition('/')[2]}"
            at = drop.arrived_at + timedelta(seconds=number % 1_000)
            yield Drop(path, at, "".join([*header, *part]).encode(), len(part))


def _delay(rng: random.Random) -> timedelta:
    """How much later than in the quiet order: never earlier, for nobody sends what has not happened yet."""
    lot = rng.random()
    if lot < LATE:
        return timedelta(days=rng.uniform(3, 10))
    return timedelta(days=rng.uniform(0, 2)) if lot < LATE + OVERTAKEN else timedelta(0)


def _sent_again(drop: Drop, rng: random.Random) -> Drop:
    stem, _, ending = drop.path.rpartition(".")
    at = drop.arrived_at + timedelta(days=rng.uniform(0, 5))
    return replace(drop, path=f"{stem}_resend.{ending}", arrived_at=at)


def _poisoned(drop: Drop, number: int, rng: random.Random, poison: set[tuple[str, str]]) -> Drop:
    """Put a message that cannot be used among the others, in so many files that it is one in a hundred."""
    if rng.random() >= POISON * (drop.rows + 1):
        return drop
    if drop.path.endswith(".csv"):
        bad = _bad_record(drop, number, rng)
    else:
        line = drop.content.split(b"\n", 1)[0]
        bad = (
            line[: len(line) // 2] if rng.random() < 0.5 else b'{"resourceType": "Bundle", "entry": []}'
        ) + b"\n"
    lines = drop.content.splitlines(keepends=True)
    first = 1 if drop.path.endswith(".csv") else 0
    place = rng.randrange(first, len(lines) + 1)
    poison.add((drop.path, str(place if first else place + 1)))
    return replace(drop, content=b"".join([*lines[:place], bad, *lines[place:]]), rows=drop.rows + 1)


MUST_BE_DATES = ("arrested_at", "reported_at", "StartDate")


def _bad_record(drop: Drop, number: int, rng: random.Random) -> bytes:
    rows = list(csv.DictReader(io.StringIO(drop.content.decode())))
    row = dict(rng.choice(rows))
    names = list(row)
    reference = names[0]
    row[reference] = f"POISON/{number}"
    way = rng.randrange(4)
    if way == 0:
        row[next(name for name in MUST_BE_DATES if name in row)] = "31/02/2026"
    elif way == 1:
        row[reference] = row[next(name for name in ("surname", "Surname") if name in row)] = ""
    elif way == 2:
        row[next(name for name in MUST_BE_DATES if name in row)] = "TBC"
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(list(row.values())[: -2 if way == 3 else None])
    return out.getvalue().encode()


# --- Replays ----------------------------------------------------------------------------------------


@dataclass
class Place:
    """An installation as `bench.state` asks it."""

    address: str

    def say(self, *arguments: str) -> str:
        command = [sys.executable, "-m", "holdfast.commandline", *arguments]
        environment = {**os.environ, "DATABASE_URL": self.address}
        done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"{' '.join(arguments)} failed\n{done.stderr[-3000:]}")
        return done.stdout

    def connect(self) -> psycopg.Connection:
        return psycopg.connect(self.address, autocommit=True)


@dataclass
class Ended:
    """What a replay came to: the state, how long each file took, what became of the rows."""

    state: State
    seconds: list[float]
    statuses: dict[str, int]
    quarantined: dict[tuple[str, str], bool]  # by file and row: is a reason written down?


def replayed(running: Cluster, people: int, order: Sequence[Drop]) -> Ended:
    """Receive and apply the files in this order, in a fresh installation."""
    from holdfast.audit.terms import System
    from holdfast.feeds import applying
    from holdfast.feeds.commands import receive

    place = Place(fresh_copy(running, people))
    seconds = []
    for number, drop in enumerate(order, 1):
        begun = time.perf_counter()
        receive(by=System.FEEDS, at=drop.arrived_at, path=drop.path, content=drop.content, is_history=True)
        applying.apply_waiting(by=System.FEEDS, at=drop.arrived_at)
        seconds += [time.perf_counter() - begun] * drop.rows
        if number % 500 == 0:
            print(f"{number} of {len(order)} files", file=sys.stderr, flush=True)
    return _ended(place, seconds)


REASONS = """
SELECT path, row, bool_or(problem.is_error AND problem.reason <> '')
FROM feeds_message AS message JOIN feeds_delivery AS delivery ON delivery.id = message.delivery_id
LEFT JOIN feeds_problem AS problem ON problem.message_id = message.id
WHERE status = 'quarantined' GROUP BY path, row
"""


def _ended(place: Place, seconds: list[float]) -> Ended:
    with place.connect() as connection:
        statuses = connection.execute("SELECT status, count(*) FROM feeds_message GROUP BY status").fetchall()
        quarantined = connection.execute(REASONS).fetchall()
    found = state(place)  # type: ignore[arg-type]
    return Ended(found, seconds, dict(statuses), {(path, row): bool(said) for path, row, said in quarantined})


def once(whole: State) -> State:
    """Leave out what was sent again, and what the order of arrival may change."""
    kept = {
        name: [line for line in lines if "_resend." not in " ".join(line)] for name, lines in whole.items()
    }
    return without(kept)


# --- Verdicts ---------------------------------------------------------------------------------------


def judge(report: Report, made: Flood, quiet: Ended, wild: Ended) -> None:
    sent = sum(drop.rows for drop in made.wild)
    counted = sum(wild.statuses.values())
    poison = made.poison | {(_again(path), row) for path, row in made.poison if _was_sent_again(made, path)}
    with_reason = {place for place, is_said in wild.quarantined.items() if is_said}
    spread = harness.times(wild.seconds)
    longest = f"p99 {spread.p99:.0f} ms"
    report.lines += [
        Line("messages sent", f"{sent:,}", f"{counted:,} counted", is_kept=sent == counted),
        Line("waiting", "", f"{wild.statuses.get('waiting', 0)}", is_kept=not wild.statuses.get("waiting")),
        Line(
            "poison in quarantine, with its reason",
            f"{len(poison):,}",
            f"{len(poison & with_reason):,}",
            is_kept=poison == with_reason,
        ),
        Line(
            "nothing else in quarantine",
            "",
            f"{len(set(wild.quarantined) - poison):,}",
            is_kept=set(wild.quarantined) == poison,
        ),
        Line("received to applied", f"{len(wild.seconds):,}", longest, budget="p99 5 s",
             is_kept=spread.p99 <= SLOWEST_S * 1000),
    ]  # fmt: skip
    report.notes.append(f"What became of them: {json.dumps(wild.statuses, sort_keys=True)}.")
    _compare(report, once(quiet.state), once(wild.state))


def _again(path: str) -> str:
    stem, _, ending = path.rpartition(".")
    return f"{stem}_resend.{ending}"


def _was_sent_again(made: Flood, path: str) -> bool:
    return _again(path) in {drop.path for drop in made.wild}


def _compare(report: Report, wanted: State, found: State) -> None:
    rows, shown = [], []
    for name, missing, surplus in differences(wanted, found):
        word = "DIFFERENT" if missing or surplus else "same"
        rows.append([name, f"{len(wanted[name]):,}", f"{len(missing)}", f"{len(surplus)}", word])
        shown += [f"- {name}: {line}" for line in missing[:SHOWN]] + [
            f"+ {name}: {line}" for line in surplus[:SHOWN]
        ]
    report.notes.append(table(["compared with the quiet replay", "lines", "missing", "surplus", ""], rows))
    report.is_failed = report.is_failed or bool(shown)
    if shown:
        report.asides.append("\n".join(shown))


def main() -> int:
    given = _options()
    made = flood(given.messages, given.people, given.seed)
    report = Report("flood", __doc__.partition("\n")[0])
    report.notes.append(
        f"Seed {given.seed}, {given.people:,} people known before, {len(made.wild):,} files; "
        f"{AGAIN:.0%} sent again, {OVERTAKEN:.0%} overtaken, {LATE:.0%} days late, {POISON:.0%} poison."
    )
    with harness.server() as running:
        harness.django_on(harness.new_database(running, COPY))
        try:
            quiet = replayed(running, given.people, made.quiet)
            wild = replayed(running, given.people, made.wild)
        finally:
            from django.db import connection

            connection.close()
            harness.drop_database(running, COPY)
    judge(report, made, quiet, wild)
    return report.finish()


def _options() -> argparse.Namespace:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--messages", type=int, default=MESSAGES)
    options.add_argument("--people", type=int, default=PEOPLE)
    options.add_argument("--seed", type=int, default=1)
    return options.parse_args()


if __name__ == "__main__":
    sys.exit(main())
