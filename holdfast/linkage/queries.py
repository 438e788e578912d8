"""Which records could be the same person as this one?  For the matcher's own eyes."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db import connection

from holdfast.linkage.blocking import FEW_OF_A_NUMBER, IDENTITY_TOKENS, MAX_BLOCK, sought, tokens
from holdfast.linkage.models import Edge
from holdfast.linkage.terms import Identifier, Name, Profile, Sex, Token
from holdfast.people.terms import IdentifierKind, NameKind

LONGEST_TOKEN = 120  # characters, as `models.Token` holds them

# One statement for all that is said about some records: a row a fact, told apart by `what`.
FACTS = """
SELECT record_id, 'name' AS what, kind AS a, given AS b, family AS c
    FROM people_recordname WHERE record_id = ANY(%(keys)s)
UNION ALL SELECT record_id, 'born', born_on::text, '', ''
    FROM people_recordbirthdate WHERE record_id = ANY(%(keys)s)
UNION ALL SELECT record_id, 'identifier', kind, issuer, value
    FROM people_recordidentifier WHERE record_id = ANY(%(keys)s)
UNION ALL SELECT record_id, 'address', postcode, text, ''
    FROM people_recordaddress WHERE record_id = ANY(%(keys)s)
UNION ALL SELECT record_id, 'phone', number, '', ''
    FROM people_recordphone WHERE record_id = ANY(%(keys)s)
UNION ALL SELECT id, 'record', sex, coalesce(approx_birth_year::text, ''), source || '|' || key
    FROM people_record WHERE id = ANY(%(keys)s)
"""

BLOCKS = """
SELECT wanted.value, ARRAY(SELECT record_id FROM linkage_token WHERE value = wanted.value LIMIT %(most)s)
FROM unnest(%(values)s::text[]) AS wanted(value)
"""


def profiles(records: Iterable[int]) -> dict[int, Profile]:
    """Return what each record says, by key.  One SQL query, however many records."""
    keys = list(set(records))
    if not keys:
        return {}
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
    return {_stored(token) for token in tokens(profile)}


def sought_tokens(profile: Profile) -> set[str]:
    """Return the keys by which a record finds others, as the table of tokens holds them.  No SQL."""
    return {_stored(token) for token in sought(profile)}


def _stored(token: Token) -> str:
    return f"{token.kind}:{token.value}"[:LONGEST_TOKEN]


def candidates(wanted: Mapping[int, Collection[str]]) -> dict[int, set[int]]:
    """Return, by record, the others that hold one of the tokens it seeks.  One SQL query.

    Of a token that too many share none are taken, save of a number: its records are all one person's, so
    that a few of them stand for the rest.
    """
    with connection.cursor() as cursor:
        values = list(set().union(*wanted.values()))
        cursor.execute(BLOCKS, {"values": values, "most": MAX_BLOCK + 1})
        held = {value: _few(value, keys) for value, keys in cursor.fetchall() if keys}
    return {
        key: set().union(*(held[value] for value in sought if value in held)) - {key}
        for key, sought in wanted.items()
    }


def _few(value: str, keys: list[int]) -> list[int]:
    """Return the records with which those that seek this token are compared."""
    if len(keys) <= MAX_BLOCK:
        return keys
    return sorted(keys)[:FEW_OF_A_NUMBER] if value.partition(":")[0] in IDENTITY_TOKENS else []


CONNECTED = """
WITH RECURSIVE near(key) AS (
    SELECT unnest(%(seeds)s::bigint[])
    UNION
    SELECT other.key FROM near CROSS JOIN LATERAL (
        SELECT high_id AS key FROM linkage_edge WHERE low_id = near.key AND verdict = 'same'
        UNION ALL
        SELECT low_id FROM linkage_edge WHERE high_id = near.key AND verdict = 'same'
    ) AS other
)
SELECT id, person_id FROM people_record
WHERE person_id = ANY(ARRAY(SELECT person_id FROM people_record WHERE id = ANY(ARRAY(SELECT key FROM near))))
"""  # arrays, so that it is never taken for a large part of the table


def connected(seeds: Iterable[int]) -> dict[int, int]:
    """Return (record, its person) of all that hang together with these by "same" edges or by person.

    One SQL query.
    """
    with connection.cursor() as cursor:
        cursor.execute(CONNECTED, {"seeds": list(seeds)})
        return dict(cursor.fetchall())


EDGES = """
SELECT id, low_id, high_id, bits, verdict, model FROM linkage_edge WHERE low_id = ANY(%(records)s)
UNION SELECT id, low_id, high_id, bits, verdict, model FROM linkage_edge WHERE high_id = ANY(%(records)s)
"""


def edges_of(records: Collection[int]) -> dict[tuple[int, int], Edge]:
    """Return the edges of some records as stored, by the lower and the higher key.  One SQL query."""
    if not records:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(EDGES, {"records": list(records)})
        return {(row[1], row[2]): Edge(*row) for row in cursor.fetchall()}


JUDGED = """
SELECT DISTINCT ON (pair.low_id, pair.high_id) pair.low_id, pair.high_id, said.opinion = 'same'
FROM linkage_judgedpair AS pair JOIN linkage_judgement AS said ON said.id = pair.judgement_id
WHERE (pair.low_id = ANY(%(keys)s) OR pair.high_id = ANY(%(keys)s))
    AND said.taken_back_at IS NULL AND said.opinion <> 'not_sure'
ORDER BY pair.low_id, pair.high_id, said.at DESC, said.id DESC
"""


def judged_pairs(keys: Collection[int]) -> dict[tuple[int, int], bool]:
    """Return whether people say that two records are one person, for every judged pair with one of these.

    One SQL query.
    """
    with connection.cursor() as cursor:
        cursor.execute(JUDGED, {"keys": list(keys)})
        return {(low, high): same for low, high, same in cursor.fetchall()}


# Pairs of two persons' records that may be one, beside what is asked already.
OPEN = """
WITH open AS (
    SELECT edge.low_id, edge.high_id FROM (
        SELECT low_id, high_id FROM linkage_edge WHERE low_id = ANY(%(keys)s) AND verdict IN ('ask', 'same')
        UNION
        SELECT low_id, high_id FROM linkage_edge WHERE high_id = ANY(%(keys)s) AND verdict IN ('ask', 'same')
    ) AS edge
    JOIN people_record AS low ON low.id = edge.low_id JOIN people_record AS high ON high.id = edge.high_id
    WHERE low.person_id <> high.person_id
), asked AS (
    SELECT id, low_id, high_id FROM linkage_question WHERE low_id = ANY(%(keys)s) OR high_id = ANY(%(keys)s)
)
SELECT asked.id, open.low_id, open.high_id FROM open FULL JOIN asked USING (low_id, high_id)
WHERE open.low_id IS NULL OR asked.id IS NULL
"""


def questions_changed(keys: Collection[int]) -> tuple[list[int], list[tuple[int, int]]]:
    """Return the questions about these records that are settled, and the pairs to be asked about.

    One SQL query.
    """
    with connection.cursor() as cursor:
        cursor.execute(OPEN, {"keys": list(keys)})
        rows = cursor.fetchall()
    settled = [key for key, _, _ in rows if key is not None]
    return settled, [(low, high) for key, low, high in rows if key is None]


SAME = """
SELECT low_id, high_id FROM linkage_edge
WHERE low_id = ANY(%(keys)s) AND high_id = ANY(%(keys)s) AND verdict = 'same'
"""


def same_pairs(keys: Iterable[int]) -> list[tuple[int, int]]:
    """Return the pairs among these records that a "same" edge joins.  One SQL query."""
    with connection.cursor() as cursor:
        cursor.execute(SAME, {"keys": list(keys)})
        return cursor.fetchall()
