"""Is a file that cannot be used refused in words its sender understands?"""

from datetime import date

import pytest

from holdfast.feeds.reading import name_of, read_file
from holdfast.feeds.tables import TABLES, table_of
from holdfast.feeds.terms import ProblemCode

CUSTODY = "police_custody/custody_2026-06-10.csv"


def headings(feed, name):
    return ",".join(column.name for column in table_of(feed, name).columns) + "\r\n"


@pytest.mark.parametrize(
    "content, code, words",
    [
        (b"", ProblemCode.EMPTY_FILE, "empty"),
        (b"\xef\xbb\xbf\r\n \r\n", ProblemCode.EMPTY_FILE, "empty"),
        (b"<!DOCTYPE html>\n<html>", ProblemCode.HTML_PAGE, "not a custody export but a web page"),
        (b"\xef\xbb\xbf\n<HTML><body>", ProblemCode.HTML_PAGE, "web page"),
        (b"PK\x03\x04abc", ProblemCode.RENAMED_WORKBOOK, "Excel workbook under another name"),
        (b"%PDF-1.7 abc", ProblemCode.UNREADABLE_FILE, "not text"),
        (b"\x1f\x8b\x08abc", ProblemCode.UNREADABLE_FILE, "not text"),
        (b"Dear all,\r\nplease find\r\n", ProblemCode.UNKNOWN_FILE, "first line"),
        (b"a" * 20_000_001, ProblemCode.TOO_LARGE, "larger than 20 MB"),
    ],
)
def test_what_cannot_be_used_is_named(content, code, words):
    read = read_file(content, CUSTODY)
    assert (read.fault.code, read.rows) == (code, ())
    assert words in read.fault.reason
    assert read.fault.is_error


def test_the_headings_of_another_export_are_recognised():
    read = read_file(headings("police_missing", "missing").encode(), CUSTODY)
    assert read.fault.code == ProblemCode.OTHER_EXPORT
    assert "police_missing/missing" in read.fault.reason


@pytest.mark.parametrize(
    "content, path",
    [
        (headings("police_custody", "custody").encode() + b"1,\r\n" * 100_001, CUSTODY),
        (headings("police_custody", "custody").encode() + b"\n" * 15_000_000, CUSTODY),
        (b"{}\n" * 100_001, "hospital/ed_2026-01-02.ndjson"),
    ],
)
@pytest.mark.slow
def test_more_records_than_memory_should_hold_are_refused(content, path):
    read = read_file(content, path)
    assert (read.fault.code, read.rows) == (ProblemCode.TOO_LARGE, ())


def test_a_file_of_no_known_export():
    read = read_file(b"a,b\r\n1,2\r\n", "somewhere/else.csv")
    assert (read.table, read.fault.code) == (None, ProblemCode.UNKNOWN_FILE)


@pytest.mark.parametrize(
    "path, feed, table, la_code, drop_on, is_resend",
    [
        ("police_custody/custody_2026-06-10.csv", "police_custody", "custody", "", date(2026, 6, 10), False),
        (
            "schools/exclusions_991_2025-12-08_resend.csv",
            "schools",
            "exclusions",
            "991",
            date(2025, 12, 8),
            True,
        ),
        (
            "in/social_care/ssd_family_992_2025-01-05.csv",
            "social_care",
            "ssd_family",
            "992",
            date(2025, 1, 5),
            False,
        ),
        ("C:\\in\\nrm\\decisions_2026-01-29.csv", "nrm", "decisions", "", date(2026, 1, 29), False),
        ("custody_2026-02-30.csv", "", "custody", "", None, False),
        ("custody.csv", "", "custody", "", None, False),
    ],
)
def test_what_a_path_says(path, feed, table, la_code, drop_on, is_resend):
    name = name_of(path)
    assert (name.feed, name.table, name.la_code, name.drop_on, name.is_resend) == (
        feed,
        table,
        la_code,
        drop_on,
        is_resend,
    )


def test_every_column_says_what_it_is_in_words():
    for table in TABLES:
        names = [column.name for column in table.columns]
        assert len(names) == len(set(names))
        assert set(table.key) <= set(names)
        assert table.version is None or table.version in names
        for column in table.columns:
            assert column.says.endswith(".") and column.label, (table.title, column.name)
            assert (column.codes is not None) or column.kind != "code"


def test_no_two_exports_share_a_title():
    titles = [table.title for table in TABLES]
    assert len(titles) == len(set(titles)) == 22
