"""What stands on every page of a child: name, age, strengths, whom they trust, and the way to the rest."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from holdfast.people.models import Person, Practitioner
from holdfast.people.of_child import known_of
from holdfast.people.queries import Identity
from holdfast.relationships.queries import Around, around
from holdfast.rota.queries import OnDuty, duty_at_home
from holdfast.web import links
from holdfast.web.clocks import LONDON, moment_words
from holdfast.web.parts import Identity as Bar
from holdfast.web.parts import Link, Pair

TABS = (("Summary", "child"), ("Timeline", "timeline"), ("Records", "records"), ("Why I see this", "why"))
STRENGTHS_SHOWN = 4  # our choice: what fits in two lines of the identity bar


@dataclass(frozen=True, slots=True)
class Shown:
    """A child as every page of theirs needs them."""

    person: Person
    identity: Identity
    sources: list[str]  # of each of their records
    around: Around
    duty: tuple[OnDuty, ...]


def shown(by: Practitioner, person: Person, now: datetime) -> Shown:
    """Return what the frame of a child's pages needs.  Four SQL queries."""
    known = known_of(person)
    return Shown(
        person=person,
        identity=known.identity,
        sources=known.sources,
        around=around(by, person, now),
        duty=duty_at_home(by, person, now).on,
    )


def frame(child: Shown, now: datetime, current: str) -> dict[str, Any]:
    """Return the identity bar and the tabs."""
    ref = child.person.ref
    tabs = [Link(text, links.page(name, ref), name == current) for text, name in TABS]
    return {"identity": _bar(child, now), "tabs": tabs, "now": now}


def _bar(child: Shown, now: datetime) -> Bar:
    lead = child.around.lead
    people = [Pair("Brings the team together", lead.name)] if lead else []
    for one in child.duty[:1]:
        until = moment_words(one.until, now)
        people.append(Pair("On duty now", f"{one.practitioner.name}, until {until}"))
    return Bar(
        name=child.identity.name,
        age=age_words(child.identity, now),
        strengths=" ".join(full_stop(one.words) for one in child.around.strengths[:STRENGTHS_SHOWN]),
        trusts=child.around.trusted.name if child.around.trusted else "",
        people=people,
        url=links.child(child.person.ref),
    )


def age_words(identity: Identity, now: datetime) -> str:
    """Return "15, he and him", or what is not known of it."""
    age = identity.age(now.astimezone(LONDON).date())
    known = str(age) if age is not None else "age not known"
    return f"{known}, {identity.pronouns}" if identity.pronouns else known


def full_stop(sentence: str) -> str:
    sentence = sentence.strip()
    return sentence if sentence.endswith((".", "!", "?", "”", '"')) else f"{sentence}."


def pronoun(identity: Identity) -> str:
    """Return "he", "she", "they" as the child asked; nothing if nobody has asked."""
    return identity.pronouns.replace("/", " ").split()[0].lower() if identity.pronouns else ""
