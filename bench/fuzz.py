"""Can any row, message, workbook or file crash a parser, hang it, or fill the memory?

Run as `python -m bench.fuzz [--rows 1000000] [--files 50000] [--seconds S] [--only PARSER]`.

Honest rows and files are mutated by byte, by value and by structure (`bench/mutations.py`,
`bench/mutated_files.py`) and go through all that happens to them before the database, in processes that may
use 512 MB each (`bench/fuzzed.py`).  A batch of 50 rows, or one file, that takes 2 s of processor time is a
hang.  The named attacks are a corpus of their own: `tests/feeds/corpus.py`.
"""

import argparse
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from bench.fuzzed import HANG, MEMORY
from bench.harness import PROJECT, Report, table
from bench.parsers import CONTAINERS, PARSERS, ROWS_A_BATCH, TEXT

ROWS, FILES = 1_000_000, 50_000  # of each parser
MOST_REFUSED = 0.1  # of the cases, at the first byte: others would test nothing
STUCK = 60.0  # seconds without a word after which a process is ended
SHOWN = 12  # crashes printed of each parser
HEADINGS = (
    "parser",
    "cases",
    "a second",
    "lines reached",
    "refused at once",
    "crashes",
    "hangs",
    "longest",
    "peak",
)

Found = dict[str, Any]


def fuzz(parser: str, seed: int, cases: int, seconds: float, jobs: int = 1) -> Found:
    """Let processes go through this many cases of a parser; return what they found together."""
    batches = -(-cases // (ROWS_A_BATCH if parser in TEXT else 1))
    edges = [batches * job // jobs for job in range(jobs + 1)]
    with ThreadPoolExecutor(jobs) as pool:
        waiting = [
            pool.submit(_process, parser, seed, first, last, seconds)
            for first, last in zip(edges, edges[1:], strict=False)
        ]
        return _together(parser, [one.result() for one in waiting])


def _process(parser: str, seed: int, first: int, last: int, seconds: float) -> Found:
    """Run one process to its end; one that says nothing for a minute is ended, and that is a hang."""
    command = [
        sys.executable,
        "-m",
        "bench.fuzzed",
        parser,
        *(str(one) for one in (seed, first, last, seconds)),
    ]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True) as child:
        last_word, is_stuck = _listen(child, {"at": first})
    if "cases" in last_word:
        return last_word
    said = f"after batch {last_word['at']}"
    return (
        {"hangs": [said]} if is_stuck else {"crashes": [f"{said}: the process ended with {child.returncode}"]}
    )


def _listen(child: subprocess.Popen[str], last_word: Found) -> tuple[Found, bool]:
    """Return the last thing a process said, and whether it had to be ended."""
    is_stuck = threading.Event()

    def end() -> None:
        is_stuck.set()
        child.kill()

    watch = threading.Timer(STUCK, end)
    watch.start()
    for line in child.stdout or ():
        last_word = json.loads(line)
        watch.cancel()
        watch = threading.Timer(STUCK, end)
        watch.start()
    watch.cancel()
    return last_word, is_stuck.is_set()


def _together(parser: str, found: Iterable[Found]) -> Found:
    every = list(found)
    total: Found = {"parser": parser}
    for name in ("cases", "refused", "untraced"):
        total[name] = sum(one.get(name, 0) for one in every)
    for name in ("crashes", "hangs"):
        total[name] = [said for one in every for said in one.get(name, [])]
    for name in ("reached", "there", "peak", "longest"):
        total[name] = max(one.get(name, 0) for one in every)
    total["rate"] = sum(one["untraced"] / one["busy"] for one in every if one.get("busy"))
    return total


def is_good(found: Found) -> bool:
    """Say whether nothing broke, and enough of the cases went deeper than the first byte."""
    is_whole = not found["crashes"] and not found["hangs"] and found["peak"] <= MEMORY
    return is_whole and 0 < found["cases"] and found["refused"] <= MOST_REFUSED * found["cases"]


def line(found: Found) -> list[str]:
    return [
        found["parser"],
        f"{found['cases']:,}",
        f"{found['rate']:,.0f}",
        f"{found['reached']} of {found['there']}",
        f"{found['refused'] / max(1, found['cases']):.1%}",
        f"{len(found['crashes'])}",
        f"{len(found['hangs'])}",
        f"{found['longest'] * 1000:.0f} ms",
        f"{found['peak'] / 2**20:.0f} MB",
    ]


def main() -> int:
    given = _options()
    report = Report(
        "fuzz", "Can any row, message, workbook or file crash a parser, hang it, or fill the memory?"
    )
    rows = []
    for parser in given.only or PARSERS:
        wanted = given.files if parser in CONTAINERS else given.rows
        found = fuzz(parser, given.seed, wanted, given.seconds, given.jobs)
        rows.append(line(found))
        print(" | ".join(rows[-1]), flush=True)
        report.is_failed = report.is_failed or not is_good(found)
        wrong = [*found["crashes"], *found["hangs"]][:SHOWN]
        if wrong:
            report.asides.append(f"{parser}:\n" + "\n".join(wrong))
    report.notes += [
        f"Seed {given.seed}, {given.jobs} processes at once, each with at most {MEMORY // 2**20} MB of "
        f"address space; a batch of {ROWS_A_BATCH} rows, or one file, of more than {HANG:.0f} s is a hang. "
        "A case goes through all that happens before the database: reading, checking, naming, reading "
        "again. Lines are those of the functions of the modules a parser uses, as traced in its first "
        "seconds; refused at once: nothing in it was looked at.",
        table(HEADINGS, rows),
        f"Verdict: {'NOT KEPT' if report.is_failed else 'no crash, no hang, within the memory'}.",
    ]
    return report.finish()


def _options() -> argparse.Namespace:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--rows", type=int, default=ROWS, help="mutated rows of each text parser")
    options.add_argument("--files", type=int, default=FILES, help="mutated files of each container parser")
    options.add_argument("--seconds", type=float, default=3600.0, help="at most, for each parser")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options.add_argument("--only", action="append", choices=list(PARSERS))
    return options.parse_args()


if __name__ == "__main__":
    sys.exit(main())
