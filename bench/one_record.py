"""How long does it take to find out whose one new record is, among all that are held?

Run as `python -m bench.one_record [--people 10000 100000 1000000] [--records 500]`.

New records of a made-up partnership, seven in ten of somebody known, are looked up by their keys, compared
and weighed as a row does it, one after the other; nothing is written.  Baseline, in the same run: Splink's
`predict_between` of one record and all others, set up as in `bench.plain_splink`.
"""

import argparse
import logging
import random
import sys
import time
from collections.abc import Iterator

import duckdb
from splink import Linker
from splink.backends.duckdb import DuckDBAPI

from bench import harness
from bench.crowd import SEED, records, resident
from bench.feed_row import people_database
from bench.harness import Line, Report, table, times
from bench.plain_splink import plain_row, plain_settings, plain_table
from holdfast.kit.embedded_postgres import OWNER, Cluster
from holdfast.linkage.terms import Profile

NAME = "one_record"
MOST_P50_MS, MOST_P99_MS = 2, 20
KNOWN_SHARE = 0.7
PLAIN = 12  # records asked of Splink: each takes part of a second
WARM = 30
NOTE = "Scores are Splink's own within 0.01 bits: `tests/linkage/test_parity.py`."


def new_records(size: int, count: int) -> Iterator[Profile]:
    """Yield what agencies would say of somebody, most of them people who are held."""
    rng = random.Random(SEED + size)
    for _ in range(count):
        first, last = (1, size) if rng.random() < KNOWN_SHARE else (size + 1, size + 10_000_000)
        yield rng.choice(list(records(resident(rng.randrange(first, last), size)))).profile


def ours(found: list[Profile]) -> tuple[list[float], float]:
    """Return the seconds of each look-up, and how many records each was compared with."""
    from holdfast.linkage.clustering import edge
    from holdfast.linkage.current import weighing
    from holdfast.linkage.queries import candidates, profiles, sought_tokens
    from holdfast.linkage.rules import traits

    model, taken, compared = weighing().model, [], 0
    for number, one in enumerate(found):
        begun = time.perf_counter()
        others = profiles(candidates({0: sought_tokens(one)})[0])
        mine = traits(one)
        found_edges = [edge(mine, traits(other), model) for other in others.values()]
        if number >= WARM:
            taken.append(time.perf_counter() - begun)
            compared += len(found_edges)
    return taken, compared / max(1, len(taken))


def plain(size: int, found: list[Profile]) -> list[float]:
    """Return the seconds in which Splink compares one record with all."""
    logging.getLogger("splink").setLevel(logging.ERROR)  # it tells of every step
    connection = duckdb.connect()
    every = (held.profile for number in range(1, size + 1) for held in records(resident(number, size)))
    plain_table(connection, "held", (plain_row(one) for one in every))
    api = DuckDBAPI(connection=connection)
    held = api.register("held", dataset_display_name="all")
    linker, taken = Linker(held, plain_settings()), []
    for number, one in enumerate(found[: PLAIN + 1]):
        plain_table(connection, f"new_{number}", [plain_row(one) | {"unique_id": f"new-{number}"}])
        new = api.register(f"new_{number}", dataset_display_name=f"new{number}")
        begun = time.perf_counter()
        linker.inference.predict_between(held, new)
        taken.append(time.perf_counter() - begun)
    return taken[1:]


def measure(running: Cluster, size: int, count: int) -> tuple[Line, list[str]]:
    harness.move_to(people_database(running, size))
    harness.migrate()
    found = list(new_records(size, count + WARM))
    taken, compared = ours(found)
    spread, base = times(taken), times(plain(size, found))
    line = Line(
        what="one new record",
        size=f"{size:,} people",
        ours=spread.words,
        baseline=f"p50 {base.p50:.0f} ms (Splink)",
        ratio=spread.p50 / base.p50,
        budget=f"p50 ≤ {MOST_P50_MS} ms, p99 ≤ {MOST_P99_MS} ms",
        is_kept=spread.p50 <= MOST_P50_MS and spread.p99 <= MOST_P99_MS,
    )
    print(line.what, line.size, line.ours, line.baseline, file=sys.stderr, flush=True)
    return line, [f"{size:,}", f"{compared:.1f}"]


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--people", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    options.add_argument("--records", type=int, default=500)
    given = options.parse_args()
    report = Report(NAME, "How long does it take to find out whose a record is?")
    with harness.server() as running:
        harness.django_on(running.url(OWNER, "postgres"))
        measured = [measure(running, size, given.records) for size in given.people]
        from django.db import connection

        connection.close()
    report.lines = [line for line, _ in measured]
    report.notes = [NOTE, table(["people", "records compared, on average"], [row for _, row in measured])]
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
