"""What can a record say about a person, and how alike can two records be?

Plain words shared by every part of the package; no Django, no clock.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from holdfast.people.terms import IdentifierKind as IdentifierKind
from holdfast.people.terms import NameKind as NameKind


class Sex(StrEnum):
    FEMALE = "F"
    MALE = "M"


class Field(StrEnum):
    """The comparisons of the model, in the order in which reasons are shown."""

    NHS = "nhs"
    UPN = "upn"
    NUMBER = "number"  # numbers unique within one sender, the police nominal among them
    NAME = "name"
    BORN = "born"
    PLACE = "place"
    PHONE = "phone"
    SEX = "sex"


class TokenKind(StrEnum):
    """The kinds of blocking key."""

    NHS = "nhs"
    UPN = "upn"
    NUMBER = "number"
    PHONE = "phone"
    BORN_FAMILY = "born+family"
    BORN_GIVEN = "born+given"
    BORN_POSTCODE = "born+postcode"
    NAME_POSTCODE = "name+postcode"
    NAME_BIRTH_MONTH = "name+birth-month"
    NAME_BIRTH_DAY = "name+birth-day"
    NAME_BIRTH_YEAR_DAY = "name+birth-year-day"
    NAME_BIRTH_YEAR = "name+birth-year"
    NAME_YEAR_ONLY = "name+year-only"  # held by a record born on the first of January: the day is not known
    FULL_NAME = "full-name"
    NAME_ONLY = "name-only"  # held by a record without a date of birth


class Verdict(StrEnum):
    """What two records are to each other, as far as the matcher may say."""

    SAME = "same"
    ASK = "ask"  # a person must look; until one has, two people
    APART = "apart"  # nothing joins them
    NEVER = "never"  # something forbids joining them automatically, however they are reached


class Opinion(StrEnum):
    """What a person says of two records."""

    SAME = "same"
    DIFFERENT = "different"
    NOT_SURE = "not_sure"  # somebody else is to look as well


@dataclass(frozen=True, slots=True)
class Name:
    given: str
    family: str
    kind: NameKind = NameKind.RECORDED


@dataclass(frozen=True, slots=True)
class Identifier:
    """`issuer` is empty for national numbers, otherwise the sender within which the value is unique."""

    kind: IdentifierKind
    issuer: str
    value: str


@dataclass(frozen=True, slots=True)
class Profile:
    """All that one Record says about one person, as its source gave it."""

    ref: str
    source: str
    names: frozenset[Name] = frozenset()
    born_on: frozenset[date] = frozenset()
    approx_birth_year: int | None = None
    sex: Sex | None = None
    postcodes: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    identifiers: frozenset[Identifier] = frozenset()


@dataclass(frozen=True, slots=True, order=True)
class Token:
    kind: TokenKind
    value: str


@dataclass(frozen=True, slots=True)
class Reason:
    field: Field
    level: str
    bits: float
    words: str


@dataclass(frozen=True, slots=True)
class Score:
    """`bits` is the log2 of the odds that two records are one person, the prior included."""

    bits: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Edge:
    """Two records that share a token, in the order of their refs, with how alike they are."""

    left: str
    right: str
    score: Score
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person decided about two records; it outweighs every score."""

    left: str
    right: str
    same: bool
