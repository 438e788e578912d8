"""Which moments hang on which records, for those who find out again whose records these are?"""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.db.models import F

from holdfast.audit.terms import System
from holdfast.moments.models import Moment
from holdfast.people.models import Practitioner


def people_with_live_moments(by: System) -> set[int]:
    """Return the keys of all on whom an open moment hangs.  One SQL query."""
    return set(Moment.objects.filter(is_history=False, ending=None).values_list("person", flat=True))


def moments_of_records(by: Practitioner, records: Collection[int]) -> dict[int, list[tuple[str, datetime]]]:
    """Return (kind, when) of the moments that events of these records raised, the latest first.

    One SQL query; the caller has asked for leave to see whose records they are.
    """
    found: dict[int, list[tuple[str, datetime]]] = defaultdict(list)
    part = "event__participants__record"
    raised = Moment.objects.filter(**{f"{part}__in": list(records), f"{part}__person": F("person")})
    rows = raised.order_by("-happened_at", "-pk").values_list(part, "kind__label", "happened_at")
    for record, label, at in rows.distinct():
        found[record].append((label, at))
    return found
