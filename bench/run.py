"""How long does ./run take from nothing, and on a machine that has all of it?

Run as `python -m bench.run [--port 8471]`.

The committed project is cloned into a folder of its own and started twice over: cold, with no Python
environment, no packages and no database, and warm, after a stop; warm again on a later day and three
weeks later (the database's clock is moved), when the demonstration is first carried on to now.
Downloads are told apart, by what ./run itself prints.  Baseline, in the same run: the least that any
installation like this does: a Python environment, `initdb`, a server that answers, `import django`.
"""

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from bench import harness
from bench.harness import Line, Report
from holdfast.kit import embedded_postgres

BUDGET_COLD_S, BUDGET_WARM_S, BUDGET_BUILD_S = 120, 5, 40
PATIENCE_S = 900
SAMPLE_S, LOOK_FOR_PROCESSES_S = 0.1, 0.5
LATER = (("warm, a day later", "1 day"), ("warm, three weeks later", "22 days"))
IS_SIGN_IN, IS_ANY_PAGE = "/sign-in", "/"
NOTE = (
    "Seconds as they passed, then in brackets as they would have passed with nobody else on the machine: "
    "less the time in which ours stood ready and others had the processors (Linux's schedstat, every "
    f"{SAMPLE_S} s). Budgets are held against the second."
)


# --- Time, and whose it was -------------------------------------------------------------------------


class Stopwatch:
    """Times a part of the run, and knows in how much of it others had the processors."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.begun = time.monotonic()
        self.stolen = 0.0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def now(self) -> "Took":
        whole = time.monotonic() - self.begun
        return Took(whole, max(0.0, whole - self.stolen))

    def stop(self) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        before: dict[int, tuple[int, int]] = {}
        ours: list[int] = []
        last = looked = 0.0
        while not self._ended.wait(SAMPLE_S):
            now = time.monotonic()
            if now - looked > LOOK_FOR_PROCESSES_S:
                ours, looked = _ours(self.data), now
            after = {pid: found for pid in ours if (found := _schedstat(pid))}
            if last:
                self.stolen += _stolen(before, after, now - last)
            before, last = after, now


@dataclass(frozen=True, slots=True)
class Took:
    whole: float
    alone: float

    def less(self, seconds: float) -> "Took":
        return Took(self.whole - seconds, max(0.0, self.alone - seconds))

    def since(self, earlier: "Took") -> "Took":
        return Took(self.whole - earlier.whole, self.alone - earlier.alone)

    @property
    def words(self) -> str:
        return f"{self.whole:.1f} s ({self.alone:.1f})"


def _ours(data: Path) -> list[int]:
    """Our children and theirs, and the database server, which is nobody's child."""
    found = psutil.Process().children(recursive=True)
    for process in psutil.process_iter(["cmdline"]):
        if str(data) in " ".join(process.info["cmdline"] or ()):
            found.append(process)
            with suppress(psutil.Error):  # it ended while we looked
                found += process.children()
    return sorted({process.pid for process in found})


def _schedstat(pid: int) -> tuple[int, int] | None:
    """Nanoseconds on a processor and in the queue for one."""
    try:
        words = Path(f"/proc/{pid}/schedstat").read_text().split()
    except OSError:
        return None
    return int(words[0]), int(words[1])


def _stolen(before: dict[int, tuple[int, int]], after: dict[int, tuple[int, int]], passed: float) -> float:
    """How much of a moment was lost: the share in which those who wanted to run stood in the queue."""
    pairs = [(before[pid], now) for pid, now in after.items() if pid in before]
    busy, queued = (sum(now[place] - then[place] for then, now in pairs) / 1e9 for place in (0, 1))
    at_once = max(1.0, (busy + queued) / passed)
    return min(passed, queued / at_once)


# --- The thing itself -------------------------------------------------------------------------------


@dataclass(slots=True)
class Started:
    """A ./run that is up: when the first page came, when one could sign in, when all was told."""

    first_page: Took
    sign_in: Took
    all_told: Took
    download: float
    said: str


@contextmanager
def project() -> Iterator[Path]:
    """The commit that is checked out, where the user that ./run makes can read it."""
    folder = Path(tempfile.mkdtemp(prefix="holdfast-bench-run-", dir="/var/tmp"))  # noqa: S108 - made 0700, opened below
    folder.chmod(0o755)
    try:
        subprocess.run(["git", "clone", "-q", str(harness.PROJECT), str(folder / "code")], check=True)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def start(folder: Path, port: int) -> Started:
    """Start, wait until everything is there, and stop again."""
    environment = {**os.environ, "HOLDFAST_DATA": str(folder / "data"), "PYTHONUNBUFFERED": "1"}
    environment.pop("DATABASE_URL", None)
    watch = Stopwatch(folder)
    with open(folder / "said", "w+") as said:
        command = ["./run", "--port", str(port)]
        running = subprocess.Popen(
            command, cwd=folder / "code", env=environment, stdout=said, stderr=subprocess.STDOUT
        )
        try:
            first_page = _wait(running, watch, lambda: bool(_page(port)))
            sign_in = _wait(running, watch, lambda: _page(port).endswith(IS_SIGN_IN))
            all_told = _wait(running, watch, lambda: "is up to now" in _read(folder / "said"))
        finally:
            running.send_signal(signal.SIGTERM)
            running.wait()
            watch.stop()
    words = _read(folder / "said")
    print(words, file=sys.stderr)
    download = re.search(r"and (\d+\.\d) s of download", words)
    return Started(first_page, sign_in, all_told, float(download[1]) if download else 0.0, words)


def _wait(running: subprocess.Popen[bytes], watch: Stopwatch, is_so: Callable[[], bool]) -> Took:
    while not is_so():
        if running.poll() is not None or watch.now().whole > PATIENCE_S:
            raise SystemExit("./run ended or never answered")
        time.sleep(SAMPLE_S)
    return watch.now()


def _page(port: int) -> str:
    """Where the first page leads, once there is one."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=30) as answer:
            return str(answer.url)
    except (urllib.error.URLError, OSError):
        return ""


def _read(path: Path) -> str:
    return path.read_text(errors="replace")


def move_clock(folder: Path, on: str) -> None:
    """Let the database think that it is later: every process asks it for the time."""
    sql = "CREATE OR REPLACE FUNCTION kit.now() RETURNS timestamptz LANGUAGE sql VOLATILE AS "
    sql += f"'SELECT clock_timestamp() + interval ''{on}'''"
    code = f"from django.db import connection; connection.cursor().execute({sql!r})"
    environment = {**os.environ, "HOLDFAST_DATA": str(folder / "data")}
    command = [".venv/bin/holdfast", "manage", "shell", "-v", "0", "-c", code]
    subprocess.run(command, cwd=folder / "code", env=environment, check=True, stdout=subprocess.DEVNULL)


def baseline(folder: Path) -> tuple[Took, Took]:
    """The least: a Python environment and a new database server; then the server again and Django."""
    python, empty = folder / "code/.venv/bin/python", folder / "empty"
    cluster = embedded_postgres.cluster_in(empty)
    watch = Stopwatch(empty)
    subprocess.run([python, "-m", "venv", folder / "bare"], check=True)
    embedded_postgres.start(cluster)
    subprocess.run([python, "-c", "import django"], check=True)
    cold = watch.now()
    embedded_postgres.stop(cluster)
    stopped = watch.now()
    embedded_postgres.start(cluster)
    subprocess.run([python, "-c", "import django"], check=True)
    warm = watch.now().since(stopped)
    embedded_postgres.stop(cluster)
    watch.stop()
    return cold, warm


# --- The table --------------------------------------------------------------------------------------


def report(folder: Path, port: int) -> Report:
    found = Report("run", "How long does ./run take, cold and warm?", notes=[NOTE])
    cold, warm = start(folder, port), start(folder, port)
    bare_cold, bare_warm = baseline(folder)
    downloaded = cold.download
    # The pages come first and say how far the demonstration is; it is whole when one can sign in.
    first, whole = cold.first_page.less(downloaded), cold.sign_in.less(downloaded)
    found.lines += [
        _line("cold, to the first page", "which says how far it is", first, bare_cold, BUDGET_COLD_S),
        _line("cold, to signing in", "60 children, 90 days", whole, bare_cold, BUDGET_COLD_S),
        _line("of that, the demonstration", "60 children, 90 days", whole.since(first), None, BUDGET_BUILD_S),
        Line("cold, download", "", f"{downloaded:.1f} s"),
        _line("warm, to signing in", "minutes later", warm.sign_in, bare_warm, BUDGET_WARM_S),
    ]
    for words, on in LATER:
        move_clock(folder, on)
        again = start(folder, port)
        found.lines += [
            _line(f"{words}, to signing in", on, again.sign_in, bare_warm, BUDGET_WARM_S),
            Line(f"{words}, all told", on, again.all_told.words),
        ]
    return found


def _line(what: str, size: str, took: Took, bare: Took | None, budget: float) -> Line:
    ratio = took.alone / bare.alone if bare and bare.alone else None
    return Line(
        what, size, took.words, bare.words if bare else "", ratio, f"<= {budget} s", took.alone <= budget
    )


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m bench.run")
    options.add_argument("--port", type=int, default=8471)
    chosen = options.parse_args()
    with project() as folder:
        return report(folder, chosen.port).finish()


if __name__ == "__main__":
    sys.exit(main())
