"""Which records could be the same person as this one?  For the matcher's own eyes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from django.db import connection
from django.db.models import Q

from holdfast.linkage.models import Edge
from holdfast.linkage.rules import MAX_BLOCK, tokens
from holdfast.linkage.terms import Identifier, Name, Profile, Sex, Verdict
from holdfast.people.terms import IdentifierKind, NameKind

LONGEST_TOKEN = 120  # characters, as `models.Token` holds them

# One statement for all that is said about some records: a row a fact, told apart by `what`.
FACTS = """
WITH wanted(id) AS (SELECT unnest(%(keys)s::bigint[]))
SELECT record_id, 'name' AS what, kind AS a, given AS b, family AS c
    FROM people_recordname JOIN wanted ON record_id = wanted.id
UNION SELECT record_id, 'born', born_on::text, '', ''
    FROM people_recordbirthdate JOIN wanted ON record_id = wanted.id
UNION SELECT record_id, 'identifier', kind, issuer, value
    FROM people_recordidentifier JOIN wanted ON record_id = wanted.id
UNION SELECT record_id, 'address', postcode, text, ''
    FROM people_recordaddress JOIN wanted ON record_id = wanted.id
UNION SELECT record_id, 'phone', number, '', ''
    FROM people_recordphone JOIN wanted ON record_id = wanted.id
UNION SELECT record.id, 'record', sex, coalesce(approx_birth_year::text, ''), source || '|' || key
    FROM people_record AS record JOIN wanted ON record.id = wanted.id
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
    # Named by its source, so that ties are broken alike in every database.
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


def stored_tokens(profile: Profile) -> set[str]:
    """Return the keys by which a record is found, as the table of tokens holds them.  No SQL."""
    return {f"{token.kind}:{token.value}"[:LONGEST_TOKEN] for token in tokens(profile)}


def candidates(values: Iterable[str], but: int) -> set[int]:
    """Return the records that share a token, leaving out tokens that too many share.  One SQL query."""
    blocks: dict[str, list[int]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(BLOCKS, {"values": list(values), "most": MAX_BLOCK + 1})
        for value, key in cursor.fetchall():
            blocks[value].append(key)
    small = (keys for keys in blocks.values() if len(keys) <= MAX_BLOCK)
    return {key for keys in small for key in keys} - {but}


CONNECTED = """
WITH RECURSIVE near(key) AS (
    SELECT unnest(%(seeds)s::bigint[])
    UNION
    SELECT CASE WHEN edge.low_id = near.key THEN edge.high_id ELSE edge.low_id END
    FROM near JOIN linkage_edge AS edge ON (edge.low_id = near.key OR edge.high_id = near.key)
    WHERE edge.verdict = 'same'
)
SELECT other.id FROM people_record AS mine JOIN people_record AS other USING (person_id)
WHERE mine.id IN (SELECT key FROM near)
UNION SELECT key FROM near
"""


def connected(seeds: Iterable[int]) -> set[int]:
    """Return the records that hang together with these by "same" edges or by person.  One SQL query."""
    with connection.cursor() as cursor:
        cursor.execute(CONNECTED, {"seeds": list(seeds)})
        return {key for (key,) in cursor.fetchall()}


def neighbours(record: int) -> set[int]:
    """Return the records joined to this one by a "same" edge, as stored.  One SQL query."""
    same = Edge.objects.filter(verdict=Verdict.SAME)
    pairs = same.filter(Q(low=record) | Q(high=record)).values_list("low", "high")
    return {key for pair in pairs for key in pair} - {record}


def same_pairs(keys: Iterable[int]) -> list[tuple[int, int]]:
    """Return the pairs among these records that a "same" edge joins.  One SQL query."""
    held = list(keys)
    return list(
        Edge.objects.filter(low__in=held, high__in=held, verdict=Verdict.SAME).values_list("low", "high")
    )
