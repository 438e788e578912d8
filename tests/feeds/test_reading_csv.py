"""Does a CSV file come apart into the rows its sender wrote, whatever its marks and letters?"""

import pytest

from holdfast.feeds.reading import read_file, reread, with_values
from holdfast.feeds.tables import TABLES, table_of
from holdfast.feeds.terms import ProblemCode

PATH = "parents/concerns_2026-03-29.csv"
HEADINGS = [column.name for column in table_of("parents", "concerns").columns]
ROW = {
    "call_ref": "PL1",
    "call_started_at": "01/03/2026 10:00",
    "child_name": "Zoë Łukasik",
    "worry": "Out late",
}


def line(values, delimiter=",", headings=HEADINGS):
    cells = [values.get(name, "") for name in headings]
    return delimiter.join(f'"{cell}"' if any(c in cell for c in '\n",;') else cell for cell in cells)


def content(*rows, delimiter=",", headings=HEADINGS, end="\r\n"):
    return end.join([delimiter.join(headings), *(line(row, delimiter, headings) for row in rows), ""])


def only_row(data, path=PATH):
    read = read_file(data, path)
    assert read.fault is None
    (row,) = read.rows
    return row


@pytest.mark.parametrize(
    "encoding, named",
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_letters_survive_every_encoding(encoding, named):
    read = read_file(content(ROW).encode(encoding), PATH)
    assert (read.encoding, read.rows[0].cells["child_name"]) == (named, "Zoë Łukasik")


def test_windows_1252_is_read():
    read = read_file(content(ROW | {"child_name": "Zoë O’Neill", "worry": "£20"}).encode("cp1252"), PATH)
    assert read.encoding == "cp1252"
    assert read.rows[0].cells["child_name"] == "Zoë O’Neill"
    assert read.rows[0].cells["worry"] == "£20"


def test_one_bad_byte_does_not_turn_the_other_names_to_noise():
    good, bad = content(ROW, ROW | {"call_ref": "PL2", "worry": "@"}).encode(), b"\xa3"
    read = read_file(good.replace(b"@", bad), PATH)
    assert read.rows[0].cells["child_name"] == "Zoë Łukasik"
    assert (read.rows[1].cells["worry"], read.encoding) == ("£", "mixed")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_delimiters_and_line_ends(delimiter, end):
    read = read_file(content(ROW, ROW, delimiter=delimiter, end=end).encode(), PATH)
    assert [row.number for row in read.rows] == ["1", "2"]
    assert read.rows[1].cells["worry"] == "Out late"


def test_a_line_break_and_quotes_inside_a_value_stay():
    row = only_row(content(ROW | {"worry": 'He said ""stop"",\r\nthen ran'}).encode())
    assert row.cells["worry"] == 'He said "stop",\nthen ran'


def test_a_row_is_kept_exactly_as_sent_and_reads_again_the_same():
    read = read_file(content(ROW | {"worry": "one;\r\ntwo"}).encode(), PATH)
    row = read.rows[0]
    assert row.text == line(ROW | {"worry": "one;\r\ntwo"}) + "\r\n"
    assert reread(read.table, read.header, row.text, row.number) == row


def test_headings_may_be_in_another_order_case_or_spacing_with_more_or_fewer():
    headings = ["Worry ", "CHILD NAME", "something else", "call-started-at", "Call_Ref"]
    data = "\r\n".join([",".join(headings), "Out late,Zoë,x,01/03/2026 10:00,PL1", ""]).encode()
    assert only_row(data).cells == {
        "worry": "Out late",
        "child_name": "Zoë",
        "call_started_at": "01/03/2026 10:00",
        "call_ref": "PL1",
    }


def test_a_missing_mandatory_column_is_named():
    headings = [name for name in HEADINGS if name != "worry"]
    problem = read_file(content(ROW, headings=headings).encode(), PATH).fault
    assert problem.code == ProblemCode.COLUMN_MISSING
    assert problem.reason.endswith("lacks the mandatory column worry.")


def test_a_heading_twice_is_refused():
    assert "urgent" in read_file(content(ROW, headings=[*HEADINGS, "Urgent"]).encode(), PATH).fault.reason


def test_the_last_record_of_a_cut_file_is_told_from_the_whole_ones():
    data = content(ROW, ROW).encode()
    read = read_file(data[:-30], PATH, declared_rows=2)
    whole, cut = read.rows
    assert whole.fault is None
    assert cut.fault.code == ProblemCode.CUT_SHORT
    assert cut.cells == {"call_ref": "PL1", "call_started_at": "01/03/2026 10:00"}


def test_a_file_cut_inside_quotes():
    data = content(ROW | {"worry": "one\r\ntwo, three"}).encode()
    read = read_file(data[: data.index(b"three")], PATH)
    assert [row.fault.code for row in read.rows] == [ProblemCode.CUT_SHORT]


def test_a_file_without_a_last_line_end_is_whole_unless_its_sender_put_in_more():
    data = content(ROW, ROW).encode().removesuffix(b"\r\n")
    assert [row.fault for row in read_file(data, PATH, declared_rows=2).rows] == [None, None]
    read = read_file(data, PATH, declared_rows=5)
    assert read.rows[1].fault.code == ProblemCode.CUT_SHORT
    assert read.shortfall == 3


def test_a_quotation_mark_never_closed_costs_its_own_record_only():
    rows = [line(ROW), line(ROW).replace("Out late", '"Out late'), line(ROW | {"call_ref": "PL3"}), ""]
    read = read_file("\r\n".join([",".join(HEADINGS), *rows]).encode(), PATH)
    assert [row.fault and row.fault.code for row in read.rows] == [None, ProblemCode.NOT_READABLE, None]
    assert read.rows[2].cells["call_ref"] == "PL3"


@pytest.mark.parametrize("row", [line(ROW) + ",extra", "PL9,01/03/2026 10:00"])
def test_values_that_do_not_fit_the_headings_are_not_put_under_them(row):
    read = read_file("\r\n".join([",".join(HEADINGS), row, line(ROW), ""]).encode(), PATH)
    assert read.rows[0].fault.code == ProblemCode.WRONG_COUNT
    assert read.rows[0].cells == {}
    assert read.rows[1].fault is None


def test_empty_lines_are_no_records_and_rows_of_blanks_keep_their_number():
    blank = "," * (len(HEADINGS) - 1)
    data = "\r\n".join([",".join(HEADINGS), "", line(ROW), blank, line(ROW), "", ""]).encode()
    assert [row.number for row in read_file(data, PATH).rows] == ["1", "3"]


def test_letters_nobody_sees_are_taken_out_of_values_but_kept_in_the_row():
    row = only_row(content(ROW | {"child_name": "\u200fAma\u00a0 Os\ufeffei "}).encode())
    assert row.cells["child_name"] == "Ama Osei"
    assert "\ufeff" in row.text


def test_a_nul_is_shown_because_the_database_cannot_keep_it():
    row = only_row(content(ROW | {"worry": "a\x00b"}).encode())
    assert "\x00" not in row.text and row.cells["worry"] == "a\N{SYMBOL FOR NULL}b"


def test_a_spreadsheets_separator_line_is_passed_over():
    row = only_row(b"sep=;\r\n" + content(ROW, delimiter=";").encode())
    assert row.cells["worry"] == "Out late"


def test_a_mended_row_is_written_whole_and_its_fault_is_gone():
    data = content(ROW, ROW).encode()
    read = read_file(data[:-30], PATH)
    mended = with_values(
        read.table, read.header, read.rows[1], {"child_name": "Zoë", "worry": 'Said "no", ran'}
    )
    assert mended.fault is None
    assert reread(read.table, read.header, mended.text, "2") == mended
    assert mended.cells["worry"] == 'Said "no", ran'


def test_a_stored_row_is_not_read_under_the_headings_of_another_export():
    with pytest.raises(ValueError):
        reread(table_of("parents", "concerns"), "a,b,c", "1,2,3")


@pytest.mark.parametrize("table", [t for t in TABLES if t.format == "csv"], ids=lambda t: t.title)
def test_every_export_knows_its_own_headings_and_no_others(table):
    header = ",".join(column.name for column in table.columns)
    read = read_file(f"{header}\r\n".encode(), f"{table.feed}/{table.name}_2026-01-02.csv")
    assert (read.fault, read.rows, read.table) == (None, (), table)
    unnamed = read_file(f"{header}\r\n".encode(), "upload.csv")
    assert unnamed.table is table
