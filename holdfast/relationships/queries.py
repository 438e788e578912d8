"""What is the child good at, whom do they trust, who is on the team?  §3.8, §7."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from holdfast.access.queries import require
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
