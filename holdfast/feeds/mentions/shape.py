"""What does a row say about one person it names?"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from holdfast.feeds.mentions.naming import NameRead, is_no_name, tidy
from holdfast.people.rules import AddressFact, Facts, IdentifierFact, NameFact
from holdfast.people.terms import AddressKind, IdentifierKind, NameKind
from holdfast.places.rules import tidy_postcode

POLICE = "police"  # one force covers the partnership: custody and missing share its numbers
_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_UPN = re.compile(r"^[A-Z]\d{11}[0-9A-Z]$")
_NO_ADDRESS = {"nfa", "no fixed abode", "not known", "unknown", "n/k"}
_POSTCODE_WITHIN = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mention:
    """`field` is `subject`, or the part of the row that names somebody else, as `subjects[1]`."""

    field: str
    names: tuple[NameFact, ...] = ()
    family_initial: str = ""
    born_on: date | None = None
    approx_age: int | None = None  # years, when the row was written
    addresses: tuple[AddressFact, ...] = ()
    phones: tuple[str, ...] = ()
    identifiers: tuple[IdentifierFact, ...] = ()
    sex: str = ""  # M, F or nothing
    ethnicity: str = ""
    ethnicity_list: str = ""
    relationship: str = ""  # to the row's subject, in the sender's word

    @property
    def facts(self) -> Facts:
        return Facts(
            self.names,
            self.born_on,
            self.identifiers,
            self.addresses,
            self.phones,
            self.sex,
            self.ethnicity,
            self.ethnicity_list,
        )

    @property
    def given_names(self) -> str:
        return self._main.given

    @property
    def family_name(self) -> str:
        return self._main.family

    @property
    def nickname(self) -> str:
        return next((name.given for name in self.names if name.kind == NameKind.NICKNAME), "")

    @property
    def _main(self) -> NameFact:
        return next((name for name in self.names if name.kind != NameKind.NICKNAME), NameFact(""))

    @property
    def address(self) -> str:
        return next((found.text for found in self.addresses if found.text), "")

    @property
    def postcode(self) -> str:
        return next((found.postcode for found in self.addresses if found.postcode), "")

    @property
    def phone(self) -> str:
        return next(iter(self.phones), "")


@dataclass(frozen=True, slots=True)
class Row:
    """The checked values of a row and who sent it."""

    table: str
    feed: str
    la_code: str
    values: Mapping[str, Any]

    def text(self, name: str) -> str:
        return str(self.values.get(name) or "")

    def day(self, name: str) -> date | None:
        return self.values.get(name)

    @property
    def issuer(self) -> str:
        """Return within whom this sender's own numbers are unique."""
        return f"{self.feed}/{self.la_code}" if self.la_code else self.feed


def names(given: str, family: str, kind: NameKind = NameKind.RECORDED) -> tuple[NameFact, ...]:
    found = NameFact(
        "" if is_no_name(given) else tidy(given), "" if is_no_name(family) else tidy(family), kind
    )
    return (found,) if found.given or found.family else ()


def also(given: str, family: str, kind: NameKind) -> tuple[NameFact, ...]:
    """Return a second first name, which goes with the same surname."""
    return (NameFact(tidy(given), "" if kind == NameKind.NICKNAME else tidy(family), kind),) if given else ()


def named(field: str, read: NameRead, kind: NameKind, **more: Any) -> Mention:
    return Mention(field, read.facts(kind), read.initial, **more)


def home(text: str, postcode: str = "", kind: AddressKind = AddressKind.HOME) -> tuple[AddressFact, ...]:
    """Return an address, or nothing where there is none; a postcode inside the text is found."""
    text = " ".join(text.split())
    if text.casefold() in _NO_ADDRESS:
        text = ""
    within = _POSTCODE_WITHIN.search(text)
    code = tidy_postcode(postcode) or (tidy_postcode(within[0]) if within else "")
    if within and within[0] == text:
        text = ""
    return (AddressFact(text, code, kind),) if text or code else ()


def phones(text: str) -> tuple[str, ...]:
    """Return telephone numbers separated by ;, written without spaces and from 0."""
    found = []
    for part in text.split(";"):
        digits = re.sub(r"\D", "", part)
        digits = "0" + digits[2:] if digits.startswith("44") else digits
        if 10 <= len(digits) <= 15:
            found.append(digits)
    return tuple(dict.fromkeys(found))


def number(
    kind: IdentifierKind, value: str, issuer: str, is_verified: bool = False
) -> tuple[IdentifierFact, ...]:
    value = "".join(value.split())
    return (IdentifierFact(kind, value, issuer, is_verified),) if value else ()


def nhs_number(value: str, is_verified: bool = False) -> tuple[IdentifierFact, ...]:
    """Return an NHS number; one that fails its check digit is a slip and names nobody."""
    digits = re.sub(r"[\s-]", "", value)
    if not re.fullmatch(r"\d{10}", digits, re.ASCII):
        return ()
    check = 11 - sum(int(digit) * (10 - place) for place, digit in enumerate(digits[:9])) % 11
    if check % 11 != int(digits[9]) or check == 10:
        return ()
    return (IdentifierFact(IdentifierKind.NHS, digits, "", is_verified),)


def upn(value: str) -> tuple[IdentifierFact, ...]:
    """Return a unique pupil number; one that fails its check letter is a slip and names nobody."""
    bare = "".join(value.split()).upper()
    if not _UPN.match(bare) or not bare.isascii():
        return ()
    if bare[12].isdigit():
        total = sum(int(digit) * (place + 2) for place, digit in enumerate(bare[1:]))
        if _UPN_LETTERS[total % 23] != bare[0]:
            return ()
    return (IdentifierFact(IdentifierKind.UPN, bare),)


def sex(text: str) -> str:
    return {"M": "M", "F": "F", "male": "M", "female": "F"}.get(text, "")
