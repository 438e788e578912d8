"""Do the practice exports come out exactly as their answers say?"""

from collections import Counter
from datetime import date

import pytest

from holdfast.feeds.mentions import mentions
from holdfast.feeds.reading import Context, reread
from holdfast.feeds.rules import check_row, content_digest, key_of, rank
from holdfast.feeds.terms import Format, ProblemCode
from tests.feeds.packs import PACKS, answers, files

OURS = frozenset({"991", "992", "993"})
FILE_FAULTS = {
    "html_page": ProblemCode.HTML_PAGE,
    "other_feed": ProblemCode.OTHER_EXPORT,
    "xlsx_renamed": ProblemCode.RENAMED_WORKBOOK,
}
# Some calls were about a companion whom the caller did not name: their words hold nobody to find.
NOT_IN_THE_WORDS = "worry"

pytestmark = pytest.mark.slow


def context(sent):
    return Context(sent.read.name.drop_on, OURS)


def usable_rows(pack):
    for sent in files(pack):
        for row in sent.read.rows:
            checked = check_row(sent.read.table, row, context(sent))
            if checked.is_usable:
                yield sent, row, checked


@pytest.mark.parametrize("pack", PACKS)
def test_every_file_is_read_in_its_encoding_and_no_row_is_lost(pack):
    for listed, read in files(pack):
        if read.fault:
            continue
        assert read.encoding == listed["encoding"], listed["path"]
        assert len(read.rows) + read.shortfall == listed["rows"], listed["path"]
        is_cut = any(row.fault and row.fault.code == ProblemCode.CUT_SHORT for row in read.rows)
        assert bool(read.shortfall) == is_cut, listed["path"]


@pytest.mark.parametrize("pack", PACKS)
def test_exactly_the_problems_of_the_answers_are_found(pack):
    expected = {
        (a["file"], a["row"], a["field"], _code(a["reason"]), a["severity"])
        for a in answers(pack, "invalid.csv")
    }
    found = set()
    for sent in files(pack):
        path = sent.listed["path"]
        if sent.read.fault:
            found.add((path, "*", "", sent.read.fault.code, "error"))
        for row in sent.read.rows:
            for p in check_row(sent.read.table, row, context(sent)).problems:
                found.add((path, row.number, p.field, p.code, p.severity))
    assert found - expected == set()
    assert expected - found == set()
    assert len(expected) > 30


def _code(reason):
    if reason.startswith("file is not"):
        return FILE_FAULTS[reason.rpartition("(")[2].rstrip(")")]
    return ProblemCode(reason)


@pytest.mark.parametrize("pack", PACKS)
def test_everybody_a_usable_row_names_is_found(pack):
    found = {
        (sent.listed["path"], row.number, mention.field): mention
        for sent, row, checked in usable_rows(pack)
        for mention in mentions(sent.read.table, checked.values, sent.read.name.la_code)
    }
    rows = {key[:2] for key in found}
    named = {(a["file"], a["row"], a["field"]): a["basis"] for a in answers(pack, "rows.csv")}
    missed = {key for key in named if key[:2] in rows and key not in found}
    assert [key for key in missed if not key[2].startswith(NOT_IN_THE_WORDS)] == []
    invented = [key for key in found if key not in named]
    # Two calls name somebody who is nobody's record.
    assert all(key[2].startswith(NOT_IN_THE_WORDS) for key in invented) and len(invented) <= 2


@pytest.mark.parametrize("pack", PACKS)
def test_what_the_answers_say_belongs_to_a_person_is_read_from_the_row(pack):
    """The first names, numbers, birth dates and postcodes that the answers call theirs are there."""
    holds = {
        "first": lambda m: bool(m.given_names),
        "upn": lambda m: any(i.kind == "upn" for i in m.identifiers),
        "nhs": lambda m: any(i.kind == "nhs" for i in m.identifiers),
        "dob": lambda m: m.born_on is not None,
    }
    named = {(a["file"], a["row"], a["field"]): a["basis"].split("+") for a in answers(pack, "rows.csv")}
    lacking = Counter()
    for sent, row, checked in usable_rows(pack):
        for mention in mentions(sent.read.table, checked.values, sent.read.name.la_code):
            basis = named.get((sent.listed["path"], row.number, mention.field), [])
            lacking.update(item for item in basis if item in holds and not holds[item](mention))
    # One tenant's birth date was set aside as unreadable.
    assert lacking["dob"] <= 1 and sum(lacking.values()) == lacking["dob"]


@pytest.mark.parametrize("pack", PACKS)
def test_a_stored_row_reads_again_as_it_did(pack):
    for sent in files(pack):
        for row in sent.read.rows:
            again = reread(sent.read.table, sent.read.header, row.text, row.number)
            assert again.cells == row.cells, (sent.listed["path"], row.number)
            assert (again.fault is None) == (row.fault is None)
            if sent.read.table.format == Format.CSV and not row.fault:
                assert content_digest(again) == content_digest(row)


@pytest.mark.parametrize("pack", PACKS)
def test_what_is_current_does_not_depend_on_the_order_of_arrival(pack):
    ranks = {}
    for sent, row, checked in usable_rows(pack):
        name = sent.read.name
        key = (sent.read.table.title, name.la_code, key_of(sent.read.table, checked.values))
        assert None not in key
        place = rank(sent.read.table, checked.values, name.drop_on or date.min, name.is_resend, row.number)
        ranks.setdefault(key, []).append((place, content_digest(row)))
    tied = [key for key, rows in ranks.items() if _has_tie(rows)]
    assert tied == []


def _has_tie(rows):
    """Two rows of one rank that say different things would leave it to chance which is current."""
    says = {}
    for place, digest in rows:
        if says.setdefault(place, digest) != digest:
            return True
    return False
