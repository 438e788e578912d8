"""What is the child good at, whom do they trust, who is on the team?  §3.8, §7."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from holdfast.access.queries import require
from holdfast.audit.terms import System
from holdfast.people.commands import TYPED_HERE
from holdfast.people.models import Person, Practitioner
from holdfast.relationships.models import Approach, Strength, TeamMember, TrustedAdult, Voice


@dataclass(frozen=True, slots=True)
class Around:
    """What stands first on a child's page.  `trusted` is None for "nobody yet"."""

    strengths: list[Strength]
    trusted: TrustedAdult | None
    team: list[TeamMember]
    approaches: list[Approach]
    voice: Voice | None

    @property
    def lead(self) -> TeamMember | None:
        return next((member for member in self.team if member.is_lead), None)


def around(by: Practitioner, person: Person, now: datetime) -> Around:
    """Return strengths, trust and team of a child whom `by` may see.  Six SQL queries."""
    require(by, person, now)
    team = person.team.filter(ends_at=None).select_related("practitioner__agency")
    trusted = person.trusted_adults.filter(ends_at=None).select_related("practitioner").first()
    trusted_id = trusted.practitioner_id if trusted else None
    return Around(
        strengths=list(person.strengths.order_by("-said_at")),
        trusted=trusted,
        team=sorted(
            team, key=lambda m: (m.practitioner_id != trusted_id, not m.is_lead, m.practitioner.name)
        ),
        approaches=list(person.approaches.order_by("advice", "said_at")),
        voice=person.voices.order_by("-is_at_top", "-said_at").first(),
    )


def trusted_names(by: Practitioner, people: Iterable[int]) -> dict[int, str]:
    """Return whom each of these people trusts, by key.  One SQL query; the caller has checked `by`."""
    rows = TrustedAdult.objects.filter(person__in=list(people), ends_at=None).select_related("practitioner")
    return {row.person_id: str(row) for row in rows}


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
