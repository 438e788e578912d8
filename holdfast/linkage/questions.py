"""Which pairs of persons might be one, and what have people said of them?  For `who_is_who` to show.

These reads do not ask who reads: callers let through what a reader may see.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from django.db import connection

from holdfast.linkage.models import JudgedPair, Judgement


class Waiting(NamedTuple):
    """Two persons of whom nobody has said whether they are one, by their two records that are most alike."""

    ref: str
    low: int  # key of a record
    high: int
    one: int  # key of the person of `low`
    other: int
    asked_at: datetime  # since when the two persons wait for an answer
    unsure: str  # who is not sure, and asks for a second opinion
    unsure_why: str


# A question about two adults waits until one of them is a child's: nobody has business with them now.
WAITING = """
WITH apart AS (
    SELECT DISTINCT least(low.person_id, high.person_id) AS one,
        greatest(low.person_id, high.person_id) AS other
    FROM linkage_judgedpair AS pair JOIN linkage_judgement AS said ON said.id = pair.judgement_id
    JOIN people_record AS low ON low.id = pair.low_id JOIN people_record AS high ON high.id = pair.high_id
    WHERE said.opinion = 'different' AND said.taken_back_at IS NULL
), asked AS (
    SELECT question.ref, question.low_id, question.high_id, question.asked_at, edge.bits,
        low.person_id AS low_person, high.person_id AS high_person,
        least(low.person_id, high.person_id) AS one, greatest(low.person_id, high.person_id) AS other
    FROM linkage_question AS question
    JOIN people_record AS low ON low.id = question.low_id
    JOIN people_record AS high ON high.id = question.high_id
    JOIN linkage_edge AS edge ON (edge.low_id, edge.high_id) = (question.low_id, question.high_id)
    WHERE low.person_id IN (SELECT person_id FROM people_child)
        OR high.person_id IN (SELECT person_id FROM people_child)
)
SELECT DISTINCT ON (one, other) ref, low_id, high_id, low_person, high_person,
    min(asked_at) OVER (PARTITION BY one, other), coalesce(unsure.name, ''), coalesce(unsure.why, '')
FROM asked LEFT JOIN LATERAL (
    SELECT worker.name, said.why FROM linkage_judgedpair AS pair
    JOIN linkage_judgement AS said ON said.id = pair.judgement_id
    JOIN people_practitioner AS worker ON worker.id = said.by_id
    WHERE pair.low_id = asked.low_id AND pair.high_id = asked.high_id
        AND said.opinion = 'not_sure' AND said.taken_back_at IS NULL
    ORDER BY said.at DESC LIMIT 1
) AS unsure ON true
WHERE NOT EXISTS (SELECT FROM apart WHERE (apart.one, apart.other) = (asked.one, asked.other))
ORDER BY one, other, bits DESC, ref
"""


def waiting() -> list[Waiting]:
    """Return each pair of persons about whom people are asked, in no order.  One SQL query."""
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        return [Waiting._make(row) for row in cursor.fetchall()]


def hold(ref: str) -> bool:
    """Hold a question until the transaction ends, so that two answers come one after the other; say whether
    it is still asked.  One SQL query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM linkage_question WHERE ref = %s FOR UPDATE", [ref])
        return cursor.fetchone() is not None


class Decided(NamedTuple):
    """A judgement, and whose records it is about."""

    judgement: Judgement
    people: frozenset[int]


def latest_judgements(first: int, last: int, taken_back_too: bool = False) -> list[Decided]:
    """Return judgements, the latest first, those that stand or all.  Two SQL queries, however many pairs."""
    latest = Judgement.objects.select_related("by", "taken_back_by").order_by("-at", "-pk")
    found = list((latest if taken_back_too else latest.filter(taken_back_at=None))[first:last])
    return _with_people(found)


def standing_judgement(ref: str) -> list[Decided]:
    """Return the judgement of this reference while it stands, however old, or nothing.  Two SQL queries."""
    return _with_people(list(Judgement.objects.filter(ref=ref, taken_back_at=None).select_related("by")))


def _with_people(found: list[Judgement]) -> list[Decided]:
    pairs = JudgedPair.objects.filter(judgement__in=found)
    people: dict[int, set[int]] = defaultdict(set)
    for judgement, *two in pairs.values_list("judgement", "low__person", "high__person").distinct():
        people[judgement].update(two)
    return [Decided(one, frozenset(people[one.pk])) for one in found]


def records_of_people(people: Collection[int]) -> dict[int, int]:
    """Return whose each record of these people is.  One SQL query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, person_id FROM people_record WHERE person_id = ANY(%s)", [list(people)])
        return dict(cursor.fetchall())
