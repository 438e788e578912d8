"""Who is someone, from all that the sources say?

These reads answer for people already found to be visible: callers pass people that
`access.queries` let through, or work as a system actor.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import Case, F, OuterRef, QuerySet, SmallIntegerField, Subquery, Value, When
from django.db.models.functions import Concat, Lower

from holdfast.audit.terms import System
from holdfast.people.models import (
    Child,
    FamilyTie,
    Person,
    Record,
    RecordAddress,
    RecordBirthDate,
    RecordName,
)
from holdfast.people.rules import NAME_ORDER, NameFact, age_on, best_birth_date, best_name
from holdfast.people.terms import NameKind


@dataclass(frozen=True, slots=True)
class Identity:
    """How a person is called and how old they are; empty where no source says."""

    name: str
    full_name: str
    born_on: date | None
    pronouns: str = ""

    def age(self, day: date) -> int | None:
        return age_on(self.born_on, day) if self.born_on else None


NOBODY = Identity(name="Name not known", full_name="Name not known", born_on=None)


# Every name and birth date that sources give of some people, and what a child asks to be called.
SAID = """
SELECT record.person_id, fact.* FROM people_record AS record, LATERAL (
    SELECT 'name', given, family, kind, NULL::date, NULL::timestamptz
        FROM people_recordname WHERE record_id = record.id
    UNION ALL SELECT 'born', '', '', '', born_on, stated_at
        FROM people_recordbirthdate WHERE record_id = record.id
) AS fact WHERE record.person_id = ANY (%(people)s)
UNION ALL SELECT person_id, 'asked', preferred_name, pronouns, '', NULL, NULL
FROM people_child WHERE person_id = ANY (%(people)s)
"""


def identities(people: Iterable[int]) -> dict[int, Identity]:
    """Return each person's identity by key.  One SQL query, however many people."""
    keys = set(people)
    names: dict[int, list[NameFact]] = defaultdict(list)
    born: dict[int, list[tuple[date, datetime]]] = defaultdict(list)
    asked: dict[int, tuple[str, str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(SAID, {"people": list(keys)})
        for person, what, one, other, kind, born_on, at in cursor.fetchall():
            if what == "name":
                names[person].append(NameFact(one, other, NameKind(kind)))
            elif what == "born":
                born[person].append((born_on, at))
            else:
                asked[person] = one, other
    return {key: _identity(names[key], best_birth_date(born[key]), *asked.get(key, ())) for key in keys}


def birth_dates(people: Iterable[int]) -> dict[int, date]:
    """Return the birth date of each person for whom any source gives one.  One SQL query."""
    said = defaultdict(list)
    rows = RecordBirthDate.objects.filter(record__person__among=set(people))
    for person, born_on, at in rows.values_list("record__person", "born_on", "stated_at"):
        said[person].append((born_on, at))
    return {person: born for person, dates in said.items() if (born := best_birth_date(dates))}


def identity_of(names: list[NameFact], born_on: date | None, child: Child | None) -> Identity:
    """Return how someone is called, from every name and birth date given; no query."""
    if child is None:
        return _identity(names, born_on)
    return _identity(names, born_on, child.preferred_name, child.pronouns)


def _identity(
    names: list[NameFact], born_on: date | None, preferred: str = "", pronouns: str = ""
) -> Identity:
    best = best_name(names)
    if best is None and not preferred:
        return Identity(NOBODY.name, NOBODY.full_name, born_on)
    first = preferred or (best.given or best.family if best else "")
    whole = str(best) if best else preferred
    return Identity(first, whole, born_on, pronouns)


def records_of(names: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Record]:
    """Return the records that sources know by these (source, key).  One SQL query, however many."""
    wanted = set(names)
    sources, keys = {source for source, _ in wanted}, {key for _, key in wanted}
    found = Record.objects.select_related("person").filter(source__in=sources, key__in=keys)
    return {name: record for record in found if (name := (record.source, record.key)) in wanted}


def dated_homes(people: Iterable[int]) -> dict[int, list[tuple[date, date | None, str]]]:
    """Return (from, until, postcode) of each address that a source gives with dates, the latest first.

    One SQL query.  An address without dates says where someone was once known, not where they lived.
    """
    homes: dict[int, list[tuple[date, date | None, str]]] = defaultdict(list)
    rows = RecordAddress.objects.filter(record__person__in=set(people), starts_on__isnull=False)
    for person, starts_on, ends_on, postcode in (
        rows.exclude(postcode="")
        .order_by("-starts_on", "pk")
        .values_list("record__person", "starts_on", "ends_on", "postcode")
    ):
        if starts_on is not None:  # as asked above, which its type does not tell
            homes[person].append((starts_on, ends_on, postcode))
    return homes


def by_name(people: QuerySet[Person]) -> QuerySet[Person]:
    """Return people in the order of the name that their sources' own records give; no query of its own."""
    formal = [When(kind=kind, then=number) for number, kind in enumerate(NAME_ORDER)]
    names = RecordName.objects.filter(record__person=OuterRef("pk"))
    names = names.annotate(rank=Case(*formal, output_field=SmallIntegerField()))
    listed = names.annotate(whole=Lower(Concat("given", Value(" "), "family"))).order_by("rank", "whole")
    return people.annotate(listed_as=Subquery(listed.values("whole")[:1])).order_by("listed_as", "ref")


@dataclass(frozen=True, slots=True)
class StatedTie:
    """One export says that `other` is this to `person`; both by reference."""

    kind: str
    person: str
    other: str
    source: str


def every_tie(by: System) -> Iterator[StatedTie]:
    """Yield every family tie once for each export that states it, for the export.  One SQL query.

    Ties between records that turned out to be one person's are left out.
    """
    ties = FamilyTie.objects.exclude(record__person=F("other__person"))
    ends = ("kind", "record__person__ref", "other__person__ref", "stated_by")
    for tie in ties.order_by(*ends[1:3], "kind", "stated_by").values_list(*ends).distinct():
        yield StatedTie(*tie)


def every_record(by: System) -> Iterator[tuple[str, str, str]]:
    """Yield (person, record, source) by reference, for the export.  Streams; one SQL query."""
    ends = ("person__ref", "ref", "source")
    yield from Record.objects.order_by(*ends[:2]).values_list(*ends).iterator(chunk_size=2000)
