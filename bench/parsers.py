"""Which parsers are fuzzed, and what does a batch of mutated cases go through?"""

import random
from collections.abc import Callable
from datetime import date
from pathlib import Path

import holdfast.feeds.mentions as mentions_package
import holdfast.feeds.reading as reading_package
from bench import mutated_files, mutations
from bench.mutations import mutated, pick
from holdfast.feeds import rules, sending
from holdfast.feeds.mentions import mentions
from holdfast.feeds.mentions.naming import read_name, tidy
from holdfast.feeds.reading import Context, FileRead, read_file, reread
from holdfast.feeds.reading.dates import NotRead, read_date, read_date_time
from holdfast.feeds.reading.letters import look_alike, shown_plainly
from holdfast.feeds.reading.values import clean, read_age, read_number, read_whole
from holdfast.feeds.rules import check_row, content_digest, key_of, rank
from holdfast.feeds.sending import NotRows, read_row, read_rows, write_row
from holdfast.feeds.tables import TABLES
from holdfast.feeds.terms import DateStyle

SENT = Context(date(2026, 3, 29), frozenset({"991"}))
_READING = Path(reading_package.__file__).parent
_MENTIONS = Path(mentions_package.__file__).parent
_RULES = Path(rules.__file__)

Batch = Callable[[random.Random], tuple[int, int]]  # makes some cases; how many, and how many refused at once


def go_through(read: FileRead) -> int:
    """Do all that happens to rows before they reach the database; return how many had values to read."""
    good = 0
    for row in read.rows:
        assert read.table is not None
        checked = check_row(read.table, row, SENT)
        key_of(read.table, checked.values)
        assert len(rank(read.table, checked.values, SENT.drop_on, False, row.number)) <= 60
        content_digest(row)
        mentions(read.table, checked.values, read.name.la_code)
        reread(read.table, read.header, row.text, row.number)
        row.text.encode()
        if "\x00" in row.text or any("\x00" in cell for cell in row.cells.values()):
            raise AssertionError("a NUL reached a row")
        for problem in checked.problems:
            if not 0 < len(problem.reason) <= 400:
                raise AssertionError("a reason without end")
            problem.reason.encode()
        good += row.fault is None
    return good


ROWS_A_BATCH = 50


def _csv_rows(rng: random.Random) -> tuple[int, int]:
    table = pick(rng, mutations.CSV_TABLES)
    rows = [mutations.csv_row(table, rng) for _ in range(ROWS_A_BATCH)]
    content = mutations.header(table) + b"".join(rows)
    good = go_through(read_file(content, f"{table.feed}/{table.name}_991_2026-03-29.csv"))
    return ROWS_A_BATCH, max(0, ROWS_A_BATCH - good)


def _rows_by_http(rng: random.Random) -> tuple[int, int]:
    table = pick(rng, TABLES)
    try:
        read = read_rows(mutations.json_rows(table, ROWS_A_BATCH, rng), table, "991", SENT.drop_on)
    except NotRows as refused:
        assert str(refused)
        return ROWS_A_BATCH, ROWS_A_BATCH
    for row in read.rows:
        check_row(table, row, SENT)
        assert read_row(table, row.text, row.number).cells == row.cells
        assert read_row(table, write_row(row.cells)).cells == row.cells or row.fault
        row.text.encode()
    return ROWS_A_BATCH, 0


def _messages(rng: random.Random) -> tuple[int, int]:
    content = b"\n".join(mutations.message(rng) for _ in range(ROWS_A_BATCH))
    return ROWS_A_BATCH, _go_through_messages(content)


def _go_through_messages(content: bytes) -> int:
    """Return how many were refused before anything in them was looked for."""
    read = read_file(content, "hospital/ed_2026-03-29.ndjson")
    go_through(read)
    faults = [row.fault.reason for row in read.rows if row.fault] + (
        [read.fault.reason] if read.fault else []
    )
    return sum(not reason.startswith("The line holds") for reason in faults)


_DATES = (
    "04/03/2011", "2011-03-04", "05-Nov-2025", "05.11.25", "Fri 1/8/25", "2025-11-05 00:00:00.000",
    "1st July", "45863",
    "5th Sept 2025", "05/11/2025 22:15", "2025-07-05T21:59:30.123-0500", "29/03/2026 01:30",
    "26/10/2025 01:20",
)  # fmt: skip


def _dates(rng: random.Random) -> tuple[int, int]:
    refused = 0
    for _ in range(ROWS_A_BATCH):
        text = mutated(pick(rng, _DATES), rng)
        refused += not text[:1].isalnum()
        style = DateStyle.WRITTEN_OUT if rng.random() < 0.5 else DateStyle.TYPED_BY_HAND
        for read in (
            lambda: read_date(text, style, SENT.drop_on),  # noqa: B023 - called at once
            lambda: read_date(text, style, SENT.drop_on, True),  # noqa: B023
            lambda: read_date_time(text, style, SENT.drop_on),  # noqa: B023
        ):
            try:
                found = read()
                assert 1900 <= found.year <= 2100
            except NotRead as trouble:
                assert trouble.why
    return ROWS_A_BATCH, refused


_VALUES = (
    "Ama Osei",
    "Zoë Žigová",
    "O’Neill",
    "15",
    "approx 14",
    "14 yrs",
    "£1,234.50",
    "1,234",
    "12.5",
    "Мария",
)


def _values(rng: random.Random) -> tuple[int, int]:
    refused = 0
    for _ in range(ROWS_A_BATCH):
        text = clean(mutated(pick(rng, _VALUES), rng))
        refused += not text
        read_number(text), read_whole(text), look_alike(text), shown_plainly(text)
        age = read_age(text)
        assert age is None or 0 <= age <= 120
        assert clean(text) == text
    return ROWS_A_BATCH, refused


_NAMES = (
    "Kofi Asante", "NAYLOR, Reece", "Kofi ('Fizz')", 'ŽIGA, Mario aka "Munch"', "Piet van der Berg",
    "did not give",
    "Harrison R", "Siobhan O'Neill (approx 15 yrs)", "Eleanor Robinson-Burscough",
)  # fmt: skip


def _names(rng: random.Random) -> tuple[int, int]:
    refused = 0
    for _ in range(ROWS_A_BATCH):
        text = clean(mutated(pick(rng, _NAMES), rng))
        refused += not text
        read = read_name(text, "Naylor")
        assert len(read.given) <= 130 and len(read.initial) <= 3
        assert tidy(tidy(text)) == tidy(text)
    return ROWS_A_BATCH, refused


def _file(content: bytes, path: str) -> tuple[int, int]:
    read = read_file(content, path)
    assert read.fault is None or not read.rows
    go_through(read)
    return 1, _is_refused_at_once(read)


def _is_refused_at_once(read: FileRead) -> bool:
    """Say whether nothing but the beginning of the file was looked at."""
    reason = read.fault.reason if read.fault else ""
    return any(
        words in reason for words in ("is empty", "not an Excel", "cannot be opened", "not text", "web page")
    )


def _workbooks(rng: random.Random) -> tuple[int, int]:
    return _file(mutated_files.workbook(rng), "voluntary/contacts_2026-03-29.xlsx")


def _bundles(rng: random.Random) -> tuple[int, int]:
    return 1, _go_through_messages(mutations.message(rng))


def _whole_files(rng: random.Random) -> tuple[int, int]:
    return _file(*mutated_files.whole_file(rng))


TEXT = {
    "csv rows": _csv_rows,
    "rows by HTTP": _rows_by_http,
    "messages": _messages,
    "dates": _dates,
    "values": _values,
    "names": _names,
}
CONTAINERS = {"workbook": _workbooks, "FHIR bundle": _bundles, "whole file": _whole_files}
PARSERS: dict[str, Batch] = TEXT | CONTAINERS
MODULES: dict[str, tuple[Path, ...]] = {
    "csv rows": (
        *(
            _READING / f"{name}.py"
            for name in ("csv_rows", "delimited", "headings", "dates", "values", "letters")
        ),
        *_MENTIONS.glob("*.py"),
        _RULES,
    ),
    "rows by HTTP": (Path(sending.__file__), _RULES),
    "messages": (_READING / "line_rows.py", _READING / "bundles.py", _RULES),
    "dates": (_READING / "dates.py",),
    "values": (_READING / "values.py", _READING / "letters.py"),
    "names": (_MENTIONS / "naming.py",),
    "workbook": tuple(
        _READING / f"{name}.py" for name in ("packed", "workbook_xml", "workbooks", "sheet_rows")
    ),
    "FHIR bundle": (_READING / "bundles.py", _READING / "line_rows.py"),
    "whole file": tuple(
        _READING / f"{name}.py"
        for name in ("files", "encodings", "csv_rows", "delimited", "headings", "rows")
    ),
}
