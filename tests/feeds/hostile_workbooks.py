"""What would somebody put into a workbook to bring us down?  Each is made here, by name."""

import io
import struct
import zipfile
from collections.abc import Callable, Mapping
from xml.sax.saxutils import escape

from holdfast.feeds.tables.voluntary_contacts import CONTACTS

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEADINGS = [column.source for column in CONTACTS.columns]
LINE = ["7", "AO", "Ama Osei", "04/03/2011", "14", "", "Carrow", "Fri 1/8/25", "Jo", "Hub", "Talked"]
SHEET, TEXTS, BOOK, STYLES = (
    "xl/worksheets/sheet1.xml",
    "xl/sharedStrings.xml",
    "xl/workbook.xml",
    "xl/styles.xml",
)

Parts = dict[str, bytes]


def letters(number: int) -> str:
    name = ""
    while number:
        number, left = divmod(number - 1, 26)
        name = chr(65 + left) + name
    return name


def cell(place: str, text: str, kind: str = "inlineStr", more: str = "") -> str:
    said = f"<is><t>{escape(text)}</t></is>" if kind == "inlineStr" else f"<v>{escape(text)}</v>"
    return f'<c r="{place}" t="{kind}"{more}>{said}</c>'


def row(number: int, texts: list[str]) -> str:
    cells = "".join(cell(f"{letters(at)}{number}", text) for at, text in enumerate(texts, 1) if text)
    return f'<row r="{number}">{cells}</row>'


def sheet(rows: str, before: str = "", after: str = "") -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<worksheet xmlns="{MAIN}"><sheetData>'
        f"{row(1, HEADINGS)}{rows}</sheetData>{after}</worksheet>"
    ).encode()


def parts(rows: str = "", **more: bytes) -> Parts:
    """Return the parts of a small tracker."""
    return {
        "[Content_Types].xml": b"<Types/>",
        "_rels/.rels": (
            f'<Relationships xmlns="{LINKS}"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" '
            f'Target="xl/workbook.xml"/></Relationships>'
        ).encode(),
        BOOK: (
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="Tracker" sheetId="1" '
            f'r:id="rId1"/></sheets></workbook>'
        ).encode(),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{LINKS}">'
            f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="rId2" Type="{OFFICE}/styles" Target="styles.xml"/>'
            f'<Relationship Id="rId3" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
            "</Relationships>"
        ).encode(),
        STYLES: (
            f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
            "</styleSheet>"
        ).encode(),
        TEXTS: f'<sst xmlns="{MAIN}"><si><t>shared</t></si></sst>'.encode(),
        SHEET: sheet(rows or row(2, LINE)),
    } | {name.replace("__", "/"): content for name, content in more.items()}


def packed(found: Mapping[str, bytes], way: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", way) as pack:
        for name, content in found.items():
            pack.writestr(zipfile.ZipInfo(name), content, way)
    return out.getvalue()


def with_part(name: str, content: bytes | str) -> bytes:
    return packed(parts() | {name: content.encode() if isinstance(content, str) else content})


def _document(declared: str, said: str) -> bytes:
    return sheet(row(2, LINE).replace("Talked", said), before=f"<!DOCTYPE w [{declared}]>")


def billion_laughs() -> bytes:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return with_part(SHEET, _document(f'<!ENTITY l0 "ha">{levels}', "&l9;"))


def billion_laughs_in_shared_texts() -> bytes:
    declared = '<!DOCTYPE s [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    return with_part(TEXTS, f'{declared}<sst xmlns="{MAIN}"><si><t>&b;</t></si></sst>')


def quadratic_blow_up() -> bytes:
    return with_part(SHEET, _document(f'<!ENTITY a "{"x" * 50_000}">', "&a;" * 50_000))


def outside_file() -> bytes:
    return with_part(SHEET, _document('<!ENTITY a SYSTEM "file:///etc/hostname">', "&a;"))


def outside_parameter() -> bytes:
    return with_part(SHEET, _document('<!ENTITY % a SYSTEM "http://127.0.0.1:9/x"> %a;', "x"))


def outside_document_type() -> bytes:
    found = sheet(row(2, LINE), before='<!DOCTYPE worksheet SYSTEM "http://127.0.0.1:9/x.dtd">')
    return with_part(SHEET, found)


def document_type_in_utf_16() -> bytes:
    text = f'<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE w []><worksheet xmlns="{MAIN}"/>'
    return with_part(SHEET, text.encode("utf-16"))


def deep_elements() -> bytes:
    return with_part(SHEET, b"<a>" * 100_000 + b"</a>" * 100_000)


def many_elements() -> bytes:
    return packed(parts() | {SHEET: sheet("<row/>" * 1_000_000)}, zipfile.ZIP_STORED)


def many_merged() -> bytes:
    merged = sheet(
        row(2, LINE), after="<mergeCells>" + '<mergeCell ref="A1:B1"/>' * 400_000 + "</mergeCells>"
    )
    return packed(parts() | {SHEET: merged}, zipfile.ZIP_STORED)


def many_styles() -> bytes:
    found = f'<styleSheet xmlns="{MAIN}"><cellXfs>{"<xf/>" * 700_000}</cellXfs></styleSheet>'
    return packed(parts() | {STYLES: found.encode()}, zipfile.ZIP_STORED)


def one_text_shared_by_all() -> bytes:
    rows = "".join(f'<row r="{n}"><c r="C{n}" t="s"><v>0</v></c></row>' for n in range(2, 20_000))
    text = f'<sst xmlns="{MAIN}"><si><t>{"x" * 30_000}</t></si></sst>'
    return packed(parts() | {TEXTS: text.encode(), SHEET: sheet(rows)}, zipfile.ZIP_STORED)


def more_lines_than_a_tracker() -> bytes:
    return packed(parts("".join(f'<row r="{n}">{cell(f"C{n}", "Ama")}</row>' for n in range(2, 20_100))))


def far_cell() -> bytes:
    return packed(parts(f'<row r="1048576">{cell("XFD1048576", "x")}</row>'))


def ten_thousand_columns() -> bytes:
    return packed(parts(row(2, [*LINE, *["x"] * 10_000])))


def rows_of_one_number() -> bytes:
    return packed(parts(row(2, LINE) + row(2, LINE) + row(1, LINE) + row(2, LINE)))


def formula_cells() -> bytes:
    call = "WEBSERVICE(&quot;http://127.0.0.1:9/&quot;)"
    made = row(2, LINE).replace(
        cell("K2", "Talked"), f'<c r="K2"><f>{call}</f></c><c r="M2" t="str"><f>1+1</f><v>2</v></c>'
    )
    return packed(parts(made))


def number_cells(*values: str) -> Callable[[], bytes]:
    """Days as numbers in the column of the day of contact, one a row."""

    def make() -> bytes:
        lines = []
        for number, value in enumerate(values, 2):
            day = cell(f"H{number}", value, "n", ' s="1"')
            lines.append(f'<row r="{number}">{cell(f"C{number}", "Ama")}{day}</row>')
        return packed(parts("".join(lines)))

    return make


def texts_that_are_not_there() -> bytes:
    found = [cell("C2", value, "s") for value in ("9999999", "-1", "x", "²")]
    return packed(parts("".join(f'<row r="{n}">{one}</row>' for n, one in enumerate(found, 2))))


def bomb_by_ratio() -> bytes:
    return packed(parts() | {"xl/media/a.bin": b"\0" * 5_000_000})


def bomb_by_size() -> bytes:
    """201 MB that pack to 200 KB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in parts().items():
            pack.writestr(name, content)
        with pack.open("xl/media/a.bin", "w", force_zip64=True) as stream:
            for _ in range(201):
                stream.write(b"\0" * 1_000_000)
    return out.getvalue()


def bomb_by_entries() -> bytes:
    return packed(parts() | {f"xl/media/{n}.bin": b"x" for n in range(1_001)})


def bomb_by_directory() -> bytes:
    """Says so often that there is a part that only reading the directory would take long."""
    one = packed(parts())
    start = one.index(b"PK\x01\x02")
    end = one.index(b"PK\x05\x06")
    entries = one[start:end] * 20_000
    return (one[:start] + entries)[:19_000_000] + one[end:]


def overlapping() -> bytes:
    """Many parts that are all the same bytes of the file."""
    whole = packed({**parts(), "xl/media/a.bin": bytes(range(256)) * 2_000})
    start, end = whole.index(b"PK\x01\x02"), whole.index(b"PK\x05\x06")
    last = whole.rindex(b"PK\x01\x02", 0, end)
    copies = b"".join(whole[last:end].replace(b"a.bin", b"%05d" % n) for n in range(900))
    directory = whole[start:end] + copies
    closing = bytearray(whole[end:])
    count = whole[start:end].count(b"PK\x01\x02") + 900
    closing[8:16] = struct.pack("<HHL", count, count, len(directory))
    return whole[:start] + directory + bytes(closing)


def slip() -> bytes:
    return packed(parts() | {"../../etc/cron.d/x": b"x"})


def absolute_name() -> bytes:
    return packed(parts() | {"/etc/cron.d/x": b"x"})


def symlink() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as pack:
        for name, content in parts().items():
            one = zipfile.ZipInfo(name)
            if name == SHEET:
                one.external_attr, content = 0o120777 << 16, b"/etc/hostname"
            pack.writestr(one, content)
    return out.getvalue()


def nested() -> bytes:
    return with_part(SHEET, packed(parts()))


def locked() -> bytes:
    data = bytearray(packed(parts()))
    place = data.index(b"PK\x01\x02")
    data[place + 8] |= 1
    return bytes(data)


def packed_by(way: int) -> Callable[[], bytes]:
    return lambda: packed(parts(), way)


def twice_the_same_name() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as pack:
        for name, content in [*parts().items(), ("xl/Sheet1.xml", b"x"), ("xl/sheet1.xml", b"x")]:
            pack.writestr(name, content)
    return out.getvalue().replace(b"xl/Sheet1.xml", b"xl/sheet1.xml")


def larger_than_it_says() -> bytes:
    data = bytearray(packed(parts() | {SHEET: sheet(row(2, LINE) + " " * 100_000)}))
    size = len(sheet(row(2, LINE) + " " * 100_000)).to_bytes(4, "little")
    return bytes(data).replace(size, (10).to_bytes(4, "little"))


def cut() -> bytes:
    return packed(parts())[:-200]


def open_document() -> bytes:
    return packed(
        {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<office/>"}
    )
