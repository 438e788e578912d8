"""What does a moment's clock count to, and what stops it?  §8.2, §8.3, §8.6."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from holdfast.moments.terms import Meeting

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
