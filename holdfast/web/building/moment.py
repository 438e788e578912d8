"""All about one moment: what happened, who knows, who went, and what can be done now."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from holdfast.moments.models import Contact
from holdfast.moments.queries import MomentShown
from holdfast.moments.terms import Accepted, Meeting
from holdfast.paging.queries import Told, paged_at
from holdfast.paging.terms import Channel
from holdfast.people.models import Practitioner
from holdfast.relationships.queries import trusted_names
from holdfast.web import clocks, links
from holdfast.web.building import cards, whose, words
from holdfast.web.building.doing import forms_of
from holdfast.web.parts import Button, Fact, FormPart, Link, Pair, Promise, Step

MET = {
    Meeting.SEEN_ALONE: "saw the child alone",
    Meeting.SEEN_WITH_OTHERS: "saw the child, with others there",
    Meeting.SPOKE: "spoke with the child by phone",
    Meeting.ATTEMPTED: "tried to reach the child",
}
SAID = {
    Accepted.YES: "The child said yes.",
    Accepted.NOT_YET: "The child said: not yet.",
    Accepted.NO: "The child said no.",
    Accepted.NOT_OFFERED: "",
}
STAYS = "A moment stays until a named person ends it."


@dataclass(frozen=True)
class MomentPage:
    title: str
    child: Link | None
    child_words: str
    about: str
    promise: Promise | None
    stopped: str
    why: str
    waits_since: datetime | None = None
    back: Link | None = None
    window: Promise | None = None
    ended: str = ""
    answered_by: str = ""
    answer_more: str = ""
    sentence: str = ""
    source: str = ""
    why_more: str = ""
    actions: list[Button] = field(default_factory=list)
    lines: list[Pair] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    told: list[Step] = field(default_factory=list)
    contacts: list[Fact] = field(default_factory=list)
    times: list[Pair] = field(default_factory=list)
    forms: list[FormPart] = field(default_factory=list)
    history: list[Step] = field(default_factory=list)


def page(
    by: Practitioner, shown: MomentShown, now: datetime, bound: Mapping[str, Any] | None = None
) -> MomentPage:
    """Lay out one moment; `bound` holds a form that was sent and could not be taken.

    A constant number of SQL queries.
    """
    moment = shown.moment
    person = moment.person_id
    trusts = trusted_names(by, [person]).get(person, "") if shown.may_open_child else ""
    strong, quiet = cards.actions(by, shown)
    return MomentPage(
        back=Link("Now", links.page("now")),
        title=moment.kind.label,
        child=words.child_link(shown),
        child_words=shown.child.name,
        about=words.about(shown, now),
        promise=cards.promise(shown),
        stopped=cards.stopped(shown, now),
        waits_since=cards.waits_since(shown),
        window=window(shown, now),
        ended=ended(by, shown, now),
        answered_by=cards.answered_by(by, shown),
        answer_more=cards.answer_more(shown, now),
        sentence=moment.detail,
        source=words.source_words(moment, now),
        why=moment.kind.sentence,
        why_more=why_more(shown, now),
        actions=[action for action in (strong, *quiet) if action],
        lines=cards.lines(by, shown, trusts, now),
        facts=facts(shown, now),
        told=told(shown, now),
        contacts=[contact_fact(contact, now) for contact in reversed(shown.contacts)],
        times=times(shown, now),
        forms=forms_of(by, shown, now, bound or {}),
        history=history(by, shown, now),
    )


def window(shown: MomentShown, now: datetime) -> Promise | None:
    """Return what the chance counts down to while it lasts; nothing once someone was with the child."""
    ends_at = shown.clock.window_ends_at
    if ends_at is None or not shown.clock.is_running or ends_at < now:
        return None
    ref = shown.moment.ref
    return Promise(ends_at, "left to reach the child", label="Until", key=f"{ref}-window")


def ended(by: Practitioner, shown: MomentShown, now: datetime) -> str:
    if shown.moment.is_history:
        return "This was over before it reached us. Nobody was told."
    if shown.ending is None:
        return ""
    who = words.you_or(shown.ending.by, by)
    return f"Ended by {who}, {clocks.moment_words(shown.ending.at, now)}: {shown.ending.why}"


def why_more(shown: MomentShown, now: datetime) -> str:
    event = shown.moment.event
    if event is None:
        return ""
    who = shown.moment.told_by.name if shown.moment.told_by else whose.told_by(event)
    follows = f"It follows from “{event.title}”, {whose.happened(event, now)}, told by {who}."
    if event.withdrawn_at is None:
        return follows
    return f"{follows} That was taken back {clocks.moment_words(event.withdrawn_at, now)}. {STAYS}"


def facts(shown: MomentShown, now: datetime) -> list[Fact]:
    """What the source itself wrote, whole."""
    event = shown.moment.event
    if event is None or not event.text or event.text == shown.moment.detail:
        return []
    return [Fact(event.text, whose.teller(event), f", {clocks.moment_words(event.known_at, now)}")]


def told(shown: MomentShown, now: datetime) -> list[Step]:
    """One line for each person and time: over which channels, and what became of it."""
    lines: dict[tuple[int, int], list[Told]] = {}
    for one in shown.page.told if shown.page else ():
        lines.setdefault((one.round, one.practitioner.pk), []).append(one)
    return [_told_step(messages, now) for messages in lines.values()]


def _told_step(messages: list[Told], now: datetime) -> Step:
    first = messages[0]
    seen = min((one.seen_at for one in messages if one.seen_at), default=None)
    email = next((one for one in messages if one.channel == Channel.EMAIL), None)
    said = "told here and by e-mail." if email else "told here."
    if email and not email.handed_at:
        said = "told here. The e-mail has not left yet; it is tried again."
    if seen:
        said += f" Opened it {clocks.moment_words(seen, now)}."
    return Step(clocks.moment_words(first.made_at, now), said, lead=first.practitioner.name)


def contact_fact(contact: Contact, now: datetime) -> Fact:
    """One contact or attempt: how, the child's words whole, what was offered."""
    meeting = Meeting(contact.meeting)
    parts = [f"{MET[meeting].capitalize()}{f' · {contact.where}' if contact.where else ''}."]
    if contact.childs_words:
        parts.append(f"“{contact.childs_words}”")
    if contact.offered:
        parts.append(f"Offered: {contact.offered}. {SAID[Accepted(contact.accepted)]}")
    parts.append(contact.note)
    next_words = f" Next: {clocks.moment_words(contact.next_at, now)}." if contact.next_at else ""
    return Fact(
        " ".join(part for part in parts if part).strip(),
        contact.by.name,
        f", {words.does(contact.by).lower()}.{next_words}",
        lead=clocks.moment_words(contact.at, now).capitalize() + ".",
    )


def times(shown: MomentShown, now: datetime) -> list[Pair]:
    """The five times of a moment; the child has waited since any agency first knew."""
    moment = shown.moment
    paged = paged_at([moment.ref]).get(moment.ref)
    found = [
        ("Happened", moment.happened_at),
        ("An agency first knew", moment.agency_knew_at),
        ("It reached us", moment.known_at),
        ("We raised it", moment.raised_at),
        ("Someone was told", paged),
    ]
    return [Pair(label, clocks.moment_words(at, now) if at else "Not yet") for label, at in found]


def history(by: Practitioner, shown: MomentShown, now: datetime) -> list[Step]:
    """What has happened since it reached us, in order."""
    moment = shown.moment
    found = [(moment.known_at, f"Told to us by {words.teller(moment)}.", "")]
    if shown.answer:
        found.append((shown.answer.at, "took this.", shown.answer.by.name))
    found += [(one.at, f"asked {words.you_or(one.to, by)} to go.", one.by.name) for one in shown.assignments]
    found += [(one.at, f"{MET[Meeting(one.meeting)]}.", one.by.name) for one in shown.contacts]
    if shown.ending:
        found.append((shown.ending.at, f"ended this: {shown.ending.why}", shown.ending.by.name))
    return [
        Step(clocks.moment_words(at, now), said, lead)
        for at, said, lead in sorted(found, key=lambda one: one[0])
    ]
