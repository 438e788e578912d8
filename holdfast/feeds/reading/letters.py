"""Is a name written in letters that only look like ours, and what stands in a text that nobody sees?

A name that mixes alphabets in one word, or is wholly of letters that have a twin in ours, looks the same
and is found by nobody who types it.  The name is used as sent; somebody is asked to look.
"""

import re
import unicodedata
from functools import lru_cache

from holdfast.feeds.reading.values import UNSEEN

# Alphabets some of whose letters are drawn like Latin ones, and letters drawn as decoration.
_ALPHABETS = {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU"}
_DRESSED_UP = {"FULLWIDTH", "MATHEMATICAL", "CIRCLED", "SQUARED", "PARENTHESIZED"}
# Letters of other alphabets that are drawn as one of ours is (after Unicode's table of confusables).
_TWINS = frozenset(
    "АВЕЅІЈКМНОРСТХУҮԁԚԜѴавеѕіјкмнорстхуүһԛԝѵґ"  # Cyrillic
    "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹϳαικνορτυχϲγ"  # Greek
    "ՏՍՕսօցհոզ"  # Armenian
)
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")


def look_alike(name: str) -> str:
    """Return what is wrong with the letters of a name, to follow the name of its column; usually nothing."""
    if name.isascii():
        return ""
    for word in _WORD.findall(name):
        wrong = _wrong_with(word)
        if wrong:
            return wrong
    return ""


@lru_cache(maxsize=4_096)  # our choice: the names of a town that are not plain
def _wrong_with(word: str) -> str:
    letters = [letter for letter in word if unicodedata.category(letter) in {"Lu", "Ll", "Lt", "Lo"}]
    alphabets = {alphabet for letter in letters if (alphabet := _alphabet(letter))}
    if "decorated" in alphabets:
        return "is written in decorated letters that only look like plain ones"
    if len(alphabets) > 1:
        names = " and ".join(sorted(alphabet.title() for alphabet in alphabets))
        return f"mixes {names} letters that look alike in one name"
    if alphabets and alphabets != {"LATIN"} and all(letter in _TWINS for letter in letters):
        return f"is written in {next(iter(alphabets)).title()} letters that look like ours"
    return ""


def _alphabet(letter: str) -> str:
    name = unicodedata.name(letter, "").partition(" ")[0]
    return "decorated" if name in _DRESSED_UP else name if name in _ALPHABETS else ""


def shown_plainly(text: str) -> str:
    """Return a text with a sign like [U+202E] for each mark in it that nobody sees."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        letter if letter in "\r\n\t" or not _is_unseen(letter) else _sign(letter) for letter in text
    )


def _is_unseen(letter: str) -> bool:
    return unicodedata.category(letter) in UNSEEN


def _sign(letter: str) -> str:
    return f"[U+{ord(letter):04X}]"
