"""What can a person do in the demonstration?  Plain values; apply.py turns each into the real command."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Source:
    """The agency's record a moment was raised from, or what somebody told us themselves."""

    feed: str  # blank when a practitioner told us
    table: str  # then: who did
    la_code: str
    key: str
    kind: str  # of moment, as the reconciliation tables spell it


@dataclass(frozen=True)
class Act:
    """Something a practitioner does.  `by` and `child` are keys of the partnership."""

    at: datetime
    by: str
    child: str


@dataclass(frozen=True)
class OpenRecord(Act):
    reason: str


@dataclass(frozen=True)
class JoinTeam(Act):
    practitioner: str
    purpose: str
    is_lead_coordinator: bool


@dataclass(frozen=True)
class NameTrustedAdult(Act):
    named_by: str  # child or staff; nobody when the answer is "nobody yet"
    practitioner: str  # blank when it is someone in the family
    name: str
    relation: str


@dataclass(frozen=True)
class AddStrength(Act):
    text: str


@dataclass(frozen=True)
class AddLike(Act):
    text: str


@dataclass(frozen=True)
class AddKnockLine(Act):
    """One line to read before knocking."""

    text: str


@dataclass(frozen=True)
class WriteWords(Act):
    words: str
    told_to: str


@dataclass(frozen=True)
class AskQuestion(Act):
    """Something nobody knows yet, who will find out, and by when."""

    question: str
    owner: str
    due_on: date


@dataclass(frozen=True)
class AnswerQuestion(Act):
    question: str
    answer: str


@dataclass(frozen=True)
class Tell(Act):
    """Say that something has happened: a moment begins."""

    telling: Source
    where: str
    with_whom: str
    detail: str


@dataclass(frozen=True)
class Acknowledge(Act):
    about: Source


@dataclass(frozen=True)
class Assign(Act):
    about: Source
    to: str


@dataclass(frozen=True)
class LogAttempt(Act):
    about: Source
    how: str
    note: str


@dataclass(frozen=True)
class RecordContact(Act):
    about: Source | None  # none for an ordinary visit
    was_seen: bool
    place: str
    words: str
    offered: str
    was_accepted: bool
    next_at: datetime | None


@dataclass(frozen=True)
class EndMoment(Act):
    about: Source
    what_is_true_now: str
