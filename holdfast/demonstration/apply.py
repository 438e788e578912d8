"""How does the invented story become real rows, through the ordinary commands, in order?"""

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction

from holdfast.access.errors import NotAllowed
from holdfast.audit.terms import System
from holdfast.demonstration import doing
from holdfast.demonstration.acts import acts
from holdfast.demonstration.folder import Made, to_the_minute, write_drops
from holdfast.demonstration.models import Visit
from holdfast.demonstration.plan import plan_partnership
from holdfast.demonstration.queries import visits
from holdfast.demonstration.setting_up import Cast, cast_of, expect_feeds, set_up_partnership
from holdfast.demonstration.shape import Child, Partnership
from holdfast.feeds import applying
from holdfast.feeds.commands import receive
from holdfast.identification import commands as identification
from holdfast.identification.queries import open_questions
from holdfast.moments import commands as moments
from holdfast.moments.errors import CannotBeSaid, MomentOver, NoSuchMoment
from holdfast.moments.queries import moment_of_event
from holdfast.moments.terms import Accepted, Meeting
from holdfast.people.commands import open_child
from holdfast.people.models import Person, Practitioner, RecordIdentifier, RecordName
from holdfast.places.commands import load_reference
from holdfast.relationships import commands as relationships
from holdfast.relationships.terms import Advice, NamedBy

if TYPE_CHECKING:
    from holdfast.moments.models import Moment

SAY_EVERY = 20  # steps
NOT_OURS = (
    "The demonstration in this folder was made by another version, or not by this program. Remove the folder"
    " or name another in HOLDFAST_DATA."
)

REFUSED = (NotAllowed, MomentOver, NoSuchMoment, CannotBeSaid)
STAGES = ("RG", "CG")  # of an NRM decision, as a moment's source names it

# When, a file (0) or an act (1), and which.
Step = tuple[datetime, int, Any]


class CannotContinue(Exception):
    """The demonstration cannot be carried on; the message says what to do."""


def build(folder: Path, now: datetime, say: Callable[[int, int], None]) -> int:
    """Make or carry on the demonstration in `folder` up to `now`; return how many steps were taken.

    What an earlier run left half told is told to its end first.
    """
    earlier = visits()
    if not earlier and Practitioner.objects.exists():
        raise CannotContinue(NOT_OURS)
    untils = [visit.until for visit in earlier]
    taken = 0
    if earlier and not earlier[-1].is_told:
        taken = _tell(folder, untils, say)
    if not earlier:
        shutil.rmtree(folder, ignore_errors=True)
    if not earlier or to_the_minute(now) > untils[-1]:
        taken += _tell(folder, [*untils, to_the_minute(now)], say)
    return taken


def _tell(folder: Path, untils: list[datetime], say: Callable[[int, int], None]) -> int:
    """Tell the story from the visit before the last up to the last; return how many steps were taken."""
    partnership = plan_partnership(to_the_minute(untils[0]).date())
    made = write_drops(partnership, folder, tuple(untils))
    steps = _steps(made)
    visit = _visit(folder, made, len(steps))
    first = visit.done
    cast = cast_of(partnership)
    for number, step in enumerate(steps[first:], first + 1):
        _take(folder, made, cast, visit, number, step)
        if number % SAY_EVERY == 0 or number == len(steps):
            say(number, len(steps))
    expect_feeds(untils[-1])
    Visit.objects.filter(pk=visit.pk).update(done=len(steps))
    return len(steps) - first


@transaction.atomic
def _visit(folder: Path, made: Made, steps: int) -> Visit:
    """Find the visit, or make it; the first one together with agencies, people and places."""
    if len(made.visits) == 1 and not Visit.objects.exists():
        load_reference(by=System.SET_UP, at=made.visits[0], folder=folder / "reference")
        set_up_partnership(made.partnership, made.since)
    return Visit.objects.get_or_create(until=made.visits[-1], defaults={"steps": steps})[0]


def _steps(made: Made) -> list[Step]:
    """Everything in the order of the story: files arrive, and people act."""
    arriving = [entry for entry in made.entries if entry["feed"] != "reference"]
    steps: list[Step] = [(datetime.fromisoformat(str(one["arrived_at"])), 0, one) for one in arriving]
    steps += [(act.at, 1, act) for act in acts(made.partnership, made.visits)]
    return sorted(steps, key=lambda step: step[:2])


def _take(folder: Path, made: Made, cast: Cast, visit: Visit, number: int, step: Step) -> None:
    """Take one step.  A file may be received again after a kill; an act is counted as it is done."""
    at, kind, thing = step
    if kind == 0:
        _arrive(folder, thing, at)
        return
    told = Visit.objects.filter(pk=visit.pk)
    try:
        with transaction.atomic():
            told.update(done=number)
            _act(made.partnership, cast, thing)
    except REFUSED:  # what the rules refuse did not happen in this story
        told.update(done=number)


def _arrive(folder: Path, entry: Any, at: datetime) -> None:
    path = str(entry["path"])
    receive(
        by=System.FEEDS,
        at=at,
        path=path,
        content=(folder / path).read_bytes(),
        declared_rows=int(entry["rows"]),
    )
    applying.apply_waiting(by=System.FEEDS, at=at)


def _act(partnership: Partnership, cast: Cast, act: doing.Act) -> None:
    """Do one act, as the person who does it."""
    about = getattr(act, "about", None)
    moment = _moment(partnership, about, act.child) if about else None
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


def _moment(partnership: Partnership, about: doing.Source, child: str) -> "Moment | None":
    """Find the moment that was raised from this record, or from the same hearing as another list has it."""
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
    doing.Acknowledge: _acknowledge,
    doing.Assign: _assign,
    doing.LogAttempt: _attempt,
    doing.RecordContact: _contacted,
    doing.EndMoment: _end,
}
