"""Does the outreach workers' tracker come out line by line, and is a hostile workbook refused?"""

import io
import zipfile
from datetime import datetime, time

import openpyxl
import pytest

from holdfast.feeds.reading import read_file, reread, with_values
from holdfast.feeds.reading.workbooks import read_sheet
from holdfast.feeds.tables import table_of
from holdfast.feeds.terms import ProblemCode
from tests.feeds.packs import FEEDS, need

PATH = "voluntary/contacts_2025-08-08.xlsx"
HEADINGS = [column.source for column in table_of("voluntary", "contacts").columns]


def workbook(*lines, sheet="Tracker", headings=HEADINGS):
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    page.append(["Outreach tracker (updated 08 Aug 25)"])
    page.append(["Carry forward anything not done!!"])
    page.append(["Young person", None, None, None, None, None, None, "Contact"])
    page.append(headings)
    for line in lines:
        page.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def line(number=7, name="Ama Osei", day="Fri 1/8/25", **more):
    cells = dict.fromkeys(HEADINGS) | {"No": number, "Name": name, "Date": day} | more
    return [cells[heading] for heading in HEADINGS]


def test_lines_are_rows_and_months_are_not():
    read = read_file(workbook(["July 25"], line(), ["August 25"], line(number=8)), PATH)
    assert [row.number for row in read.rows] == ["Tracker!6", "Tracker!8"]
    assert read.rows[0].cells == {"no": "7", "name": "Ama Osei", "contact_date": "Fri 1/8/25"}


def test_cells_are_written_as_people_write_them():
    row = read_file(workbook(line(day=datetime(2025, 7, 25), Age=14, **{"D.O.B": 40000.0})), PATH).rows[0]
    assert (row.cells["contact_date"], row.cells["age"], row.cells["dob"]) == ("2025-07-25", "14", "40000")


def test_a_line_with_nothing_but_its_number_is_a_line():
    read = read_file(workbook([9], [None, None], [9, "AO"]), PATH)
    assert [row.number for row in read.rows] == ["Tracker!5", "Tracker!7"]


def test_a_line_reads_again_and_can_be_mended():
    read = read_file(workbook(line(name=None, Action='ring "mum", then SW')), PATH)
    row = read.rows[0]
    assert reread(read.table, read.header, row.text, row.number) == row
    mended = with_values(read.table, read.header, row, {"name": "Ama"})
    assert reread(read.table, read.header, mended.text, row.number).cells["name"] == "Ama"


@pytest.mark.parametrize(
    "content, words",
    [
        (b"No,Name,Date\r\n1,Ama,1/8/25\r\n", "not an Excel workbook"),
        (b"PK\x03\x04 and then nothing", "cannot be opened"),
        (workbook(sheet="Sheet1"), "no sheet named Tracker"),
        (workbook()[:-200], "cannot be opened"),
    ],
)
def test_what_is_no_tracker_is_refused(content, words):
    read = read_file(content, PATH)
    assert words in read.fault.reason
    assert read.rows == ()


def test_a_tracker_without_its_headings_is_refused():
    assert read_file(workbook(headings=["a", "b"]), PATH).fault.code == ProblemCode.UNKNOWN_FILE


def as_a_library_reads(content, sheet="Tracker"):
    """Return the cells as openpyxl has them, blank rows left out."""
    rows = openpyxl.load_workbook(io.BytesIO(content), data_only=True)[sheet].iter_rows(values_only=True)
    shown = [[_shown(cell) for cell in cells] for cells in rows]
    return [(number, cells) for number, cells in enumerate(shown, 1) if any(cells)]


def _shown(cell):
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, datetime | time):
        return str(cell.replace(microsecond=0))
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return "" if cell is None else str(cell)


def as_we_read(content, sheet="Tracker"):
    _, rows = read_sheet(content, sheet)
    width = max((at for _, cells in rows for at, cell in enumerate(cells, 1) if cell), default=0)
    return [(number, cells[:width]) for number, cells in rows]


def test_every_kind_of_cell_is_read_as_a_library_reads_it():
    days = [
        datetime(2025, 7, 25),
        datetime(2025, 7, 25, 9, 30),
        datetime(1900, 1, 5),
        time(9, 30),
        0.1,
        1e20,
        -3.0,
    ]
    other = [" spaces ", "a\nb", "Žigová", True, False, 123456789, 1e308, "#N/A", "007"]
    content = workbook([*days, *other], line(), [None, None, "only one"])
    assert as_we_read(content) == as_a_library_reads(content)


@pytest.mark.slow
def test_the_practice_trackers_are_read_as_a_library_reads_them():
    need("pack-a")
    paths = sorted((FEEDS / "pack-a/voluntary").glob("*.xlsx"))[::7]
    assert paths
    for path in paths:
        content = path.read_bytes()
        assert as_we_read(content) == as_a_library_reads(content), path.name


def packed(**entries):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in entries.items():
            pack.writestr(name, content)
    return out.getvalue()


def with_entry(name, content):
    """Return the tracker with one of its parts replaced."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(line()))) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.namelist():
            new.writestr(entry, content if entry == name else old.read(entry))
    return out.getvalue()


ENTITIES = (
    '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    '<row r="1"><c t="str"><v>&c;</v></c></row></sheetData></worksheet>'
)
OUTSIDE = ENTITIES.replace('<!ENTITY a "ha">', '<!ENTITY a SYSTEM "file:///etc/hostname">')
FAR_CELL = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
)


@pytest.mark.parametrize(
    "content",
    [
        packed(bomb=b"0" * 9_000_000),
        packed(big=b"".join(bytes([n % 251]) * 7 for n in range(1_600_000))),
        packed(**{f"e{n}": b"x" for n in range(1_001)}),
        with_entry("xl/worksheets/sheet1.xml", ENTITIES),
        with_entry("xl/worksheets/sheet1.xml", OUTSIDE),
        with_entry("xl/worksheets/sheet1.xml", FAR_CELL),
        with_entry("xl/workbook.xml", "<workbook"),
        with_entry("xl/styles.xml", b"\x00\xff"),
    ],
    ids=["bomb", "big", "entries", "entities", "outside", "far", "book", "styles"],
)
def test_a_hostile_workbook_is_refused_and_nothing_is_fetched(content):
    read = read_file(content, PATH)
    assert read.fault is not None and read.rows == ()


def test_an_entry_that_is_larger_than_it_says_is_refused():
    data = bytearray(packed(**{"xl/workbook.xml": b"0" * 100_000}))
    for place in range(len(data) - 4):
        if data[place : place + 4] == (100_000).to_bytes(4, "little"):
            data[place : place + 4] = (10).to_bytes(4, "little")
    assert read_file(bytes(data), PATH).fault.code == ProblemCode.UNREADABLE_FILE
