"""How do a field's words come from `terms`?"""

from enum import StrEnum


def choices(terms: type[StrEnum]) -> list[tuple[str, str]]:
    """Return (value, words) pairs: `found_out_of_area` is shown as "Found out of area"."""
    return [(term.value, words(term)) for term in terms]


def words(term: str) -> str:
    """Return a term as people read it."""
    return str(term).replace("_", " ").capitalize()
