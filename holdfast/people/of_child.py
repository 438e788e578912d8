"""Who is one child, from all that the sources say, and whose records say it?

In one SQL query, for the pages about one child.  Callers pass a person whom `access.queries` let through.
"""

from collections import defaultdict
from typing import Any, NamedTuple

from django.db import connection

from holdfast.people.models import Person
from holdfast.people.queries import Identity, identity_of
from holdfast.people.rules import NameFact, best_birth_date
from holdfast.people.terms import NameKind


class Known(NamedTuple):
    identity: Identity
    sources: list[str]  # of each of the child's records, in order


SAID = """
SELECT 'name', said.given, said.family, said.kind, NULL::date, NULL::timestamptz
FROM people_record AS record JOIN people_recordname AS said ON said.record_id = record.id
WHERE record.person_id = %(person)s
UNION ALL
SELECT 'born', '', '', '', said.born_on, said.stated_at
FROM people_record AS record JOIN people_recordbirthdate AS said ON said.record_id = record.id
WHERE record.person_id = %(person)s
UNION ALL
SELECT 'source', source, '', '', NULL, NULL FROM people_record WHERE person_id = %(person)s
"""


def known_of(person: Person) -> Known:
    """Return who a child is; the person comes with their open record loaded.  One SQL query."""
    said: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(SAID, {"person": person.pk})
        for what, *values in cursor.fetchall():
            said[what].append(tuple(values))
    names = [NameFact(given, family, NameKind(kind)) for given, family, kind, *_ in said["name"]]
    born_on = best_birth_date([(day, at) for *_, day, at in said["born"]])
    sources = sorted(source for source, *_ in said["source"])
    return Known(identity_of(names, born_on, getattr(person, "child", None)), sources)
