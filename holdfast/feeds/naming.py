"""By what do we know a row again, and the people it names?"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from holdfast.feeds.adapters import Row
from holdfast.feeds.mentions import Mention
from holdfast.feeds.tables import Table
from holdfast.people.rules import Facts
from holdfast.people.terms import IdentifierKind


def message_key(table: Table, values: Mapping[str, Any], la_code: str, path: str, number: str) -> str:
    """Return "table|la:reference": what the sender calls the row, within the authority that sent it.

    A row without its own reference is known by where it stood.
    """
    parts = [values.get(name) for name in table.key]
    own = "/".join("" if part is None else str(part) for part in parts)
    reference = own if any(part is not None for part in parts) else f"{path}#{number}"
    return f"{table.title}|{la_code}:{reference}"[:200] if la_code else f"{table.title}|{reference}"[:200]


def record_key(row: Row, mention: Mention) -> tuple[str, str]:
    """Return (source, key) of a named person's record: the sender's own person number where it has
    one, otherwise the row's reference and the part of the row that names them."""
    feed = row.table.partition("/")[0]
    for identifier in mention.identifiers:
        if identifier.kind == IdentifierKind.PERSON:
            return feed, f"{identifier.issuer}:{identifier.value}"[:160]
    return row.table, f"{row.key} {mention.field}"[:160]


def facts_of(row: Row, mention: Mention) -> Facts:
    """Return what a row says about a person, an age turned into the year of birth it stands for."""
    if mention.approx_age is None or mention.born_on:
        return mention.facts
    return replace(mention.facts, approx_birth_year=row.drop_on.year - mention.approx_age)
