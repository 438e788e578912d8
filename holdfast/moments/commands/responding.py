"""A named person takes a moment, sends someone, is with the child, ends it.  §8.2, §8.6."""

from dataclasses import dataclass
from datetime import datetime

from holdfast.access.commands import grant
from holdfast.access.errors import NotAllowed
from holdfast.access.queries import may, require, require_duty
from holdfast.access.terms import Duty, Via
from holdfast.audit.commands import record as audit
from holdfast.kit.transactions import atomic
from holdfast.moments.errors import CannotBeSaid, MomentOver, NoSuchMoment
from holdfast.moments.models import Answer, Assignment, Contact, Ending, Moment
from holdfast.moments.queries import moments_for
from holdfast.moments.rules import belongs_to
from holdfast.moments.terms import Accepted, Meeting
from holdfast.paging.commands import answer_page, see_page, tell_one
from holdfast.people.models import Person, Practitioner


@dataclass(frozen=True, slots=True)
class Answered:
    """Who took the moment; `was_first` is false for whoever was a little later."""

    by: Practitioner
    at: datetime
    was_first: bool


@atomic
def see(*, by: Practitioner, at: datetime, moment: Moment) -> None:
    """Note that `by` has seen what they were told; it answers nothing."""
    if not moments_for(by, at).filter(pk=moment.pk).exists():
        raise NoSuchMoment(moment.ref)
    see_page(by=by, at=at, about=moment.ref)


@atomic
def answer(*, by: Practitioner, at: datetime, moment: Moment) -> Answered:
    """Take a moment: telling stops, the child's clock runs on.  The second to answer learns who was first.

    Raises NotAllowed, NoSuchMoment or MomentOver.
    """
    locked = _open_moment(by, at, moment)
    return _answer(by, at, locked)


@atomic
def assign(*, by: Practitioner, at: datetime, moment: Moment, to: Practitioner) -> Assignment:
    """Ask someone to go to the child; they are told, and may open the record.  It also answers."""
    locked = _open_moment(by, at, moment)
    if to.left_at and to.left_at <= at:
        raise CannotBeSaid(f"{to.name} no longer works here")
    if not may(to, Duty.RESPOND):
        raise NotAllowed(f"{to.role} may not respond")
    _answer(by, at, locked)
    made = Assignment.objects.create(moment=locked, to=to, by=by, at=at)
    why = "Asked to go to the child"
    grant(by=by, at=at, person=locked.person, practitioner=to, via=Via.ASSIGNED, reason=why)
    if to != by:
        tell_one(by=by, at=at, about=locked.ref, practitioner=to)
    _audit(by, at, "moments.assign", locked, to.ref)
    return made


@atomic
def record_contact(
    *,
    by: Practitioner,
    at: datetime,
    person: Person,
    meeting: Meeting,
    met_at: datetime | None = None,
    moment: Moment | None = None,
    where: str = "",
    childs_words: str = "",
    note: str = "",
    offered: str = "",
    accepted: Accepted = Accepted.NOT_OFFERED,
    next_at: datetime | None = None,
) -> Contact:
    """Write down that someone was with the child or tried to be, in a moment or outside one.

    Only a contact in which the child was seen or spoke stops the clock (`rules.MEANINGFUL`).
    """
    met_at = met_at or at
    locked = _taken_for(by, at, moment, person, met_at)
    _check_contact(met_at, at, offered, accepted)
    made = Contact.objects.create(
        person=person,
        moment=locked,
        by=by,
        at=met_at,
        recorded_at=at,
        meeting=meeting,
        where=where,
        childs_words=childs_words,
        note=note,
        offered=offered,
        accepted=accepted,
        next_at=next_at,
    )
    audit(
        by=by, act="moments.record_contact", at=at, about=made.ref, person_ref=person.ref, note=str(meeting)
    )
    return made


@atomic
def end_moment(*, by: Practitioner, at: datetime, moment: Moment, why: str) -> Ending:
    """End a moment: only a named person can, and says what is true now."""
    locked = _open_moment(by, at, moment)
    if not why.strip():
        raise CannotBeSaid("Say what is true now")
    _answer(by, at, locked)
    locked.ending = made = Ending.objects.create(by=by, at=at, why=why.strip()[:300])
    locked.save(update_fields=["ending"])
    _audit(by, at, "moments.end", locked)
    return made


def _open_moment(by: Practitioner, at: datetime, moment: Moment) -> Moment:
    """Return the moment, held until the transaction ends, if `by` may do something in it."""
    require_duty(by, Duty.RESPOND)
    if not moments_for(by, at).filter(pk=moment.pk).exists():
        raise NoSuchMoment(moment.ref)
    held = Moment.objects.select_for_update(of=("self",)).select_related("person", "ending__by")
    locked = held.get(pk=moment.pk)
    if locked.ending:
        raise MomentOver(f"{locked.ending.by.name} ended this")
    if locked.is_history:
        raise MomentOver("This was over before it reached us")
    return locked


def _answer(by: Practitioner, at: datetime, locked: Moment) -> Answered:
    """Whoever does anything in a moment has taken it; the first is kept, later ones are noted."""
    see_page(by=by, at=at, about=locked.ref)
    first = Answer.objects.select_related("by").filter(moment=locked).first()
    if first:
        if first.by_id != by.pk:
            _audit(by, at, "moments.answer_second", locked, first.by.ref)
        return Answered(first.by, first.at, was_first=first.by_id == by.pk)
    Answer.objects.create(moment=locked, by=by, at=at)
    answer_page(by=by, at=at, about=locked.ref)
    grant(by=by, at=at, person=locked.person, practitioner=by, via=Via.DUTY, reason="Took a moment")
    _audit(by, at, "moments.answer", locked)
    return Answered(by, at, was_first=True)


def _taken_for(
    by: Practitioner, at: datetime, moment: Moment | None, person: Person, met_at: datetime
) -> Moment | None:
    """Return the moment in which the contact was, answered and held; nothing for one outside any moment."""
    if moment is None:
        require_duty(by, Duty.RESPOND)
        require(by, person, at)
        return None
    locked = _open_moment(by, at, moment)
    if locked.person_id != person.pk:
        raise CannotBeSaid("The moment is another child's")
    if not belongs_to(met_at, locked.happened_at):
        raise CannotBeSaid("Give a time after it happened, or write the contact down outside this moment")
    _answer(by, at, locked)
    return locked


def _check_contact(met_at: datetime, at: datetime, offered: str, accepted: Accepted) -> None:
    if met_at > at:
        raise CannotBeSaid("Give a time that is not in the future")
    if accepted != Accepted.NOT_OFFERED and not offered.strip():
        raise CannotBeSaid("Say what was offered")


def _audit(by: Practitioner, at: datetime, act: str, moment: Moment, note: str = "") -> None:
    audit(by=by, act=act, at=at, about=moment.ref, person_ref=moment.person.ref, note=note)
