"""How does each act of the story become the real command, done by the person who does it?"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from holdfast.access.errors import NotAllowed
from holdfast.audit.terms import System
from holdfast.demonstration import doing
from holdfast.demonstration.setting_up import Cast
from holdfast.demonstration.shape import Child, Partnership
from holdfast.identification import commands as identification
from holdfast.identification.queries import open_questions
from holdfast.moments import commands as moments
from holdfast.moments.errors import CannotBeSaid, MomentOver, NoSuchMoment
from holdfast.moments.queries import moment_of_event
from holdfast.moments.terms import Accepted, Meeting
from holdfast.people.commands import TYPED_HERE, open_child
from holdfast.people.models import Person, Practitioner, RecordIdentifier, RecordName
from holdfast.relationships import commands as relationships
from holdfast.relationships.terms import Advice, NamedBy

if TYPE_CHECKING:
    from holdfast.moments.models import Moment

# What the rules refuse did not happen in this story.
REFUSED = (NotAllowed, MomentOver, NoSuchMoment, CannotBeSaid)
STAGES = ("RG", "CG")  # of an NRM decision, as a moment's source names it


def perform(partnership: Partnership, cast: Cast, act: doing.Act) -> None:
    """Do one act, as the person who does it."""
    about = getattr(act, "about", None)
    moment = _moment(partnership, cast, about, act.child) if about else None
    if about and moment is None:
        return
    person = moment.person if moment else _person(partnership, cast, act.child)
    if person is None:
        return
    DO[type(act)](act, moment or person, cast.by_key[act.by], cast)


def _person(partnership: Partnership, cast: Cast, key: str) -> Person | None:
    """Find who the child is now: the record in which we know the child stays the same, the person may not."""
    if key not in cast.records:
        found = _record_of(partnership.child(key))
        if found is None:
            return None
        cast.records[key] = found
    return Person.objects.get(records=cast.records[key])


def _record_of(child: Child) -> int | None:
    numbers = [number for number in (child.nhs_number, child.upn, child.police_number) if number]
    held = RecordIdentifier.objects.filter(value__in=numbers).order_by("pk")
    named = RecordName.objects.filter(
        given__startswith=child.forename, family=child.surname, record__birth_dates__born_on=child.dob
    ).order_by("pk")
    return held.values_list("record", flat=True).first() or named.values_list("record", flat=True).first()


def _moment(partnership: Partnership, cast: Cast, about: doing.Source, child: str) -> "Moment | None":
    """Find the moment that was raised from this record, or from the same hearing as another list has it."""
    if not about.feed:
        return moment_of_event(System.SET_UP, TYPED_HERE, [f"{cast.by_key[about.table].ref} {about.key}"])
    refs = [about.key, f"{about.la_code}:{about.key}", f"{about.la_code}:{about.key.partition('/')[0]}"]
    refs += [f"{ref} first court" for ref in refs] + [f"{about.key}/{stage}" for stage in STAGES]
    found = moment_of_event(System.SET_UP, f"{about.feed}/{about.table}", refs)
    if found or about.kind != "first_court":
        return found
    known = partnership.child(child)
    ref = f"{known.la_code}:{known.yjs_ref} first court"
    return moment_of_event(System.SET_UP, "yjs/caseload", [ref])


def _open_record(act: Any, person: Person, by: Practitioner, cast: Cast) -> None:
    open_child(by=by, at=act.at, person=person, why=act.reason[:200])


def _join_team(act: Any, person: Person, by: Practitioner, cast: Cast) -> None:
    relationships.join_team(
        by=by,
        at=act.at,
        person=person,
        practitioner=cast.by_key[act.practitioner],
        purpose=act.purpose,
        is_lead=act.is_lead_coordinator,
    )


def _name_trusted_adult(act: Any, person: Person, by: Practitioner, cast: Cast) -> None:
    if act.named_by in ("child", "staff"):
        relationships.name_trusted_adult(
            by=by,
            at=act.at,
            person=person,
            named_by=NamedBy(act.named_by),
            practitioner=cast.by_key.get(act.practitioner),
            name="" if act.practitioner else act.name,
            note=act.relation,
        )


def _strength(act: Any, person: Person, by: Practitioner, cast: Cast) -> None:
    relationships.add_strength(by=by, at=act.at, person=person, sentence=act.text, said_by=by.name)


def _knock(act: Any, person: Person, by: Practitioner, cast: Cast) -> None:
    is_not = act.text.lower().startswith(("do not", "don't"))
    sentence = act.text.removeprefix("Do not ").removeprefix("Do ")
    advice = Advice.DO_NOT if is_not else Advice.DO
    relationships.advise(by=by, at=act.at, person=person, advice=advice, sentence=sentence, said_by=by.name)


def _words(act: Any, person: Person, by: Practitioner, cast: Cast) -> None:
    told_to = cast.by_key[act.told_to].name if act.told_to in cast.by_key else act.told_to
    relationships.keep_words(
        by=by, at=act.at, person=person, words=act.words, told_to=told_to, said_at=act.at, is_at_top=True
    )


def _ask(act: Any, person: Person, by: Practitioner, cast: Cast) -> None:
    identification.ask(
        by=by,
        at=act.at,
        person=person,
        question=act.question,
        owner=cast.by_key.get(act.owner),
        due_on=act.due_on,
    )


def _answer_question(act: Any, person: Person, by: Practitioner, cast: Cast) -> None:
    for question in open_questions(by, person, act.at):
        if question.question == act.question:
            identification.answer(by=by, at=act.at, question=question, answer=act.answer)


def _tell_of(act: Any, person: Person, by: Practitioner, cast: Cast) -> None:
    moments.tell(
        by=by,
        at=act.at,
        kind=act.telling.kind,
        child=person,
        happened_at=act.at,
        where=act.where,
        with_whom=act.with_whom,
        detail=act.detail,
        token=act.telling.key,
    )


def _acknowledge(act: Any, moment: "Moment", by: Practitioner, cast: Cast) -> None:
    moments.answer(by=by, at=act.at, moment=moment)


def _assign(act: Any, moment: "Moment", by: Practitioner, cast: Cast) -> None:
    moments.assign(by=by, at=act.at, moment=moment, to=cast.by_key[act.to])


def _attempt(act: Any, moment: "Moment", by: Practitioner, cast: Cast) -> None:
    _contact(act, moment, by, Meeting.ATTEMPTED, where=act.how, note=act.note)


def _contacted(act: Any, whom: "Moment | Person", by: Practitioner, cast: Cast) -> None:
    accepted = Accepted.YES if act.was_accepted else Accepted.NOT_YET
    _contact(
        act,
        whom,
        by,
        Meeting.SEEN_ALONE if act.was_seen else Meeting.SPOKE,
        where=act.place,
        childs_words=act.words,
        offered=act.offered,
        accepted=accepted if act.offered else Accepted.NOT_OFFERED,
        next_at=act.next_at,
    )


def _contact(act: Any, whom: "Moment | Person", by: Practitioner, meeting: Meeting, **more: Any) -> None:
    moment = None if isinstance(whom, Person) else whom
    person = whom if isinstance(whom, Person) else whom.person
    moments.record_contact(
        by=by, at=act.at, person=person, moment=moment, meeting=meeting, met_at=act.at, **more
    )


def _end(act: Any, moment: "Moment", by: Practitioner, cast: Cast) -> None:
    moments.end_moment(by=by, at=act.at, moment=moment, why=act.what_is_true_now)


# To a child, or in a moment if the act is about one.
DO: dict[type, Callable[[Any, Any, Practitioner, Cast], None]] = {
    doing.OpenRecord: _open_record,
    doing.JoinTeam: _join_team,
    doing.NameTrustedAdult: _name_trusted_adult,
    doing.AddStrength: _strength,
    doing.AddLike: _strength,
    doing.AddKnockLine: _knock,
    doing.WriteWords: _words,
    doing.AskQuestion: _ask,
    doing.AnswerQuestion: _answer_question,
    doing.Tell: _tell_of,
    doing.Acknowledge: _acknowledge,
    doing.Assign: _assign,
    doing.LogAttempt: _attempt,
    doing.RecordContact: _contacted,
    doing.EndMoment: _end,
}
