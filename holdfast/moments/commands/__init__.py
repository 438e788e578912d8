"""What people and feeds do with critical moments."""

from holdfast.moments.commands.considering import consider, moments_known_earlier
from holdfast.moments.commands.following import contacts_stay_with_moments, follow_people
from holdfast.moments.commands.raising import ToRaise, raise_moments
from holdfast.moments.commands.responding import (
    Answered,
    answer,
    assign,
    end_moment,
    record_contact,
    see,
)
from holdfast.moments.commands.settings import (
    add_kind,
    change_kind_settings,
    ensure_kinds,
    remove_kind,
)
from holdfast.moments.commands.telling import SomeoneNotFound, tell

__all__ = [
    "Answered",
    "SomeoneNotFound",
    "ToRaise",
    "add_kind",
    "answer",
    "assign",
    "change_kind_settings",
    "consider",
    "contacts_stay_with_moments",
    "end_moment",
    "ensure_kinds",
    "follow_people",
    "moments_known_earlier",
    "raise_moments",
    "record_contact",
    "remove_kind",
    "see",
    "tell",
]
