"""Make, list and stop the keys with which agencies' systems send rows, and take back what one wrote."""

import argparse
import json
from datetime import datetime
from typing import Any

from holdfast.access.errors import NotAllowed
from holdfast.commandline.errors import BadUsage
from holdfast.commandline.reading import practitioner
from holdfast.feeds import commands, queries
from holdfast.feeds.models import SenderKey
from holdfast.feeds.withdrawing import withdraw_written
from holdfast.kit.clock import LONDON, now
from holdfast.people.models import Practitioner

WHO = "who does it: a reference or the name they sign in with"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True)
    made = acts.add_parser("make", help="make a key and print its secret, once")
    made.add_argument("feed", metavar="FEED/EXPORT")
    made.add_argument("label", help="who holds it, and which system it is")
    made.add_argument("--authority", default="", help="its code, where each authority sends its own")
    listed = acts.add_parser("list", help="every key, as a table")
    stopped = acts.add_parser("stop", help="refuse its next request")
    swept = acts.add_parser("sweep", help="stop it, and take back everything it wrote since a time")
    for one in (stopped, swept):
        one.add_argument("key", help="its reference")
    swept.add_argument("--since", required=True, type=_time, help="such as 2026-11-18T21:40")
    for one in (made, listed, stopped, swept):
        one.add_argument("--by", required=True, help=WHO)
        one.add_argument("--json", action="store_true")


def _time(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=LONDON)


def run(options: argparse.Namespace) -> int:
    act = {"make": _make, "list": _list, "stop": _stop, "sweep": _sweep}[options.act]
    try:
        return act(options, practitioner(options.by))
    except NotAllowed as refused:
        raise BadUsage(f"--by {options.by}: {refused}.") from None


def _make(options: argparse.Namespace, by: Practitioner) -> int:
    about = {"feed": options.feed, "label": options.label, "la_code": options.authority}
    try:
        key, secret = commands.make_key(by=by, at=now(), **about)
    except ValueError as problem:
        raise BadUsage(f"{options.feed}: {problem}.") from None
    said = f"Key {key.ref} was made. It is shown this once:\n{secret}"
    return _say(options, {"key": key.ref, "secret": secret}, said)


def _list(options: argparse.Namespace, by: Practitioner) -> int:
    found = queries.keys_of(by)
    lines = [_line(state.key, state.sent) for state in found]
    words = "\n".join("  ".join(str(value) for value in line.values() if value != "") for line in lines)
    return _say(options, lines, words or "No system has a key yet.")


def _line(key: SenderKey, sent: int) -> dict[str, Any]:
    state = f"stopped {_shown(key.revoked_at)}" if key.revoked_at else "in force"
    about = {"key": key.ref, "feed": key.feed.name, "authority": key.la_code, "label": key.label}
    return {**about, "made": _shown(key.made_at), "sent": sent, "state": state}


def _shown(at: datetime) -> str:
    return at.astimezone(LONDON).isoformat(timespec="minutes")


def _stop(options: argparse.Namespace, by: Practitioner) -> int:
    key = commands.revoke_key(by=by, at=now(), key=_found(options, by))
    return _say(options, {"key": key.ref}, f"Key {key.ref} is stopped: its next request is refused.")


def _sweep(options: argparse.Namespace, by: Practitioner) -> int:
    at = now()
    key = commands.revoke_key(by=by, at=at, key=_found(options, by))
    count = withdraw_written(by=by, at=at, key=key, since=options.since)
    said = f"Key {key.ref} is stopped, and {count} rows since {_shown(options.since)} are taken back."
    return _say(options, {"key": key.ref, "rows": count}, said)


def _found(options: argparse.Namespace, by: Practitioner) -> SenderKey:
    found = queries.key_for(by, options.key)
    if found is None:
        raise BadUsage(f"There is no key {options.key}.")
    return found


def _say(options: argparse.Namespace, what: Any, words: str) -> int:
    print(json.dumps(what, indent=1) if options.json else words)
    return 0
