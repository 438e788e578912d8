"""Whom does a row of a school, hospital, youth justice service or the referral mechanism name?"""

import re

from holdfast.feeds.mentions import shape
from holdfast.feeds.mentions.naming import read_name
from holdfast.feeds.mentions.shape import POLICE, Mention, Row
from holdfast.people.terms import IdentifierKind, NameKind

VERIFIED = "01"  # NHS number verification status: present and verified
_NOT_TO_CONTACT = re.compile(
    r"not to (?:contact|associate with|be with|approach|communicate with) (.+)", re.IGNORECASE | re.DOTALL
)
_HOW = re.compile(
    r"\b(?:directly|indirectly|in any way|by any means|whether|unless|except)\b.*", re.IGNORECASE | re.DOTALL
)
_BETWEEN_NAMES = re.compile(r",|;|\band\b|\bor\b|&", re.IGNORECASE)


def exclusion(row: Row) -> list[Mention]:
    family = row.text("Surname")
    return [
        Mention(
            "subject",
            names=shape.names(row.text("Forename"), family)
            + shape.also(row.text("PreferredForename"), family, NameKind.KNOWN_AS),
            born_on=row.day("DOB"),
            addresses=shape.home("", row.text("Postcode")),
            identifiers=shape.upn(row.text("UPN")),
            sex=shape.sex(row.text("Sex")),
            ethnicity=row.text("Ethnicity"),
            ethnicity_list="dfe",
        )
    ]


def attendance(row: Row) -> list[Mention]:
    return [
        Mention(
            "subject",
            names=shape.names(row.text("Forename"), row.text("Surname")),
            born_on=row.day("DOB"),
            identifiers=shape.upn(row.text("UPN"))
            + shape.number(IdentifierKind.REFERENCE, row.text("PlacementRef"), row.issuer),
        )
    ]


def hospital(row: Row) -> list[Mention]:
    return [
        Mention(
            "subject",
            names=shape.names(row.text("given_names"), row.text("family_name")),
            born_on=row.day("dob"),
            addresses=shape.home(row.text("address"), row.text("postcode")),
            identifiers=shape.nhs_number(row.text("nhs_number"), row.text("nhs_number_status") == VERIFIED)
            + shape.number(IdentifierKind.PERSON, row.text("hospital_number"), row.text("hospital_code")),
            sex=shape.sex(row.text("sex")),
            ethnicity=row.text("ethnicity"),
            ethnicity_list="nhs",
        )
    ]


def caseload(row: Row) -> list[Mention]:
    family = row.text("surname")
    return [
        Mention(
            "subject",
            names=shape.names(row.text("forenames"), family)
            + shape.also(row.text("alias"), family, NameKind.NICKNAME),
            born_on=row.day("dob"),
            addresses=shape.home(row.text("address"), row.text("postcode")),
            identifiers=shape.upn(row.text("upn"))
            + shape.nhs_number(row.text("nhs_number"))
            + shape.number(IdentifierKind.PERSON, row.text("yjs_ref"), row.issuer),
            sex=shape.sex(row.text("sex")),
            ethnicity=row.text("ethnicity_16_1"),
            ethnicity_list="16+1",
        )
    ]


def court(row: Row) -> list[Mention]:
    subject = Mention(
        "subject",
        names=shape.names(row.text("forenames"), row.text("surname")),
        born_on=row.day("dob"),
        identifiers=shape.number(IdentifierKind.PERSON, row.text("yjs_ref"), row.issuer)
        + shape.number(IdentifierKind.REFERENCE, row.text("linked_custody_ref"), POLICE),
    )
    return [subject, *_kept_apart(row.text("condition_detail"))]


def _kept_apart(text: str) -> list[Mention]:
    """Return the people a condition says the child must not contact."""
    found = _NOT_TO_CONTACT.search(text)
    if not found:
        return []
    parts = _BETWEEN_NAMES.split(_HOW.sub("", found[1]).rstrip(" ."))
    people = [part.strip() for part in parts if part.strip()]
    return [
        shape.named(f"condition_detail[{place}]", read_name(part), NameKind.RECORDED)
        for place, part in enumerate(people)
    ]


def decision(row: Row) -> list[Mention]:
    return [
        Mention(
            "subject",
            names=shape.names(row.text("forenames"), row.text("surname")),
            born_on=row.day("dob"),
            identifiers=shape.number(IdentifierKind.REFERENCE, row.text("nrm_ref"), row.issuer),
            sex=shape.sex(row.text("sex")),
        )
    ]
