"""Has anyone seen what I sent, who, and what happens next?  S2, after sending."""

import hashlib
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta

from holdfast.moments.models import Answer
from holdfast.moments.queries import MomentShown
from holdfast.moments.terms import Meeting
from holdfast.paging.queries import PageState, Told
from holdfast.people.models import Area, Practitioner
from holdfast.rota.queries import ladder, people_at_step
from holdfast.web import clocks, links, telephone
from holdfast.web.building import words
from holdfast.web.building.moment import MET
from holdfast.web.parts import Button, Receipt, Step

NOT_TOLD = "police, school, family. Whoever takes this decides with you."


@dataclass(frozen=True)
class Sent:
    as_at: datetime
    receipt: Receipt
    call: Button | None
    sent_lead: str
    sent: str
    told: str
    not_told: str
    moment_url: str
    now_url: str
    add_url: str = ""
    live_url: str = ""
    steps: list[Step] = field(default_factory=list)


def sent(by: Practitioner, shown: MomentShown, now: datetime) -> Sent:
    """Lay out the receipt.  No SQL query beyond those of `moment_for`, but who is told next."""
    moment = shown.moment
    url = links.moment(moment.ref)
    made = Sent(
        as_at=now,
        receipt=receipt(shown, now),
        call=call(by, shown),
        sent_lead=f"{words.child_words(shown.child, now)}: {moment.kind.told_as or moment.kind.label}.",
        sent=_what_was_sent(by, shown),
        told=words.names(_who_has_read(shown)),
        not_told=NOT_TOLD,
        moment_url=url,
        now_url=url,
        steps=steps(by, shown, now),
    )
    return Sent(
        **{**made.__dict__, "live_url": links.page("sent_live", moment.ref) + f"?seen={digest(made)}"}
    )


def receipt(shown: MomentShown, now: datetime) -> Receipt:
    """Return the time at which it was seen, or the minutes it has waited."""
    if shown.answer:
        return _taken(shown.answer)
    seen = shown.page.first_seen if shown.page else None
    if seen and seen.seen_at:
        return Receipt(
            figure=clocks.wall_time(seen.seen_at),
            said=f"{seen.practitioner.name} has seen this",
            more=f"{_role(seen.practitioner)} Nobody has said yet that they take it.",
            is_seen=True,
        )
    return _waiting(shown, now)


def _taken(answer: Answer) -> Receipt:
    return Receipt(
        figure=clocks.wall_time(answer.at),
        said=f"{answer.by.name} has taken this",
        more=f"{_role(answer.by)} They can see your name and your number.",
        is_seen=True,
    )


def _waiting(shown: MomentShown, now: datetime) -> Receipt:
    minutes = (now - shown.moment.raised_at) // timedelta(minutes=1)
    ringing = words.names(list(shown.page.calling)) if shown.page else ""
    return Receipt(
        figure=str(minutes),
        unit="min",
        said=f"Sent {clocks.wall_time(shown.moment.raised_at)}. Not seen yet",
        more="" if ringing else "Somebody is being looked for.",
        strong=f"{ringing} {'have' if ' and ' in ringing else 'has'} been told." if ringing else "",
        after=f"{_next_words(shown, now)} We do not stop.".strip(),
    )


def _next_words(shown: MomentShown, now: datetime) -> str:
    page = shown.page
    if page is None or page.next_at is None or not page.told:
        return ""
    following = next_told(shown.moment.area, page, now)
    return (
        f"At {clocks.wall_time(page.next_at)} {following or 'the next person'} is told." if following else ""
    )


def next_told(area: Area, page: PageState, now: datetime) -> str:
    """Return whom the ladder tells next, as far as it is known now."""
    steps = ladder(area)
    taken = max((one.round for one in page.told), default=0)
    step = steps[taken % len(steps)]
    found = people_at_step(area, step, now)
    return words.names([person.name for person in found[:3]]) if found else ""


def who_will_be_told(by: Practitioner, area: Area, now: datetime) -> str:
    """Say before sending whom the first steps of the ladder tell."""
    first, *rest = [people_at_step(area, step, now) for step in ladder(area)[:2]]
    if not first and not any(rest):
        return f"Everyone who answers for {area.name}: nobody is on the rota now."
    told = words.names([_with_role(person) for person in first or rest[0]])
    others = [person for people in rest for person in people if first and person not in first]
    after = f" If nobody answers, {words.names([_with_role(person) for person in others])}." if others else ""
    return f"{told}.{after}"


def steps(by: Practitioner, shown: MomentShown, now: datetime) -> list[Step]:
    moment = shown.moment
    found = [(moment.raised_at, "You sent it. It arrived at once.", "")]
    found += [(at, f"{name} was told.", "") for (name, _), at in _first_told(shown).items()]
    found += [(at, f"{name} opened it.", "") for name, at in _seen(shown).items()]
    if shown.answer:
        after = clocks.length(shown.answer.at - moment.raised_at)
        found.append(
            (shown.answer.at, f"{after.capitalize()} after you sent.", f"{shown.answer.by.name} took this.")
        )
    found += [(one.at, _asked(by, one.to), "") for one in shown.assignments]
    found += [(one.at, f"{one.by.name} {MET[Meeting(one.meeting)]}.", "") for one in shown.contacts]
    made = [
        Step(clocks.moment_words(at, now), said, lead)
        for at, said, lead in sorted(found, key=lambda one: one[0])
    ]
    return [*made, *_coming(shown, now)]


def _asked(by: Practitioner, to: Practitioner) -> str:
    return "You were asked to go." if to == by else f"{to.name} was asked to go."


def _coming(shown: MomentShown, now: datetime) -> list[Step]:
    page = shown.page
    if page is None or page.next_at is None:
        return []
    following = next_told(shown.moment.area, page, now)
    return [
        Step(
            clocks.wall_time(page.next_at),
            f"{following or 'Everyone who answers for the area'} is told.",
            lead="Next:",
        )
    ]


def _first_told(shown: MomentShown) -> dict[tuple[str, int], datetime]:
    told: dict[tuple[str, int], datetime] = {}
    for one in shown.page.told if shown.page else ():
        told.setdefault((one.practitioner.name, one.round), one.made_at)
    return told


def _seen(shown: MomentShown) -> dict[str, datetime]:
    found: dict[str, datetime] = {}
    for one in _read(shown):
        if one.seen_at:
            found[one.practitioner.name] = min(one.seen_at, found.get(one.practitioner.name, one.seen_at))
    return found


def _who_has_read(shown: MomentShown) -> list[str]:
    readers = list(_seen(shown))
    if shown.answer and shown.answer.by.name not in readers:
        readers.append(shown.answer.by.name)
    return readers


def _read(shown: MomentShown) -> list[Told]:
    return [one for one in (shown.page.told if shown.page else ()) if one.seen_at]


def _what_was_sent(by: Practitioner, shown: MomentShown) -> str:
    moment = shown.moment
    company = "you" if moment.with_whom == by.name else moment.with_whom
    said = [
        words.where_words(moment),
        f"With the child: {company}" if company else "",
        moment.detail,
    ]
    return " ".join(f"{part.rstrip('.')}." for part in said if part)


def call(by: Practitioner, shown: MomentShown) -> Button | None:
    """Ring whoever took it, else the agency's own line."""
    taker = shown.answer.by if shown.answer else None
    if taker and taker != by and taker.phone:
        return Button(
            f"Call {words.first_name(taker)}",
            "tel:" + "".join(taker.phone.split()),
            spoken=f"Call {taker.name}",
        )
    line = by.agency.duty_phone
    return (
        Button(f"Call the duty line, {telephone.shown(line)}", "tel:" + "".join(line.split()))
        if line
        else None
    )


def digest(page: Sent) -> str:
    """Return a short name for what the receipt says; the minutes that it has waited are part of it."""
    said = {name: value for name, value in asdict(page).items() if name not in ("as_at", "live_url")}
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def _role(person: Practitioner) -> str:
    return f"{words.does(person)}, {person.agency.name}."


def _with_role(person: Practitioner) -> str:
    return f"{person.name}, {words.does(person).lower()}"
