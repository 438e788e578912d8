"""Under which keys could a record's twin in another record be found?

Each profile yields a bounded set of blocking tokens that PostgreSQL can look up by equality.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date

from holdfast.linkage.rules import Spelling, Traits, sound, swapped, traits
from holdfast.linkage.terms import Profile, Token, TokenKind

MAX_TOKENS = 25  # our choice: a record with more is damaged, or is several people's

# Live matching leaves out a token held by more profiles than this: it narrows nothing (our choice).
# A true pair is still found by its other tokens.
MAX_BLOCK = 200

# Save for numbers: a child known for years has more records than that under one number, and all are hers.
IDENTITY_TOKENS = frozenset({TokenKind.NHS, TokenKind.UPN, TokenKind.NUMBER})
FEW_OF_A_NUMBER = 5  # records with which each is compared where a number has more than MAX_BLOCK


def tokens(profile: Profile) -> frozenset[Token]:
    """Return the keys under which a profile is found by others: at most `MAX_TOKENS`."""
    found = traits(profile)
    keys = [
        *_identity_tokens(found),
        *_birth_tokens(found, found.born),
        *_place_tokens(found),
        *_slip_tokens(found),
        *_held_by_name(found),
    ]
    return frozenset(list(dict.fromkeys(keys))[:MAX_TOKENS])


def sought(profile: Profile) -> frozenset[Token]:
    """Return the keys by which a profile finds others: of two of one person, each finds the other.

    What only one side need do is done here, for to hold a key costs more than to seek it.  A record with a
    date of birth is not held against everybody of its name: those born on another day are other people, and
    those of whom no more than the year is known, or not even that, it finds among themselves.
    """
    found = traits(profile)
    days = {day: None for born in found.born for day in (born, swapped(born)) if day}
    keys = [
        *_identity_tokens(found),
        *_birth_tokens(found, days),
        *_place_tokens(found),
        *_slip_tokens(found),
        *_sought_by_name(found),
    ]
    return frozenset(keys)


def _refs_by(
    profiles: Iterable[Profile], keys: Callable[[Profile], Iterable[Token]]
) -> dict[Token, list[str]]:
    """Return whose keys each token is among, in the order of their refs."""
    found: dict[Token, list[str]] = defaultdict(list)
    for profile in sorted(profiles, key=lambda profile: profile.ref):
        for token in keys(profile):
            found[token].append(profile.ref)
    return found


def candidate_pairs(profiles: Iterable[Profile]) -> set[tuple[str, str]]:
    """Return every pair of which one finds the other by a token, tokens that too many hold left out unless
    they are numbers."""
    everyone = list(profiles)
    holders = _refs_by(everyone, tokens)
    found: set[tuple[str, str]] = set()
    for token, seekers in _refs_by(everyone, sought).items():
        refs = holders.get(token, [])
        if len(refs) <= MAX_BLOCK:
            found.update((min(a, b), max(a, b)) for a in seekers for b in refs if a != b)
        elif token.kind in IDENTITY_TOKENS:
            found.update((a, b) for i, a in enumerate(refs) for b in refs[i + 1 : i + 1 + FEW_OF_A_NUMBER])
    return found


def _identity_tokens(found: Traits) -> list[Token]:
    """Numbers first: they are never cut off by the bound."""
    keys = [Token(TokenKind.NHS, value) for value in sorted(found.nhs)]
    keys += [Token(TokenKind.UPN, value[1:]) for value in sorted(found.upn)]  # the first is a check letter
    keys += [Token(TokenKind.NUMBER, value) for value in sorted(found.numbers)]
    return keys + [Token(TokenKind.PHONE, value) for value in sorted(found.phones)]


def _birth_tokens(found: Traits, days: Iterable[date]) -> list[Token]:
    """Keys with a whole date of birth."""
    keys = []
    for day in days:
        text = day.isoformat()
        for name in found.spellings:
            keys += [Token(TokenKind.BORN_FAMILY, f"{text} {sound(part)}") for part in _words(name)]
            keys += [Token(TokenKind.BORN_GIVEN, f"{text} {root}") for root in sorted(name.roots)[:2]]
    keys += [
        Token(TokenKind.BORN_POSTCODE, f"{born} {code}")
        for born in found.born
        for code in sorted(found.postcodes)
    ]
    return keys


def _words(name: Spelling) -> list[str]:
    """Return the family name, its parts, and the forename too: columns get exchanged."""
    return list(dict.fromkeys(word for word in (name.family, *sorted(name.parts), name.given) if word))


def _place_tokens(found: Traits) -> list[Token]:
    """Keys for records without a date of birth."""
    words = dict.fromkeys(
        sound(word) for name in found.spellings for word in (name.given, name.family) if word
    )
    return [
        Token(TokenKind.NAME_POSTCODE, f"{word} {code}") for code in sorted(found.postcodes) for word in words
    ]


def _whole(found: Traits) -> list[Spelling]:
    return [name for name in found.spellings if name.given and name.family]


_TWO_PARTS = (
    (TokenKind.NAME_BIRTH_MONTH, "%Y-%m"),
    (TokenKind.NAME_BIRTH_DAY, "%m-%d"),
    (TokenKind.NAME_BIRTH_YEAR_DAY, "%Y-*-%d"),
)


def _slip_tokens(found: Traits) -> list[Token]:
    """Keys for a date of birth of which one part is wrong."""
    return [
        Token(kind, f"{born.strftime(parts)} {sound(name.family)} {name.given[:1]}")
        for name in _whole(found)
        for born in found.born
        for kind, parts in _TWO_PARTS
    ]


def _held_by_name(found: Traits) -> list[Token]:
    """Keys by which a record is found that is known by a whole name, and perhaps a year of birth."""
    keys = []
    for full in _full_names(found):
        keys.append(Token(TokenKind.FULL_NAME, full))
        if not found.born:
            keys.append(Token(TokenKind.NAME_ONLY, full))
        for born in found.born:
            keys.append(Token(TokenKind.NAME_BIRTH_YEAR, f"{born:%Y} {full}"))
            if _is_year_only(born):
                keys.append(Token(TokenKind.NAME_YEAR_ONLY, f"{born:%Y} {full}"))
    return keys


def _sought_by_name(found: Traits) -> list[Token]:
    """Keys by which those are found of whom less is known, or by whom less is known everybody of the name."""
    keys = []
    for full in _full_names(found):
        keys.append(Token(TokenKind.NAME_ONLY if found.born else TokenKind.FULL_NAME, full))
        for born in found.born:
            kind = TokenKind.NAME_BIRTH_YEAR if _is_year_only(born) else TokenKind.NAME_YEAR_ONLY
            keys.append(Token(kind, f"{born:%Y} {full}"))
    return keys


def _full_names(found: Traits) -> list[str]:
    return [" ".join(sorted((sound(name.family), sound(name.given)))) for name in _whole(found)]


def _is_year_only(born: date) -> bool:
    return born.month == born.day == 1
