"""What stands around the form for a contact: the moment that is live, the next promise, the last contacts."""

from datetime import datetime
from typing import Any

from holdfast.moments.queries import contacts_of, moments_of
from holdfast.people.models import Person, Practitioner
from holdfast.web import clocks, links
from holdfast.web.building import moment
from holdfast.web.building.contacts import next_contact
from holdfast.web.forms.contact import AnyContactForm
from holdfast.web.parts import FormPart

SHOWN = 5  # contacts, our choice: the rest is on the timeline


def page(by: Practitioner, person: Person, form: AnyContactForm, now: datetime) -> dict[str, Any]:
    contacts = contacts_of(by, person, now)
    return {
        "part": FormPart(
            form, links.page("contact", person.ref), "Write it down", title="Write down a contact"
        ),
        "about": _live(by, person, now),
        "promise": next_contact(contacts, ""),
        "last": [moment.contact_fact(contact, now) for contact in contacts[:SHOWN]],
    }


def _live(by: Practitioner, person: Person, now: datetime) -> str:
    """Say which moment is live: what belongs to it is written down there, so that its clock stops."""
    open_now = [one for one in moments_of(by, person, now) if not one.ending and not one.moment.is_history]
    said = [
        f"{one.moment.kind.label}, since {clocks.moment_words(one.moment.happened_at, now)}"
        for one in open_now
    ]
    if not said:
        return ""
    return f"Live now: {'; '.join(said)}. A contact because of it is written down on its own page, on Now."
