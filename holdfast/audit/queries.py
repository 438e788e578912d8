"""What was done or seen?"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Max, QuerySet

from holdfast.audit.models import Entry

if TYPE_CHECKING:
    from holdfast.people.models import Practitioner


def entries_about(by: object, person_ref: str) -> QuerySet[Entry]:
    """Return what was done or seen about one person, newest first; the caller has checked `by`."""
    return Entry.objects.filter(person_ref=person_ref).select_related("practitioner").order_by("-at", "-pk")


def last_act(by: "Practitioner", person_ref: str, act: str, before: datetime) -> datetime | None:
    """Return when `by` last did this about a person, before a time.  One SQL query."""
    mine = Entry.objects.filter(person_ref=person_ref, practitioner=by, act=act, at__lt=before)
    return mine.aggregate(last=Max("at"))["last"]


def changes_of(by: "Practitioner", about: str, most: int = 20) -> list[Entry]:
    """Return the latest acts on one thing that is set up, newest first.  One SQL query."""
    found = Entry.objects.filter(about=about).select_related("practitioner")
    return list(found.order_by("-at", "-pk")[:most])
