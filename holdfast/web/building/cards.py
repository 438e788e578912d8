"""What does a moment's card say, and what can this reader do with it?  S3."""

from datetime import datetime

from holdfast.access.queries import may
from holdfast.access.terms import Duty
from holdfast.moments.queries import MomentShown
from holdfast.people.models import Practitioner
from holdfast.web import clocks, links
from holdfast.web.building import words
from holdfast.web.parts import Button, MomentCard, Pair, Promise


def card(by: Practitioner, shown: MomentShown, trusts: str, now: datetime) -> MomentCard:
    moment = shown.moment
    action, quiet = actions(by, shown)
    return MomentCard(
        url=links.moment(moment.ref),
        title=moment.kind.label,
        child=words.child_link(shown),
        child_words=shown.child.name,
        about=words.about(shown, now),
        promise=promise(shown),
        stopped=stopped(shown, now),
        waits_since=waits_since(shown),
        answered_by=answered_by(by, shown),
        answer_more=answer_more(shown, now),
        sentence=moment.detail,
        source=words.source_words(moment, now),
        lines=tuple(lines(by, shown, trusts, now)),
        action=action,
        quiet=tuple(quiet),
    )


def promise(shown: MomentShown) -> Promise | None:
    """Return what we count to; nothing once someone was with the child."""
    clock = shown.clock
    if clock.due is None:
        return None
    return Promise(clock.due, clock.towards, clock.label, key=shown.moment.ref)


def stopped(shown: MomentShown, now: datetime) -> str:
    at, since = shown.clock.stopped_at, shown.clock.since
    if at is None:
        return ""
    return f"At {clocks.moment_words(at, now)}, {clocks.counted(since, at)} after an agency first knew"


def waits_since(shown: MomentShown) -> datetime | None:
    """Return since when the child waits: since any agency first knew, until somebody was there."""
    return shown.clock.since if shown.clock.is_running else None


def answered_by(by: Practitioner, shown: MomentShown) -> str:
    return words.you_or(shown.answer.by, by) if shown.answer else ""


def answer_more(shown: MomentShown, now: datetime) -> str:
    """Return when it was answered, or who is being told now and what comes next."""
    if shown.answer:
        after = clocks.length(shown.answer.at - shown.moment.known_at)
        return f" {clocks.at_words(shown.answer.at, now)}, {after} after it reached us."
    page = shown.page
    if page is None or not page.told:
        return "Nobody has been told yet: somebody is being looked for now."
    following = f" Then the next person, at {clocks.wall_time(page.next_at)}." if page.next_at else ""
    last = max(told.made_at for told in page.told)
    return f"{words.names(list(page.calling))} told {clocks.at_words(last, now)}.{following}"


REACHABLE = "Reachable until"
MOST_LINES = 3  # on a card: those that the next decision needs


def lines(by: Practitioner, shown: MomentShown, trusts: str, now: datetime) -> list[Pair]:
    found = [
        _with(shown, now),
        _on_the_way(by, shown, now),
        _window(shown, now),
        Pair("Trusts", trusts or "Nobody yet"),
    ]
    return [line for line in found if line][:MOST_LINES]


def _with(shown: MomentShown, now: datetime) -> Pair | None:
    met = words.first_contact(shown)
    if met:
        return Pair("Was with the child", f"{met.by.name}, {clocks.at_words(met.at, now)}")
    if not shown.moment.with_whom:
        return None
    return Pair("With the child", _capital(shown.moment.with_whom))


def _on_the_way(by: Practitioner, shown: MomentShown, now: datetime) -> Pair | None:
    if not shown.assignments or words.first_contact(shown):
        return None
    last = shown.assignments[-1]
    who = words.you_or(last.to, by)
    return Pair(
        "Asked to go",
        f"{_capital(who)}, by {words.you_or(last.by, by)} {clocks.at_words(last.at, now)}",
    )


def _window(shown: MomentShown, now: datetime) -> Pair | None:
    """What ends with the chance, by the wall clock and counted."""
    ends_at = shown.clock.window_ends_at
    if ends_at is None or words.first_contact(shown):
        return None
    left = clocks.counted(ends_at, now)
    counted = f", {left} ago" if ends_at < now else f", in {left}"
    return Pair(
        REACHABLE,
        f"{counted}. {_sourced(shown.moment.kind.window_words)}",
        lead=clocks.moment_words(ends_at, now),
    )


def _sourced(words: str) -> str:
    """Say whose paragraph a number comes from, to readers who have not read the kinds' table."""
    return words.replace("(§", "(the review, §")


def actions(by: Practitioner, shown: MomentShown) -> tuple[Button | None, list[Button]]:
    """Return the one strong action and at most two others, as things stand."""
    if not may(by, Duty.RESPOND) or shown.ending:
        return None, []
    url, name = links.moment(shown.moment.ref), shown.child.name
    give = Button("Give to someone", f"{url}#assign", spoken=f"Give {name} to someone")
    if shown.answer is None:
        take = Button("I will take this", f"{url}/answer", posts=True, spoken=f"I will take this, {name}")
        return take, [give]
    if shown.clock.is_running:
        return Button(_was_with(by, shown), f"{url}#contact"), [give, *_call(by, shown)][:2]
    return Button("End this moment", f"{url}#end", spoken=f"End this moment, {name}"), _call(by, shown)


def _was_with(by: Practitioner, shown: MomentShown) -> str:
    going = shown.assigned_to
    if going is None or going == by:
        return f"I was with {shown.child.name}"
    return f"{words.first_name(going)} was with {shown.child.name}"


def _call(by: Practitioner, shown: MomentShown) -> list[Button]:
    """Ring whoever is to go, else whoever told us."""
    for person in (shown.assigned_to, shown.moment.told_by):
        if person and person != by and person.phone:
            number = "".join(person.phone.split())
            return [Button(f"Call {words.first_name(person)}", f"tel:{number}", spoken=f"Call {person.name}")]
    return []


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]
