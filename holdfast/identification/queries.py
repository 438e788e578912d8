"""What do we not know, and who will find out by when?  §4.6."""

from datetime import datetime

from django.db.models import F

from holdfast.access.queries import require
from holdfast.identification.models import OpenQuestion
from holdfast.people.models import Person, Practitioner


def open_questions(by: Practitioner, person: Person, now: datetime) -> list[OpenQuestion]:
    """Return what nobody has answered, the soonest due first.  Two SQL queries."""
    require(by, person, now)
    waiting = person.open_questions.filter(answered_at=None).select_related("owner")
    return list(waiting.order_by(F("due_on").asc(nulls_first=True), "asked_at"))
