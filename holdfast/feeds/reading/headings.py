"""Do these headings belong to the export they were sent as?"""

from collections import Counter

from holdfast.feeds.reading.rows import Problem, fault
from holdfast.feeds.reading.values import clean
from holdfast.feeds.tables import Column, Table, heading_key, tables_with
from holdfast.feeds.terms import ProblemCode

Columns = list[Column | None]  # by position; None where the sender has a column we do not know


def columns_of(table: Table, headings: list[str]) -> Columns:
    known = {heading_key(column.source or column.name): column for column in table.columns} | table.by_heading
    return [known.get(heading_key(clean(heading))) for heading in headings]


def heading_fault(table: Table, headings: list[str]) -> Problem | None:
    """Return why the rows under these headings cannot be read as this export."""
    columns = columns_of(table, headings)
    found = [column for column in columns if column]
    twice = [column.name for column, count in Counter(found).items() if count > 1]
    if twice:
        return fault(ProblemCode.UNREADABLE_FILE, f"The heading {', '.join(twice)} stands more than once.")
    missing = [column.source or column.name for column in table.mandatory if column not in found]
    if not missing:
        return None
    fitting = tables_with([clean(heading) for heading in headings])
    others = [other.title for other in fitting if other is not table]
    if others:
        return fault(
            ProblemCode.OTHER_EXPORT,
            f"This is not a {table.name} export: its headings are those of {' or '.join(others)}.",
        )
    if len(found) * 2 < len(table.mandatory):
        return fault(
            ProblemCode.UNKNOWN_FILE,
            f"This is not a {table.name} export: its first line does not hold the headings of one.",
        )
    return fault(
        ProblemCode.COLUMN_MISSING,
        f"The {table.name} export lacks the mandatory {'column' if len(missing) == 1 else 'columns'} "
        f"{', '.join(missing)}.",
    )
