"""What does a row of each export look like?  From the invented partnership, on a fixed day."""

from datetime import datetime
from functools import cache

from holdfast.demonstration.drops import drops
from holdfast.demonstration.folder import contents
from holdfast.demonstration.plan import plan_partnership
from holdfast.demonstration.shape import LONDON
from holdfast.demonstration.stories import tell
from holdfast.feeds.reading import Context, RawRow, read_file
from holdfast.feeds.rules import check_row
from holdfast.feeds.tables import Table

SEEN_AT = datetime(2026, 3, 17, 9, tzinfo=LONDON)
LONGEST = 60  # characters of a value shown


def example(export: Table) -> RawRow | None:
    """Return a row: of those without a fault, the one that fills most columns."""
    rows = [row for row in _rows().get(export.title, []) if _is_right(export, row)]
    return max(rows, key=lambda row: sum(map(bool, row.cells.values())), default=None)


def _is_right(export: Table, row: RawRow) -> bool:
    return not row.fault and not check_row(export, row, Context(drop_on=SEEN_AT.date())).problems


@cache
def _rows() -> dict[str, list[RawRow]]:
    found: dict[str, list[RawRow]] = {}
    for drop in drops(tell(plan_partnership(SEEN_AT.date()), (SEEN_AT,))):
        read = read_file(contents(drop), drop.path)
        if read.table and not read.fault:
            found.setdefault(read.table.title, []).extend(read.rows)
    return found


def shown(text: str) -> str:
    """Return a value on one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"
