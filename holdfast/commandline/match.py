"""Whom would a record be linked to, and why?  The record is read from standard input; nothing changes."""

import argparse
import json
import sys
from datetime import date
from typing import Annotated, Any, Literal

import msgspec

from holdfast.access.errors import NotAllowed
from holdfast.audit.commands import record_shown
from holdfast.audit.terms import System
from holdfast.commandline.errors import BadUsage
from holdfast.commandline.reading import add_reader, reader
from holdfast.kit.clock import now
from holdfast.linkage.current import current_model
from holdfast.linkage.matching import Alike, Answer, match
from holdfast.linkage.terms import Identifier, Name, Profile, Reason, Sex
from holdfast.people.terms import IdentifierKind, NameKind

EXAMPLE = f"""\
The record, as JSON (every field may be left out, but not all):
  {{"names": [{{"given": "Theo", "family": "Marsh", "kind": "recorded"}}],
   "born_on": "2011-03-04", "birth_year": 2011, "sex": "M",
   "postcode": "ZZ1 1AA", "address": "4 Mill Lane", "phone": "07700 900123",
   "identifiers": [{{"kind": "nhs", "value": "9434765919"}},
                   {{"kind": "person", "issuer": "youth_justice/701", "value": "YJ0042"}}]}}
born_on, postcode, address and phone may each be a list.
Kinds of name: {", ".join(NameKind)}.
Kinds of identifier: {", ".join(IdentifierKind)}; an issuer says within whose numbering it is unique.
"""

Text = Annotated[str, msgspec.Meta(min_length=1, max_length=300)]
Year = Annotated[int, msgspec.Meta(ge=1900, le=2200)]


class GivenName(msgspec.Struct, forbid_unknown_fields=True):
    given: str = ""
    family: str = ""
    kind: NameKind = NameKind.RECORDED


class GivenIdentifier(msgspec.Struct, forbid_unknown_fields=True):
    """`issuer` says within whose numbering the value is unique: empty for NHS number and UPN."""

    kind: IdentifierKind
    value: Text
    issuer: str = ""


class GivenRecord(msgspec.Struct, forbid_unknown_fields=True):
    """One person as somebody gives them."""

    names: list[GivenName] = []
    born_on: date | list[date] = []
    birth_year: Year | None = None
    sex: Literal["F", "M"] | None = None
    postcode: Text | list[Text] = []
    address: Text | list[Text] = []
    phone: Text | list[Text] = []
    identifiers: list[GivenIdentifier] = []


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = EXAMPLE
    parser.add_argument("--json", action="store_true", help="the answer as JSON on standard output")
    add_reader(parser)


def run(options: argparse.Namespace) -> int:
    profile = read(sys.stdin.buffer.read())
    by, at = reader(options, System.MATCHER), now()
    try:
        answer = match(by, profile, at)
    except NotAllowed as refused:
        raise BadUsage(f"--by {options.by}: {refused}.") from None
    record_shown(by=by, act="linkage.match", at=at, refs=sorted({a.record.person.ref for a in answer.alike}))
    print(json.dumps(as_json(answer), indent=1) if options.json else as_text(answer))
    return 0


def read(text: bytes) -> Profile:
    """Return what was given as a profile.  Raises BadUsage, naming the field that cannot be read."""
    try:
        given = msgspec.json.decode(text, type=GivenRecord)
    except msgspec.MsgspecError as problem:
        raise BadUsage(f"The record on standard input cannot be read: {problem}.\n{EXAMPLE}") from None
    profile = _profile(given)
    if not (profile.names or profile.identifiers or profile.phones):
        raise BadUsage(
            f"The record on standard input names nobody: names, identifiers and phone are empty.\n{EXAMPLE}"
        )
    return profile


def _profile(given: GivenRecord) -> Profile:
    return Profile(
        ref="standard input",
        source="",
        names=frozenset(Name(n.given, n.family, n.kind) for n in given.names if n.given or n.family),
        born_on=_several(given.born_on),
        approx_birth_year=given.birth_year,
        sex=Sex(given.sex) if given.sex else None,
        postcodes=_several(given.postcode),
        addresses=_several(given.address),
        phones=_several(given.phone),
        identifiers=frozenset(Identifier(i.kind, i.issuer, i.value) for i in given.identifiers),
    )


def _several(given: Any) -> frozenset[Any]:
    return frozenset(given if isinstance(given, list) else [given])


def as_json(answer: Answer) -> dict[str, Any]:
    model = current_model()
    return {
        "person": answer.person.ref if answer.person else None,
        "would_be": "linked" if answer.person else "new",
        "model": model.version,
        "prior_bits": round(model.prior_bits, 2),
        "threshold_bits": {"same": model.thresholds.same, "ask": model.thresholds.ask},
        "alike": [_alike(one) for one in answer.alike],
    }


def _alike(one: Alike) -> dict[str, Any]:
    return {
        "person": one.record.person.ref,
        "record": one.record.ref,
        "source": one.record.source,
        "verdict": str(one.edge.verdict),
        "bits": round(one.edge.score.bits, 2),
        "reasons": [
            {"field": str(r.field), "level": str(r.level), "bits": round(r.bits, 2), "words": r.words}
            for r in _weightiest_first(one)
        ],
    }


def _weightiest_first(one: Alike) -> list[Reason]:
    return sorted(one.edge.score.reasons, key=lambda reason: (-abs(reason.bits), reason.field))


def as_text(answer: Answer) -> str:
    before = current_model().prior_bits
    lines = [f"Would be linked to {answer.person.ref}." if answer.person else "Would be a new person."]
    for one in answer.alike:
        record = f"{one.record.source} {one.record.ref}"
        lines.append(
            f"  {one.record.person.ref} ({record}): {one.edge.verdict}, {one.edge.score.bits:.1f} bits"
        )
        lines.append(f"    {before:+6.1f}  Before anything is compared: few pairs of records are one person")
        lines += [f"    {reason.bits:+6.1f}  {reason.words}" for reason in _weightiest_first(one)]
    return "\n".join(lines)
