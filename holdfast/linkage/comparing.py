"""How alike are two records, field by field?

Each comparison answers with one of a few levels, strongest first, or None where one side says nothing.
The levels are the model's; `training.py` states the same ones in SQL for Splink, and a test holds the
two equal.
"""

from datetime import date
from enum import StrEnum

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from holdfast.linkage.names import KNOWN
from holdfast.linkage.rules import SHORTEST_STEM, Spelling, Traits
from holdfast.linkage.terms import Field

CLOSE_FAMILY = 0.90  # Jaro-Winkler at or above which family names are spellings of one (our choice)
# Forenames are counted in slips instead: brothers and sisters are often given names that sound alike.
SHORTEST_CLOSE = 3  # letters: below, one slip makes another name
SHORTEST_WITHIN = 4  # letters of a forename found within another
LONG_FORENAME = 9  # letters: from here two slips are allowed
GENERATION_YEARS = 13  # born further apart than this: parent and child rather than a slip (our choice)
PLACEHOLDER = "0101"  # the first of January stands for "only the year is known"
AGE_SLACK_YEARS = 1  # an age in years leaves the birth year uncertain by one


class Level(StrEnum):
    """How two values compare."""

    SAME = "same"
    SAME_COMMON = "same, common name"
    EXCHANGED = "exchanged"
    VARIANT = "variant forename"
    CLOSE_GIVEN = "close forename"
    CLOSE_FAMILY = "close family name"
    CLOSE_BOTH = "both names close"
    INITIAL = "initial only"
    PARTIAL = "one name only, same"
    OTHER_FAMILY = "other family name"
    OTHER_GIVEN = "other forename"
    SLIP = "one slip"
    TWO_PARTS = "two parts of three"
    AGE_AGREES = "age agrees"
    AGE_DIFFERS = "age differs"
    GENERATION = "a generation apart"
    HOME = "same home"
    POSTCODE = "same postcode"
    STREET = "same street"
    DISTRICT = "same district"
    DIFFERENT = "different"


LEVELS: dict[Field, tuple[Level, ...]] = {
    Field.NHS: (Level.SAME, Level.SLIP, Level.DIFFERENT),
    Field.UPN: (Level.SAME, Level.SLIP, Level.DIFFERENT),
    Field.NUMBER: (Level.SAME, Level.DIFFERENT),
    Field.NAME: (
        Level.SAME,
        Level.SAME_COMMON,
        Level.EXCHANGED,
        Level.VARIANT,
        Level.CLOSE_GIVEN,
        Level.CLOSE_FAMILY,
        Level.CLOSE_BOTH,
        Level.INITIAL,
        Level.PARTIAL,
        Level.OTHER_FAMILY,
        Level.OTHER_GIVEN,
        Level.DIFFERENT,
    ),
    Field.BORN: (
        Level.SAME,
        Level.EXCHANGED,
        Level.SLIP,
        Level.TWO_PARTS,
        Level.AGE_AGREES,
        Level.AGE_DIFFERS,
        Level.GENERATION,
        Level.DIFFERENT,
    ),
    Field.PLACE: (Level.HOME, Level.POSTCODE, Level.STREET, Level.DISTRICT, Level.DIFFERENT),
    Field.PHONE: (Level.SAME, Level.DIFFERENT),
    Field.SEX: (Level.SAME, Level.DIFFERENT),
}
_NAME_RANK = {level: rank for rank, level in enumerate(LEVELS[Field.NAME])}
_BORN_RANK = {level: rank for rank, level in enumerate(LEVELS[Field.BORN])}


def compare(a: Traits, b: Traits, common: frozenset[str]) -> dict[Field, Level]:
    """Return the level of every field on which both say something; `common`: family names many share."""
    found = {
        Field.NHS: _identifier(a.nhs, b.nhs),
        Field.UPN: _identifier(a.upn, b.upn),
        Field.NUMBER: _number(a, b),
        Field.NAME: name_level(a, b, common),
        Field.BORN: _born(a, b),
        Field.PLACE: _place(a, b),
        Field.PHONE: _overlap(a.phones, b.phones),
        Field.SEX: None if a.sex is None or b.sex is None else _same(a.sex == b.sex),
    }
    return {field: level for field, level in found.items() if level is not None}


def _same(same: bool) -> Level:
    return Level.SAME if same else Level.DIFFERENT


def _overlap(a: frozenset[str], b: frozenset[str]) -> Level | None:
    return _same(not a.isdisjoint(b)) if a and b else None


def _identifier(a: frozenset[str], b: frozenset[str]) -> Level | None:
    """Compare numbers that a person has once in life; one slip of the pen is no conflict."""
    if not a or not b:
        return None
    if not a.isdisjoint(b):
        return Level.SAME
    slip = any(DamerauLevenshtein.distance(x, y, score_cutoff=1) == 1 for x in a for y in b)
    return Level.SLIP if slip else Level.DIFFERENT


def _number(a: Traits, b: Traits) -> Level | None:
    """Compare numbers unique within a sender; two different ones of one sender count against."""
    if not a.numbers.isdisjoint(b.numbers):
        return Level.SAME
    return Level.DIFFERENT if not a.issuers.isdisjoint(b.issuers) else None


def name_level(a: Traits, b: Traits, common: frozenset[str]) -> Level | None:
    """Return the best level over every pair of the names of two records."""
    if not a.spellings or not b.spellings:
        return None
    levels = [_names(x, y, common) for x in a.spellings for y in b.spellings]
    return min(levels, key=_NAME_RANK.__getitem__)


def _names(a: Spelling, b: Spelling, common: frozenset[str]) -> Level:
    """Compare two names as wholes: forename and family name judged together."""
    if not (a.given and a.family and b.given and b.family):
        return _partial(a, b)
    if (a.given == b.given or a.whole == b.whole) and (a.family == b.family or a.words == b.words):
        return Level.SAME_COMMON if a.family in common and b.family in common else Level.SAME
    if a.words == b.words:  # the same words in other columns
        return Level.EXCHANGED
    given = given_level(a, b)
    family = _family(a, b)
    if family is not None:
        return _GIVEN_THEN_FAMILY[given, family]
    if given in (Level.SAME, Level.VARIANT) or a.given == b.family or a.family == b.given:
        return Level.OTHER_FAMILY
    return Level.CLOSE_BOTH if _close_exchanged(a, b) else Level.DIFFERENT


# What the two halves make together: (forename, family name).
_GIVEN_THEN_FAMILY = {
    (Level.SAME, Level.SAME): Level.SAME,
    (Level.VARIANT, Level.SAME): Level.VARIANT,
    (Level.CLOSE_GIVEN, Level.SAME): Level.CLOSE_GIVEN,
    (Level.INITIAL, Level.SAME): Level.INITIAL,
    (Level.DIFFERENT, Level.SAME): Level.OTHER_GIVEN,
    (Level.SAME, Level.CLOSE_FAMILY): Level.CLOSE_FAMILY,
    (Level.VARIANT, Level.CLOSE_FAMILY): Level.CLOSE_BOTH,
    (Level.CLOSE_GIVEN, Level.CLOSE_FAMILY): Level.CLOSE_BOTH,
    (Level.INITIAL, Level.CLOSE_FAMILY): Level.INITIAL,
    (Level.DIFFERENT, Level.CLOSE_FAMILY): Level.OTHER_GIVEN,
}


def _partial(a: Spelling, b: Spelling) -> Level:
    """Compare names of which one lacks a half: the words they share are all there is."""
    words_a, words_b = {a.given, a.family} - {""}, {b.given, b.family} - {""}
    return Level.PARTIAL if words_a & words_b or a.roots & b.roots else Level.DIFFERENT


def given_level(a: Spelling, b: Spelling) -> Level:
    """Compare forenames: two known names that are not forms of one are two names, however alike."""
    if a.given == b.given or a.whole == b.whole:
        return Level.SAME
    if a.roots & b.roots or a.given in b.middle or b.given in a.middle:
        return Level.VARIANT
    short, long = sorted((a.given, b.given), key=len)
    if len(short) == 1:
        return Level.INITIAL if long[0] == short else Level.DIFFERENT
    if len(short) >= SHORTEST_STEM and long.startswith(short):
        return Level.VARIANT
    if short in KNOWN and long in KNOWN:
        return Level.DIFFERENT
    if len(short) < SHORTEST_CLOSE:
        return Level.DIFFERENT
    if _run_together(a, b) or _run_together(b, a):
        return Level.VARIANT
    slips = 2 if len(short) >= LONG_FORENAME else 1
    near = DamerauLevenshtein.distance(short, long, score_cutoff=slips) <= slips
    return Level.CLOSE_GIVEN if near else Level.DIFFERENT


def _run_together(a: Spelling, b: Spelling) -> bool:
    """One forename begins or ends the other's forenames written as one word."""
    return len(a.given) >= SHORTEST_WITHIN and (b.whole.startswith(a.given) or b.whole.endswith(a.given))


def _family(a: Spelling, b: Spelling) -> Level | None:
    if a.family == b.family:
        return Level.SAME
    if not a.parts.isdisjoint(b.parts) or not a.family_roots.isdisjoint(b.family_roots):
        return Level.CLOSE_FAMILY
    close = JaroWinkler.similarity(a.family, b.family) >= CLOSE_FAMILY
    return Level.CLOSE_FAMILY if close else None


def _close_exchanged(a: Spelling, b: Spelling) -> bool:
    return (
        JaroWinkler.similarity(a.given, b.family) >= CLOSE_FAMILY
        and JaroWinkler.similarity(a.family, b.given) >= CLOSE_FAMILY
    )


def _born(a: Traits, b: Traits) -> Level | None:
    if a.born and b.born:
        pairs = zip(a.born, a.born_digits, strict=True)
        levels = [
            _dates(x, y, x_digits, y_digits)
            for x, x_digits in pairs
            for y, y_digits in zip(b.born, b.born_digits, strict=True)
        ]
        return min(levels, key=_BORN_RANK.__getitem__)
    years_a, years_b = birth_years(a), birth_years(b)
    if not years_a or not years_b:
        return None
    apart = min(abs(x - y) for x in years_a for y in years_b)
    return Level.AGE_AGREES if apart <= AGE_SLACK_YEARS else Level.AGE_DIFFERS


def birth_years(a: Traits) -> tuple[int, ...]:
    return tuple(day.year for day in a.born) or ((a.birth_year,) if a.birth_year else ())


def _dates(a: date, b: date, a_digits: str, b_digits: str) -> Level:
    if a == b:
        return Level.SAME
    if a.year == b.year and a.day == b.month and a.month == b.day:
        return Level.EXCHANGED
    if abs(a.year - b.year) >= GENERATION_YEARS:
        return Level.GENERATION
    if a.year == b.year and PLACEHOLDER in (a_digits[4:], b_digits[4:]):
        return Level.AGE_AGREES
    if DamerauLevenshtein.distance(a_digits, b_digits, score_cutoff=1) <= 1:
        return Level.SLIP
    alike = (a.year == b.year) + (a.month == b.month) + (a.day == b.day)
    return Level.TWO_PARTS if alike == 2 else Level.DIFFERENT


def _place(a: Traits, b: Traits) -> Level | None:
    if not (a.postcodes or a.homes or a.streets) or not (b.postcodes or b.homes or b.streets):
        return None
    if not a.homes.isdisjoint(b.homes) or not a.households.isdisjoint(b.households):
        return Level.HOME
    if not a.postcodes.isdisjoint(b.postcodes):
        return Level.POSTCODE
    if not a.streets.isdisjoint(b.streets):
        return Level.STREET
    return Level.DISTRICT if not a.districts.isdisjoint(b.districts) else Level.DIFFERENT
