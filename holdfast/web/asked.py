"""What can the words in the search box mean: names, a date of birth, part of a postcode, a number?"""

import re
from datetime import date

from holdfast.feeds.reading.dates import NotRead, read_date
from holdfast.feeds.terms import DateStyle
from holdfast.linkage.names import forms_of
from holdfast.linkage.rules import fold
from holdfast.people.searching import Wanted

LONGEST = 200  # characters read, our choice
MOST_NAMES = 5  # words of a name read, our choice
LONGEST_DATE = 4  # words: "Sunday 27 March 2011"
POSTCODE_BEGINS = re.compile(r"^([A-Z]{1,2}[0-9][A-Z0-9]?)(?: ?([0-9][A-Z]{0,2}))?$")
RUN_TOGETHER = re.compile(r"^(\d{2})(\d{2})(\d{4}|\d{2})$")
HAS_YEAR = re.compile(r"(\d{4}|[^\d]\d{2})$|^\d{4}\D")


def read(text: str, today: date) -> Wanted:
    """Return what is looked for.  A date is taken out first, then what has digits; the rest are names."""
    words = text[:LONGEST].replace(",", " ").split()
    born_on, words = _take_date(words, today)
    coded = [word for word in words if any(mark.isdigit() for mark in word)]
    names = [fold(word) for word in words if word not in coded]
    whole = " ".join(word for word in words if word in coded).upper()
    return Wanted(
        names=tuple((name, forms_of(name)) for name in _split(names)[:MOST_NAMES]),
        born_on=born_on,
        postcodes=_postcodes(whole),
        number="".join(mark for mark in whole if mark.isalnum()),
    )


def whole_number(text: str) -> Wanted:
    """Return all that was typed as one number: "EX 2291" is a reference, and nobody is called EX."""
    marks = "".join(mark for mark in text[:LONGEST].upper() if mark.isascii() and mark.isalnum())
    return Wanted(number=marks if any(mark.isdigit() for mark in marks) else "")


def _take_date(words: list[str], today: date) -> tuple[date | None, list[str]]:
    """Return the date among the words, the longest first, and the words without it."""
    for length in range(min(LONGEST_DATE, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            found = _date(" ".join(words[start : start + length]), today)
            if found:
                return found, words[:start] + words[start + length :]
    return None, words


def _date(text: str, today: date) -> date | None:
    text = re.sub(r"\bof\b ?", "", text)
    together = RUN_TOGETHER.match(text)
    if together:
        text = "/".join(together.groups())
    # A number alone is no date, and neither is a day without a year.
    if text.isdigit() or not HAS_YEAR.search(text):
        return None
    try:
        found = read_date(text, DateStyle.TYPED_BY_HAND, today)
    except NotRead:
        return None
    return found if found <= today else None


def _split(names: list[str]) -> list[str]:
    return [part for name in names for part in name.split() if part]


def _postcodes(text: str) -> tuple[str, ...]:
    """Return the beginnings of postcodes that this may stand for: "NM6" may be NM6 or the first of NM6 9."""
    found = POSTCODE_BEGINS.match(text)
    if found is None:
        return ()
    if found[2]:
        return (f"{found[1]} {found[2]}",)
    return (f"{found[1]} ", *_shorter(found[1]))


def _shorter(text: str) -> tuple[str, ...]:
    """NM69 may be the district NM69, or NM6 and the first figure behind the space."""
    if len(text) > 3 and text[-2:].isdigit():
        return (f"{text[:-1]} {text[-1]}",)
    return ()
