"""Which name does a person give, write or shout into a form?

Surnames in capitals become readable, nicknames come apart from names, and what is not a name
("did not give") is none.
"""

import re
from dataclasses import dataclass

from holdfast.people.rules import NameFact
from holdfast.people.terms import NameKind

LONGEST_NAME = 120  # characters kept of a part of a name

_NO_NAME = {
    "", "?", "-", "n/a", "n/k", "nk", "anon", "anonymous", "did not give", "not given", "name withheld",
    "no name", "none", "not known", "refused", "unknown", "unknown male", "unknown female", "withheld",
}  # fmt: skip
_PARTICLES = {
    "al",
    "bin",
    "bint",
    "da",
    "de",
    "del",
    "der",
    "di",
    "dos",
    "du",
    "el",
    "ibn",
    "la",
    "le",
    "van",
    "von",
}
_AKA = re.compile(r"\b(?:aka|a\.k\.a\.|known as|goes by|nickname)\b[: ]*", re.IGNORECASE)
_QUOTED = re.compile(
    r"""\(\s*['"‘’“”]?([^()'"‘’“”]+)['"‘’“”]?\s*\)|["“”]([^"“”]+)["“”]|(?<!\w)['‘]([^'’]+)['’](?!\w)"""
)
# A letter keeps the marks above it.
_WORD = re.compile(r"[^\W\d_][^\W\d_\u0300-\u036f]*(?:[\u0300-\u036f]+[^\W\d_]*)*")
_MC = re.compile(r"^Mc([^\W\d_]{2,})$")


@dataclass(frozen=True, slots=True)
class NameRead:
    given: str = ""
    family: str = ""
    initial: str = ""  # of a surname given as one letter
    nicknames: tuple[str, ...] = ()

    def facts(self, kind: NameKind) -> tuple[NameFact, ...]:
        whole = (NameFact(self.given, self.family, kind),) if self.given or self.family else ()
        return whole + tuple(NameFact(nickname, "", NameKind.NICKNAME) for nickname in self.nicknames)


def tidy(text: str) -> str:
    """Return one part of a name on one line, capitals and small letters as they are usually written.

    A note typed under the name is not part of it.
    """
    line = " ".join((text or "").partition("\n")[0].split())[: 2 * LONGEST_NAME]
    # Cut last: a letter may become two, and what is cut may end in a space.
    return _WORD.sub(lambda found: _cased(found[0]), line)[:LONGEST_NAME].strip()


def _cased(word: str) -> str:
    """Change only words all in capitals or all in small letters: somebody who wrote both meant both."""
    if word in _PARTICLES or len(word) == 1 or not (word.isupper() or word.islower()):
        return word
    word = word.capitalize()
    return _MC.sub(lambda found: "Mc" + found[1].capitalize(), word)


def is_no_name(text: str) -> bool:
    return " ".join(text.casefold().split()) in _NO_NAME


def read_name(text: str, known_family: str = "") -> NameRead:
    """Return the parts of a name in one piece: "Nate SUTCLIFFE", "NAYLOR, Reece" or "Kofi ('Fizz')".

    `known_family` is the surname of the household: where the name ends in it, all of it is the surname.
    """
    text = text.partition("\n")[0]
    quoted = [tidy(next(filter(None, found.groups()))) for found in _QUOTED.finditer(text)]
    nicknames = tuple(name for name in quoted if name)
    rest = _QUOTED.sub(" ", text)
    rest, *aliases = _AKA.split(rest)
    nicknames += tuple(name for alias in aliases if (name := tidy(alias.strip(" ,;"))))
    rest = rest.strip(" ,;-")
    if is_no_name(rest):
        return NameRead(nicknames=nicknames)
    given, family = _two_parts(rest, known_family)
    if len(family.strip(".")) == 1:
        return NameRead(given, "", family.strip(".").upper(), nicknames)
    return NameRead(given, family, "", nicknames)


def _two_parts(text: str, known_family: str) -> tuple[str, str]:
    family, comma, given = text.partition(",")
    if comma:
        return tidy(given), tidy(family)
    words, known = tidy(text).split(), tidy(known_family).split()
    if known and len(words) > len(known) and words[-len(known) :] == known:
        return " ".join(words[: -len(known)]), " ".join(known)
    if len(words) < 2:
        return "".join(words), ""
    start = len(words) - 1
    while start > 1 and words[start - 1].casefold() in _PARTICLES:
        start -= 1
    return " ".join(words[:start]), " ".join(words[start:])
