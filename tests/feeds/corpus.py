"""What would somebody send to bring us down?  Every fault by name, made here, and how each must end.

`python -m tests.feeds.corpus` goes through all of them in a process of its own that may use 512 MB and
prints a line of JSON for each: how it ended and how long it took.
"""

import json
import resource
import sys
import time
import zipfile
from collections.abc import Callable
from datetime import date

from bench.fuzzed import most_memory
from holdfast.feeds.mentions import mentions
from holdfast.feeds.reading import Context, read_file, reread
from holdfast.feeds.rules import check_row, content_digest, key_of, rank
from holdfast.feeds.terms import ProblemCode as P
from tests.feeds import hostile_workbooks as books
from tests.feeds.hostile import TRACKER, Hostile, a_call
from tests.feeds.hostile_messages import MESSAGES
from tests.feeds.hostile_texts import TEXTS

MEMORY = 512 * 1024 * 1024  # bytes of address space, a hard limit
SENT = Context(date(2026, 3, 29), frozenset({"701"}))


def _refused(name: str, make: Callable[[], bytes], words: str) -> Hostile:
    return Hostile(name, make, TRACKER, fault=P.UNREADABLE_FILE, words=words)


WORKBOOKS = [
    Hostile(
        "a plain tracker", lambda: books.packed(books.parts()), TRACKER, rows=1, holds=("name", "Ama Osei")
    ),
    _refused("billion laughs", books.billion_laughs, "declares XML entities"),
    _refused("billion laughs in shared texts", books.billion_laughs_in_shared_texts, "declares XML entities"),
    _refused("quadratic blow-up", books.quadratic_blow_up, "declares XML entities"),
    _refused("XXE: a file", books.outside_file, "declares XML entities"),
    _refused("XXE: a parameter from the network", books.outside_parameter, "declares XML entities"),
    _refused("DTD from the network", books.outside_document_type, "document type"),
    _refused("DTD in UTF-16", books.document_type_in_utf_16, "document type"),
    _refused("XML 100,000 deep", books.deep_elements, "deep"),
    _refused("a million elements", books.many_elements, "more than 500,000 elements"),
    Hostile("400,000 merged cells", books.many_merged, TRACKER, rows=1),
    _refused("700,000 styles", books.many_styles, "more than 500,000 elements"),
    _refused("one text shared by all", books.one_text_shared_by_all, "more than 2,000,000 characters"),
    _refused("too many lines", books.more_lines_than_a_tracker, "more than 20,000 lines"),
    Hostile("a far cell", books.far_cell, TRACKER, rows=0),
    Hostile(
        "10,000 columns",
        books.ten_thousand_columns,
        TRACKER,
        rows=1,
        holds=("name", "Ama Osei"),
        problems=(("by_when", P.NOT_A_DATE),),
    ),
    Hostile("rows of one number", books.rows_of_one_number, TRACKER, rows=4),
    Hostile(
        "formula cells",
        books.formula_cells,
        TRACKER,
        rows=1,
        holds=("what_happened", '=WEBSERVICE("http://127.0.0.1:9/")'),
    ),
    Hostile(
        "days beyond days",
        books.number_cells("1e308", "-5", "99999999", "nan", "2958466", "0"),
        TRACKER,
        rows=6,
        problems=(("contact_date", P.NOT_A_DATE),) * 6,
    ),
    Hostile("texts that are not there", books.texts_that_are_not_there, TRACKER, rows=0),
    _refused("zip bomb by ratio", books.bomb_by_ratio, "far more than it holds"),
    _refused("zip bomb by size", books.bomb_by_size, "too large when unpacked"),
    _refused("zip bomb by entries", books.bomb_by_entries, "more than 1,000 parts"),
    _refused("zip bomb by directory", books.bomb_by_directory, "more than 1,000 parts"),
    _refused("overlapping parts", books.overlapping, "is"),
    _refused("zip slip", books.slip, "leads out of the workbook"),
    _refused("an absolute name", books.absolute_name, "leads out of the workbook"),
    _refused("a symlink", books.symlink, "only points to another file"),
    _refused("a nested zip", books.nested, "holds an archive"),
    _refused("a password", books.locked, "password"),
    _refused("packed by bzip2", books.packed_by(zipfile.ZIP_BZIP2), "do not use"),
    _refused("packed by LZMA", books.packed_by(zipfile.ZIP_LZMA), "do not use"),
    _refused("two parts of one name", books.twice_the_same_name, "two parts of one name"),
    _refused("larger than it says", books.larger_than_it_says, "is damaged"),
    _refused("cut short", books.cut, "cannot be opened"),
    _refused("OpenDocument", books.open_document, "lacks a part"),
    _refused("CSV for a workbook", a_call(), "not an Excel workbook"),
    _refused(
        "the old .xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 5_000, "not an Excel workbook"
    ),
]

CORPUS = {one.name: one for one in [*TEXTS, *MESSAGES, *WORKBOOKS]}


def go_through(content: bytes, path: str) -> dict[str, object]:
    """Do all that happens to a file before it reaches the database; say how it ended."""
    read = read_file(content, path)
    problems, reasons, first = [], [], None
    for row in read.rows:
        assert read.table is not None
        checked = check_row(read.table, row, SENT)
        first = first or {name: str(value) for name, value in checked.values.items()}
        key_of(read.table, checked.values)
        rank(read.table, checked.values, SENT.drop_on, False, row.number)
        content_digest(row)
        mentions(read.table, checked.values, read.name.la_code)
        reread(read.table, read.header, row.text, row.number)
        row.text.encode()
        whole = [problem for problem in checked.problems if not problem.field] or checked.problems
        problems += [(problem.field, problem.code) for problem in whole]
        reasons += [problem.reason for problem in checked.problems[:9]]
        assert "\0" not in row.text + "".join(row.cells.values())
    fault = read.fault
    said = [fault.reason] if fault else reasons[:9]
    return {
        "fault": fault and fault.code,
        "rows": len(read.rows),
        "problems": problems[:99],
        "reasons": said,
        "first": first,
    }


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for one in CORPUS.values():
        content = one.make()
        before = time.process_time()
        try:
            ended = go_through(content, one.path)
        except (Exception, MemoryError) as error:
            ended = {"crash": repr(error)[:300]}
        ended |= {"name": one.name, "seconds": time.process_time() - before}
        print(json.dumps(ended), flush=True)
    print(json.dumps({"name": "", "peak": most_memory()}), flush=True)


if __name__ == "__main__":
    sys.exit(main())
