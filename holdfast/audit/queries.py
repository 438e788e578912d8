"""What was done or seen?"""

from collections.abc import Sequence
from datetime import datetime
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import Max, Q, QuerySet

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


def readers_of(person_ref: str, since: datetime) -> set[int]:
    """Return the keys of those who opened a page about somebody since a time.  One SQL query."""
    read = Entry.objects.filter(person_ref=person_ref, at__gte=since, act__startswith="child.read_")
    return set(read.exclude(practitioner=None).values_list("practitioner", flat=True).distinct())


def changes_of(by: "Practitioner", about: str, kinds: Sequence[str], most: int = 20) -> list[Entry]:
    """Return the latest acts on one thing that is set up, newest first, of those whose names begin with
    one of `kinds`.  One SQL query."""
    begins = reduce(or_, (Q(act__startswith=kind) for kind in kinds))
    found = Entry.objects.filter(begins, about=about).select_related("practitioner")
    return list(found.order_by("-at", "-pk")[:most])
