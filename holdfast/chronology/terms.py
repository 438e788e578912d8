"""The words for what happened: roles, police grading and handling, how exactly a time is known."""

from enum import StrEnum


class Role(StrEnum):
    """A person's part in one event; never a label on the person.  One child may be both."""

    HARMED = "harmed"
    CAUSED_HARM = "caused_harm"
    BOTH = "harmed_and_caused_harm"
    WITNESSED = "witnessed"
    ABOUT = "about"  # the event is about them, with no harm said
    NAMED = "named_by_the_source"
    TOLD_US = "told_us"


class Precision(StrEnum):
    MINUTE = "minute"
    DAY = "day"


class SourceEvaluation(StrEnum):
    """First figure of the police 3x5x2 grade."""

    RELIABLE = "1"
    UNTESTED = "2"
    NOT_RELIABLE = "3"


class IntelligenceAssessment(StrEnum):
    """The letter of the police 3x5x2 grade."""

    KNOWN_DIRECTLY = "A"
    INDIRECT_CORROBORATED = "B"
    INDIRECT = "C"
    NOT_KNOWN = "D"
    SUSPECTED_FALSE = "E"


class Handling(StrEnum):
    PERMITTED = "P"
    CONDITIONS = "C"


GRADE_WORDS: dict[str, str] = {
    "1": "reliable source",
    "2": "untested source",
    "3": "source not reliable",
    "A": "known directly",
    "B": "known indirectly and corroborated",
    "C": "known indirectly, not corroborated",
    "D": "not known",
    "E": "suspected to be false",
}


class EventKind(StrEnum):
    """The kinds that ship with Holdfast; a partnership adds its own in `chronology.Kind`."""

    ARREST = "arrest"
    MISSING = "missing"
    INTELLIGENCE = "intelligence"
    THREAT_TO_LIFE = "threat_to_life"
    EXCLUSION = "exclusion"
    LEARNING_WEEK = "learning_week"
    HOSPITAL = "hospital"
    YOUTH_JUSTICE = "youth_justice"
    FIRST_COURT = "first_court"
    FIRST_COURT_UNDATED = "first_court_undated"
    HEARING = "hearing"
    COURT_CONDITION = "court_condition"
    NRM_DECISION = "nrm_decision"
    HOUSING_REQUEST = "housing_request"
    TENANCY = "tenancy"
    OUTREACH = "outreach"
    PARENT_WORRY = "parent_worry"
    SOCIAL_CARE = "social_care"
    ASSESSMENT = "assessment"
    INVOLVEMENT = "involvement"
    TOLD_HERE = "told_here"
