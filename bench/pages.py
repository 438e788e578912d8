"""How long do the pages take that people open most, when there is much behind them?

Run as `python -m bench.pages [--events 10000 100000 1000000] [--requests 500]`.

A partnership with as many people as events, one person in a hundred a child with an open record, live
moments for one open child in a hundred.  The reader works in every area and may see every child: the
dearest there is.  Each page is asked for in the process itself, and over HTTP from the server that
`holdfast web` runs, by one and by four users at once.  Baseline, in the same run: an empty page.
"""

import argparse
import os
import random
import sys
import time
from pathlib import Path
from typing import Any

from bench import harness
from bench.crowd import AREAS, resident
from bench.feed_row import MAKERS, people_database
from bench.harness import Line, Report, Spent, Times, table, times
from bench.users import Ask, ask_by_users, serving
from holdfast.kit.embedded_postgres import OWNER, SUPERUSER, Cluster

NAME = "pages"
COPY = f"{NAME}_{os.getpid()}"
BUDGET_P95_MS = 100
WORKERS = 12
BUSIEST, OTHERS = 10, 110  # children whose pages are opened
QUESTIONS = 200  # about who is who, asked of as many open children
LIVE_SHARE = 0.01  # of open children have a live moment
USERS = (1, 4)
HISTORIES = Path(__file__).resolve().with_name("histories.py")
EMPTY = "an empty page"
NOTE = (
    "{} requests each, over "
    f"{BUSIEST + OTHERS} children, the busiest {BUSIEST} among them. In process, the time in which other "
    "work on the machine had the processors is known and left out; over HTTP it is not."
)
WARM = 40  # requests of each page before any is counted


# --- What is there ---------------------------------------------------------------------------------


def full_database(running: Cluster, events: int) -> str:
    """Return the name of a kept database with `events` people and events, made now if need be."""
    full, is_empty = harness.kept_database(running, f"pages{events}", *MAKERS, HISTORIES)
    if not is_empty:
        return full
    from bench.histories import load_histories

    begun, filling = time.monotonic(), f"filling_{os.getpid()}"
    harness.new_database(running, filling, like=people_database(running, events))
    harness.move_to(harness.PREFIX + filling)
    harness.migrate()
    workers = [one.pk for one in _workers()]
    _close()
    load_histories(running.url(SUPERUSER, harness.PREFIX + filling), events, workers)
    harness.keep(running, filling, full)
    print(f"Loaded {events:,} events in {time.monotonic() - begun:.0f} s", file=sys.stderr)
    return full


def _workers() -> list[Any]:
    """Make people who work in every area, and put one on duty in each."""
    from datetime import time as wall_time

    from holdfast.people.models import Area, Membership
    from tests import make

    found = [make.practitioner(f"Bench {number}") for number in range(WORKERS)]
    for one in found:
        Membership.objects.create(practitioner=one, team=make.team(), starts_at=make.LONG_AGO)
    for area, one in zip(Area.objects.filter(code__in=AREAS), found, strict=False):
        make.turn(one, area, wall_time(0), wall_time(0))
    return found


def _close() -> None:
    from django.db import connection

    connection.close()


def raise_live() -> int:
    """Raise live moments by the ordinary command, now; return how many."""
    from holdfast.audit.terms import System
    from holdfast.kit import clock
    from holdfast.moments.commands import ToRaise, raise_moments
    from holdfast.people.models import Child
    from tests import make

    children = Child.objects.select_related("person").order_by("pk")
    every, now = round(1 / LIVE_SHARE), clock.now()
    live = list(children)[::every]
    for child in live:
        told = make.event(
            child.person.records.earliest("pk"),
            happened_at=now, at=now, title="Arrested", text="Arrested in town, with two others.",
            place_text="Marsh Lane police station",
        )  # fmt: skip
        due = ToRaise(
            kind="arrest", person=child.person_id, area=child.person.areas.get().area, happened_at=now,
            happening=f"bench-live {told.pk}", agency_knew_at=now, known_at=now, event=told,
        )  # fmt: skip
        raise_moments(by=System.FEEDS, at=now, due=[due])
    return len(live)


def ask_who_is_who() -> int:
    """Let some open children be written about by their name alone, so that nobody can be sure; return how
    many questions that makes."""
    from holdfast.audit.terms import System
    from holdfast.kit import clock
    from holdfast.linkage.commands import relink
    from holdfast.linkage.questions import waiting
    from holdfast.people.models import Child
    from tests import make

    children = list(Child.objects.select_related("person").order_by("pk"))
    for child in children[:: max(1, len(children) // QUESTIONS)]:
        name = child.person.records.earliest("pk").names.earliest("pk")
        relink(by=System.MATCHER, at=clock.now(), records=[make.record(f"{name.given} {name.family}", None)])
    return len(waiting())


def readers(count: int) -> list[str]:
    """Return the session cookies of signed-in people."""
    from holdfast.people.models import Practitioner
    from tests.web.pages import signed_in

    found = Practitioner.objects.filter(name__startswith="Bench ").order_by("-pk")[:count]
    return [signed_in(one).cookies["sessionid"].value for one in found]


# --- What is asked ---------------------------------------------------------------------------------


def pages(events: int) -> dict[str, list[Ask]]:
    """Return, by name, the requests that are made in turn; the busiest children are among them."""
    children = [f"/children/{ref}" for ref in _refs()]
    return {
        EMPTY: [Ask("/bench-empty")],
        "Now": [Ask("/")],
        "a child": [Ask(url) for url in children],
        "timeline": [Ask(f"{url}/timeline") for url in children],
        "search": [Ask("/search", text) for text in _searches(events)],
        "who is who": [Ask("/who-is-who")],
        "a question": [Ask(f"/who-is-who/{one.ref}") for one in _questions()],
    }


def _questions() -> list[Any]:
    from holdfast.linkage.questions import waiting

    return waiting()[:OTHERS]


def _refs() -> list[str]:
    from django.db.models import Count

    from holdfast.people.models import Person

    told = Person.objects.filter(child__isnull=False).annotate(number=Count("records__participations"))
    ordered = list(told.order_by("-number", "pk").values_list("ref", flat=True))
    others = random.Random(1).sample(ordered[BUSIEST:], min(OTHERS, len(ordered) - BUSIEST))
    found = ordered[:BUSIEST] + others
    random.Random(2).shuffle(found)
    return found


def _searches(events: int) -> list[str]:
    """As people search: a whole name, a family name alone, a slip, a birth date, part of a postcode, a
    number."""
    from holdfast.people.models import Child

    keys = Child.objects.order_by("pk").values_list("person", flat=True)
    found: list[str] = []
    for number, key in enumerate(random.Random(3).sample(list(keys), min(len(keys), 120))):
        one = resident(key, events)
        slip = one.family[:2] + one.family[3:]
        said = (
            f"{one.given} {one.family}", one.family, f"{one.given} {slip}", f"{one.born_on:%d %m %Y}",
            f"{one.given} {one.postcode.split()[0]}", one.upn, f"{one.given} {one.born_on:%d/%m/%Y}",
        )  # fmt: skip
        found.append(said[number % len(said)])
    return found


# --- What is measured ------------------------------------------------------------------------------


def in_process(asks: list[Ask], session: str, count: int) -> list[Spent]:
    client, taken = _client(session), []
    meter = harness.meter()
    for number in range(count + WARM):
        _asked(client, asks[number % len(asks)])
        taken.append(meter.lap())
    return taken[WARM:]


def _client(session: str) -> Any:
    from django.test import Client

    client = Client()
    client.cookies["sessionid"] = session
    return client


def _asked(client: Any, ask: Ask) -> None:
    answer = client.post(ask.url, {"q": ask.text}) if ask.text else client.get(ask.url)
    if answer.status_code != 200:
        raise SystemExit(f"{ask.url}: {answer.status_code}")


def query_counts(asks: list[Ask], session: str) -> tuple[int, int]:
    """Return the least and the most SQL statements of the requests of one page."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, counts = _client(session), []
    _asked(client, asks[0])
    for ask in asks[:40]:
        with CaptureQueriesContext(connection) as captured:
            _asked(client, ask)
        counts.append(len(captured))
    return min(counts), max(counts)


def measure(running: Cluster, events: int, requests: int, report: Report) -> list[list[str]]:
    """Add the lines of one size; return its rows of what a request costs the machine."""
    address = harness.new_database(running, COPY, like=full_database(running, events))
    harness.move_to(harness.PREFIX + COPY)
    harness.migrate()
    size = f"{events:,} events, {raise_live()} live, {ask_who_is_who()} questions"
    sessions, asked = readers(max(USERS)), pages(events)
    spent = {name: in_process(asks, sessions[0], requests) for name, asks in asked.items()}
    alone = {name: times(one.alone for one in laps) for name, laps in spent.items()}
    add_lines(report, "in process, queueing left out", size, alone)
    with serving(address) as port:
        for users in USERS:
            how = "1 user" if users == 1 else f"{users} users at once"
            add_lines(report, how, size, _over_http(port, asked, sessions[:users], requests))
    return [
        [f"{events:,}", name, *_cost(spent[name]), _word(query_counts(asks, sessions[0]))]
        for name, asks in asked.items()
    ]


def _over_http(
    port: int, asked: dict[str, list[Ask]], sessions: list[str], requests: int
) -> dict[str, Times]:
    return {name: ask_by_users(port, asks, sessions, requests, WARM) for name, asks in asked.items()}


def add_lines(report: Report, how: str, size: str, measured: dict[str, Times]) -> None:
    empty = measured[EMPTY]
    for name, spread in measured.items():
        if name == EMPTY:
            continue
        line = Line(
            what=f"{name}, {how}",
            size=size,
            ours=spread.words,
            baseline=f"p95 {empty.p95:.1f} ms (empty page)",
            ratio=spread.p95 / empty.p95,
            budget=f"p95 ≤ {BUDGET_P95_MS} ms",
            is_kept=spread.p95 <= BUDGET_P95_MS,
        )
        report.lines.append(line)
        print(line.what, size, spread.words, file=sys.stderr, flush=True)


def _cost(laps: list[Spent]) -> tuple[str, str, str]:
    """Return milliseconds a request: as it went, on a processor, and in the queue for one."""
    sums = (sum(getattr(lap, name) for lap in laps) for name in ("whole", "busy", "queued"))
    whole, busy, queued = (f"{1000 * one / len(laps):.1f}" for one in sums)
    return whole, busy, queued


def _word(counts: tuple[int, int]) -> str:
    least, most = counts
    return f"{least}" if least == most else f"{least} to {most}"


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--events", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    options.add_argument("--requests", type=int, default=500)
    given = options.parse_args()
    os.environ["HOLDFAST_SECRET_KEY"] = "bench"  # sessions made here are read by the served pages
    report = Report(NAME, "How long do pages take?")
    with harness.server() as running:
        harness.django_on(running.url(OWNER, "postgres"), "bench.served")
        costs = [row for events in given.events for row in measure(running, events, given.requests, report)]
        _close()
        harness.drop_database(running, COPY)
    headings = ("events", "page, in process", "ms", "on a processor", "queueing for one", "SQL statements")
    report.notes = [NOTE.format(given.requests), table(headings, costs)]
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
