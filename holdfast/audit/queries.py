"""What was done or seen?"""

from django.db.models import QuerySet

from holdfast.audit.models import Entry


def entries_about(by: object, person_ref: str) -> QuerySet[Entry]:
    """Return what was done or seen about one person, newest first; the caller has checked `by`."""
    return Entry.objects.filter(person_ref=person_ref).select_related("practitioner").order_by("-at", "-pk")
