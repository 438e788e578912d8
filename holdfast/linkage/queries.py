"""Which records could be the same person as this one?  For the matcher's own eyes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from django.db import connection

from holdfast.linkage.rules import MAX_BLOCK
from holdfast.linkage.terms import Identifier, Name, Profile, Sex
from holdfast.people.terms import IdentifierKind, NameKind

# One statement for all that is said about some records: a row a fact, told apart by `what`.
FACTS = """
SELECT record_id, 'name' AS what, kind AS a, given AS b, family AS c FROM people_recordname WHERE record_id = ANY(%(keys)s)
UNION SELECT record_id, 'born', born_on::text, '', '' FROM people_recordbirthdate WHERE record_id = ANY(%(keys)s)
UNION SELECT record_id, 'identifier', kind, issuer, value FROM people_recordidentifier WHERE record_id = ANY(%(keys)s)
UNION SELECT record_id, 'address', postcode, text, '' FROM people_recordaddress WHERE record_id = ANY(%(keys)s)
UNION SELECT record_id, 'phone', number, '', '' FROM people_recordphone WHERE record_id = ANY(%(keys)s)
UNION SELECT id, 'record', sex, coalesce(approx_birth_year::text, ''), ref FROM people_record WHERE id = ANY(%(keys)s)
"""

BLOCKS = """
SELECT wanted.value, found.record_id
FROM unnest(%(values)s::text[]) AS wanted(value)
CROSS JOIN LATERAL (
    SELECT record_id FROM linkage_token WHERE value = wanted.value LIMIT %(most)s
) AS found
"""


def profiles(records: Iterable[int]) -> dict[int, Profile]:
    """Return what each record says, by key.  One SQL query, however many records."""
    keys = list(set(records))
    said: dict[int, dict[str, list[tuple[str, str, str]]]] = defaultdict(lambda: defaultdict(list))
    with connection.cursor() as cursor:
        cursor.execute(FACTS, {"keys": keys})
        for key, what, a, b, c in cursor.fetchall():
            said[key][what].append((a, b, c))
    return {key: _profile(said[key]) for key in keys if said[key]["record"]}


def _profile(said: Mapping[str, list[tuple[str, str, str]]]) -> Profile:
    sex, year, ref = said["record"][0]
    return Profile(
        ref=ref,
        source="",
        approx_birth_year=int(year) if year else None,
        names=frozenset(Name(given, family, NameKind(kind)) for kind, given, family in said["name"]),
        born_on=frozenset(date.fromisoformat(text) for text, _, _ in said["born"]),
        sex=Sex(sex) if sex in ("F", "M") else None,
        postcodes=frozenset(code for code, _, _ in said["address"] if code),
        addresses=frozenset(text for _, text, _ in said["address"] if text),
        phones=frozenset(number for number, _, _ in said["phone"]),
        identifiers=frozenset(
            Identifier(IdentifierKind(kind), issuer, value) for kind, issuer, value in said["identifier"]
        ),
    )


def candidates(tokens: Iterable[str], but: int) -> set[int]:
    """Return the records that share a token, leaving out tokens that too many share.  One SQL query."""
    blocks: dict[str, list[int]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(BLOCKS, {"values": list(tokens), "most": MAX_BLOCK + 1})
        for value, key in cursor.fetchall():
            blocks[value].append(key)
    small = (keys for keys in blocks.values() if len(keys) <= MAX_BLOCK)
    return {key for keys in small for key in keys} - {but}
