"""A key floods at a hundred times its pace: do the rows of another feed come later?

Run as `python -m bench.key_flood [--seconds 20]`, or `make bench NAME=key_flood`.

An installation of its own: two processes of pages, one worker.  A sender of missing reports sends two rows a
second, each timed until it is applied, first alone, then while a key of custody first sends three thousand
rows at once and then asks two hundred times a second, a hundred times what it may.  Both run on the same
machine and take their part of it.
"""

import argparse
import json
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from bench.crash import Trial, trial
from bench.harness import PROJECT, Line, Report, times
from holdfast.kit import embedded_postgres

PORT = 8149
A_SECOND = 2  # rows of the quiet sender
MAY_ASK = 2  # times a second: REQUESTS_A_MINUTE of holdfast/feeds/keys.py
TIMES_ITS_PACE = 100
FLOODERS = 4  # connections at once
MOST = 1.10  # of the time it takes alone
WORKER = "import django; django.setup(); from holdfast.feeds.worker import run_forever; run_forever()"
GUNICORN = ["-m", "gunicorn", "--worker-class=gthread", "--workers=2", "--threads=4", "--preload"]


@dataclass
class Sender:
    feed: str
    secret: str
    answers: Counter[int] = field(default_factory=Counter)

    def ask(self, address: str, rows: list[dict[str, Any]] | None = None) -> dict[str, Any]:
        body = json.dumps(rows).encode() if rows else None
        headers = {"Authorization": f"Bearer {self.secret}", "Content-Type": "application/json"}
        asked = urllib.request.Request(f"http://127.0.0.1:{PORT}{address}", body, headers)
        try:
            with urllib.request.urlopen(asked, timeout=60) as answer:
                self.answers[answer.status] += 1
                return dict(json.load(answer))
        except urllib.error.HTTPError as refused:
            self.answers[refused.code] += 1
            return {}

    @property
    def rows(self) -> str:
        return f"/api/feeds/{self.feed}/rows"


@contextmanager
def served(one: Trial) -> Iterator[None]:
    address = one.cluster.url(embedded_postgres.APPLICATION, "holdfast")
    known = {**one.environment, "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "holdfast.settings"}
    web = [
        sys.executable,
        *GUNICORN,
        "--log-level=critical",
        f"--bind=127.0.0.1:{PORT}",
        "holdfast.wsgi:application",
    ]
    started = [
        subprocess.Popen(command, cwd=PROJECT, env=known, stderr=subprocess.DEVNULL)
        for command in (web, [sys.executable, "-c", WORKER])
    ]
    try:
        yield
    finally:
        for process in started:
            process.terminate()
            process.wait()


def key(one: Trial, export: str, label: str) -> Sender:
    said = json.loads(one.say("feed-key", "make", export, label, "--by", "ada", "--json"))
    return Sender(export.replace("/", "-"), said["secret"])


WAITS = """
SELECT count(*) FROM feeds_message AS row JOIN feeds_delivery AS delivery ON delivery.id = delivery_id
WHERE ref = %s AND status = 'waiting'
"""


def quiet(one: Trial, sender: Sender, seconds: float) -> tuple[list[float], list[float]]:
    """Send a row now and then; return how long each answer took, and each row until it was applied."""
    answered, applied, connection, begun = [], [], one.connect(), time.monotonic()
    for number in range(int(seconds * A_SECOND)):
        time.sleep(max(0.0, begun + number / A_SECOND - time.monotonic()))
        row = {"missing_ref": f"{sender.secret[-6:]}/{number}", "reported_at": "18/11/2026 18:20"}
        sent = time.monotonic()
        kept = sender.ask(sender.rows, [row])
        answered.append(time.monotonic() - sent)
        while connection.execute(WAITS, [kept["delivery"]]).fetchone() != (0,):
            time.sleep(0.02)
        applied.append(time.monotonic() - sent)
    connection.close()
    return answered, applied


@contextmanager
def flood(sender: Sender) -> Iterator[None]:
    stop = threading.Event()
    every = FLOODERS / (TIMES_ITS_PACE * MAY_ASK)  # seconds between two of one connection
    for part in range(3):
        sender.ask(sender.rows, [custody(f"{part}/{number}") for number in range(1_000)])

    def go() -> None:
        while not stop.wait(every):
            sender.ask(sender.rows, [custody("x")])

    threads = [threading.Thread(target=go) for _ in range(FLOODERS)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def custody(number: str) -> dict[str, str]:
    about = {"custody_ref": number, "surname": f"Surname {number}", "arrested_at": "18/11/2026 18:20"}
    return {**about, "station": "Carrow Central", "offence": "Affray"}


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--seconds", type=float, default=20)
    seconds = options.parse_args().seconds
    report = Report(
        "key_flood", "A key floods at a hundred times its pace: do another feed's rows come later?"
    )
    with trial("key flood") as one:
        (one.folder / "password").write_text("correct horse battery staple\n")
        who = ["--name", "Ada", "--username", "ada", "--password-file", str(one.folder / "password")]
        one.say("first-administrator", *who)
        alone, beside = (key(one, "police_missing/missing", name) for name in ("alone", "beside"))
        stolen = key(one, "police_custody/custody", "stolen")
        with served(one):
            wait_until_served()
            quiet(one, key(one, "police_missing/missing", "warm"), 1)
            before = quiet(one, alone, seconds)
            with flood(stolen):
                during = quiet(one, beside, seconds)
    for what, ours, baseline in zip(("answered", "applied"), during, before, strict=True):
        found, usual = times(ours), times(baseline)
        ratio = found.p99 / usual.p99
        kept = ratio <= MOST
        report.lines.append(
            Line(
                f"a row of another feed {what}, p99",
                f"{len(ours)} rows",
                found.words,
                usual.words,
                ratio,
                f"≤ {MOST}",
                kept,
            )
        )
    report.notes.append(f"Answers to the flood: {dict(stolen.answers)}. Baseline: without it.")
    return report.finish()


def wait_until_served() -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/api/openapi.json", timeout=5).close()
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("The pages are not served")


if __name__ == "__main__":
    sys.exit(main())
