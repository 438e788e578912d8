"""What does a file come apart into?"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from holdfast.feeds.tables import Table
from holdfast.feeds.terms import ProblemCode, Severity

# Records of one file; our choice: keeps a file of the largest size within 512 MB of memory.
MOST_ROWS = 100_000


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong, in words its sender understands.  `field` is empty for a whole row or file."""

    field: str
    code: ProblemCode
    reason: str
    severity: Severity

    @property
    def is_error(self) -> bool:
        return self.severity == Severity.ERROR


@dataclass(frozen=True, slots=True)
class RawRow:
    """One record: `text` exactly as sent, `cells` by column name, blanks left out.

    `number` is the record after the headings, the line of a message file, or sheet!row.
    """

    number: str
    text: str
    cells: dict[str, str]
    fault: Problem | None = None


@dataclass(frozen=True, slots=True)
class FileName:
    feed: str = ""
    table: str = ""
    la_code: str = ""
    drop_on: date | None = None
    is_resend: bool = False


@dataclass(frozen=True, slots=True)
class FileRead:
    """`fault` says why the file as a whole cannot be used; then there are no rows."""

    name: FileName
    table: Table | None
    encoding: str = ""
    header: str = ""
    rows: tuple[RawRow, ...] = ()
    fault: Problem | None = None
    declared_rows: int | None = None

    @property
    def shortfall(self) -> int:
        """Return how many rows the sender declared and we did not find."""
        return max(0, (self.declared_rows or 0) - len(self.rows))


@dataclass(frozen=True, slots=True)
class Context:
    """What a row cannot say about itself: when it was sent and which authorities are ours."""

    drop_on: date
    authorities: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Checked:
    """`values` by column name, None where blank or set aside.

    `on_day` holds the day of a date and time whose hour was set aside because no clock showed it.
    """

    values: dict[str, Any]
    problems: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()
    on_day: dict[str, date] = field(default_factory=dict)

    @property
    def is_usable(self) -> bool:
        return not any(problem.is_error for problem in self.problems)


def fault(code: ProblemCode, reason: str) -> Problem:
    """Return what makes a whole row or file unusable."""
    return Problem("", code, reason, Severity.ERROR)


def too_many(table: Table) -> Problem:
    reason = f"The {table.name} export has more than {MOST_ROWS:,} records. Send it in parts."
    return fault(ProblemCode.TOO_LARGE, reason)
