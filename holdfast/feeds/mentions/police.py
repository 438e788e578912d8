"""Whom does a police row name?"""

import re
from datetime import date

from holdfast.feeds.mentions import shape
from holdfast.feeds.mentions.naming import read_name
from holdfast.feeds.mentions.shape import POLICE, Mention, Row
from holdfast.people.rules import NameFact
from holdfast.people.terms import AddressKind, IdentifierKind, NameKind

NOT_VERIFIED = "not verified"
_FIRST_GIVEN = re.compile(r"gave name as (.+)", re.IGNORECASE)
_BORN = re.compile(r"\(\s*(\d{1,2})/(\d{1,2})/(\d{4})\s*\)")
_ABOUT = re.compile(
    r"\(\s*(?:approx\.?|about|c\.?|aged?)? ?(\d{1,2}) ?(?:yrs?|years?)?(?: old)?\s*\)", re.IGNORECASE
)


def custody(row: Row) -> list[Mention]:
    note = row.text("alias_details")
    kind = NameKind.UNVERIFIED if NOT_VERIFIED in note.casefold() else NameKind.RECORDED
    return [
        Mention(
            "subject",
            names=shape.names(row.text("forenames"), row.text("surname"), kind) + _first_given(note),
            born_on=row.day("dob"),
            addresses=shape.home(row.text("address"), row.text("postcode"), AddressKind.GIVEN),
            identifiers=shape.number(IdentifierKind.NOMINAL, row.text("nominal_id"), POLICE)
            + shape.number(IdentifierKind.REFERENCE, row.text("custody_ref"), POLICE),
            sex=shape.sex(row.text("sex")),
            ethnicity=row.text("ethnicity_16_1"),
            ethnicity_list="16+1",
        )
    ]


def _first_given(note: str) -> tuple[NameFact, ...]:
    found = _FIRST_GIVEN.search(note)
    return read_name(found[1]).facts(NameKind.ALIAS) if found else ()


def missing(row: Row) -> list[Mention]:
    family = row.text("surname")
    return [
        Mention(
            "subject",
            names=shape.names(row.text("forenames"), family)
            + shape.also(row.text("known_as"), family, NameKind.KNOWN_AS),
            born_on=row.day("dob"),
            addresses=shape.home(row.text("home_address"), row.text("home_postcode")),
            identifiers=shape.number(IdentifierKind.NOMINAL, row.text("nominal_id"), POLICE),
            sex=shape.sex(row.text("sex")),
            ethnicity=row.text("ethnicity_16_1"),
            ethnicity_list="16+1",
        )
    ]


def intelligence(row: Row) -> list[Mention]:
    """Each person in order: a name and a birth date, a first name and an age, or only a nickname."""
    parts = [part.strip() for part in row.text("subjects").split(";")]
    return [_subject(f"subjects[{place}]", part) for place, part in enumerate(part for part in parts if part)]


def _subject(field: str, text: str) -> Mention:
    born, about = _BORN.search(text), _ABOUT.search(text)
    rest = _ABOUT.sub(" ", _BORN.sub(" ", text))
    read = read_name(rest)
    kind = NameKind.RECORDED if read.family else NameKind.SPOKEN
    return shape.named(
        field, read, kind, born_on=_day(born) if born else None, approx_age=int(about[1]) if about else None
    )


def _day(found: re.Match[str]) -> date | None:
    try:
        return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return None
