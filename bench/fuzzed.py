"""Goes through mutated cases of one parser in a process of its own, which may use 512 MB.

`python -m bench.fuzzed PARSER SEED FIRST LAST SECONDS` makes the batches numbered FIRST to LAST, or as many
as there are seconds, and prints lines of JSON: how far it is, and at the end what it found.  Batch n of a
seed is always the same.
"""

import json
import random
import resource
import signal
import sys
import time
import traceback
from dataclasses import dataclass, field
from pathlib import Path

from bench.parsers import MODULES, PARSERS
from bench.reached import Lines, lines_of

MEMORY = 512 * 1024 * 1024  # bytes of address space, a hard limit
HANG = 2.0  # seconds of processor time for a batch
TOLD_EVERY = 1.0  # seconds
TRACED_SHARE = 0.1  # of the time, to see which lines are reached
MOST_TRACED = 5.0  # seconds


class Hang(BaseException):
    """Raised by the clock; not an Exception, so that nothing that is tried catches it."""


@dataclass
class Run:
    parser: str
    seed: int
    cases: int = 0
    refused: int = 0
    crashes: list[str] = field(default_factory=list)
    hangs: list[str] = field(default_factory=list)
    longest: float = 0.0
    busy: float = 0.0  # seconds not spent on tracing

    def batch(self, number: int) -> None:
        make = PARSERS[self.parser]
        rng = random.Random(self.seed * 1_000_003 + number)
        begun = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, HANG)
        try:
            cases, refused = make(rng)
            self.cases += cases
            self.refused += refused
        except Hang:
            self.hangs.append(f"batch {number}")
        except (Exception, MemoryError, RecursionError) as error:
            place = traceback.extract_tb(error.__traceback__)[-1]
            self.crashes.append(
                f"batch {number}: {type(error).__name__} at {Path(place.filename).name}:{place.lineno}"
            )
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        took = time.process_time() - begun
        self.longest = max(self.longest, took)
        self.busy += took


def most_memory() -> int:
    """Return the most bytes this process has had in memory: its own, not those of the one that started it,
    which `getrusage` would count as well."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024


def _stop(*_: object) -> None:
    raise Hang


def main(parser: str, seed: int, first: int, last: int, seconds: float) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGPROF, _stop)
    lines = Lines(frozenset(str(path) for path in MODULES[parser]))
    run, number, begun = Run(parser, seed), first, time.monotonic()
    traced = min(MOST_TRACED, TRACED_SHARE * seconds)
    sys.settrace(lines)  # type: ignore[arg-type]
    while number < last and time.monotonic() - begun < traced:
        run.batch(number)
        number += 1
    sys.settrace(None)
    run.busy, with_lines, told = 0.0, run.cases, time.monotonic()
    while number < last and time.monotonic() - begun < seconds:
        run.batch(number)
        number += 1
        if time.monotonic() - told > TOLD_EVERY:
            told = time.monotonic()
            print(json.dumps({"at": number}), flush=True)
    reached, there = lines.count
    peak = most_memory()
    found = {
        **vars(run),
        "untraced": run.cases - with_lines,
        "reached": reached,
        "there": there,
        "peak": peak,
    }
    missed = sorted({(Path(file).name, line) for file in lines.files for line in lines_of(Path(file))})
    seen = {(Path(file).name, line) for file, line in lines.reached}
    found["missed"] = [f"{name}:{line}" for name, line in missed if (name, line) not in seen]
    print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:5]), float(sys.argv[5]))
