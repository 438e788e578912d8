"""What do the components take?  Plain values that page queries fill and templates only lay out.

Sentences come ready worded; times that run are kept as datetimes, so that `clocks` words them
against the `now` of the page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Link:
    """A place to go: navigation, tabs, a name in a list."""

    text: str
    url: str
    is_current: bool = False


@dataclass(frozen=True)
class Button:
    """One thing to do.  `posts` makes it a one-press form; `tel:` addresses are calls."""

    text: str
    url: str
    posts: bool = False
    name: str = ""
    value: str = ""
    spoken: str = ""  # the accessible name, where the text alone would not say whom or what


@dataclass(frozen=True)
class Promise:
    """A time we promised: what we count to, and how its wall time is introduced."""

    due: datetime
    towards: str
    label: str = "Due"
    key: str = ""  # names the promise to the script that says when its state changes


@dataclass(frozen=True)
class Pair:
    """A label and its value; `lead` stands before the value, in bold: the time it turns on."""

    label: str
    value: str
    lead: str = ""


@dataclass(frozen=True)
class MomentCard:
    """One open moment on the board: facts only."""

    url: str
    title: str
    child: Link | None
    child_words: str  # "Noor, 14" where the reader may not open the page
    about: str  # "16 · Marsh Lane police station · since 20:05"
    promise: Promise | None  # nothing once someone was with the child
    stopped: str = ""  # "At 21:58, 1 h 20 min after an agency first knew": when the clock stopped
    waits_since: datetime | None = None
    answered_by: str = ""  # empty: nobody has answered yet
    answer_more: str = ""  # what follows in the same sentence
    sentence: str = ""
    source: str = ""
    lines: tuple[Pair, ...] = ()  # at most three, those the next decision needs
    action: Button | None = None
    quiet: tuple[Button, ...] = ()  # at most two


@dataclass(frozen=True)
class DutyCell:
    """On now, next, or if you cannot answer."""

    label: str
    name: str
    more: str = ""


@dataclass(frozen=True)
class PersonLine:
    """Someone in a child's life, what they do, and how to ring them."""

    name: str
    does: str
    word: str = ""  # "Theo trusts": a state of our work, in an outline
    phone: str = ""
    note_lead: str = ""
    note: str = ""
    note_link: Link | None = None


@dataclass(frozen=True)
class Fact:
    """One sentence, and who said it, told whom, when, how graded, until when."""

    sentence: str
    who: str
    source: str = ""  # ", told Ruth Calder 7 November"
    lead: str = ""  # bold first words
    was: str = ""  # the old value of a correction, shown struck
    is_withheld_on_paper: bool = False  # police lines, intelligence, addresses


@dataclass(frozen=True)
class Unknown:
    """A question, who will find out and by when; without a name, nobody yet."""

    question: str
    finder: str = ""
    by: str = ""
    tried: str = ""
    is_late: bool = False  # the day by which we said we would know has passed


@dataclass(frozen=True)
class Voice:
    """Someone's own words, never shortened; empty words say who will ask."""

    words: str
    whose: str
    source: str = ""
    asker: str = ""
    by: str = ""


@dataclass(frozen=True)
class Identity:
    """The bar on every page of a child: name, age, strengths, who they trust, first."""

    name: str
    age: str  # "15, he and him"
    strengths: str
    trusts: str  # empty: nobody yet
    people: Sequence[Pair] = ()  # "Brings the team together", "On tonight"
    url: str = ""


@dataclass(frozen=True)
class Step:
    """A time and what happened, happens or comes next."""

    at: str
    sentence: str
    lead: str = ""


@dataclass(frozen=True)
class Entry:
    """One entry of a timeline."""

    time: str
    kind: str
    title: str
    sentence: str = ""
    is_moment: bool = False
    sources: Sequence[Pair] = ()
    was: str = ""
    link: Link | None = None
    is_withheld_on_paper: bool = False


@dataclass(frozen=True)
class Day:
    """One day of a timeline."""

    heading: str
    entries: Sequence[Entry]


@dataclass(frozen=True)
class Choice:
    """A large button: what it posts, its words, and a line under them."""

    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True)
class Receipt:
    """Has anyone seen it?  The figure is the time it was seen, or the minutes it has waited.

    `more`, `strong` and `after` are read as one paragraph, the middle in bold.
    """

    figure: str
    said: str
    more: str
    strong: str = ""
    after: str = ""
    unit: str = ""
    is_seen: bool = False


@dataclass(frozen=True)
class FeedCount:
    """What became of the rows of one feed: received equals the sum of the other four."""

    name: str
    received: int
    applied: int
    duplicate: int
    superseded: int
    quarantined: int
    url: str = ""
    heard: str = ""
    due: str = ""
    is_silent: bool = False
    quarantine_url: str = ""
    changed: str = ""  # what changed lately in what is sent, in a few words


@dataclass(frozen=True)
class Row:
    """A line of a list: who or what, a line about it, and one thing to do."""

    title: str
    url: str = ""
    age: str = ""
    about: str = ""
    more: str = ""
    word: str = ""
    action: Button | None = None
    promise: Promise | None = None


@dataclass(frozen=True)
class FormPart:
    """A form with what it is for, where it goes, and a button that says what is true after pressing it."""

    form: Any
    action: str
    button: str
    title: str = ""
    lead: str = ""
    key: str = ""  # the part's own id on the page, for links to it
    is_quiet: bool = False
    takes_files: bool = False
