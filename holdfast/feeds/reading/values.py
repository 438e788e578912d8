"""What does a cell say, once spaces and marks nobody sees are gone?"""

import math
import re
import unicodedata
from decimal import Decimal, InvalidOperation

_KEPT_CONTROLS = {"\n", "\t"}
# Unicode categories: format, control, half a pair, private, unassigned.
UNSEEN = {"Cf", "Cc", "Cs", "Co", "Cn"}
_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_AGE = re.compile(
    r"^(?:approx\.?|about|c\.?|~)? ?(\d{1,3}) ?(?:\?|y(?:ea)?rs?\.?(?: old)?|yo)?$", re.IGNORECASE
)
_NUMBER = re.compile(r"^[-+]?(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,10})?$")
OLDEST_AGE = 120  # years; our choice


def clean(text: str) -> str:
    """Return text without letters nobody sees (joiners, direction marks, stray marks) and outer space."""
    if text.isascii() and text.isprintable():
        return text.strip()
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    seen = "".join(c for c in text if c in _KEPT_CONTROLS or unicodedata.category(c) not in UNSEEN)
    lines = [_SPACES.sub(" ", line).strip() for line in seen.split("\n")]
    return "\n".join(lines).strip()


def one_line(text: str) -> str:
    return " ".join(text.split())


def read_number(text: str) -> Decimal | None:
    """Return a number written with or without thousands commas or a pound sign; None if it is not one."""
    bare = text.removeprefix("£").strip()
    if not _NUMBER.match(bare):
        return None
    try:
        return Decimal(bare.replace(",", ""))
    except InvalidOperation:
        return None


def read_whole(text: str) -> int | None:
    value = read_number(text)
    return int(value) if value is not None and value == math.floor(value) else None


def read_age(text: str) -> int | None:
    """Return the years in "15", "15?", "14 yrs" or "approx 14"; None if it is no age."""
    found = _AGE.match(one_line(text))
    return int(found[1]) if found and int(found[1]) <= OLDEST_AGE else None
