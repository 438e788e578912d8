"""How does a page say who a child is, where and since when, and who told us?"""

from datetime import date, datetime

from holdfast.chronology.terms import Precision
from holdfast.moments.models import Contact, Moment
from holdfast.moments.queries import MomentShown
from holdfast.moments.rules import MEANINGFUL
from holdfast.people.models import Practitioner
from holdfast.people.queries import Identity
from holdfast.web import clocks, links
from holdfast.web.building import whose
from holdfast.web.parts import Link


def today(now: datetime) -> date:
    return now.astimezone(clocks.LONDON).date()


def age_words(child: Identity, now: datetime) -> str:
    age = child.age(today(now))
    return str(age) if age is not None else ""


def child_words(child: Identity, now: datetime) -> str:
    """Return "Noor, 14", or the name alone where nobody knows the age."""
    age = age_words(child, now)
    return f"{child.name}, {age}" if age else child.name


def child_link(shown: MomentShown) -> Link | None:
    """Return the way to the child's page, if it is open to this reader."""
    url = links.child(shown.moment.person.ref) if shown.may_open_child else ""
    return Link(shown.child.name, url) if url else None


def where_words(moment: Moment) -> str:
    place = moment.event.place.name if moment.event and moment.event.place else ""
    where = moment.where or place
    return f"{where}, there now" if where and moment.is_there_now else where


def since_words(moment: Moment, now: datetime) -> str:
    """Return "since 20:05", or the day alone where the source gives no time."""
    if moment.precision == Precision.DAY:
        return f"on {clocks.day_words(moment.happened_at.astimezone(clocks.LONDON).date(), today(now))}"
    return f"since {clocks.moment_words(moment.happened_at, now)}"


def about(shown: MomentShown, now: datetime) -> str:
    """Return "16 · Marsh Lane police station · since 20:05"."""
    age = age_words(shown.child, now) or "age not known"
    parts = [age, where_words(shown.moment), since_words(shown.moment, now)]
    return " · ".join(part for part in parts if part)


def source_words(moment: Moment, now: datetime) -> str:
    """Return who told us, and when it reached us."""
    return f"Told to us {clocks.moment_words(moment.known_at, now)} by {teller(moment)}"


def teller(moment: Moment) -> str:
    if moment.told_by:
        return f"{moment.told_by.name}, {does(moment.told_by).lower()}"
    return whose.told_by(moment.event) if moment.event else "an agency"


def does(person: Practitioner) -> str:
    return person.job_title or person.get_role_display()


def you_or(person: Practitioner, by: Practitioner) -> str:
    return "you" if person == by else person.name


def first_name(person: Practitioner) -> str:
    return person.name.split()[0]


def first_contact(shown: MomentShown) -> Contact | None:
    """Return the contact that stopped the clock."""
    met = [contact for contact in shown.contacts if contact.meeting in MEANINGFUL]
    return min(met, key=lambda contact: contact.at, default=None)


def names(people: list[str]) -> str:
    """Return "Amira", "Amira and Dawit", "Amira, Dawit and Priya"."""
    if len(people) < 2:
        return "".join(people)
    return f"{', '.join(people[:-1])} and {people[-1]}"
