"""Whom does a row of a housing service name?"""

import re
from datetime import date

from holdfast.feeds.mentions import shape
from holdfast.feeds.mentions.naming import read_name
from holdfast.feeds.mentions.shape import Mention, Row
from holdfast.people.terms import IdentifierKind, NameKind

_BORN_AT_END = re.compile(r"^(.*?)[\s,(]*(\d{1,2})/(\d{1,2})/(\d{4})\)?$")
CHILD = "child in the household"


def request(row: Row) -> list[Mention]:
    return _household(row, "applicant", row.text("phone"))


def tenancy(row: Row) -> list[Mention]:
    return _household(row, "tenant", "")


def _household(row: Row, who: str, phone: str) -> list[Mention]:
    """Return the grown-up in whose name it is and the children, who live at the same address."""
    family = row.text(f"{who}_surname")
    together = shape.number(IdentifierKind.HOUSEHOLD, row.text("household_ref"), row.issuer)
    address = shape.home(row.text("address"), row.text("postcode"))
    grown_up = Mention(
        "subject",
        names=shape.names(row.text(f"{who}_forename"), family),
        born_on=row.day(f"{who}_dob"),
        addresses=address,
        phones=shape.phones(phone),
        identifiers=together,
    )
    parts = [part.strip() for part in row.text("household_members").split(";")]
    children = []
    for place, part in enumerate(part for part in parts if part):
        name, born_on = _name_and_birth(part)
        read = read_name(name, known_family=family)
        children.append(
            shape.named(
                f"household_members[{place}]",
                read,
                NameKind.RECORDED,
                born_on=born_on,
                addresses=address,
                identifiers=together,
                relationship=CHILD,
            )
        )
    return [grown_up, *children]


def _name_and_birth(text: str) -> tuple[str, date | None]:
    found = _BORN_AT_END.match(text)
    if not found:
        return text, None
    try:
        return found[1], date(int(found[4]), int(found[3]), int(found[2]))
    except ValueError:
        return found[1], None
