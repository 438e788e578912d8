"""Which happenings are critical moments, and when are two tellings one?  §8.

To find why a moment was raised, find its kind of event in RULES: one small function decides.
Nothing here reads a clock or a table.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from holdfast.chronology.terms import EventKind, Precision, Role
from holdfast.moments.terms import MomentKind
from holdfast.people.rules import is_child

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class EventFacts:
    """What a rule may look at: one event as its source tells it, and one person's part in it."""

    kind: str
    source: str
    source_ref: str
    happened_at: datetime
    title: str = ""
    code: str = ""
    text: str = ""
    ended_at: datetime | None = None
    precision: Precision = Precision.MINUTE
    area_code: str = ""  # where it happened, or where the person was found
    home_area_code: str = ""  # where the person lived then
    role: Role = Role.ABOUT
    field: str = "subject"  # which part of the source's row names the person
    is_first_in_court: bool = False  # no earlier hearing, and no day of a first appearance, is known here


@dataclass(frozen=True, slots=True)
class Due:
    """A moment that has to be raised.  `happening` is the same for every telling and version."""

    kind: str
    happening: str
    happened_at: datetime
    precision: Precision
    detail: str


def moments_from(facts: EventFacts, born_on: date | None, is_surely_child: bool) -> list[Due]:
    """Return the moments that this event is for this person: none, one, or both of a first hearing's.

    Without a birth date, and without a source that serves children alone, we wait until an age is known.
    """
    if facts.role not in PARTS_THAT_COUNT:
        return []
    found = [due for rule in RULES.get(facts.kind, ()) if (due := rule(facts))]
    return [due for due in found if _is_under_18(due, born_on, is_surely_child)]


def kinds_from(facts: EventFacts) -> set[str]:
    """Return the kinds of moment that this event is for someone under 18 with this part in it."""
    if facts.role not in PARTS_THAT_COUNT:
        return set()
    return {due.kind for rule in RULES.get(facts.kind, ()) if (due := rule(facts))}


def _is_under_18(due: Due, born_on: date | None, is_surely_child: bool) -> bool:
    return is_child(born_on, due.happened_at.astimezone(LONDON).date()) if born_on else is_surely_child


# Whoever is only named, saw it or told us has no moment of their own.
PARTS_THAT_COUNT = frozenset({Role.ABOUT, Role.HARMED, Role.CAUSED_HARM, Role.BOTH})


# --- One rule for each kind of event -----------------------------------------------------------------


def arrest(facts: EventFacts) -> Due | None:
    """Every arrest (§8.3)."""
    return _due(MomentKind.ARREST, facts)


def found_out_of_area(facts: EventFacts) -> Due | None:
    """Found, and in another authority than the one where the child was living: the moment is the finding."""
    found_elsewhere = facts.area_code and facts.home_area_code and facts.area_code != facts.home_area_code
    if facts.ended_at is None or not found_elsewhere:
        return None
    return _due(MomentKind.MISSING_FOUND_OUT_OF_AREA, facts, happened_at=facts.ended_at)


def injury(facts: EventFacts) -> Due | None:
    """Hurt by somebody else, or nobody can say how (§8.4).

    An accident is left to the hospital unless its notes doubt the account; so is harm done to oneself,
    which has its own care.
    """
    if cause_counts(facts.code) or doubts(facts.text):
        return _due(MomentKind.INJURY, facts)
    return None


def permanent_exclusion(facts: EventFacts) -> Due | None:
    """A permanent exclusion, not a suspension (§8.5)."""
    return _due(MomentKind.PERMANENT_EXCLUSION, facts) if facts.code == "PERM" else None


def first_court(facts: EventFacts) -> Due | None:
    """The first time ever in a youth court, as the youth justice service dates it (§8.5)."""
    return _due(MomentKind.FIRST_COURT, facts)


def first_hearing(facts: EventFacts) -> Due | None:
    """The first hearing of a case, when nothing says that the child was ever in court before (§8.5)."""
    is_first = facts.code.startswith("FIRST") and facts.is_first_in_court
    return _due(MomentKind.FIRST_COURT, facts) if is_first else None


def remand(facts: EventFacts) -> Due | None:
    """Remanded to local authority accommodation or to youth detention accommodation."""
    return _due(MomentKind.REMAND, facts) if facts.code.endswith(REMANDED) else None


def threat_to_life(facts: EventFacts) -> Due | None:
    """The police warned this child that somebody may kill them."""
    return _due(MomentKind.THREAT_TO_LIFE, facts)


def nrm_decision(facts: EventFacts) -> Due | None:
    """Any decision at either stage, whichever way: someone should be with the child who hears it."""
    return _due(MomentKind.NRM_DECISION, facts)


RULES: dict[str, tuple[Callable[[EventFacts], Due | None], ...]] = {
    EventKind.ARREST: (arrest,),
    EventKind.MISSING: (found_out_of_area,),
    EventKind.HOSPITAL: (injury,),
    EventKind.EXCLUSION: (permanent_exclusion,),
    EventKind.FIRST_COURT: (first_court,),
    EventKind.HEARING: (first_hearing, remand),
    EventKind.THREAT_TO_LIFE: (threat_to_life,),
    EventKind.NRM_DECISION: (nrm_decision,),
}

REMANDED = ("RLAA", "RYDA")

# ICD-10, chapter XX: blocks of external causes in which somebody else did it, or intent is not known.
CAUSES_THAT_COUNT = (
    ("X85", "Y09"),  # assault
    ("Y10", "Y34"),  # undetermined intent
    ("Y35", "Y35"),  # legal intervention: hurt while being held or arrested
    ("Y871", "Y872"),  # what is left behind by assault or by an undetermined cause
)
NO_CAUSE_SAID = ("", "X59", "Y899")  # not said at all, or "unspecified"

# Our choice, from how staff write that an account and a wound do not agree.
DOUBT = re.compile(
    r"\b(assault(ed)?|stabbed|shot|robbed|not in keeping|inconsistent|will not say|won't say)\b",
    re.IGNORECASE,
)


def cause_counts(code: str) -> bool:
    """Say whether an ICD-10 external cause, with or without its dot, means hurt by another or unclear."""
    plain = code.replace(".", "").strip().upper()
    if plain in NO_CAUSE_SAID or plain[:3] in NO_CAUSE_SAID:
        return True
    return any(low <= plain[: len(high)] <= high for low, high in CAUSES_THAT_COUNT)


def doubts(text: str) -> bool:
    """Say whether the hospital's own words doubt that it was an accident."""
    return bool(DOUBT.search(text))


def _due(kind: MomentKind, facts: EventFacts, happened_at: datetime | None = None) -> Due:
    happening = happening_of(facts.source, facts.source_ref, facts.field)
    return Due(kind, happening, happened_at or facts.happened_at, facts.precision, facts.title[:200])


LONGEST_HAPPENING = 240  # characters, the column's length


def happening_of(*parts: str) -> str:
    """Return the key of a happening; one too long for its column ends in a digest of the whole."""
    whole = "|".join(parts)
    if len(whole) <= LONGEST_HAPPENING:
        return whole
    return whole[: LONGEST_HAPPENING - 41] + "#" + hashlib.sha256(whole.encode()).hexdigest()[:40]


# --- When two tellings are one happening ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Telling:
    """When something happened according to one teller: a person, or an agency's export."""

    kind: str
    happened_at: datetime
    precision: Precision
    is_by_person: bool


# Our choice: people say "about eight"; two agencies' clocks differ by minutes.
APART_WITH_A_PERSON = timedelta(hours=6)
APART_BETWEEN_AGENCIES = timedelta(hours=1)
# Two of these on one day are two: both stages of the National Referral Mechanism may be told together,
# and "something else" may be anything.
NEVER_ONE = frozenset({MomentKind.NRM_DECISION, MomentKind.SOMETHING_ELSE})


def is_same_happening(one: Telling, other: Telling) -> bool:
    """Say whether two tellings about the same child are of one happening."""
    if one.kind != other.kind or one.kind in NEVER_ONE:
        return False
    if Precision.DAY in (one.precision, other.precision):
        return _day(one.happened_at) == _day(other.happened_at)
    by_person = one.is_by_person or other.is_by_person
    furthest = APART_WITH_A_PERSON if by_person else APART_BETWEEN_AGENCIES
    return abs(one.happened_at - other.happened_at) <= furthest


# The longest time between two tellings that can be one: a day and its night of 25 hours.
FURTHEST_APART = timedelta(hours=25)


def _day(at: datetime) -> date:
    return at.astimezone(LONDON).date()


# The large buttons of "Something has happened", as on the phone (L).
LARGE_BUTTONS = 6
