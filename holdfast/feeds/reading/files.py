"""Which export is this file, and which rows does it hold?"""

import re
from datetime import date

from holdfast.feeds.reading import bundles, delimited, workbooks
from holdfast.feeds.reading.csv_rows import read_csv
from holdfast.feeds.reading.encodings import decode
from holdfast.feeds.reading.line_rows import read_lines
from holdfast.feeds.reading.rows import FileName, FileRead, Problem, fault
from holdfast.feeds.reading.sheet_rows import read_tracker
from holdfast.feeds.tables import Table, table_of, tables_with
from holdfast.feeds.terms import Format, ProblemCode

LARGEST_FILE = 20_000_000  # bytes; our choice: a hundred times the largest export of a partnership
MOST_LINE_ENDS = 1_000_000  # our choice: two for each line, several lines for each of the most records
_YEARS = range(
    1900, 2101
)  # in which a job can have run; another is a slip, and the day of arrival stands for it
_NAME = re.compile(
    r"^(?P<table>[a-z][a-z0-9_]*?)(?:_(?P<la>\d{3}))?_(?P<day>\d{4}-\d{2}-\d{2})(?P<resend>_resend)?\.\w{1,8}$",
    re.IGNORECASE,
)
_PAGE = re.compile(r"^\s*<(?:!doctype\s+html|html|head|body|\?xml[^>]*\?>\s*<!doctype\s+html)", re.IGNORECASE)
_NOT_TEXT = (b"%PDF", b"\x1f\x8b", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"Rar!", b"7z\xbc\xaf", b"\x89PNG")


def name_of(path: str) -> FileName:
    """Return what a folder and a file name say; fields stay empty where they say nothing."""
    parts = path.replace("\\", "/").rstrip("/").split("/")
    feed = parts[-2].lower() if len(parts) > 1 else ""
    found = _NAME.match(parts[-1])
    if not found:
        return FileName(feed=feed, table=parts[-1].rsplit(".", 1)[0].lower())
    try:
        drop_on: date | None = date.fromisoformat(found["day"])
        drop_on = drop_on if drop_on and drop_on.year in _YEARS else None
    except ValueError:
        drop_on = None
    return FileName(feed, found["table"].lower(), found["la"] or "", drop_on, bool(found["resend"]))


def read_file(content: bytes, path: str, declared_rows: int | None = None) -> FileRead:
    """Return the rows of one file as received, or the fault that makes it unusable.  Never raises."""
    name = name_of(path)
    table = table_of(name.feed, name.table)
    problem = _content_fault(content, table)
    if problem:
        encoding = "binary" if _is_binary(content) else ""
        return FileRead(name, table, encoding, fault=problem, declared_rows=declared_rows)
    if table is not None and table.format == Format.WORKBOOK:
        return read_tracker(content, name, table, declared_rows)
    text, encoding = decode(content)
    table = table or _table_from(text)
    problem = _text_fault(text, name, table)
    if problem or table is None:
        return FileRead(name, table, encoding, fault=problem, declared_rows=declared_rows)
    read = read_lines if table.format == Format.NDJSON else read_csv
    return read(text, encoding, name, table, declared_rows)


def _is_binary(content: bytes) -> bool:
    return content.startswith(_NOT_TEXT)


def _content_fault(content: bytes, table: Table | None) -> Problem | None:
    wants_workbook = table is not None and table.format == Format.WORKBOOK
    if len(content) > LARGEST_FILE:
        reason = f"The file is larger than {LARGEST_FILE // 1_000_000} MB. Send it in parts."
        return fault(ProblemCode.TOO_LARGE, reason)
    if not content.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        return fault(ProblemCode.EMPTY_FILE, "The file is empty.")
    if wants_workbook:
        return None
    if not _is_binary(content):
        return _length_fault(content)
    if workbooks.is_workbook(content):
        return fault(
            ProblemCode.RENAMED_WORKBOOK,
            f"This is not a {table.name if table else 'CSV'} export but an Excel workbook under another "
            "name. Export it as CSV.",
        )
    return fault(ProblemCode.UNREADABLE_FILE, "The file is not text and cannot be read.")


def _length_fault(content: bytes) -> Problem | None:
    """Counted before the text is taken apart: a list of millions of empty lines is large."""
    if content.count(b"\n") + content.count(b"\r") <= MOST_LINE_ENDS:
        return None
    return fault(ProblemCode.TOO_LARGE, f"The file has more than {MOST_LINE_ENDS:,} lines. Send it in parts.")


def _text_fault(text: str, name: FileName, table: Table | None) -> Problem | None:
    what = table.name if table else name.table or "known"
    if _PAGE.match(text[:1_000].lstrip("\ufeff")):
        return fault(
            ProblemCode.HTML_PAGE,
            f"This is not a {what} export but a web page, perhaps of a session that had ended. "
            "Export it again.",
        )
    if table is None:
        reason = "Neither the file's name nor its first line is of an export we know."
        return fault(ProblemCode.UNKNOWN_FILE, reason)
    return None


def _table_from(text: str) -> Table | None:
    """Return the one export whose headings the first line holds."""
    first = delimited.first_line(text[: delimited.LONGEST_FIELD].lstrip("\ufeff")).rstrip("\r")
    if first.lstrip().startswith("{"):
        try:
            bundles.read_bundle(first)
        except bundles.NotABundle:
            return None
        return table_of("hospital", "ed")
    found = tables_with(first.split(delimited.best_delimiter(first)))
    return found[0] if len(found) == 1 else None
