"""What becomes of a row of each export: whom it speaks of, which events, which critical moments?"""

from holdfast.chronology.terms import EventKind
from holdfast.feeds.adapters import ADAPTERS
from holdfast.feeds.mentions import READERS
from holdfast.feeds.tables import Column, Table
from holdfast.moments.kinds import DEFAULT_KINDS
from holdfast.moments.rules import RULES
from holdfast.moments.terms import MomentKind

from . import source

# What a reader of people states, by the name of the argument with which it does.
STATED = {
    "names": "name",
    "born_on": "date of birth",
    "approx_age": "about how old they are",
    "addresses": "address",
    "phones": "telephone number",
    "sex": "sex",
    "ethnicity": "ethnicity",
    "relationship": "what they are to the child",
}
NUMBERS = {
    "NHS": "NHS number",
    "UPN": "unique pupil number",
    "NOMINAL": "police person number",
    "PERSON": "the sender's own number for the person",
    "REFERENCE": "a reference (one person may have many)",
    "HOUSEHOLD": "the number of a household or family (shared, so never proof of one person)",
}
# What a rule may look at that only the adapter can give it.
FROM_THE_ADAPTER = {"code", "text", "ended_at", "area_code"}
LABELS = {kind.code: kind.label for kind in DEFAULT_KINDS}


def stated(table: Table) -> list[str]:
    """Return what the export says of the people it names."""
    reader = READERS[table.title]
    given = source.keywords(reader)
    if source.called(reader) & {"read_name", "named"}:
        given |= {"names"}
    numbers = source.members(reader, "IdentifierKind")
    numbers |= {
        kind for name, kind in (("upn", "UPN"), ("nhs_number", "NHS")) if name in source.called(reader)
    }
    return [words for name, words in STATED.items() if name in given] + [
        words for kind, words in NUMBERS.items() if kind in numbers
    ]


def events(table: Table) -> list[EventKind]:
    """Return the kinds of event that the export's rows can tell."""
    adapter = ADAPTERS.get(table.title)
    named = source.members(adapter, "EventKind") if adapter else set()
    return [kind for kind in EventKind if kind.name in named]


def moments(table: Table) -> list[MomentKind]:
    """Return the kinds of critical moment that can follow: their rule gets all that it looks at."""
    adapter = ADAPTERS.get(table.title)
    given = source.keywords(adapter) if adapter else set()
    return list(
        dict.fromkeys(
            kind
            for event in events(table)
            for rule in RULES.get(event, ())
            if source.members(rule, "facts") & FROM_THE_ADAPTER <= given
            for kind in MomentKind
            if kind.name in source.members(rule, "MomentKind")
        )
    )


def says(table: Table) -> str:
    """Return what the adapter says of itself, if it says anything."""
    adapter = ADAPTERS.get(table.title)
    return source.docstring(adapter) if adapter else ""


def opens_record(table: Table) -> bool:
    """Say whether a row that shows open work of the sender opens a child's record."""
    adapter = ADAPTERS.get(table.title)
    return bool(adapter) and "opens" in source.keywords(adapter)


def used_for(table: Table, column: Column) -> str:
    """Return for what a column's value is used, or that it is kept and no more."""
    reader, adapter = READERS[table.title], ADAPTERS.get(table.title)
    uses = {
        "which row": column.name in table.key,
        "which version": column.name == table.version,
        "who": source.reads(reader, column.name),
        "what happened": bool(adapter) and source.reads(adapter, column.name),
    }
    return ", ".join(use for use, holds in uses.items() if holds) or "kept as sent"
