"""What is the child good at, whom do they trust, who is on the team?  §3.8, §7."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from holdfast.access.queries import require
from holdfast.audit.terms import System
from holdfast.kit.choices import words as role_words
from holdfast.people.commands import TYPED_HERE
from holdfast.people.models import Person, Practitioner
from holdfast.relationships.models import TeamMember, TrustedAdult


class Saying(NamedTuple):
    """What somebody said: what a child is good at, how to be with them, or the child's own words."""

    words: str
    said_by: str  # for the child's own words, whom they were told to
    said_at: datetime
    advice: str
    is_at_top: bool


class Adult(NamedTuple):
    """Somebody on the team around a child, or whom the child trusts."""

    key: int | None  # of the practitioner; nothing for somebody who does not work here
    name: str
    job_title: str
    role: str
    agency: str
    phone: str
    purpose: str  # what for, or what they do together
    is_lead: bool
    named_by: str
    starts_at: datetime
    recorded_by: str

    @property
    def work(self) -> str:
        return self.job_title or role_words(self.role)


@dataclass(frozen=True, slots=True)
class Around:
    """What stands first on a child's page.  `trusted` is None for "nobody yet"."""

    strengths: list[Saying]
    trusted: Adult | None
    team: list[Adult]
    approaches: list[Saying]
    voice: Saying | None

    @property
    def lead(self) -> Adult | None:
        return next((member for member in self.team if member.is_lead), None)


SAYINGS = """
SELECT 'strength', sentence, said_by, said_at, '', false FROM relationships_strength
WHERE person_id = %(person)s
UNION ALL
SELECT 'approach', sentence, said_by, said_at, advice, false FROM relationships_approach
WHERE person_id = %(person)s
UNION ALL (
    SELECT 'voice', words, told_to, said_at, '', is_at_top FROM relationships_voice
    WHERE person_id = %(person)s ORDER BY is_at_top DESC, said_at DESC LIMIT 1
)
"""
ADULTS = """
SELECT 'team', worker.id, worker.name, worker.job_title, worker.role, agency.name, worker.phone,
    member.purpose, member.is_lead, '', member.starts_at, ''
FROM relationships_teammember AS member
JOIN people_practitioner AS worker ON worker.id = member.practitioner_id
JOIN people_agency AS agency ON agency.id = worker.agency_id
WHERE member.person_id = %(person)s AND member.ends_at IS NULL
UNION ALL
SELECT 'trusted', worker.id, coalesce(nullif(adult.name, ''), worker.name), coalesce(worker.job_title, ''),
    coalesce(worker.role, ''), '', coalesce(nullif(adult.phone, ''), worker.phone, ''), adult.note, false,
    adult.named_by, adult.starts_at, writer.name
FROM relationships_trustedadult AS adult
JOIN people_practitioner AS writer ON writer.id = adult.recorded_by_id
LEFT JOIN people_practitioner AS worker ON worker.id = adult.practitioner_id
WHERE adult.person_id = %(person)s AND adult.ends_at IS NULL
"""


def around(by: Practitioner, person: Person, now: datetime) -> Around:
    """Return strengths, trust and team of a child whom `by` may see.  Two SQL queries."""
    require(by, person, now)
    said: dict[str, list[Saying]] = defaultdict(list)
    for what, *saying in _rows(SAYINGS, person):
        said[what].append(Saying._make(saying))
    adults: dict[str, list[Adult]] = defaultdict(list)
    for what, *adult in _rows(ADULTS, person):
        adults[what].append(Adult._make(adult))
    trusted = next(iter(adults["trusted"]), None)
    first = trusted.key if trusted else None
    return Around(
        strengths=sorted(said["strength"], key=lambda one: one.said_at, reverse=True),
        trusted=trusted,
        team=sorted(adults["team"], key=lambda one: (one.key != first, not one.is_lead, one.name)),
        approaches=sorted(said["approach"], key=lambda one: (one.advice, one.said_at)),
        voice=next(iter(said["voice"]), None),
    )


def _rows(statement: str, person: Person) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"person": person.pk})
        return cursor.fetchall()


def trusted_names(by: Practitioner, people: Iterable[int]) -> dict[int, str]:
    """Return whom each of these people trusts, by key.  One SQL query; the caller has checked `by`."""
    rows = TrustedAdult.objects.filter(person__among=people, ends_at=None)
    named = rows.values_list("person", "name", "practitioner__name")
    return {person: name or worker for person, name, worker in named}


@dataclass(frozen=True, slots=True)
class Relationship:
    """A child's trusted adult or a member of their team, by reference, from when until when."""

    kind: str
    person: str
    other: str
    source: str
    grade: str
    starts_at: datetime
    ends_at: datetime | None


def every_relationship(by: System) -> Iterator[Relationship]:
    """Yield every trusted adult and team member, past ones too, for the export.  Two SQL queries."""
    for adult in TrustedAdult.objects.select_related("person", "practitioner").order_by("person__ref", "pk"):
        who = adult.practitioner.ref if adult.practitioner else adult.ref
        yield _relationship("trusted_adult", adult, who, adult.named_by)
    for member in TeamMember.objects.select_related("person", "practitioner").order_by("person__ref", "pk"):
        kind = "team_lead" if member.is_lead else "team"
        yield _relationship(kind, member, member.practitioner.ref, "")


def _relationship(kind: str, row: TrustedAdult | TeamMember, other: str, grade: str) -> Relationship:
    return Relationship(kind, row.person.ref, other, TYPED_HERE, grade, row.starts_at, row.ends_at)
