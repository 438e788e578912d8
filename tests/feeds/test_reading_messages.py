"""Does a hospital's FHIR message give its cells, and a broken one its reason?"""

import json

import pytest

from holdfast.feeds.reading import read_file, reread, with_values
from holdfast.feeds.terms import ProblemCode

PATH = "hospital/ed_2026-01-02.ndjson"
GIVEN = ["Ada", "May"]


def bundle(**changes):
    patient = {
        "resourceType": "Patient",
        "identifier": [
            {"system": "https://fhir.nhs.uk/Id/nhs-number", "value": "9990000018"},
            {"system": "https://hospital.example.invalid/mrn", "value": "H1"},
        ],
        "name": [{"given": ["Fizz"]}, {"use": "official", "family": "Rook", "given": GIVEN}],
        "gender": "female",
        "birthDate": "2011-10-29",
        "address": [{"line": ["Flat 9", "8 Tern Grove"], "city": "Wharfside", "postalCode": "WH1 1AA"}],
    }  # fmt: skip
    encounter = {
        "resourceType": "Encounter",
        "identifier": [{"value": "ED1"}],
        "period": {"start": "2026-01-01T16:00:00+00:00", "end": "2026-01-01T17:30:00+00:00"},
        "serviceProvider": {"identifier": {"value": "ZZ1"}, "display": "Wharfside Infirmary"},
    }
    condition = {
        "resourceType": "Condition",
        "code": {"coding": [{"system": "http://snomed.info/sct", "code": "1", "display": "Cut"}]},
        "note": [{"text": "one"}, {"text": "two"}],
    }
    resources = [patient | changes.get("patient", {}), encounter | changes.get("encounter", {}), condition]
    return {"resourceType": "Bundle", "entry": [{"resource": resource} for resource in resources]}


def read(*lines, end="\n"):
    return read_file((end.join(lines) + end).encode(), PATH)


def test_a_message_becomes_cells():
    cells = read(json.dumps(bundle())).rows[0].cells
    assert cells["encounter_ref"] == "ED1"
    assert (cells["family_name"], cells["given_names"]) == ("Rook", "Ada May")
    assert (cells["nhs_number"], cells["hospital_number"]) == ("9990000018", "H1")
    assert cells["address"] == "Flat 9, 8 Tern Grove, Wharfside"
    assert (cells["arrived"], cells["left"]) == ("2026-01-01T16:00:00+00:00", "2026-01-01T17:30:00+00:00")
    assert (cells["injury"], cells["note"]) == ("Cut", "one\ntwo")


def test_a_row_is_its_line_and_blank_lines_count():
    file = read(json.dumps(bundle()), "", json.dumps(bundle()), end="\r\n")
    assert [row.number for row in file.rows] == ["1", "3"]


@pytest.mark.parametrize(
    "line, words",
    [
        ("{not json", "is not a JSON message"),
        ('{"resourceType": "Patient"}', "is not a FHIR Bundle"),
        ('{"resourceType": "Bundle", "entry": []}', "holds 0 resources of type Encounter"),
        ("[" * 100_000, "is not a JSON message"),
        ('{"resourceType": "Bundle", "entry": [null, 3, {"resource": 7}]}', "of type Encounter"),
        ('{"resourceType": "Bundle", "entry": 1e999}', "is not a JSON message"),
    ],
)
def test_a_broken_line_is_one_row_and_the_rest_is_read(line, words):
    file = read(line, json.dumps(bundle()))
    assert words in file.rows[0].fault.reason
    assert file.rows[0].fault.code == ProblemCode.NOT_READABLE
    assert file.rows[1].fault is None


def test_a_cut_file_of_messages():
    text = json.dumps(bundle()) + "\n" + json.dumps(bundle())[:200]
    rows = read_file(text.encode(), PATH).rows
    assert [row.fault and row.fault.code for row in rows] == [None, ProblemCode.CUT_SHORT]


def test_wrong_types_where_text_should_stand_are_left_out():
    odd = {"name": "Ada", "gender": ["x"], "birthDate": {"a": 1}, "address": [[]], "identifier": {"value": 3}}
    cells = read(json.dumps(bundle(patient=odd, encounter={"identifier": [{"value": 77}]}))).rows[0].cells
    assert cells["encounter_ref"] == "77"
    assert not {"family_name", "sex", "dob", "address"} & set(cells)


def test_a_csv_in_place_of_messages_is_refused_as_a_file():
    assert read_file(b"a,b\n1,2\n", PATH).fault.code == ProblemCode.UNKNOWN_FILE


def test_messages_uploaded_under_any_name_are_known():
    assert read_file(json.dumps(bundle()).encode(), "upload.txt").table.title == "hospital/ed"


def test_a_mended_message_reads_again():
    file = read(json.dumps(bundle(encounter={"period": {}})))
    mended = with_values(file.table, file.header, file.rows[0], {"arrived": "2026-01-01T16:00:00+00:00"})
    assert reread(file.table, file.header, mended.text, "1") == mended
    assert mended.cells["arrived"] == "2026-01-01T16:00:00+00:00"
    assert reread(file.table, file.header, file.rows[0].text, "1") == file.rows[0]
