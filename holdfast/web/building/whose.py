"""Who says so, when did it happen, and how sure is the source, in words?"""

from datetime import datetime

from holdfast.chronology.models import Event
from holdfast.chronology.queries import Told
from holdfast.chronology.rules import GRADED, grade_words
from holdfast.chronology.terms import Precision, Role
from holdfast.web.clocks import LONDON, moment_words, short_day, wall_time
from holdfast.web.parts import Fact

# The sender of an export, as a reader of the timeline calls it.
SENDERS = {
    "police_custody": "Police",
    "police_missing": "Police",
    "police_intel": "Police",
    "schools": "Schools",
    "hospital": "Hospital",
    "yjs": "Youth justice",
    "nrm": "National Referral Mechanism",
    "housing": "Housing",
    "voluntary": "Outreach workers",
    "parents": "Parents and carers",
    "social_care": "Children's services",
}
# The same in the middle of a sentence: "told by the police".
IN_WORDS = {
    "Police": "the police",
    "Schools": "a school",
    "Hospital": "a hospital",
    "Youth justice": "youth justice",
    "National Referral Mechanism": "the National Referral Mechanism",
    "Housing": "a housing provider",
    "Outreach workers": "outreach workers",
    "Parents and carers": "a parent or carer",
    "Children's services": "children’s services",
}
HERE = "Written down here"
THAT_DAY = "That day"  # where no source knows the hour

ROLES = {
    Role.HARMED: "harmed",
    Role.CAUSED_HARM: "has harmed someone",
    Role.BOTH: "harmed, and has harmed someone",
    Role.WITNESSED: "was there",
    Role.NAMED: "named by the source",
    Role.TOLD_US: "told us",
    Role.ABOUT: "",  # nothing more to say: the event is about them
}


def sender(source: str) -> str:
    """Return whose records a source belongs to: the export's sender, or this system."""
    return SENDERS.get(source.partition("/")[0], HERE)


def teller(event: Event | Told) -> str:
    """Return who says that an event happened: a person here, the agency, or its export."""
    if isinstance(event, Told):
        return event.teller or sender(event.source)
    if event.told_by:
        return event.told_by.name
    return event.agency.name if event.agency else sender(event.source)


def told_by(event: Event) -> str:
    """Return the same, to stand after "told by"."""
    said = teller(event)
    return IN_WORDS.get(said, said)


def happened(event: Event | Told, now: datetime) -> str:
    """Return "yesterday 23:50", or only the day where no source knows the hour."""
    if event.precision == Precision.DAY:
        return day_of(event.happened_at, now)
    return moment_words(event.happened_at, now)


def day_of(at: datetime, now: datetime) -> str:
    return short_day(at.astimezone(LONDON).date(), now.astimezone(LONDON).date())


def time_of(event: Told) -> str:
    return THAT_DAY if event.precision == Precision.DAY else wall_time(event.happened_at)


def part_in(event: Told) -> str:
    """Return this child's own part in an event, in words; several parts are all said."""
    said = dict.fromkeys(ROLES[Role(role)] for role in event.roles)
    return ", ".join(words for words in said if words)


def grade(event: Told) -> str:
    return grade_words(event.source_evaluation, event.assessment)


def was(event: Told) -> str:
    """Return what the source said before its latest correction, with times in words."""
    return f"{event.corrected}: {_readable(event.was)}" if event.corrected else ""


def _readable(text: str) -> str:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return text
    local = at.astimezone(LONDON)
    return f"{local.day} {local:%B %Y, %H:%M}"


def fact(event: Told, now: datetime) -> Fact:
    """Return an event as one sentence with its source."""
    graded = f", graded {grade(event)}" if grade(event) else ""
    return Fact(
        sentence=event.title,
        who=teller(event),
        source=f"{graded}, {happened(event, now)}",
        was=was(event),
        is_withheld_on_paper=event.kind_id in GRADED,
    )
