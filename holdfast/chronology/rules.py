"""What follows from how an event was told: its grade in words, its place in a list?"""

from dataclasses import dataclass, field
from datetime import datetime

from holdfast.chronology.terms import GRADE_WORDS, EventKind, Handling, Precision, Role
from holdfast.people.terms import Role as Reader


@dataclass(frozen=True, slots=True)
class EventFacts:
    """All that one source's current row says about one event.  Times are aware; areas are codes."""

    kind: EventKind
    source: str
    source_ref: str
    title: str
    happened_at: datetime
    code: str = ""
    text: str = ""
    precision: Precision = Precision.MINUTE
    ended_at: datetime | None = None
    agency_knew_at: datetime | None = None
    place_text: str = ""
    area_code: str = ""
    home_area_code: str = ""
    source_evaluation: str = ""
    assessment: str = ""
    handling: str = ""
    handling_conditions: str = ""
    is_withdrawn: bool = False
    participants: tuple[tuple[str, Role], ...] = field(default=(("subject", Role.ABOUT),))


# What a source may correct, and what the correction is called on the timeline.
CORRECTABLE = {
    "kind_id": "kind",
    "code": "outcome",
    "title": "what happened",
    "text": "wording",
    "happened_at": "time",
    "ended_at": "end",
    "place_text": "place",
    "source_evaluation": "grade",
    "assessment": "grade",
    "handling": "handling",
}


def grade_words(source_evaluation: str, assessment: str) -> str:
    """Return "2C: untested source, known indirectly, not corroborated", or nothing for an ungraded event."""
    if not source_evaluation and not assessment:
        return ""
    parts = [GRADE_WORDS[mark] for mark in (source_evaluation, assessment) if mark in GRADE_WORDS]
    return f"{source_evaluation}{assessment}: {', '.join(parts)}"


# Who may read police lines that carry a handling condition, until each line names its own audience
# (our choice; §4.9 asks for sharing that starts help, footnote 9 for care with what is said of a child).
READS_CONDITIONS = frozenset(
    {Reader.DUTY_MANAGER, Reader.HUB_CHAIR, Reader.SOCIAL_WORKER, Reader.POLICE_INTELLIGENCE}
)
# Graded lines are not for volunteers and partners whose work does not need them (our choice).
READS_INTELLIGENCE = READS_CONDITIONS | {Reader.ANALYST, Reader.YOUTH_WORKER, Reader.YOUTH_JUSTICE_WORKER}
GRADED = (EventKind.INTELLIGENCE, EventKind.THREAT_TO_LIFE)


def may_read(reader: Reader, kind: str, handling: str) -> bool:
    """Say whether an event of a visible child is open to a reader of this role."""
    if handling == Handling.CONDITIONS and kind in GRADED:
        return reader in READS_CONDITIONS
    return kind not in GRADED or reader in READS_INTELLIGENCE
