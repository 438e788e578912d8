"""What happened to the children of a made-up partnership?  Any number of events, straight by COPY.

Few children have most of the events, as in life: the busiest has thousands.  Some events were moments
long ago; some of those are open still.
"""

import random
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import psycopg

from bench.crowd import SEED
from bench.loading import Write, spool, without_indexes

MOST_EVENTS = 5_000  # of one child
SKEW = 1.1  # exponent of the Pareto distribution of events over children, our choice
MONTHS = 18
MOMENT_SHARE = 0.05  # of events were moments
# The kinds of event, and how many of a hundred are of each; the moment that some of them raise.
KINDS = (
    ("missing", 22, "missing_found_out_of_area"), ("arrest", 12, "arrest"), ("learning_week", 20, ""),
    ("hospital", 6, "injury"), ("outreach", 14, ""), ("intelligence", 8, ""), ("exclusion", 6, ""),
    ("social_care", 8, ""), ("parent_worry", 2, ""), ("hearing", 2, ""),
)  # fmt: skip
TABLES = {
    "chronology_event": "id ref kind_id code source source_ref title text happened_at precision"
    " agency_knew_at known_at told_at place_text area_id source_evaluation assessment handling"
    " handling_conditions",
    "chronology_participant": "event_id record_id role field",
    "chronology_correction": "event_id field was became known_at",
    "moments_moment": "id ref kind_id person_id area_id happening event_id detail where with_whom"
    " is_there_now happened_at precision agency_knew_at known_at raised_at is_history ending_id",
    "moments_answer": "moment_id by_id at",
    "moments_contact": "ref person_id moment_id by_id at recorded_at meeting where childs_words note"
    " offered accepted",
    "moments_ending": "id by_id at why",
    "relationships_strength": "ref person_id sentence said_by said_at recorded_by_id",
    "relationships_teammember": "person_id practitioner_id purpose is_lead starts_at",
    "relationships_trustedadult": "ref person_id practitioner_id name phone note named_by starts_at"
    " recorded_by_id",
    "audit_entry": "at practitioner_id system act about person_ref note",
}
READS_A_CHILD = 50  # lines in the audit about each child


@dataclass(frozen=True, slots=True)
class Subject:
    """A child with an open record, and the records that events can name."""

    person: int
    ref: str
    area: int
    records: list[int]


@dataclass(slots=True)
class Numbers:
    event: int = 0
    moment: int = 0
    other: int = 0


def load_histories(address: str, events: int, workers: list[int]) -> None:
    """Give the open children of a database of people `events` events; `workers` dealt with them."""
    rng = random.Random(SEED + events)
    with psycopg.connect(address) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("SET maintenance_work_mem = '1GB'")
        children = _children(connection)
        now = datetime.now(UTC)
        with without_indexes(connection, list(TABLES)), ExitStack() as stack:
            writers = {
                name: stack.enter_context(spool(connection, name, columns))
                for name, columns in TABLES.items()
            }
            numbers = Numbers()
            for child, count in zip(children, _shares(rng, events, len(children)), strict=True):
                _around(writers, rng, child, workers, numbers, now)
                for _ in range(count):
                    _event(writers, rng, child, workers, numbers, now)
        for table in ("chronology_event", "moments_moment", "moments_ending"):
            connection.execute(f"SELECT setval('{table}_id_seq', (SELECT max(id) FROM {table}))")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def _children(connection: psycopg.Connection) -> list[Subject]:
    found = connection.execute(
        """SELECT person.id, person.ref, max(home.area_id), array_agg(DISTINCT record.id)
           FROM people_child AS child JOIN people_person AS person ON person.id = child.person_id
           JOIN people_arearesponsibility AS home ON home.person_id = person.id
           JOIN people_record AS record ON record.person_id = person.id GROUP BY 1 ORDER BY 1"""
    )
    return [Subject(*row) for row in found]


def _shares(rng: random.Random, events: int, children: int) -> list[int]:
    """Return how many events each child has: many have few, few have many."""
    weights = [rng.paretovariate(SKEW) for _ in range(children)]
    whole = sum(weights)
    return [max(1, min(MOST_EVENTS, round(events * weight / whole))) for weight in weights]


def _event(
    writers: dict[str, Write],
    rng: random.Random,
    child: Subject,
    workers: list[int],
    numbers: Numbers,
    now: datetime,
) -> None:
    numbers.event += 1
    key = numbers.event
    kind, _, moment = rng.choices(KINDS, weights=[share for _, share, _ in KINDS])[0]
    at = now - timedelta(minutes=rng.randrange(60, MONTHS * 30 * 24 * 60))
    knew, known = at + timedelta(hours=1), at + timedelta(hours=rng.choice((2, 8, 30)))
    is_graded, title = kind == "intelligence", f"{kind.replace('_', ' ').title()} told"
    writers["chronology_event"](
        key, f"e{key:09d}", kind, "", f"bench/{kind}", f"B{key:09d}", title,
        "Not back from town with friends. Found near the station, tired and hungry, and taken home.",
        at, "minute", knew, known, known, "Benford Central", child.area, "2" if is_graded else "",
        "B" if is_graded else "", "P" if is_graded else "", "",
    )  # fmt: skip
    writers["chronology_participant"](key, rng.choice(child.records), "about", "subject")
    if rng.random() < 0.1:
        later = known + timedelta(days=1)
        writers["chronology_correction"](key, "ended_at", "", later.isoformat(), later)
    if moment and rng.random() < MOMENT_SHARE * 100 / 40:
        _moment(writers, rng, child, workers, numbers, moment, at, known)


def _moment(
    writers: dict[str, Write],
    rng: random.Random,
    child: Subject,
    workers: list[int],
    numbers: Numbers,
    kind: str,
    at: datetime,
    known: datetime,
) -> None:
    """A moment of the past: answered, somebody was with the child, ended."""
    numbers.moment += 1
    key, by = numbers.moment, rng.choice(workers)
    writers["moments_moment"](
        key, f"m{key:09d}", kind, child.person, child.area, f"bench:{key}", numbers.event, "", "", "", False,
        at, "minute", at + timedelta(hours=1), known, known, rng.random() < 0.5, key,
    )  # fmt: skip
    met = known + timedelta(hours=3)
    writers["moments_answer"](key, by, known + timedelta(minutes=10))
    writers["moments_contact"](
        f"c{key:09d}", child.person, key, by, met, met, "seen_alone", "At home", "I want to play again.",
        "Talked for an hour.", "", "nothing_offered",
    )  # fmt: skip
    writers["moments_ending"](key, by, met + timedelta(days=1), "Somebody was with the child.")


def _around(
    writers: dict[str, Write],
    rng: random.Random,
    child: Subject,
    workers: list[int],
    numbers: Numbers,
    now: datetime,
) -> None:
    """Who and what is around the child, and who has looked."""
    by, since = rng.choice(workers), now - timedelta(days=200)
    for sentence in ("Plays in goal on Saturdays", "Looks after a younger brother"):
        numbers.other += 1
        writers["relationships_strength"](f"s{numbers.other:09d}", child.person, sentence, "Coach", since, by)
    for nth, worker in enumerate(rng.sample(workers, min(3, len(workers)))):
        writers["relationships_teammember"](child.person, worker, "Works with the family", nth == 0, since)
    if rng.random() < 0.5:
        writers["relationships_trustedadult"](
            f"t{numbers.other:09d}", child.person, by, "", "", "Mentor", "child", since, by
        )
    for _ in range(READS_A_CHILD):
        at = now - timedelta(minutes=rng.randrange(60, 200 * 24 * 60))
        writers["audit_entry"](at, rng.choice(workers), "", "child.read_summary", child.ref, child.ref, "")
