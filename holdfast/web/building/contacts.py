"""How did a contact go, in one sentence?"""

from collections.abc import Sequence
from datetime import datetime

from holdfast.moments.models import Contact
from holdfast.moments.of_child import ContactTold
from holdfast.moments.rules import MEANINGFUL
from holdfast.moments.terms import Meeting
from holdfast.web.clocks import moment_words
from holdfast.web.parts import Fact, Promise

WENT = {
    Meeting.SEEN_ALONE: "Seen alone",
    Meeting.SEEN_WITH_OTHERS: "Seen, with others there",
    Meeting.SPOKE: "Spoke by phone",
    Meeting.ATTEMPTED: "Tried to reach the child",
}


def went(contact: ContactTold) -> str:
    """Return "Seen alone · the cafe"."""
    words = WENT[Meeting(contact.meeting)]
    return f"{words} · {contact.where}" if contact.where else words


def fact(contact: ContactTold, now: datetime) -> Fact:
    said = f" “{contact.childs_words}”" if contact.childs_words else ""
    return Fact(f"{went(contact)}.{said}", contact.by.name, f", {moment_words(contact.at, now)}")


def next_contact(contacts: Sequence[Contact | ContactTold], pronoun: str) -> Promise | None:
    """Return the contact somebody promised and nobody has had since; `contacts` are the latest first."""
    for contact in contacts:
        if contact.next_at:
            whose = {"he": "his", "she": "her"}.get(pronoun, "their")
            return Promise(contact.next_at, f"to {whose} next contact", f"{contact.by.name},", "next_contact")
        if contact.meeting in MEANINGFUL:
            return None
    return None
