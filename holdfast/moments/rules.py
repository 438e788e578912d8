"""Which happenings are critical moments, when are two tellings one, and what does the clock count to?  §8.

To find why a moment was raised, find its kind of event in RULES: one small function decides.
Nothing here reads a clock or a table.
"""

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from holdfast.chronology.terms import EventKind, Precision, Role
from holdfast.moments.terms import Meeting, MomentKind
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


@dataclass(frozen=True, slots=True)
class Due:
    """A moment that has to be raised.  `happening` is the same for every telling and version."""

    kind: str
    happening: str
    happened_at: datetime
    precision: Precision
    detail: str


def moments_from(facts: EventFacts, born_on: date | None, is_surely_child: bool) -> list[Due]:
    """Return the moments that this event is for this person: none, or one.

    Without a birth date, and without a source that serves children alone, we wait until an age is known.
    """
    rule = RULES.get(facts.kind)
    due = rule(facts) if rule and facts.role in PARTS_THAT_COUNT else None
    if due is None:
        return []
    day = due.happened_at.astimezone(LONDON).date()
    under_18 = is_child(born_on, day) if born_on else is_surely_child
    return [due] if under_18 else []


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
    """The first time ever in a youth court (§8.5)."""
    return _due(MomentKind.FIRST_COURT, facts)


def remand(facts: EventFacts) -> Due | None:
    """Remanded to local authority accommodation or to youth detention accommodation."""
    return _due(MomentKind.REMAND, facts) if facts.code in REMANDED else None


def threat_to_life(facts: EventFacts) -> Due | None:
    """The police warned this child that somebody may kill them."""
    return _due(MomentKind.THREAT_TO_LIFE, facts)


def nrm_decision(facts: EventFacts) -> Due | None:
    """Any decision at either stage, whichever way: someone should be with the child who hears it."""
    return _due(MomentKind.NRM_DECISION, facts)


RULES: dict[str, Callable[[EventFacts], Due | None]] = {
    EventKind.ARREST: arrest,
    EventKind.MISSING: found_out_of_area,
    EventKind.HOSPITAL: injury,
    EventKind.EXCLUSION: permanent_exclusion,
    EventKind.FIRST_COURT: first_court,
    EventKind.HEARING: remand,
    EventKind.THREAT_TO_LIFE: threat_to_life,
    EventKind.NRM_DECISION: nrm_decision,
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


# --- The clock ---------------------------------------------------------------------------------------

MEANINGFUL = frozenset({Meeting.SEEN_ALONE, Meeting.SEEN_WITH_OTHERS, Meeting.SPOKE})  # §8.2, §8.6


@dataclass(frozen=True, slots=True)
class ClockFacts:
    agency_knew_at: datetime
    known_at: datetime
    answer_within: timedelta
    contact_within: timedelta
    window: timedelta | None = None
    chance_ended_at: datetime | None = None  # the source says that it is over: released, left
    answered_at: datetime | None = None
    reached_at: datetime | None = None  # the first meaningful contact
    ended_at: datetime | None = None
    is_history: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """What a moment counts to: an answer, then someone with the child; empty `due` means it has stopped.

    `since` is when any agency first knew: the child has waited from there.
    """

    due: datetime | None
    towards: str
    label: str
    since: datetime
    stopped_at: datetime | None = None
    window_ends_at: datetime | None = None

    @property
    def is_running(self) -> bool:
        return self.due is not None


def clock_of(facts: ClockFacts) -> Clock:
    """Return what to count to.  An acknowledgement moves the clock on; only contact stops it."""
    window_ends_at = window_end(facts)
    stops = [at for at in (facts.reached_at, facts.ended_at) if at]
    if stops or facts.is_history:
        return Clock(None, "", "", facts.agency_knew_at, min(stops, default=None), window_ends_at)
    if facts.answered_at is None:
        due = facts.known_at + facts.answer_within
        return Clock(due, "to an answer", "Answer due", facts.agency_knew_at, None, window_ends_at)
    due = contact_due(facts)
    return Clock(due, "to be with the child", "Promised by", facts.agency_knew_at, None, window_ends_at)


def contact_due(facts: ClockFacts) -> datetime:
    """Return our promise, brought forward to the end of the chance if that is still to come when we knew."""
    due = facts.known_at + facts.contact_within
    window = window_end(facts)
    return min(due, window) if window and window > facts.known_at else due


def window_end(facts: ClockFacts) -> datetime | None:
    """Return when the chance ends or ended: as the source says, else the usual length of it."""
    usual = facts.agency_knew_at + facts.window if facts.window else None
    if facts.chance_ended_at and usual:
        return facts.chance_ended_at
    return usual


def first_meaningful(contacts: Iterable[tuple[str, datetime]]) -> datetime | None:
    """Return when the child was first seen or spoke, from (meeting, time) pairs."""
    return min((at for meeting, at in contacts if meeting in MEANINGFUL), default=None)


# Our choice: watches differ, and a worker may be there before anyone has looked at one.
MET_BEFORE = timedelta(hours=1)


def belongs_to(met_at: datetime, happened_at: datetime) -> bool:
    """Say whether a meeting can have been in this moment; an earlier one must not stop its clock."""
    return met_at >= happened_at - MET_BEFORE


# The large buttons of "Something has happened", as on the phone (L).
LARGE_BUTTONS = 6
