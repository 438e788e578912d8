"""Which kinds of critical moment are there, why would a reader see one, and which rule decides?"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from holdfast.chronology.terms import EventKind
from holdfast.feeds.tables import TABLES
from holdfast.moments.kinds import DEFAULT_KINDS, DefaultKind
from holdfast.moments.rules import RULES

from . import effects, source
from .markdown import listed, page

INTRODUCTION = """\
These kinds ship with Holdfast (`holdfast/moments/kinds.py`). A partnership changes the sentences and
times, and adds kinds of its own, under Settings, Moments and limits: what is said here is what a new
installation begins with. The times are local defaults, not the review's, except that the review says how
long custody often lasts (§8.3).

A rule looks at one event as its source tells it and at one person's part in it. It counts for people
under 18 on the day, and for those whose part is that it was about them, that they were harmed, or that
they caused harm: whoever is only named, saw it or told us has no moment of their own."""


def pages() -> dict[str, str]:
    return {"moment-kinds.md": page("Kinds of critical moment", INTRODUCTION, *map(_kind, DEFAULT_KINDS))}


def _kind(kind: DefaultKind) -> str:
    lines = [
        f"- **The reader sees**: {kind.sentence}",
        f"- **Someone answers within** {length(kind.answer_within)}",
        f"- **Someone is with the child within** {length(kind.contact_within)}",
    ]
    if kind.window:
        lines.append(f"- **The chance lasts** {length(kind.window)}: {kind.window_words}")
    told_as = f" A person says it with the button “{kind.told_as}”." if kind.is_told_by_people else ""
    lines += [f"- **Raised by**: {_raised_by(kind)}{told_as}"]
    return f"## {kind.code}\n\n**{kind.label}**\n\n" + "\n".join(lines)


def _raised_by(kind: DefaultKind) -> str:
    found = [
        (event, rule) for event, rule in _rules() if kind.code.name in source.members(rule, "MomentKind")
    ]
    if not found:
        return "no rule: only a person raises it."
    return " ".join(_rule(kind.code, event, rule) for event, rule in found)


def _rules() -> list[tuple[str, Callable[..., Any]]]:
    return [(event, rule) for event, rules in RULES.items() for rule in rules]


def _rule(kind: str, event: str, rule: Callable[..., Any]) -> str:
    told_by = [export for export in TABLES if EventKind(event) in effects.events(export)]
    exports = [export for export in told_by if kind in effects.moments(export)]
    links = listed(f"[{export.title}](feeds/{export.feed}-{export.name}.md)" for export in exports)
    return (
        f"`{rule.__name__}` in `{source.place(rule)}`, on `{event}` from {links}. “{source.docstring(rule)}”"
    )


def length(time: timedelta) -> str:
    """Return "15 minutes", "1 hour" or "2 hours"."""
    minutes = int(time.total_seconds() // 60)
    number, unit = (minutes // 60, "hour") if minutes % 60 == 0 else (minutes, "minute")
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
