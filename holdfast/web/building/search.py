"""Whom may this reader see that these words could mean, and why was each found?"""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.conf import settings
from rapidfuzz.distance import JaroWinkler

from holdfast.access.queries import people_for
from holdfast.audit.commands import record_shown
from holdfast.chronology.queries import records_in
from holdfast.linkage.rules import fold, sound
from holdfast.people.models import Person, Practitioner
from holdfast.people.queries import Identity
from holdfast.people.searching import Said, Wanted, find, said_of
from holdfast.people.terms import IdentifierKind, NameKind
from holdfast.web import asked, links
from holdfast.web.building.of_child import age_words
from holdfast.web.clocks import LONDON
from holdfast.web.parts import Row

MOST = 50  # on one page; beyond that the words are too few to find anyone, our choice
READ = 2 * MOST  # looked at more closely: of those whose names only seem alike some drop out
ALIKE = 0.75  # Jaro-Winkler: below this two words that share a sound are two names, our choice

NUMBERS = {
    IdentifierKind.NHS: "NHS number",
    IdentifierKind.UPN: "Unique pupil number",
    IdentifierKind.NOMINAL: "Police person number",
    IdentifierKind.PERSON: "An agency’s own person number",
    IdentifierKind.REFERENCE: "Reference",
    IdentifierKind.HOUSEHOLD: "Household",
}
REFERENCES = {"police": "Custody reference"}
KINDS = {
    NameKind.KNOWN_AS: "known as",
    NameKind.PREVIOUS: "called before",
    NameKind.ALIAS: "name once given",
    NameKind.UNVERIFIED: "name given",
    NameKind.NICKNAME: "nickname",
    NameKind.SPOKEN: "as somebody said it",
}


@dataclass(frozen=True)
class Found:
    rows: list[Row]
    count: str
    is_cut: bool
    refs: list[str]  # of the rows, in their order


def search(by: Practitioner, text: str, now: datetime) -> Found:
    """Return the people found, by name.  Four SQL queries, however many are found."""
    wanted, people = _find(by, text, now)
    said = said_of(people)
    why = {person.pk: _why(wanted, said[person.pk]) for person in people}
    kept = [person for person in people if why[person.pk]]
    kept.sort(key=lambda person: (said[person.pk].identity.full_name.casefold(), person.ref))
    closest = set(sorted(kept, key=lambda person: -person.exact)[:MOST])  # type: ignore[attr-defined]
    shown = [person for person in kept if person in closest]
    refs = [person.ref for person in shown]
    record_shown(by=by, act="web.search", at=now, refs=refs, about=digest(text))
    rows = [_row(person, said[person.pk].identity, why[person.pk], now) for person in shown]
    is_cut = len(kept) > MOST or len(people) == READ
    return Found(rows, _count(len(rows)), is_cut, refs)


def _find(by: Practitioner, text: str, now: datetime) -> tuple[Wanted, list[Person]]:
    """Take all as one number, and if nobody has that, each part for itself."""
    parts = asked.read(text, now.astimezone(LONDON).date())
    ways = list(dict.fromkeys(wanted for wanted in (asked.whole_number(text), parts) if wanted))
    return find(people_for(by, now), ways, partial(records_in, by), most=READ)


def digest(text: str) -> str:
    """Return what the audit keeps of the words: the same for the same words, readable by nobody."""
    words = " ".join(fold(text).split()).encode()
    return hmac.new(settings.SECRET_KEY.encode(), words, hashlib.sha256).hexdigest()[:40]


def _row(person: Person, identity: Identity, why: list[str], now: datetime) -> Row:
    return Row(
        title=identity.full_name,
        url=links.child(person.ref),
        age=age_words(identity, now),
        about=". ".join(why) + ".",
    )


def _count(number: int) -> str:
    return f"{number} {'person' if number == 1 else 'people'} found, by name"


def _why(wanted: Wanted, said: Said) -> list[str]:
    """Return in words what fits; nothing where a name only looked as if it might."""
    reasons = []
    for word, forms in wanted.names:
        reason = _name_reason(word, forms, said.names)
        if not reason:
            return []
        reasons.append(reason)
    if wanted.born_on:
        born = wanted.born_on
        same = said.identity.born_on == born
        reasons.append(f"{'Born' if same else 'One source says born'} {born.day} {born:%B %Y}")
    reasons += _code_reasons(wanted, said)
    return list(dict.fromkeys(reasons))


def _name_reason(word: str, forms: Sequence[str], names: Sequence[tuple[str, str, str]]) -> str:
    """Return the plainest reason for which a word fits any of a person's names."""
    found = [
        reason
        for kind, given, family in names
        for part, where in ((given, "first name"), (family, "family name"))
        if part and (reason := _part_reason(word, forms, kind, part, where))
    ]
    return min(found, default=(0, ""))[1]


def _part_reason(word: str, forms: Sequence[str], kind: str, part: str, where: str) -> tuple[int, str] | None:
    words = fold(part).split()
    whole = "".join(words)
    note = f" ({KINDS[NameKind(kind)]})" if NameKind(kind) in KINDS else ""
    if word in words or word == whole:
        return (0 if not note else 1, f"Same {where}{f': {part}{note}' if note else ''}")
    if any(form in words or form == whole for form in forms):
        return 2, f"A form of the same {where}: {part}{note}"
    if len(word) >= 3 and any(one.startswith(word) for one in [*words, whole]):
        return 3, f"The {where} begins so: {part}{note}"
    if any(_sounds_alike(word, one) for one in [*words, whole]):
        return 4, f"Same sounding {where}: {part}{note}"
    if any(JaroWinkler.similarity(word, one) >= NEARLY for one in [*words, whole]):
        return 5, f"A {where} spelt nearly alike: {part}{note}"
    return None


NEARLY = 0.9  # Jaro-Winkler: one slip in a name of usual length, our choice


def _sounds_alike(word: str, other: str) -> bool:
    return (sound(word) == sound(other) or _near_sound(word, other)) and (
        JaroWinkler.similarity(word, other) >= ALIKE
    )


def _near_sound(word: str, other: str) -> bool:
    """Both ways of sounding agree only in the database; here a name without its vowels stands for it."""
    bare = [sound(text.replace("ph", "f").replace("th", "t")) for text in (word, other)]
    return bare[0] == bare[1]


def _code_reasons(wanted: Wanted, said: Said) -> list[str]:
    reasons = [
        f"Known at {code}"
        for code in said.postcodes
        if wanted.postcodes and code.startswith(wanted.postcodes)
    ]
    numbers = [
        f"{_number_words(kind, issuer)} {value}"
        for kind, value, issuer in said.numbers
        if wanted.number and _bare(value) == wanted.number
    ]
    if wanted.number and not numbers and not reasons:
        return [f"Named in what an agency sent under reference {wanted.number}"]
    return numbers + reasons


def _number_words(kind: str, issuer: str) -> str:
    if kind == IdentifierKind.REFERENCE:
        return REFERENCES.get(issuer, "Reference")
    return NUMBERS[IdentifierKind(kind)]


def _bare(value: str) -> str:
    return "".join(mark for mark in value.upper() if mark.isascii() and mark.isalnum())
