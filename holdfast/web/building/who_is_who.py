"""Are these two one person?  The questions that wait, and one of them with its two records side by side."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from holdfast.linkage.explaining import Compared, SideBySide
from holdfast.linkage.terms import Field, Opinion, Profile
from holdfast.people.models import Practitioner
from holdfast.web import clocks, links
from holdfast.web.building import records
from holdfast.web.building.words import age_words
from holdfast.web.parts import Button, FormPart, Link, Promise, Row, Step
from holdfast.who_is_who.queries import Comparison, Doubt, Half, Said, comparison, decided, doubts, log

ON_A_PAGE = 50  # questions, our choice
DECIDED = {
    Opinion.SAME: "one person",
    Opinion.DIFFERENT: "two people",
    Opinion.NOT_SURE: "not sure",
}
COMPARED = {
    Field.NAME: "Name",
    Field.BORN: "Born",
    Field.SEX: "Sex recorded",
    Field.NHS: "NHS number",
    Field.UPN: "Unique pupil number",
    Field.NUMBER: "Sender’s own number",
    Field.PLACE: "Home",
    Field.PHONE: "Telephone",
}
NOT_SAID = "Not said"
NOT_COMPARED = "Only one of them says: not counted"


@dataclass(frozen=True)
class Line:
    """One thing as either record has it, what came of comparing them, and how much that weighs."""

    what: str
    left: str
    right: str
    words: str
    weight: str
    mark: str  # "Agrees", "Differs" or nothing


@dataclass(frozen=True)
class Side:
    """One of the two persons: who, whose record is compared, and the other records that would come along."""

    title: str
    link: Link | None
    sender: str
    since: str
    others: list[str]


@dataclass(frozen=True)
class QuestionPage:
    back: Link
    sides: tuple[Side, Side]
    promise: Promise | None
    waits: str
    unsure: str
    lines: list[Line]
    joins: str
    form: FormPart


def waiting(by: Practitioner, now: datetime, number: int) -> dict[str, Any]:
    """Return a page of the questions, and what was decided lately.  A constant number of SQL queries."""
    found = doubts(by, now)
    first, last = (number - 1) * ON_A_PAGE, number * ON_A_PAGE
    return {
        "refs": [half.person.ref for one in found[first:last] for half in one.halves],
        "rows": [_row(one, now) for one in found[first:last]],
        "count": _count(len(found)),
        "older": Link("More questions", f"?page={number + 1}") if len(found) > last else None,
        "decided": [_step(one, by, now) for one in decided(by, now)] if number == 1 else [],
        "is_first": number == 1,
        "all_said": Link("All that was said", links.page("who_is_who_said")),
    }


def _count(number: int) -> str:
    if number == 0:
        return "No question waits."
    return "1 question waits." if number == 1 else f"{number:,} questions wait."


def _row(one: Doubt, now: datetime) -> Row:
    left, right = (half.identity.full_name for half in one.halves)
    return Row(
        title=left if left == right else f"{left}, {right}",
        url=links.page("who_is_who_question", one.ref),
        about=_ages(one, now),
        more=_hangs(one, now),
        word="Second opinion asked" if one.unsure else "",
        promise=_promise(one),
    )


def _ages(one: Doubt, now: datetime) -> str:
    ages = [age_words(half.identity, now) or "age not known" for half in one.halves]
    return ages[0] if ages[0] == ages[1] else " and ".join(ages)


def _promise(one: Doubt) -> Promise | None:
    if one.urgent is None:
        return None
    return Promise(one.urgent.due, one.urgent.towards, one.urgent.due_label, one.ref)


def _hangs(one: Doubt, now: datetime) -> str:
    """Say what hangs on the answer, and since when it waits."""
    since = f"Asked {clocks.moment_words(one.asked_at, now)}"
    return f"{since}. {one.urgent.moment}: a live moment waits on this." if one.urgent else f"{since}."


def said(by: Practitioner, now: datetime, number: int) -> dict[str, Any]:
    """Return a page of all that was ever said.  A constant number of SQL queries."""
    found, has_more = log(by, now, number)
    return {
        "back": Link("Who is who", links.page("who_is_who")),
        "rows": [_line(one, by, now) for one in found],
        "older": Link("What was said before", f"?page={number + 1}") if has_more else None,
    }


def _line(one: Said, by: Practitioner, now: datetime) -> Row:
    shown = _step(one, by, now)
    step, undo = shown.step, shown.undo
    undone = ""
    if one.taken_back_by and one.taken_back_at:
        undone = f" {one.taken_back_by.name} took it back {clocks.moment_words(one.taken_back_at, now)}."
    more = f"{step.at}.{undone}"
    sentence, word = f"{step.lead} {step.sentence}", "Taken back" if undone else ""
    return Row(sentence, more=more, word=word, action=None if undone else undo)


@dataclass(frozen=True)
class DecidedStep:
    step: Step
    undo: Button


def _step(one: Said, by: Practitioner, now: datetime) -> DecidedStep:
    who = "You" if one.by == by else one.by.name
    why = f" “{one.why}”" if one.why else ""
    said = f"said of {' and '.join(one.names)}: {DECIDED[one.opinion]}.{why}"
    undo = Button(
        "Take this back",
        links.page("who_is_who_take_back", one.ref),
        posts=True,
        spoken=f"Take back what {who} said of {' and '.join(one.names)}",
    )
    return DecidedStep(Step(clocks.moment_words(one.at, now), said, lead=who), undo)


def question(by: Practitioner, one: Doubt, form: Any, now: datetime) -> QuestionPage:
    """Lay out one question.  A constant number of SQL queries, however many records."""
    found = comparison(by, one)
    sides = tuple(_side(half, found, now) for half in one.halves)
    url = links.page("who_is_who_question", one.ref)
    return QuestionPage(
        back=Link("Who is who", links.page("who_is_who")),
        sides=(sides[0], sides[1]),
        promise=_promise(one),
        waits=_hangs(one, now),
        unsure=_unsure(one),
        lines=_lines(found.compared),
        joins=_joins(sides),
        form=FormPart(form, url, "Keep this answer", "Are these one person?", key="say"),
    )


def _unsure(one: Doubt) -> str:
    if not one.unsure:
        return ""
    return f"{one.unsure} is not sure, and asks for a second opinion. {one.unsure_why}".strip()


def _side(half: Half, found: Comparison, now: datetime) -> Side:
    own = [record for record in found.records if record.person_id == half.person.pk]
    compared = next(record for record in own if record.pk == half.record)
    return Side(
        title=half.identity.full_name,
        link=Link("Open the page", links.child(half.person.ref)) if half.is_child else None,
        sender=f"{records.sender(compared)}, {records.export(compared.source)}",
        since=records.since(compared, now),
        others=[
            f"{records.sender(one)}: {records.said(found.said[one.pk])}" for one in own if one is not compared
        ],
    )


def _joins(sides: Iterable[Side]) -> str:
    count = sum(len(side.others) for side in sides)
    if not count:
        return "Each is the only record of its person: nothing else would join."
    return f"If they are one person, {count} other record{'' if count == 1 else 's'} would join as well."


def _lines(both: SideBySide) -> list[Line]:
    found = {one.field: one for one in both.compared}
    lines = []
    for field, what in COMPARED.items():
        left, right = _value(both.low, field), _value(both.high, field)
        one = found.get(field)
        if not (left or right):
            continue
        words, weight, mark = (one.words, one.weight, _mark(one)) if one else (NOT_COMPARED, "", "")
        lines.append(Line(what, left or NOT_SAID, right or NOT_SAID, words, weight, mark))
    return lines


def _mark(one: Compared) -> str:
    return "Speaks for it" if one.is_for else "Speaks against it"


def _value(profile: Profile, field: Field) -> str:
    match field:
        case Field.NAME:
            found = sorted(f"{name.given} {name.family}".strip() for name in profile.names)
        case Field.BORN:
            found = [f"{day.day} {day:%B %Y}" for day in sorted(profile.born_on)]
            if not found and profile.approx_birth_year:
                found = [f"About {profile.approx_birth_year}"]
        case Field.PLACE:
            found = sorted(profile.addresses) or sorted(profile.postcodes)
        case Field.PHONE:
            found = sorted(profile.phones)
        case Field.SEX:
            found = [records.SEXES[profile.sex]] if profile.sex else []
        case _:
            found = sorted(one.value for one in profile.identifiers if records.FIELDS[one.kind] is field)
    return "; ".join(found)
