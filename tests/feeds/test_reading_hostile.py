"""Can any bytes make reading crash or hang?"""

import json
import time
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from holdfast.feeds.mentions import mentions
from holdfast.feeds.reading import Context, read_file, reread, with_values
from holdfast.feeds.reading.delimited import records
from holdfast.feeds.reading.encodings import decode
from holdfast.feeds.reading.values import clean, read_age, read_number
from holdfast.feeds.rules import check_row, content_digest, key_of, rank
from holdfast.feeds.tables import TABLES
from tests.feeds.test_reading_csv import HEADINGS
from tests.feeds.test_reading_csv import PATH as CONCERNS

SENT = Context(date(2026, 3, 29))
PATHS = [f"{t.feed}/{t.name}_991_2026-03-29.{t.format.value}" for t in TABLES]
MARKS = [
    "",
    "﻿",
    '"',
    '""',
    ",",
    ";",
    "\r\n",
    "\n",
    "\x00",
    "\u202e",
    "�",
    "00/00/0000",
    "1e308",
    "{",
    "[",
    "\ud83d",
    "²",
]
words = st.one_of(st.sampled_from(MARKS), st.text(max_size=12), st.dates().map(str), st.integers().map(str))


def go_through(content, path):
    """Everything that happens to a row before it reaches the database."""
    read = read_file(content, path, 3)
    assert read.fault is None or read.rows == ()
    for row in read.rows:
        checked = check_row(read.table, row, SENT)
        key_of(read.table, checked.values)
        assert len(rank(read.table, checked.values, SENT.drop_on, False, row.number)) <= 60
        content_digest(row)
        mentions(read.table, checked.values, read.name.la_code)
        assert "\x00" not in row.text + "".join(row.cells.values())
        row.text.encode()
        reread(read.table, read.header, row.text, row.number)
        for problem in checked.problems:
            assert 0 < len(problem.reason) <= 400
            problem.reason.encode()
    return read


@given(st.binary(max_size=400), st.sampled_from(PATHS))
def test_any_bytes_under_any_name(content, path):
    go_through(content, path)


@given(st.lists(words, max_size=40), st.sampled_from([t for t in TABLES if t.format == "csv"]))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_any_values_under_the_right_headings(cells, table):
    header = ",".join(column.name for column in table.columns)
    text = f"{header}\r\n" + ",".join(cells)
    go_through(text.encode("utf-8", "surrogatepass"), f"{table.feed}/{table.name}_2026-03-29.csv")


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=8) | st.sampled_from(["Bundle", "Patient"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["resourceType", "entry", "identifier", "period", "name", "value", "coding"]),
        inner,
        max_size=4,
    ),
    max_leaves=12,
)  # fmt: skip


@given(json_values, json_values)
def test_any_message(patient, encounter):
    entries = [
        {"resource": {"resourceType": kind, **(inner if isinstance(inner, dict) else {"name": inner})}}
        for kind, inner in (("Patient", patient), ("Encounter", encounter))
    ]
    go_through(
        json.dumps({"resourceType": "Bundle", "entry": entries}).encode(), "hospital/ed_2026-03-29.ndjson"
    )


@given(st.lists(st.lists(st.text(alphabet='ab ,;"\n\r', max_size=6), min_size=2, max_size=2), max_size=6))
def test_records_lose_no_letter(rows):
    text = "a,b\r\n" + "".join(",".join(row) + "\r\n" for row in rows)
    assert "".join(record.text for record in records(text, ",")) == text


@given(st.dictionaries(st.sampled_from(HEADINGS), st.text(max_size=20), max_size=8))
def test_a_mended_row_says_what_was_put_in(values):
    read = read_file(",".join(HEADINGS).encode() + b"\r\n" + b"," * (len(HEADINGS) - 1) + b"x\r\n", CONCERNS)
    row = with_values(read.table, read.header, read.rows[0], values)
    assert reread(read.table, read.header, row.text, "1").cells == row.cells
    for name, value in values.items():
        assert row.cells.get(name, "") == clean(value.replace("\x00", ""))


@given(st.text(max_size=60))
def test_cleaning_twice_is_cleaning_once(text):
    assert clean(clean(text)) == clean(text)
    read_age(text), read_number(text)


@given(st.text(max_size=60).map(lambda text: text.replace("\x00", "")))
def test_what_was_written_as_utf_8_is_read_as_written(text):
    assert decode(text.encode())[0] == text.removeprefix("\ufeff")


HEADER = ",".join(HEADINGS).encode() + b"\r\n"
ROW = b"PL1,01/03/2026 10:00,,,,,Ama,,,,,worry,,,,\r\n"


@pytest.mark.parametrize(
    "content, path",
    [
        (HEADER + b'"' * 5_000_000, CONCERNS),
        (HEADER + b'"\r\n' * 300_000, CONCERNS),
        (HEADER + (b'"' + ROW) * 20_001, CONCERNS),
        (HEADER + b'PL1,"' + ROW * 20_000, CONCERNS),
        (HEADER + b"," * 5_000_000, CONCERNS),
        (HEADER + b"a" * 5_000_000, CONCERNS),
        (b"," * 1_000_000 + b"\r\n", CONCERNS),
        (HEADER + b"\r" * 1_000_000, CONCERNS),
        (HEADER + b"PL1," + b"1" * 100_000 + b",,,,,Ama" + b"1" * 100_000 + b",,,,,w,,,,\r\n", CONCERNS),
        (b"\n".join([b"[" * 900_000] * 5), "hospital/ed_2026-01-02.ndjson"),
        (b'{"a":' * 150_000, "hospital/ed_2026-01-02.ndjson"),
        (b"\n" * 5_000_000, "hospital/ed_2026-01-02.ndjson"),
        (b"PK\x03\x04" * 500_000, "voluntary/contacts_2026-01-02.xlsx"),
    ],
    ids=["quotes", "quote lines", "open quotes", "one open quote", "commas", "letters", "headings", "returns",
         "digits", "depth", "nesting", "line ends", "zip"],
)  # fmt: skip
@pytest.mark.slow
def test_hostile_files_are_answered_in_seconds(content, path):
    start = time.process_time()
    go_through(content, path)
    assert time.process_time() - start < 6  # on a busy machine; about a second alone
