"""Which of these people could be meant by a name, a birth date, a postcode or a number?

Each part narrows: all that is given has to fit one person.  The indexes are in the migration "search";
none of them says how well anything fits, for nothing here is put in an order of likeness.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from holdfast.people.models import (
    Person,
    Record,
    RecordAddress,
    RecordBirthDate,
    RecordIdentifier,
    RecordName,
)

SHORTEST_BEGINNING = 3  # letters: the beginning of a name that narrows anything, our choice

NAMED = """
words && %s OR sounds && kit.sounds(%s) OR letters LIKE %s OR letters %%> %s
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for.  `names` holds each word with the forms it may stand for; `postcodes`
    are beginnings; `number` has no spaces or marks."""

    names: tuple[tuple[str, tuple[str, ...]], ...] = ()
    born_on: date | None = None
    postcodes: tuple[str, ...] = ()
    number: str = ""

    def __bool__(self) -> bool:
        return bool(self.names or self.born_on or self.postcodes or self.number)


def find(
    among: QuerySet[Person], wanted: Wanted, also: QuerySet[Any] | None = None, most: int = 100
) -> list[Person]:
    """Return people for whom all that is wanted fits, in no order.  One SQL query.

    `also` gives further records that answer to the number: those of events with this reference.
    """
    found = among
    for word, forms in wanted.names:
        found = found.filter(_has(RecordName.objects.filter(_named(word, forms))))
    if wanted.born_on:
        found = found.filter(_has(RecordBirthDate.objects.filter(born_on=wanted.born_on)))
    if wanted.postcodes or wanted.number:
        found = found.filter(_places_or_numbers(wanted, also))
    return list(found[:most])


def _named(word: str, forms: Sequence[str]) -> RawSQL:
    beginning = f"%{word}%" if len(word) >= SHORTEST_BEGINNING else word
    return RawSQL(NAMED, [list(forms), [word], beginning, word], output_field=BooleanField())


def _places_or_numbers(wanted: Wanted, also: QuerySet[Any] | None) -> Q:
    """What has letters and digits may be either, so either fits.

    Each set is looked up once, and asked of the child: open records are few, people are many.
    """
    fits = Q(pk__in=[])
    if wanted.postcodes:
        begins = Q()
        for code in wanted.postcodes:
            begins |= Q(postcode__startswith=code)
        fits |= Q(child__person__in=RecordAddress.objects.filter(begins).values("record__person"))
    if wanted.number:
        same = RawSQL("kit.bare(value) = %s", [wanted.number], output_field=BooleanField())
        fits |= Q(child__person__in=RecordIdentifier.objects.filter(same).values("record__person"))
        if also is not None:
            fits |= Q(child__person__in=Record.objects.filter(pk__in=also).values("person"))
    return fits


def _has(facts: QuerySet[Any]) -> Exists:
    return Exists(facts.filter(record__person=OuterRef("pk")))


@dataclass(frozen=True, slots=True)
class Said:
    """What the sources say of one person that a search may have found."""

    names: tuple[tuple[str, str, str], ...]  # kind, given, family
    postcodes: tuple[str, ...]
    numbers: tuple[tuple[str, str, str], ...]  # kind, value, issuer


def said_of(people: Sequence[Person]) -> dict[int, Said]:
    """Return by key what to show of why people were found.  Three SQL queries."""
    keys = [person.pk for person in people]
    names = _by_person(RecordName, keys, "kind", "given", "family")
    codes = _by_person(RecordAddress, keys, "postcode")
    numbers = _by_person(RecordIdentifier, keys, "kind", "value", "issuer")
    return {
        key: Said(
            names=tuple(names.get(key, ())),
            postcodes=tuple(code for (code,) in codes.get(key, ()) if code),
            numbers=tuple(numbers.get(key, ())),
        )
        for key in keys
    }


def _by_person(table: Any, keys: list[int], *columns: str) -> dict[int, list[tuple[Any, ...]]]:
    found: dict[int, list[tuple[Any, ...]]] = {}
    rows = table.objects.filter(record__person__in=keys).order_by("pk")
    for person, *values in rows.values_list("record__person", *columns):
        if tuple(values) not in found.setdefault(person, []):
            found[person].append(tuple(values))
    return found
