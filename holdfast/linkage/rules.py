"""What is comparable in a record?

Everything here is a pure function of one Profile: spellings are folded to one form.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import jellyfish

from holdfast.linkage.names import roots
from holdfast.linkage.terms import (
    Identifier,
    IdentifierKind,
    Name,
    NameKind,
    Profile,
)

# Bounds, our choice: a record with more than this is damaged, or is several people's.
MAX_NAMES = 6
MAX_BIRTHS = 4
MAX_POSTCODES = 6

SHORTEST_STEM = 3  # letters: "Tia" may stand for "Tiana", "Al" for too many

# Letters that Unicode does not decompose, then Cyrillic and Greek letters that only look Latin.
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t"}
    | dict(zip("аеорсухіјѕкмтвн", "aeopcyxijskmtbh", strict=True))
    | dict(zip("αονρτικ", "aovptik", strict=True))
)
_PARTICLES = frozenset("al el bin ibn de da di du la le van von der den st o mc mac".split())
_TITLES = frozenset("mr mrs ms miss master dr baby".split())


@dataclass(frozen=True, slots=True)
class Spelling:
    """One name, folded.  `given` is the first forename, `middle` the others."""

    given: str
    middle: frozenset[str]
    whole: str  # the forenames run together: "Siu-Ming" and "Siuming"
    roots: frozenset[str]
    family: str
    parts: frozenset[str]  # of a double-barrelled family name
    family_roots: frozenset[str]  # names carried over from other alphabets are spelt in several ways
    words: frozenset[str]  # everything, wherever it was written
    doubted: bool  # the sender does not vouch for it


@dataclass(frozen=True, slots=True)
class Traits:
    """What the comparisons look at, derived once from a Profile."""

    ref: str
    spellings: tuple[Spelling, ...]
    born: tuple[date, ...]
    born_digits: tuple[str, ...]  # YYYYMMDD
    birth_year: int | None
    sex: str | None
    postcodes: frozenset[str]
    districts: frozenset[str]
    homes: frozenset[str]
    streets: frozenset[str]
    phones: frozenset[str]
    nhs: frozenset[str]
    upn: frozenset[str]
    numbers: frozenset[str]
    issuers: frozenset[str]
    households: frozenset[str]

    def __hash__(self) -> int:
        # A part of it tells nearly all apart, and pairs are looked up in their thousands.
        return hash((self.ref, self.numbers, self.born))


@lru_cache(maxsize=200_000)
def fold(text: str) -> str:
    """Return lower-case Latin letters, digits and single spaces; accents and invisible marks gone."""
    text = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
    kept = [
        c if c.isalnum() else " "
        for c in text
        if unicodedata.category(c) not in ("Mn", "Cf", "Cc") and c not in "'’`´"
    ]
    return " ".join("".join(kept).split())


def _joined(words: list[str]) -> list[str]:
    """Put particles together with the word they belong to: "el sayed" -> "elsayed"."""
    out: list[str] = []
    pending = ""
    for word in words:
        if word in _PARTICLES:
            pending += word
        else:
            out.append(pending + word)
            pending = ""
    return [*out, pending] if pending else out


@lru_cache(maxsize=16_384)
def spelling(name: Name) -> Spelling | None:
    """Return the comparable form of a name; None for a street name or an empty one."""
    if name.kind is NameKind.NICKNAME:
        return None
    given = [word for word in fold(name.given).split() if word not in _TITLES]
    parts = _joined([word for word in fold(name.family).split() if word not in _TITLES])
    if not given and not parts:
        return None
    first = given[0] if given else ""
    family = "".join(parts)
    return Spelling(
        given=first,
        middle=frozenset(given[1:]),
        whole="".join(given),
        roots=roots(first),
        family=family,
        parts=frozenset(part for part in parts if len(part) >= SHORTEST_STEM),
        family_roots=roots(family),
        words=frozenset((*given, *parts)),
        doubted=name.kind in (NameKind.UNVERIFIED, NameKind.ALIAS),
    )


def postcode(text: str) -> str:
    """Return a postcode without space, in upper case."""
    return re.sub(r"[^A-Z0-9]", "", text.upper())


def district(code: str) -> str:
    """Return the part of a postcode before its last three characters."""
    return code[:-3] if len(code) > 4 else code


def _home(address: str) -> tuple[str, str]:
    """Return the numbers and the first word of the street of an address."""
    words = [word for word in fold(address).split() if word not in ("flat", "apartment", "room", "unit")]
    numbers = [word for word in words if word[0].isdigit()]
    street = next((word for word in words if word.isalpha() and len(word) >= SHORTEST_STEM), "")
    return "-".join(numbers), street


def _homes(profile: Profile, codes: list[str]) -> tuple[frozenset[str], frozenset[str]]:
    homes, streets = set(), set()
    for address in profile.addresses:
        numbers, street = _home(address)
        if street:
            streets.add(street)
        if numbers and street:
            homes.add(f"{numbers} {street}")
        if numbers:
            homes.update(f"{numbers} {code}" for code in codes)
    return frozenset(homes), frozenset(streets)


def _values(profile: Profile, kind: IdentifierKind) -> frozenset[str]:
    return frozenset(clean(found) for found in profile.identifiers if found.kind is kind) - {""}


def clean(identifier: Identifier) -> str:
    """Return an identifier's value as it is compared: letters and digits only."""
    return "".join(c for c in identifier.value.upper() if c.isalnum())


def _numbers(profile: Profile) -> list[Identifier]:
    own = (IdentifierKind.NOMINAL, IdentifierKind.PERSON, IdentifierKind.REFERENCE)
    return [found for found in profile.identifiers if found.kind in own and clean(found)]


def _phone(text: str) -> str:
    digits = re.sub(r"\D", "", text)
    return "0" + digits[2:] if digits.startswith("44") else digits


@lru_cache(maxsize=8_192)
def traits(profile: Profile) -> Traits:
    """Return what is comparable in a profile; equal profiles give equal traits."""
    known = {found for name in profile.names if (found := spelling(name))}
    spellings = sorted(known, key=lambda s: (s.doubted, not s.family, s.family, s.given, sorted(s.middle)))
    born = tuple(sorted(profile.born_on)[:MAX_BIRTHS])
    codes = sorted({code for text in profile.postcodes if (code := postcode(text))})[:MAX_POSTCODES]
    homes, streets = _homes(profile, codes)
    numbers = _numbers(profile)
    return Traits(
        ref=profile.ref,
        spellings=tuple(spellings[:MAX_NAMES]),
        born=born,
        born_digits=tuple(day.strftime("%Y%m%d") for day in born),
        birth_year=profile.approx_birth_year,
        sex=profile.sex.value if profile.sex else None,
        postcodes=frozenset(codes),
        districts=frozenset(district(code) for code in codes),
        homes=homes,
        streets=streets,
        phones=frozenset(_phone(text) for text in profile.phones) - {""},
        nhs=_values(profile, IdentifierKind.NHS),
        upn=_values(profile, IdentifierKind.UPN),
        numbers=frozenset(f"{found.kind}:{found.issuer}:{clean(found)}" for found in numbers),
        issuers=frozenset(
            f"{found.kind}:{found.issuer}" for found in numbers if found.kind is not IdentifierKind.REFERENCE
        ),
        households=frozenset(
            f"{found.issuer}:{clean(found)}"
            for found in profile.identifiers
            if found.kind is IdentifierKind.HOUSEHOLD
        ),
    )


@lru_cache(maxsize=200_000)
def sound(family: str) -> str:
    """Return how a family name sounds, so that spellings of one name share a key."""
    return str(jellyfish.metaphone(family)) or family


def swapped(day: date) -> date | None:
    """Return the date with day and month exchanged, where that is another date."""
    if day.day > 12 or day.day == day.month:
        return None
    return date(day.year, day.day, day.month)
