"""Apply a folder of agencies' drops in the order in which they reached us, and count every row."""

import argparse
import json
import sys
from datetime import date
from pathlib import Path

from django.db import close_old_connections

from holdfast.audit.terms import System
from holdfast.feeds import applying
from holdfast.feeds.arrivals import Arrival, arrivals
from holdfast.feeds.commands import receive
from holdfast.feeds.queries import STATUSES, FeedState, feed_states, problems
from holdfast.kit.clock import now
from holdfast.places.commands import load_reference

SHOWN = 40  # rows of the quarantine printed; the rest are counted


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path)
    parser.add_argument("--until", type=date.fromisoformat, help="leave out what arrived after this day")
    parser.add_argument("--live", action="store_true", help="moments are open and people are paged")
    parser.add_argument("--json", action="store_true", help="the counts as JSON on standard output")


def run(options: argparse.Namespace) -> int:
    if not options.folder.is_dir():
        print(f"{options.folder} is not a folder", file=sys.stderr)
        return 2
    try:
        drops = [
            a for a in arrivals(options.folder) if not options.until or a.arrived_at.date() <= options.until
        ]
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    if (options.folder / "reference").is_dir():
        load_reference(by=System.FEEDS, at=now(), folder=options.folder / "reference")
    missing = _apply(drops, options)
    states = feed_states(System.FEEDS)
    _print_json(states) if options.json else _print_table(states)
    return 1 if missing or not all(state.is_conserved and not state.waiting for state in states) else 0


def _apply(drops: list[Arrival], options: argparse.Namespace) -> list[str]:
    """Receive and apply each drop in turn; return those that the manifest names and nobody can find."""
    missing = []
    for number, drop in enumerate(drops, 1):
        path = options.folder / drop.path
        if not path.is_file():
            missing.append(drop.path)
            print(f"\n{drop.path}: in the manifest, not in the folder", file=sys.stderr)
            continue
        receive(
            by=System.FEEDS,
            at=drop.arrived_at,
            path=drop.path,
            content=path.read_bytes(),
            declared_rows=drop.declared_rows,
            is_history=not options.live,
        )
        applying.apply_waiting(by=System.FEEDS, at=drop.arrived_at)
        _progress(number, len(drops), drop.path)
        close_old_connections()
    return missing


def _progress(number: int, total: int, path: str) -> None:
    if sys.stderr.isatty() or number == total or number % 100 == 0:
        print(f"\r{number} of {total} files  {path[:60]:<60}", end="", file=sys.stderr, flush=True)
    if number == total:
        print(file=sys.stderr)


def _print_json(states: list[FeedState]) -> None:
    feeds = [
        {
            "feed": state.feed.name,
            "received": state.received,
            **{status: getattr(state, status) for status in STATUSES},
            "warnings": state.warnings,
        }
        for state in states
    ]
    print(json.dumps({"feeds": feeds, "conserved": all(state.is_conserved for state in states)}, indent=1))


def _print_table(states: list[FeedState]) -> None:
    print(f"{'feed':<36}{'received':>9}{'applied':>9}{'duplicate':>10}{'superseded':>11}{'quarantined':>12}")
    for state in states:
        print(
            f"{state.feed.name:<36}{state.received:>9}{state.applied:>9}{state.duplicate:>10}"
            f"{state.superseded:>11}{state.quarantined:>12}"
        )
    totals = [sum(getattr(s, name) for s in states) for name in ("received", *STATUSES[:4])]
    print(f"{'all':<36}{totals[0]:>9}{totals[1]:>9}{totals[2]:>10}{totals[3]:>11}{totals[4]:>12}")
    print(
        "Received = applied + duplicate + superseded + quarantined: "
        + ("yes" if totals[0] == sum(totals[1:]) else "NO")
    )
    _print_quarantine()


def _print_quarantine() -> None:
    found = problems(System.FEEDS)
    errors = found.filter(is_error=True)
    set_aside = found.filter(is_error=False).count()
    print(f"\nQuarantined: {errors.count()}. Values set aside in rows that were applied: {set_aside}.")
    for problem in errors[:SHOWN]:
        message = problem.message
        print(f"  {message.delivery.path} row {message.row} {problem.field}: {problem.reason}")
