"""Whom does an outreach worker's line or a parent's call name?"""

import re

from holdfast.feeds.mentions import shape
from holdfast.feeds.mentions.naming import NameRead, read_name
from holdfast.feeds.mentions.shape import Mention, Row
from holdfast.people.terms import IdentifierKind, NameKind

_BETWEEN_NAMES = re.compile(r",|;|/|\band\b|&|\+", re.IGNORECASE)
# Only where the words say that a name follows: a first name elsewhere in a worry is the child's own.
_NAMED_IN_WORRY = re.compile(
    r"\b(?:(?:last )?seen with|one called|called (?:himself|herself)|a (?:boy|girl|lad|man) called) "
    r"([A-ZÀ-Ž][\w'’-]+(?: [A-ZÀ-Ž][\w'’-]+)?)"
)


def contact(row: Row) -> list[Mention]:
    """The tracker's line: who was met, then those the worker heard they were with."""
    subject = shape.named(
        "subject",
        read_name(row.text("name")),
        NameKind.SPOKEN,
        born_on=row.day("dob"),
        approx_age=row.values.get("age"),
        addresses=shape.home(row.text("area")),
        identifiers=shape.number(IdentifierKind.REFERENCE, row.text("no"), row.issuer),
    )
    parts = [part.strip() for part in _BETWEEN_NAMES.split(row.text("who_with"))]
    others = [read for part in parts if part and (read := read_name(part)).facts(NameKind.SPOKEN)]
    return [subject, *(_said(f"network[{place}]", read) for place, read in enumerate(others))]


def _said(field: str, read: NameRead) -> Mention:
    return shape.named(field, read, NameKind.SPOKEN)


def worry(row: Row) -> list[Mention]:
    """The child, the caller if they gave a name, and anyone the worry names beyond doubt."""
    subject = shape.named(
        "subject",
        read_name(row.text("child_name")),
        NameKind.SPOKEN,
        born_on=row.day("child_dob"),
        approx_age=row.values.get("child_age"),
        addresses=shape.home(row.text("address_or_area")),
    )
    return [subject, *_caller(row), *_companions(row)]


def _caller(row: Row) -> list[Mention]:
    read = read_name(row.text("caller_name"))
    if not read.facts(NameKind.SPOKEN):
        return []
    return [
        shape.named(
            "caller_name",
            read,
            NameKind.SPOKEN,
            phones=shape.phones(row.text("caller_phone")),
            relationship=row.text("caller_relationship"),
        )
    ]


def _companions(row: Row) -> list[Mention]:
    child = read_name(row.text("child_name")).given
    named = [read_name(found[1]) for found in _NAMED_IN_WORRY.finditer(row.text("worry"))]
    return [_said(f"worry[{place}]", read) for place, read in enumerate(n for n in named if n.given != child)]
