"""The words of critical moments.  §8."""

from enum import StrEnum


class MomentKind(StrEnum):
    """The kinds that ship with Holdfast; a partnership adds its own in `moments.Kind`."""

    ARREST = "arrest"  # §8.3
    INJURY = "injury"  # §8.4
    PERMANENT_EXCLUSION = "permanent_exclusion"  # §8.5, §6.3
    MISSING_FOUND_OUT_OF_AREA = "missing_found_out_of_area"  # §4.5: found in another area is a sign
    FIRST_COURT = "first_court"  # §8.5
    SENTENCE_AWAITED = "sentence_awaited"  # §8.5
    REMAND = "remand"  # §8.5, a child: "it was the reason why I opened up"
    RELEASE = "release"
    THREAT_TO_LIFE = "threat_to_life"
    NRM_DECISION = "nrm_decision"  # §5.17: a decision may take away what protected the child
    FAMILY_MOMENT = "family_moment"  # §8.1, a child: "I changed after seeing my mum in tears."
    MISSING_NOW = "missing_now"
    OUT_OF_SCHOOL = "out_of_school"  # told by a person; a permanent exclusion is the school's own word
    THREATENED = "threatened"  # told by a person; a threat to life is the police's own word
    SOMETHING_ELSE = "something_else"


class Meeting(StrEnum):
    """How a contact went.  The clock stops when the child was seen or spoke, not at an attempt."""

    SEEN_ALONE = "seen_alone"
    SEEN_WITH_OTHERS = "seen_with_others"
    SPOKE = "spoke_by_phone"
    ATTEMPTED = "attempted"


class Accepted(StrEnum):
    YES = "yes"
    NOT_YET = "not_yet"
    NO = "no"
    NOT_OFFERED = "nothing_offered"
