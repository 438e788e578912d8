"""Whom does a row of the Standard Safeguarding Dataset name?

Names stand only on `ssd_person`; every other row gives the person's number, and the factors of an
assessment only the assessment's.
"""

from typing import Any

from holdfast.feeds.mentions import shape
from holdfast.feeds.mentions.shape import Mention, Row
from holdfast.people.rules import AddressFact, IdentifierFact
from holdfast.people.terms import AddressKind, IdentifierKind
from holdfast.places.rules import tidy_postcode

PLACEMENT = "Placement"
_PARTS_OF_ADDRESS = ("ROOM", "FLOOR", "FLAT", "BUILDING")


def person(row: Row) -> list[Mention]:
    return [
        Mention(
            "subject",
            names=shape.names(row.text("pers_forename"), row.text("pers_surname")),
            born_on=row.day("pers_dob"),
            identifiers=_person(row, "pers_person_id") + shape.nhs_number(row.text("pers_common_child_id")),
            sex=shape.sex(row.text("pers_sex")),
            ethnicity=row.text("pers_ethnicity"),
            ethnicity_list="dfe",
        )
    ]


def linked_identifier(row: Row) -> list[Mention]:
    kind, value = row.text("link_identifier_type").casefold(), row.text("link_identifier_value")
    if kind == "unique pupil number":
        found = shape.upn(value)
    elif kind == "nhs number":
        found = shape.nhs_number(value)
    else:
        found = shape.number(IdentifierKind.REFERENCE, value, f"{row.issuer}/{kind}")
    return [Mention("subject", identifiers=_person(row, "link_person_id") + found)]


def address(row: Row) -> list[Mention]:
    kind = AddressKind.PLACEMENT if row.text("addr_address_type") == PLACEMENT else AddressKind.HOME
    found = AddressFact(
        _one_line(row.values.get("addr_address_json")),
        tidy_postcode(row.text("addr_address_postcode")),
        kind,
        row.day("addr_address_start_date"),
        row.day("addr_address_end_date"),
    )
    places = (found,) if found.text or found.postcode else ()
    return [Mention("subject", addresses=places, identifiers=_person(row, "addr_person_id"))]


def _one_line(parts: Any) -> str:
    """Return "Flat 2, 118 Fellside Court, Northmere" for the standard's parts of an address."""
    if not isinstance(parts, dict):
        return ""
    said = {name: " ".join(str(value or "").split()) for name, value in parts.items()}
    street = " ".join(filter(None, (said.get("HOUSE"), said.get("STREET"))))
    lines = [*(said.get(name, "") for name in _PARTS_OF_ADDRESS), street, said.get("TOWN", "")]
    return ", ".join(line for line in lines if line)


def by_number(column: str) -> Any:
    """Return the reader of a row that names its person by number alone."""
    return lambda row: [Mention("subject", identifiers=_person(row, column))]


def assessment(row: Row) -> list[Mention]:
    return [
        Mention(
            "subject", identifiers=_person(row, "cina_person_id") + _assessment(row, "cina_assessment_id")
        )
    ]


def factors(row: Row) -> list[Mention]:
    return [Mention("subject", identifiers=_assessment(row, "cinf_assessment_id"))]


def family(row: Row) -> list[Mention]:
    together = shape.number(IdentifierKind.HOUSEHOLD, row.text("fami_family_id"), row.issuer)
    return [Mention("subject", identifiers=_person(row, "fami_person_id") + together)]


def _person(row: Row, column: str) -> tuple[IdentifierFact, ...]:
    return shape.number(IdentifierKind.PERSON, row.text(column), row.issuer)


def _assessment(row: Row, column: str) -> tuple[IdentifierFact, ...]:
    return shape.number(IdentifierKind.REFERENCE, row.text(column), f"{row.issuer}/assessment")
