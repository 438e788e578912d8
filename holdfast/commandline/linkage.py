"""Learn a model that tells who is who, see how it does and what it would change, and put it to use."""

import argparse

from holdfast.access.errors import NotAllowed
from holdfast.audit.terms import System
from holdfast.commandline.errors import BadUsage
from holdfast.commandline.reading import add_reader, reader
from holdfast.kit.clock import now
from holdfast.linkage.current import SHIPPED, chosen_name
from holdfast.linkage.errors import NoSuchVersion, VersionExists
from holdfast.linkage.versions import Differences, Quality, every_version, train_version, try_version
from holdfast.people.models import Person
from holdfast.who_is_who.choosing import use_model

SHOWN = 20  # groups of persons named
THE_SHIPPED = "shipped"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True)
    train = acts.add_parser("train", help="learn a model from all records here; it is kept, not yet used")
    train.add_argument("name", help="what to call it, 2026-11 for instance")
    tried = acts.add_parser("try", help="how does it do, and what would it change?  Changes nothing")
    used = acts.add_parser("use", help="weigh by it from now on, and find out again who is who")
    for one in (tried, used):
        one.add_argument("name", help=f"a version, or {THE_SHIPPED}")
    acts.add_parser("list", help="the versions, and which is in use")
    for one in (train, tried, used):
        add_reader(one)


def run(options: argparse.Namespace) -> int:
    try:
        return {"train": _train, "try": _try, "use": _use, "list": _list}[options.act](options)
    except NotAllowed as refused:
        raise BadUsage(f"--by {options.by}: {refused}.") from None
    except (NoSuchVersion, VersionExists) as problem:
        raise BadUsage(f"{problem}.") from None


def _train(options: argparse.Namespace) -> int:
    made = train_version(by=reader(options, System.MATCHER), at=now(), name=options.name)
    print(f"Learned {made.name} from {made.records:,} records. It is not in use.")
    print(f"See what it would change: holdfast linkage try {made.name}")
    return 0


def _try(options: argparse.Namespace) -> int:
    by, name = reader(options, System.MATCHER), _name(options)
    for which in dict.fromkeys((chosen_name(), name)):
        found = try_version(by, which)
        print(f"{found.name}{' (in use)' if which == chosen_name() else ''}")
        print(f"  judged pairs it was set by:  {_quality(found.chosen_by)}")
        print(f"  judged pairs held back:      {_quality(found.held_back)}")
        _print_differences(found.differences, "would be joined", "would be split")
    return 0


def _use(options: argparse.Namespace) -> int:
    found = use_model(by=reader(options, System.MATCHER), at=now(), name=_name(options))
    print(f"{options.name} is in use.")
    _print_differences(found, "joined", "split")
    if found.held:
        print(f"  Left as they are, a live moment hangs on them: {_refs(found.held)}")
        print("  Do the same again when those moments are over.")
    return 0


def _list(options: argparse.Namespace) -> int:
    used = chosen_name()
    print(f"{THE_SHIPPED}, learned from invented people{' (in use)' if used == SHIPPED else ''}")
    for one in every_version():
        learned = f"learned {one.trained_at:%d %B %Y} from {one.records:,} records"
        print(f"{one.name}, {learned}{' (in use)' if one.name == used else ''}")
    return 0


def _name(options: argparse.Namespace) -> str:
    return SHIPPED if options.name == THE_SHIPPED else str(options.name)


def _quality(found: Quality) -> str:
    if not found.judged:
        return "none yet: nobody has answered a question"
    return (
        f"{found.judged}: joined {found.joined_right} rightly and {found.joined_wrong} wrongly, asked about"
        f" {found.asked}, kept apart {found.apart_right} rightly and {found.apart_wrong} wrongly"
    )


def _print_differences(found: Differences, joined: str, split: str) -> None:
    print(f"  {len(found.joined)} groups of persons {joined}, {len(found.split)} persons {split}")
    for group in found.joined[:SHOWN]:
        print(f"    {joined}: {_refs(group)}")
    for key in found.split[:SHOWN]:
        print(f"    {split}: {_refs((key,))}")
    more = max(0, len(found.joined) - SHOWN) + max(0, len(found.split) - SHOWN)
    if more:
        print(f"    and {more} more")


def _refs(people: tuple[int, ...]) -> str:
    return " ".join(sorted(Person.objects.filter(pk__in=people).values_list("ref", flat=True)))
