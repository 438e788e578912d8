"""Which of these children could be meant by a name, a birth date, a postcode or a number?

Each part narrows: all that is given has to fit one child.  The indexes are in the migrations "search"
and "names of children"; none of them says how well anything fits, for nothing here is put in an order
of likeness.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Exists, OuterRef, Q, QuerySet, SmallIntegerField, Value
from django.db.models.expressions import RawSQL

from holdfast.people.models import (
    Person,
    Record,
    RecordBirthDate,
    RecordIdentifier,
)
from holdfast.people.queries import Identity, identity_of
from holdfast.people.rules import NameFact, best_birth_date
from holdfast.people.terms import NameKind

SHORTEST_BEGINNING = 3  # letters: the beginning of a name that narrows anything, our choice

# Each way of fitting by an index of its own: asked together, every name would be tried.
NAMED = """
SELECT person_id FROM people_childs_name WHERE words && %s
UNION SELECT person_id FROM people_childs_name WHERE sounds && kit.sounds(%s)
UNION SELECT person_id FROM people_childs_name WHERE letters LIKE %s
UNION SELECT person_id FROM people_childs_name WHERE letters %%> %s
"""

LIVED = "SELECT person_id FROM people_childs_postcode WHERE postcode LIKE %s"
CALLED_SO = """
(EXISTS (SELECT FROM people_childs_name AS own
         WHERE own.person_id = people_child.person_id AND own.words && %s))::int
"""

# All that sources say of some children, in the order in which it was written down.
SAID = """
SELECT record.person_id, fact.*
FROM people_record AS record, LATERAL (
    SELECT 'name' AS what, id, kind, given AS one, family AS other, NULL::date AS born_on, NULL::timestamptz
        FROM people_recordname WHERE record_id = record.id
    UNION ALL SELECT 'born', id, '', '', '', born_on, stated_at
        FROM people_recordbirthdate WHERE record_id = record.id
    UNION ALL SELECT 'home', id, '', postcode, '', NULL, NULL
        FROM people_recordaddress WHERE record_id = record.id AND postcode <> ''
    UNION ALL SELECT 'number', id, kind, value, issuer, NULL, NULL
        FROM people_recordidentifier WHERE record_id = record.id
) AS fact
WHERE record.person_id = ANY (%(people)s)
ORDER BY 1, 2, 3
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
    among: QuerySet[Person],
    ways: Sequence[Wanted],
    called: Callable[[str], QuerySet[Any]],
    most: int = 100,
) -> tuple[Wanted, list[Person]]:
    """Return children for whom all that is wanted fits, and what it was: the first of these ways in which
    anybody fits.  One SQL query.  `exact` says how many words are the very name: those come first.

    `called` gives further records that answer to a number: those of events with this reference.
    """
    asked = [
        _fitting(among, way, called(way.number) if way.number else None)
        .annotate(way=Value(number, output_field=SmallIntegerField()), exact=_exact(way))
        .order_by("-exact")[:most]
        for number, way in enumerate(ways)
    ]
    if not asked:
        return Wanted(), []
    found = list(asked[0].union(*asked[1:], all=True) if asked[1:] else asked[0])
    first = min((person.way for person in found), default=0)
    return ways[first], [person for person in found if person.way == first]


def _fitting(among: QuerySet[Person], wanted: Wanted, also: QuerySet[Any] | None) -> QuerySet[Any]:
    found = among.select_related("child")
    for word, forms in wanted.names:
        found = found.filter(child__person__in=_named(word, forms))
    if wanted.born_on:
        found = found.filter(_has(RecordBirthDate.objects.filter(born_on=wanted.born_on)))
    if wanted.postcodes or wanted.number:
        found = found.filter(_places_or_numbers(wanted, also))
    return found


def _exact(wanted: Wanted) -> RawSQL:
    """How many of the words are the very name: where more are alike than are read, those come first."""
    words = [[word] for word, _ in wanted.names]
    return RawSQL(" + ".join([CALLED_SO] * len(words)) or "0", words, SmallIntegerField())


def _named(word: str, forms: Sequence[str]) -> RawSQL:
    beginning = f"%{word}%" if len(word) >= SHORTEST_BEGINNING else word
    return RawSQL(NAMED, [list(forms), [word], beginning, word])


def _places_or_numbers(wanted: Wanted, also: QuerySet[Any] | None) -> Q:
    """What has letters and digits may be either, so either fits."""
    fits = Q()
    if wanted.postcodes:
        begins = [f"{code}%" for code in wanted.postcodes]
        fits |= Q(child__person__in=RawSQL(" UNION ".join([LIVED] * len(begins)), begins))
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

    identity: Identity
    names: tuple[tuple[str, str, str], ...]  # kind, given, family
    postcodes: tuple[str, ...]
    numbers: tuple[tuple[str, str, str], ...]  # kind, value, issuer


def said_of(people: Sequence[Person]) -> dict[int, Said]:
    """Return by key who children are, and what to show of why they were found.  One SQL query."""
    told: dict[int, dict[str, list[tuple[Any, ...]]]] = {person.pk: defaultdict(list) for person in people}
    with connection.cursor() as cursor:
        cursor.execute(SAID, {"people": list(told)})
        for person, what, _, *values in cursor.fetchall():
            told[person][what].append(tuple(values))
    return {person.pk: _said(person, told[person.pk]) for person in people}


def _said(person: Person, facts: dict[str, list[tuple[Any, ...]]]) -> Said:
    names = [(kind, given, family) for kind, given, family, *_ in facts["name"]]
    return Said(
        identity=identity_of(
            [NameFact(given, family, NameKind(kind)) for kind, given, family in names],
            best_birth_date((born_on, at) for *_, born_on, at in facts["born"]),
            person.child,
        ),
        names=tuple(dict.fromkeys(names)),
        postcodes=tuple(dict.fromkeys(code for _, code, *_ in facts["home"])),
        numbers=tuple(dict.fromkeys((kind, value, issuer) for kind, value, issuer, *_ in facts["number"])),
    )
