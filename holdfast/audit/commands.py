"""Write down what was done or seen."""

from datetime import datetime
from typing import TYPE_CHECKING

from holdfast.audit.models import Entry
from holdfast.audit.terms import System

if TYPE_CHECKING:
    from holdfast.people.models import Practitioner


def record(
    *,
    by: "Practitioner | System",
    act: str,
    at: datetime,
    about: str = "",
    person_ref: str = "",
    note: str = "",
) -> Entry:
    """Add one line, in the caller's transaction.  `about` and `person_ref` are opaque references."""
    system = str(by) if isinstance(by, System) else ""
    practitioner = None if isinstance(by, System) else by
    return Entry.objects.create(
        at=at,
        practitioner=practitioner,
        system=system,
        act=act,
        about=about,
        person_ref=person_ref,
        note=note,
    )
