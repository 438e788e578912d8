"""Which rows have the very same fault, and how are they all mended in one go?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Min, Q, QuerySet

from holdfast.access.queries import require_duty
from holdfast.access.terms import Duty
from holdfast.audit.commands import record_each
from holdfast.audit.terms import System
from holdfast.feeds.applying import apply_rows, in_turn
from holdfast.feeds.commands import put_right
from holdfast.feeds.models import Feed, Message, Problem
from holdfast.feeds.queries import row_of
from holdfast.feeds.rules import LONGEST_SHOWN
from holdfast.kit.transactions import atomic
from holdfast.people.models import Practitioner

MENDABLE = ("quarantined", "applied", "duplicate", "superseded")
MOST_COMMON = 5  # faults of many rows that are listed, our choice
MOST_TOGETHER = 5_000  # rows mended in one go, our choice: some seconds of work
REFS_A_LINE = 9  # of rows in one line of the audit


@dataclass(frozen=True, slots=True)
class Outcome:
    """`mended` rows were changed and wait to be applied; `left` could not be, and stay as they were."""

    mended: tuple[int, ...]
    left: int


def alike_counts(by: Practitioner | System, message: Message) -> dict[str, int]:
    """Return, by field, how many rows of the feed have the fault of this row.  One SQL query."""
    if not isinstance(by, System):
        require_duty(by, Duty.FEEDS)
    faults = [problem for problem in message.problems.all() if problem.field]
    if not faults:
        return {}
    asked = Q()
    for fault in faults:
        asked |= Q(field=fault.field, reason=fault.reason)
    rows = _problems_of(message).filter(asked).values_list("field").annotate(number=Count("message"))
    return dict(rows.order_by())


def alike(by: Practitioner | System, message: Message, fields: Iterable[str]) -> list[Message]:
    """Return the rows of the feed with the same fault in these fields and the same value sent, this one
    first, then the newest.  Three SQL queries for each field."""
    if not isinstance(by, System):
        require_duty(by, Duty.FEEDS)
    own = row_of(message).cells
    faults = {problem.field: problem for problem in message.problems.all() if problem.field in set(fields)}
    found: dict[int, Message] = {}
    for number, (field, fault) in enumerate(faults.items()):
        same = _same_fault(message, fault)
        # What is said of a fault shows the value; only of a long one not all of it.
        if len(own.get(field, "")) >= LONGEST_SHOWN:
            same = [row for row in same if row_of(row).cells.get(field) == own[field]]
        keys = {row.pk for row in same}
        found = {row.pk: row for row in same} if not number else {k: v for k, v in found.items() if k in keys}
    return sorted(found.values(), key=lambda row: row.pk != message.pk)


@dataclass(frozen=True, slots=True)
class Common:
    """A fault that many rows have, and one of them."""

    reason: str
    field: str
    number: int
    message: Message


def common_faults(by: Practitioner | System, feed: Feed | None = None) -> list[Common]:
    """Return the faults that most rows have, of one feed or of all.  Two SQL queries."""
    if not isinstance(by, System):
        require_duty(by, Duty.FEEDS)
    found = Problem.objects.exclude(field="").filter(
        message__status__in=MENDABLE,
        message__withdrawn_at=None,
        **({"message__delivery__feed": feed} if feed else {}),
    )
    groups = found.values_list("message__delivery__feed", "field", "reason").annotate(
        number=Count("message"), first=Min("message")
    )
    most = list(groups.filter(number__gt=1).order_by("-number", "first")[:MOST_COMMON])
    # Asked even where there is none, so that the page costs the same whatever it shows.
    rows = Message.objects.select_related("delivery__feed").in_bulk([first for *_, first in most] or [0])
    return [Common(reason, field, number, rows[first]) for _, field, reason, number, first in most]


def _problems_of(message: Message) -> QuerySet[Problem]:
    feed = message.delivery.feed_id
    return Problem.objects.filter(
        message__delivery__feed=feed, message__status__in=MENDABLE, message__withdrawn_at=None
    )


def _same_fault(message: Message, fault: Problem) -> list[Message]:
    problems = _problems_of(message).filter(field=fault.field, reason=fault.reason)
    rows = Message.objects.filter(pk__in=problems.values("message")).select_related("delivery__feed")
    return list(rows.order_by("-delivery__arrived_at", "pk")[:MOST_TOGETHER])


@atomic
def mend_alike(*, by: Practitioner, at: datetime, message: Message, values: Mapping[str, str]) -> Outcome:
    """Put these values in place of what was sent, in this row and in all with the same fault.

    One act, written down with the rows.  Each row by itself: one that cannot be mended holds none back.
    """
    require_duty(by, Duty.FEEDS)
    mended, left = [], 0
    for row in alike(by, message, values):
        try:
            with transaction.atomic():
                put_right(by=by, at=at, message=row, values=values)
        except ValueError:
            left += 1
        else:
            mended.append(row)
    _write_down(by, at, message, mended, values)
    return Outcome(tuple(row.pk for row in mended), left)


def _write_down(
    by: Practitioner, at: datetime, message: Message, rows: list[Message], values: Mapping[str, str]
) -> None:
    """Write down which rows were mended in the one act, as many lines as they take."""
    what = f"{', '.join(values)} of {len(rows)} rows: "[-60:]
    refs = [f"{row.delivery.ref}/{row.row}"[:26] for row in rows]
    chunks = [refs[start : start + REFS_A_LINE] for start in range(0, len(refs), REFS_A_LINE)]
    lines = [(message.delivery.ref, "", what + " ".join(chunk)) for chunk in chunks]
    record_each(by=by, act="feeds.mend_alike", at=at, lines=lines)


def apply_mended(at: datetime, keys: Iterable[int]) -> dict[str, int]:
    """Apply rows that were mended; return how many now have each status."""
    every = list(keys)
    for together in in_turn(every):
        apply_rows(by=System.FEEDS, at=at, keys=together)
    rows = Message.objects.filter(pk__in=every).values_list("status").annotate(number=Count("pk"))
    return dict(rows.order_by())
