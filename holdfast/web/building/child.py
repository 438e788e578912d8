"""What does a child's own page say first, in the order in which it is needed?  S5."""

from collections import Counter
from datetime import datetime
from typing import Any

from holdfast.chronology.queries import news_of
from holdfast.identification.models import OpenQuestion
from holdfast.identification.queries import open_questions
from holdfast.moments.of_child import OpenMoment, late_contacts, live_moments_of
from holdfast.people.models import Practitioner
from holdfast.relationships.queries import Adult
from holdfast.relationships.terms import Advice, NamedBy
from holdfast.web import links
from holdfast.web.building import changed, conditions, contacts, whose
from holdfast.web.building.adding import parts_for
from holdfast.web.building.of_child import Shown, full_stop, pronoun
from holdfast.web.clocks import LONDON, day_words
from holdfast.web.forms.child import ChildForm
from holdfast.web.parts import Fact, Link, Pair, PersonLine, Promise, Unknown, Voice

SHOWN = 5  # of each, then "All 12"


def page(
    by: Practitioner, child: Shown, now: datetime, looked_at: datetime | None, sent: ChildForm | None = None
) -> dict[str, Any]:
    """Return what `web/child.html` lays out.  A constant number of SQL queries."""
    start = changed.start_of(looked_at, now)
    had = late_contacts(by, child.person, now, start)
    news = news_of(by, child.person, now, start, changed.SHOWN + 1)
    questions = open_questions(by, child.person, now)
    he = pronoun(child.identity)
    return {
        "pronoun": he or child.identity.name,
        **_trust(child, now),
        **_knock(child, now),
        "voice": _voice(child, now),
        "promise": contacts.next_contact(had, he),
        "live": _live(live_moments_of(by, child.person, now)),
        "contact_url": links.page("contact", child.person.ref),
        **_well(child, now),
        **changed.since(child, now, looked_at, news.told, had),
        "unknowns": [_unknown(question, now) for question in questions],
        "conditions": conditions.in_force(news, now),
        "involved": [_person(member, child) for member in child.around.team],
        "forms": parts_for(by, child.person, now, [(one.ref, one.question) for one in questions], sent),
        "records": _records(child),
        "records_link": Link("Why these are one person", links.page("records", child.person.ref)),
    }


def _trust(child: Shown, now: datetime) -> dict[str, Any]:
    trusted = child.around.trusted
    if trusted is None:
        return {"trusted": None}
    is_chosen = trusted.named_by == NamedBy.CHILD
    said, verb = (child.identity.name, "chose") if is_chosen else (trusted.recorded_by, "named")
    return {
        "trusted": PersonLine(
            name=trusted.name,
            does=_does(trusted.work if trusted.key else "", trusted.purpose),
            phone=trusted.phone,
        ),
        "trusted_source": f"{said} {verb} {trusted.name}, {whose.day_of(trusted.starts_at, now)}",
    }


def _does(work: str, note: str) -> str:
    """Return what somebody does and is to the child, each said once."""
    said = [work] if work.casefold() == note.casefold() else [work, note]
    return " ".join(full_stop(part[:1].upper() + part[1:]) for part in said if part)


def _knock(child: Shown, now: datetime) -> dict[str, Any]:
    lines = child.around.approaches
    words = {Advice.DO: "Do", Advice.DO_NOT: "Do not"}
    latest = max(lines, key=lambda line: line.said_at, default=None)
    source = f"{latest.said_by}, {whose.day_of(latest.said_at, now)}" if latest else ""
    pairs = [Pair(words[Advice(line.advice)], line.words) for line in lines]
    return {"knock": pairs, "knock_source": source}


def _voice(child: Shown, now: datetime) -> Voice:
    voice, name = child.around.voice, child.identity.name
    if voice is None:
        asker = child.around.trusted or child.around.lead
        return Voice(words="", whose=name, asker=asker.name if asker else "")
    asked = f" {name} asked for this to be at the top." if voice.is_at_top else ""
    return Voice(voice.words, name, f", to {voice.said_by}, {whose.day_of(voice.said_at, now)}.{asked}")


def _live(moments: list[OpenMoment]) -> list[dict[str, Any]]:
    return [
        {
            "link": Link(one.label, links.moment(one.ref)),
            "promise": Promise(one.clock.due, one.clock.towards, one.clock.label, one.ref),
            "more": f". Answered by {one.answered_by}." if one.answered_by else ". Nobody has answered yet.",
        }
        for one in moments
        if one.clock.due
    ]


def _well(child: Shown, now: datetime) -> dict[str, Any]:
    strengths = child.around.strengths
    return {
        "well": [
            Fact(full_stop(one.words), one.said_by, f", {whose.day_of(one.said_at, now)}")
            for one in strengths[:SHOWN]
        ],
        "more_well": None,
    }


def _unknown(question: OpenQuestion, now: datetime) -> Unknown:
    owner = question.owner.name if question.owner else ""
    finder = f"{owner} will find out{': ' + question.how if question.how else ''}." if owner else ""
    today = now.astimezone(LONDON).date()
    by = day_words(question.due_on, today) if question.due_on else ""
    asked = f"Asked {whose.day_of(question.asked_at, now)}."
    return Unknown(question.question, finder, by, asked, bool(question.due_on and question.due_on < today))


def _person(member: Adult, child: Shown) -> PersonLine:
    trusted = child.around.trusted
    is_trusted = bool(trusted and trusted.key == member.key)
    leads = "Brings the team together. " if member.is_lead else ""
    return PersonLine(
        name=member.name,
        does=f"{member.work}, {member.agency}. {leads}{full_stop(member.purpose)}",
        word=f"{child.identity.name} trusts" if is_trusted else "",
        phone=member.phone,
    )


def _records(child: Shown) -> list[Fact]:
    """Return, by sender, how many of its records are this person's."""
    counts = Counter(whose.sender(source) for source in child.sources)
    return [
        Fact(f"{who}: {'1 record' if number == 1 else f'{number} records'}", "")
        for who, number in counts.items()
    ]
