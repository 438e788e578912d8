"""How does the invented story become real rows, through the ordinary commands, in order?"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from holdfast.access.errors import NotAllowed
from holdfast.audit.terms import System
from holdfast.demonstration import doing
from holdfast.demonstration.acts import acts
from holdfast.demonstration.folder import Made, continue_from, make_folder
from holdfast.demonstration.setting_up import Cast, set_up_partnership
from holdfast.demonstration.shape import Partnership
from holdfast.feeds import applying
from holdfast.feeds.commands import receive
from holdfast.identification import commands as identification
from holdfast.moments import commands as moments
from holdfast.moments.errors import CannotBeSaid, MomentOver, NoSuchMoment
from holdfast.moments.queries import moment_of_event
from holdfast.moments.terms import Accepted, Meeting
from holdfast.people.commands import open_child
from holdfast.people.models import Person, Practitioner, RecordIdentifier, RecordName
from holdfast.places.commands import load_reference
from holdfast.relationships import commands as relationships
from holdfast.relationships.terms import Advice, NamedBy

LIVE_FOR = 18  # hours before now in which moments are open and people are paged; earlier ones are history


def build(folder: Path, now: datetime, say: Callable[[str], None]) -> int:
    """Make or carry on the demonstration in `folder` up to `now`; return how many files were applied."""
    is_new = not (folder / "demonstration.json").exists()
    made = make_folder(folder, now) if is_new else continue_from(folder, now)
    if is_new:
        load_reference(by=System.SET_UP, at=now, folder=folder / "reference")
    cast = set_up_partnership(made.partnership, made.since)
    _play(folder, made, cast, now, say)
    return len(made.entries)


def _play(folder: Path, made: Made, cast: Cast, now: datetime, say: Callable[[str], None]) -> None:
    """Let files arrive and people act in the order of the story."""
    earlier = made.visits[:-1]
    story = acts(made.partnership, made.since, made.visits[-1], earlier)
    files = [
        (datetime.fromisoformat(str(e["arrived_at"])), e) for e in made.entries if e["feed"] != "reference"
    ]
    steps: list[tuple[datetime, int, Any]] = [(at, 0, entry) for at, entry in files]
    steps += [(act.at, 1, act) for act in story]
    steps.sort(key=lambda step: (step[0], step[1]))
    live_from = now.timestamp() - LIVE_FOR * 3600
    for number, (at, kind, thing) in enumerate(steps, 1):
        if kind == 0:
            _arrive(folder, thing, at, is_history=at.timestamp() < live_from)
        else:
            _act(made.partnership, cast, thing)
        if number % 100 == 0 or number == len(steps):
            say(f"\r{number} of {len(steps)} steps")


def _arrive(folder: Path, entry: Any, at: datetime, is_history: bool) -> None:
    path = str(entry["path"])
    receive(
        by=System.FEEDS,
        at=at,
        path=path,
        content=(folder / path).read_bytes(),
        declared_rows=int(entry["rows"]),
        is_history=is_history,
    )
    applying.apply_waiting(by=System.FEEDS, at=at)


def _act(partnership: Partnership, cast: Cast, act: doing.Act) -> None:
    """Do one act, as the person who does it.  What the rules refuse did not happen in this story."""
    person = _person(partnership, act.child)
    if person is None:
        return
    try:
        DO[type(act)](act, person, cast.by_key[act.by], cast)
    except (NotAllowed, MomentOver, NoSuchMoment, CannotBeSaid):
        return


def _person(partnership: Partnership, key: str) -> Person | None:
    child = partnership.child(key)
    numbers = [child.nhs_number, child.upn, child.police_number]
    held = RecordIdentifier.objects.filter(value__in=[n for n in numbers if n]).select_related(
        "record__person"
    )
    first = held.order_by("pk").first()
    if first:
        return first.record.person
    named = RecordName.objects.filter(
        given__startswith=child.forename, family=child.surname, record__birth_dates__born_on=child.dob
    )
    found = named.select_related("record__person").order_by("pk").first()
    return found.record.person if found else None


def _moment(act: Any) -> Any:
    about = act.about
    refs = [about.key, f"{about.la_code}:{about.key}", f"{about.la_code}:{about.key.partition('/')[0]}"]
    refs += [f"{ref} first court" for ref in refs]
    return moment_of_event(System.SET_UP, f"{about.feed}/{about.table}", refs)


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


def _acknowledge(act: Any, person: Person, by: Practitioner, cast: Cast) -> None:
    moment = _moment(act)
    if moment:
        moments.answer(by=by, at=act.at, moment=moment)


def _assign(act: Any, person: Person, by: Practitioner, cast: Cast) -> None:
    moment = _moment(act)
    if moment:
        moments.assign(by=by, at=act.at, moment=moment, to=cast.by_key[act.to])


def _attempt(act: Any, person: Person, by: Practitioner, cast: Cast) -> None:
    _contact(act, person, by, Meeting.ATTEMPTED, where=act.how, note=act.note)


def _contacted(act: Any, person: Person, by: Practitioner, cast: Cast) -> None:
    accepted = Accepted.YES if act.was_accepted else Accepted.NOT_YET
    _contact(
        act,
        person,
        by,
        Meeting.SEEN_ALONE if act.was_seen else Meeting.SPOKE,
        where=act.place,
        childs_words=act.words,
        offered=act.offered,
        accepted=accepted if act.offered else Accepted.NOT_OFFERED,
        next_at=act.next_at,
    )


def _contact(act: Any, person: Person, by: Practitioner, meeting: Meeting, **more: Any) -> None:
    moment = _moment(act) if act.about else None
    moments.record_contact(
        by=by, at=act.at, person=person, moment=moment, meeting=meeting, met_at=act.at, **more
    )


def _end(act: Any, person: Person, by: Practitioner, cast: Cast) -> None:
    moment = _moment(act)
    if moment:
        moments.end_moment(by=by, at=act.at, moment=moment, why=act.what_is_true_now)


DO: dict[type, Callable[[Any, Person, Practitioner, Cast], None]] = {
    doing.OpenRecord: _open_record,
    doing.JoinTeam: _join_team,
    doing.NameTrustedAdult: _name_trusted_adult,
    doing.AddStrength: _strength,
    doing.AddLike: _strength,
    doing.AddKnockLine: _knock,
    doing.WriteWords: _words,
    doing.AskQuestion: _ask,
    doing.Acknowledge: _acknowledge,
    doing.Assign: _assign,
    doing.LogAttempt: _attempt,
    doing.RecordContact: _contacted,
    doing.EndMoment: _end,
}
