"""Where does one record of a CSV file end and the next begin?"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from holdfast.feeds.terms import ProblemCode

DELIMITERS = ",;\t|"
LONGEST_FIELD = 131_072  # characters; the csv module's own limit, which no export comes near
LONGEST_LINE = 1_000_000  # characters; our choice
MOST_RESTARTS = 50  # our choice: bounds the work an unclosed quotation mark can cause


@dataclass(frozen=True, slots=True)
class Record:
    """`text` with its line end as sent; `fault` when the record has no certain end."""

    text: str
    cells: list[str]
    fault: ProblemCode | None = None


class _Lines:
    """Hands lines to the csv reader and remembers which of them made up the record."""

    def __init__(self, text: str) -> None:
        self._source = io.StringIO(text, newline="")
        self._waiting: list[str] = []
        self.taken: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._waiting.pop() if self._waiting else self._source.readline()
        if not line:
            raise StopIteration
        self.taken.append(line)
        if len(line) > LONGEST_LINE:
            raise csv.Error("the line is too long")
        return line

    def give_back(self, lines: list[str]) -> None:
        self._waiting.extend(reversed(lines))


def split_line(line: str, delimiter: str) -> list[str]:
    """Return the cells of one record.  Raises csv.Error."""
    return next(csv.reader(io.StringIO(line, newline=""), delimiter=delimiter), [])


def join_line(cells: list[str], delimiter: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerow(cells)
    return out.getvalue()


def first_line(text: str) -> str:
    """Return the first line without its end, and no more than a line may have."""
    end = text.find("\n", 0, LONGEST_LINE)
    return text[: end if end >= 0 else LONGEST_LINE]


def best_delimiter(header: str) -> str:
    """Return the mark that stands most often between the headings."""
    return max(DELIMITERS, key=header.count)


def records(text: str, delimiter: str) -> Iterator[Record]:
    """Yield the records of a text, the headings first.

    A quotation mark that is never closed costs its own line and not the rest of the file.
    """
    lines, restarts, width = _Lines(text), 0, 0
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        lines.taken.clear()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            reader = csv.reader(lines, delimiter=delimiter)
            restarts += 1
            yield _restart(lines, ProblemCode.TOO_LONG, restarts, width, delimiter)
            continue
        is_open = _is_open(cells, lines.taken)
        if is_open and restarts < MOST_RESTARTS and _holds_records(lines.taken[1:], delimiter, width):
            reader = csv.reader(lines, delimiter=delimiter)
            restarts += 1
            yield _restart(lines, ProblemCode.NOT_READABLE, restarts, width, delimiter)
            continue
        width = width or len(cells)
        yield Record("".join(lines.taken), cells, ProblemCode.CUT_SHORT if is_open else None)


def _restart(lines: _Lines, code: ProblemCode, restarts: int, width: int, delimiter: str) -> Record:
    """Give up the first line only, and read on from the second."""
    taken = list(lines.taken)
    if restarts <= MOST_RESTARTS and _holds_records(taken[1:], delimiter, width):
        lines.give_back(taken[1:])
        taken = taken[:1]
    return Record("".join(taken), [], code)


def _holds_records(taken: list[str], delimiter: str, width: int) -> bool:
    """Say whether a quotation mark swallowed what reads as records of their own."""
    if width < 2:
        return False
    return any(line.count(delimiter) == width - 1 and line.count('"') % 2 == 0 for line in taken)


def _has_line_end(taken: list[str]) -> bool:
    return taken[-1].endswith(("\n", "\r"))


def _is_open(cells: list[str], taken: list[str]) -> bool:
    """Say whether the text ended inside a quoted field."""
    if not cells or sum(line.count('"') for line in taken) % 2 == 0:
        return False
    return cells[-1].endswith(("\n", "\r")) or not _has_line_end(taken)
