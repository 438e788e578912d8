"""Which of several rows with one key is current, whatever the order in which they came?"""

from collections.abc import Sequence
from dataclasses import dataclass

APPLIED, DUPLICATE, SUPERSEDED = "applied", "duplicate", "superseded"


@dataclass(frozen=True, slots=True)
class Sent:
    """A usable row: its key in our tables, its place in the sender's order, and a digest of what it says."""

    pk: int
    rank: str
    digest: str


def settle(rows: Sequence[Sent]) -> dict[int, str]:
    """Return each row's status: the last that says something new is applied, those before it are
    superseded, and one that says the same again as the row before it is a duplicate."""
    statuses: dict[int, str] = {}
    current: Sent | None = None
    for row in sorted(rows, key=lambda row: (row.rank, row.pk)):
        if current and row.digest == current.digest:
            statuses[row.pk] = DUPLICATE
            continue
        if current:
            statuses[current.pk] = SUPERSEDED
        statuses[row.pk] = APPLIED
        current = row
    return statuses
