"""Something has happened: one question a page, as little typing as can be.  S2."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from holdfast.moments.commands import SomeoneNotFound
from holdfast.moments.models import Kind
from holdfast.moments.queries import answering_area, kinds_to_tell, recent_children
from holdfast.people.models import Area, Person, Practitioner
from holdfast.people.queries import identities
from holdfast.places.queries import area_of_place, area_of_postcode
from holdfast.web import clocks, links
from holdfast.web.building import words
from holdfast.web.building.receipt import who_will_be_told
from holdfast.web.drafts import Draft
from holdfast.web.forms.happened import COMPANY, ME
from holdfast.web.parts import Choice, Link, Pair
from holdfast.web.queries import person_for

QUESTIONS = {
    "child": "Who is it about?",
    "what": "What has happened?",
    "where": "Where, when and with whom?",
    "check": "Read it once, then send",
}
ORDER = list(QUESTIONS)


@dataclass(frozen=True)
class Step:
    question: str
    number: str
    back_url: str
    action: str
    about: str = ""
    told: str = ""
    hidden: list[Pair] = field(default_factory=list)


KINDS_AT_FIRST = 6  # large buttons that a phone shows without scrolling far, our choice


def step(by: Practitioner, name: str, token: str, draft: Draft, now: datetime) -> Step:
    position = ORDER.index(name)
    back = links.page(f"happened_{ORDER[position - 1]}", token) if position else links.page("now")
    person = person_for(by, draft["child"], now) if draft.get("child") else None
    return Step(
        question=QUESTIONS[name],
        number=f"question {position + 1} of {len(ORDER)}",
        back_url=back,
        action=links.page(f"happened_{name}", token),
        about=about(draft, person, now) if position else "",
        told=told(by, draft, person, now) if position else "",
    )


def about(draft: Draft, person: Person | None, now: datetime) -> str:
    """Return "Noor, 14", or what was typed of a child whom no search found."""
    if person:
        return words.child_words(identities([person.pk])[person.pk], now)
    age = draft.get("age")
    return f"{draft.get('name', '')}, about {age}" if age is not None else draft.get("name", "")


def told(by: Practitioner, draft: Draft, person: Person | None, now: datetime) -> str:
    area = answering_area(person, area_of(draft.get("where", "")), by, now)
    return who_will_be_told(by, area, now)


def area_of(where: str) -> Area | None:
    """Return the area of a place or postcode, where one of them is recognised."""
    if not where:
        return None
    tail = " ".join(where.replace(",", " ").split()[-2:])
    return area_of_place(where) or area_of_postcode(tail)


def recent(by: Practitioner, now: datetime) -> list[Choice]:
    return [
        Choice(
            line.person.ref,
            words.child_words(line.identity, now),
            f"Last {clocks.moment_words(line.last_at, now)}",
        )
        for line in recent_children(by, now)
    ]


def kinds() -> list[Choice]:
    """Return the large buttons, in the partnership's order."""
    return [Choice(kind.code, kind.told_as or kind.label, kind.hint) for kind in kinds_to_tell()]


def at_first(choices: list[Choice]) -> tuple[list[Choice], list[Choice]]:
    """Return the kinds that a hand finds at once, and those that fold out."""
    return choices[:KINDS_AT_FIRST], choices[KINDS_AT_FIRST:]


def kind_named(code: str) -> Kind | None:
    return next((kind for kind in kinds_to_tell() if kind.code == code), None)


def answers(by: Practitioner, draft: Draft, now: datetime) -> list[Pair]:
    person = person_for(by, draft["child"], now) if draft.get("child") else None
    kind = kind_named(draft.get("kind", ""))
    happened_at = datetime.fromisoformat(draft["happened_at"])
    found = [
        Pair("Who", about(draft, person, now)),
        Pair("What", (kind.told_as or kind.label) if kind else ""),
        Pair("In one line", draft.get("detail", "")),
        Pair("Where", _where(draft)),
        Pair("When", clocks.moment_words(happened_at, now)),
        Pair("With the child", with_whom(draft, "You") or "We do not know"),
    ]
    return [pair for pair in found if pair.value]


def _where(draft: Draft) -> str:
    where, there = draft.get("where") or "We do not know where", draft.get("is_there_now")
    return f"{where}, there now" if there and draft.get("where") else where


def with_whom(draft: Draft, me: str) -> str:
    """Return who is with the child, in words; `me` is what the sender is called."""
    order = [value for value, _ in COMPANY]
    chosen = sorted(draft.get("company", []), key=order.index)
    return words.names([me if value == ME else value for value in chosen])


def changes(token: str) -> list[Link]:
    named = {"child": "who", "what": "what", "where": "where, when and with whom"}
    return [Link(text, links.page(f"happened_{name}", token)) for name, text in named.items()]


def missing(draft: Draft) -> str:
    """Return the first question that still lacks an answer."""
    if not draft.get("child") and not draft.get("name"):
        return "child"
    if not draft.get("kind"):
        return "what"
    return "" if draft.get("happened_at") else "where"


def to_tell(by: Practitioner, draft: Draft, now: datetime) -> dict[str, Any]:
    """Return what the command takes, from all that was answered."""
    person = person_for(by, draft["child"], now) if draft.get("child") else None
    return {
        "kind": draft["kind"],
        "child": person or SomeoneNotFound(draft.get("name", ""), draft.get("age")),
        "happened_at": min(datetime.fromisoformat(draft["happened_at"]), now),
        "area": area_of(draft.get("where", "")),
        "where": draft.get("where", ""),
        "with_whom": with_whom(draft, by.name),
        "is_there_now": bool(draft.get("is_there_now") and draft.get("where")),
        "detail": draft.get("detail", ""),
    }
