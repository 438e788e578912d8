"""Which kinds of critical moment does Holdfast ship with, and what sentence does the reader see?  §8.

Times promised are our choice (L), except that the review says how long custody often lasts (§8.3).
A partnership changes them, and adds kinds of its own, on the settings pages.
"""

from dataclasses import dataclass
from datetime import timedelta

from holdfast.moments.terms import MomentKind

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
ANSWER_WITHIN = 15 * MINUTE  # our choice (L)
CUSTODY_WINDOW = 12 * HOUR  # §8.3: "The child often remains in custody for 10 to 12 hours."


@dataclass(frozen=True, slots=True)
class DefaultKind:
    code: MomentKind
    label: str
    sentence: str
    contact_within: timedelta
    order: int = 50
    is_told_by_people: bool = True
    told_as: str = ""
    hint: str = ""
    answer_within: timedelta = ANSWER_WITHIN
    window: timedelta | None = None
    window_words: str = ""


DEFAULT_KINDS = (
    DefaultKind(
        MomentKind.INJURY,
        "Hurt",
        "You see this because a child was hurt by somebody else, or nobody can say how it happened.",
        1 * HOUR,
        order=1,
        told_as="Hurt",
        hint="Injured, ill, or in hospital",
    ),
    DefaultKind(
        MomentKind.ARREST,
        "In custody",
        "You see this because the police arrested someone under 18.",
        2 * HOUR,
        order=2,
        told_as="Arrested",
        hint="In custody, or about to be",
        window=CUSTODY_WINDOW,
        window_words="A child is often in custody for 10 to 12 hours (§8.3)",
    ),
    DefaultKind(
        MomentKind.MISSING_NOW,
        "Missing",
        "You see this because someone told us that a child is not where they are expected to be.",
        2 * HOUR,
        order=3,
        told_as="Missing",
        hint="Away from home, or not where expected",
    ),
    DefaultKind(
        MomentKind.OUT_OF_SCHOOL,
        "Out of school",
        "You see this because someone told us that a child was excluded or sent home today.",
        4 * HOUR,
        order=4,
        told_as="Out of school",
        hint="Excluded today, or sent home",
    ),
    DefaultKind(
        MomentKind.THREATENED,
        "Threatened or afraid",
        "You see this because someone told us that a child or the family is threatened or afraid.",
        1 * HOUR,
        order=5,
        told_as="Threatened or afraid",
        hint="To the child or the family",
    ),
    DefaultKind(
        MomentKind.SOMETHING_ELSE,
        "Something else",
        "You see this because someone beside the child asked for a person to come.",
        4 * HOUR,
        order=6,
        told_as="Something else",
        hint="You can say what in one line",
    ),
    DefaultKind(
        MomentKind.FAMILY_MOMENT,
        "A moment in the family",
        "You see this because something at home may have opened a door: the child saw what it does to them.",
        4 * HOUR,
        order=10,
        told_as="A moment in the family",
        hint="Someone at home in tears, ill or gone",
    ),
    DefaultKind(
        MomentKind.FIRST_COURT,
        "First time in court",
        "You see this because a child is in a youth court for the first time.",
        24 * HOUR,
        order=11,
        told_as="First time in court",
        hint="Never been in a youth court before",
    ),
    DefaultKind(
        MomentKind.SENTENCE_AWAITED,
        "Awaiting sentence",
        "You see this because a child is waiting to hear a sentence.",
        24 * HOUR,
        order=12,
        told_as="Awaiting sentence",
        hint="Found guilty or admitted it; the sentence comes later",
    ),
    DefaultKind(
        MomentKind.REMAND,
        "Remanded",
        "You see this because a court sent a child to local authority or youth detention accommodation.",
        24 * HOUR,
        order=13,
        told_as="Remanded",
        hint="A court has not let the child go home",
    ),
    DefaultKind(
        MomentKind.RELEASE,
        "Released",
        "You see this because a child is being let out of custody, and the first day outside counts.",
        12 * HOUR,
        order=14,
        told_as="Released",
        hint="Out of custody, or about to be",
    ),
    DefaultKind(
        MomentKind.MISSING_FOUND_OUT_OF_AREA,
        "Found away from home",
        "You see this because a missing child was found in another authority than the one they live in.",
        4 * HOUR,
        is_told_by_people=False,
    ),
    DefaultKind(
        MomentKind.PERMANENT_EXCLUSION,
        "Permanently excluded",
        "You see this because a school has permanently excluded a child.",
        24 * HOUR,
        is_told_by_people=False,
    ),
    DefaultKind(
        MomentKind.THREAT_TO_LIFE,
        "Threat to life",
        "You see this because the police warned a child that their life may be in danger.",
        1 * HOUR,
        is_told_by_people=False,
    ),
    DefaultKind(
        MomentKind.NRM_DECISION,
        "NRM decision",
        "You see this because a decision was made on whether a child is a victim of modern slavery.",
        48 * HOUR,
        is_told_by_people=False,
    ),
)
