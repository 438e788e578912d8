"""What does the outreach workers' own spreadsheet look like?"""

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from holdfast.demonstration.shape import Row

ALWAYS = datetime(2000, 1, 1)  # the time written into the file, so that the same lines give the same bytes
SAVED_AT = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
TITLE = "Kelderby / Wickersholm / Oddermouth   outreach tracker   (saved {day})   keep within the team"
NOTE = "RAG = worker's view only. Carry forward anything not done."
LAST_COLUMN = "R"
GROUPS = (("A3:G3", "Young person"), ("H3:K3", "Seen"), ("L3:R3", "Worries and actions"))


def tracker(saved_on: date, rows: Sequence[Row]) -> bytes:
    """The workbook of one Friday: title, note, two rows of headings, then lines with month rows between."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Tracker"
    sheet["A1"], sheet["A2"] = TITLE.format(day=saved_on.strftime("%d %b %y")), NOTE
    merged = [f"A1:{LAST_COLUMN}1", f"A2:{LAST_COLUMN}2"]
    for cells, heading in GROUPS:
        sheet[cells.split(":")[0]] = heading
        merged.append(cells)
    _append(sheet, 4, list(rows[0].values))
    number = 5
    for month, lines in groupby(rows, key=lambda row: row.ready_at.strftime("%B %y")):
        sheet.cell(row=number, column=1, value=month)
        merged.append(f"A{number}:{LAST_COLUMN}{number}")
        number += 1
        for row in lines:
            _append(sheet, number, list(row.values.values()))
            number += 1
    for cells in merged:
        sheet.merge_cells(cells)
    notes = book.create_sheet("notes")
    notes["A1"] = "key: G ok / A worried / R tell someone today"
    return _same_bytes(book)


def _append(sheet: Worksheet, number: int, values: Sequence[object]) -> None:
    for column, value in enumerate(values, start=1):
        if value != "":
            sheet.cell(row=number, column=column, value=value)


def _same_bytes(book: Workbook) -> bytes:
    """The saved book without the hour at which it was saved."""
    saved, clean = io.BytesIO(), io.BytesIO()
    book.save(saved)
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(clean, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = SAVED_AT.sub(ALWAYS.strftime("%Y-%m-%dT%H:%M:%SZ").encode(), content)
            entry = zipfile.ZipInfo(name, date_time=ALWAYS.timetuple()[:6])
            new.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return clean.getvalue()
