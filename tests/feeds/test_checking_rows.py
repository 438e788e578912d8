"""Which rows wait, which are used without a value, and which is current?"""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.feeds.reading import Context
from holdfast.feeds.reading.dates import LONDON
from holdfast.feeds.reading.rows import RawRow, fault
from holdfast.feeds.reading.values import read_age, read_number
from holdfast.feeds.rules import check_row, content_digest, key_of, rank
from holdfast.feeds.tables import TABLES, table_of
from holdfast.feeds.terms import ProblemCode, Severity

CUSTODY = table_of("police_custody", "custody")
CONCERNS = table_of("parents", "concerns")
TRACKER = table_of("voluntary", "contacts")
FACTORS = table_of("social_care", "ssd_assessment_factors")
ARREST = {
    "custody_ref": "EH/02189/25",
    "arrested_at": "25/11/2025 21:59",
    "station": "Eastholt",
    "surname": "GORDON",
    "offence": "Affray",
}
CALL = {"call_ref": "PL1", "call_started_at": "28/03/2026 23:58", "child_name": "Ama", "worry": "Out late"}
SENT = date(2026, 3, 30)


def check(table, cells, problem=None, sent=SENT, authorities=frozenset()):
    row = RawRow("1", "", {name: text for name, text in cells.items() if text}, problem)
    return check_row(table, row, Context(sent, authorities))


def found(checked):
    return [(p.field, p.code, p.severity) for p in checked.problems]


def test_a_whole_row_has_typed_values_and_no_problem():
    checked = check(CUSTODY, ARREST | {"dob": "22/03/2011", "sex": "m", "arrest_easting": "602,039"})
    assert checked.problems == () and checked.is_usable
    assert checked.values["arrested_at"] == datetime(2025, 11, 25, 21, 59, tzinfo=LONDON)
    assert (checked.values["dob"], checked.values["sex"]) == (date(2011, 3, 22), "M")
    assert checked.values["arrest_easting"] == 602039
    assert checked.values["outcome"] is None
    assert set(checked.values) == {column.name for column in CUSTODY.columns}


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.title)
def test_a_blank_mandatory_value_makes_the_row_wait_and_no_other_blank_does(table):
    checked = check(table, {})
    assert {p.field for p in checked.problems} == {column.name for column in table.mandatory}
    assert all(p.is_error and p.code == ProblemCode.BLANK for p in checked.problems)


@pytest.mark.parametrize(
    "cells, problem",
    [
        ({"arrested_at": "31/02/2026 10:00"}, ("arrested_at", ProblemCode.NOT_A_DATE, Severity.ERROR)),
        ({"arrested_at": "25/11/2025"}, ("arrested_at", ProblemCode.NOT_A_DATE, Severity.ERROR)),
        ({"dob": "1900-00-00"}, ("dob", ProblemCode.NOT_A_DATE, Severity.WARNING)),
        ({"dob": "01/04/2026"}, ("dob", ProblemCode.NOT_A_DATE, Severity.WARNING)),
        ({"outcome": "DUNNO"}, ("outcome", ProblemCode.NOT_IN_LIST, Severity.WARNING)),
        ({"record_version": "two"}, ("record_version", ProblemCode.NOT_A_NUMBER, Severity.WARNING)),
    ],
)
def test_one_bad_value(cells, problem):
    checked = check(CUSTODY, ARREST | cells)
    assert found(checked) == [problem]
    assert checked.values[problem[0]] is None
    assert checked.is_usable == (problem[2] == Severity.WARNING)


@pytest.mark.parametrize(
    "table, cells, reason",
    [
        (
            CUSTODY,
            ARREST | {"dob": "31/02/2010"},
            "Date of birth is not a date: '31/02/2010'. Send it as dd/mm/yyyy.",
        ),
        (
            CUSTODY,
            ARREST | {"arrested_at": "soon"},
            "Time of arrest is not a date: 'soon'. Send it as dd/mm/yyyy hh:mm.",
        ),
        (CUSTODY, ARREST | {"station": ""}, "Custody suite is blank. It is mandatory."),
        (CONCERNS, CALL | {"urgent": "?"}, "Urgent is not in the list of yes or no: '?'. Use one of: Y, N."),
        (
            table_of("nrm", "decisions"),
            {"nrm_ref": "1", "surname": "X", "referral_date": "01/01/2026", "decision_stage": "RG",
             "decision_date": "02/01/2026"},
            "Decision is blank. It is mandatory. Use one of: POSITIVE, NEGATIVE, SUSPENDED, WITHDRAWN.",
        ),
    ],
)  # fmt: skip
def test_reasons_are_in_the_senders_words(table, cells, reason):
    assert [p.reason for p in check(table, cells).problems] == [reason]


def test_a_long_value_is_not_repeated_whole():
    (problem,) = check(CUSTODY, ARREST | {"dob": "x" * 5_000}).problems
    assert len(problem.reason) < 150


def test_what_was_read_before_a_file_was_cut_is_still_checked():
    cut = fault(ProblemCode.CUT_SHORT, "The file ends inside this record.")
    checked = check(CUSTODY, {"custody_ref": "EH/1/25", "arrested_at": "32/01/2026 10:00"}, cut)
    assert [code for _, code, _ in found(checked)] == [ProblemCode.CUT_SHORT, ProblemCode.NOT_A_DATE]


def test_the_partnerships_own_authorities_are_the_list():
    decisions = table_of("nrm", "decisions")
    cells = {"nrm_ref": "1", "surname": "X", "referral_date": "01/01/2026", "decision_stage": "RG",
             "decision": "POSITIVE", "decision_date": "02/01/2026", "la_code": "994"}  # fmt: skip
    assert check(decisions, cells, authorities=frozenset({"994"})).problems == ()
    (problem,) = check(decisions, cells, authorities=frozenset({"991", "992"})).problems
    assert (problem.code, problem.severity) == (ProblemCode.NOT_IN_LIST, Severity.WARNING)
    assert "991, 992" in problem.reason


def test_a_skipped_time_after_one_of_the_same_night_is_a_clock_not_put_forward():
    checked = check(CONCERNS, CALL | {"call_ended_at": "29/03/2026 01:10"})
    assert checked.problems == ()
    assert checked.values["call_ended_at"] == datetime(2026, 3, 29, 2, 10, tzinfo=LONDON)
    assert [remark.field for remark in checked.remarks] == ["call_ended_at"]


@pytest.mark.parametrize("ended", ["", "29/03/2026 01:48", "29/03/2026 02:30", "20/03/2026 10:00"])
def test_a_skipped_time_with_nothing_before_it_is_asked_once_and_the_row_is_used(ended):
    checked = check(CONCERNS, CALL | {"call_started_at": "29/03/2026 01:30", "call_ended_at": ended})
    assert found(checked) == [("call_started_at", ProblemCode.NO_SUCH_TIME, Severity.WARNING)]
    assert checked.is_usable and checked.values["call_started_at"] is None
    assert checked.on_day["call_started_at"] == date(2026, 3, 29)


def test_factors_not_in_the_list_are_set_aside_and_the_others_kept():
    cells = {
        "cinf_table_id": "1",
        "cinf_assessment_id": "2",
        "cinf_assessment_factors_json": '["24A", "99Z"]',
    }
    checked = check(FACTORS, cells)
    assert checked.values["cinf_assessment_factors_json"] == ["24A"]
    assert [severity for _, _, severity in found(checked)] == [Severity.WARNING]
    assert not check(FACTORS, cells | {"cinf_assessment_factors_json": '["99Z"]'}).is_usable
    assert not check(FACTORS, cells | {"cinf_assessment_factors_json": "24A"}).is_usable


def test_the_trackers_ways_of_not_knowing():
    cells = {"no": "7", "name": "Ama", "contact_date": "1st July", "dob": "?", "age": "15?"}
    checked = check(TRACKER, cells, sent=date(2025, 8, 8))
    assert checked.problems == ()
    assert (checked.values["dob"], checked.values["age"]) == (None, 15)
    assert checked.values["contact_date"] == date(2025, 7, 1)
    assert check(TRACKER, cells | {"dob": "14 yrs"}, sent=date(2025, 8, 8)).problems == ()


@pytest.mark.parametrize("text, value", [("12.5", "12.5"), ("£1,250.00", "1250.00"), ("-3", "-3")])
def test_numbers(text, value):
    assert read_number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "1e308", "nan", "1,25", "12.", "²", "1 2", "9" * 40])
def test_what_is_no_number(text):
    assert read_number(text) is None


@pytest.mark.parametrize(
    "text, years", [("15", 15), ("15?", 15), ("14 yrs", 14), ("approx 14", 14), ("c. 9", 9)]
)
def test_ages(text, years):
    assert read_age(text) == years
    assert read_age(text + " or so") is None


def row(cells, problem=None):
    return RawRow("1", "whatever was sent", cells, problem)


def test_a_digest_sees_what_a_row_says_and_not_how_it_was_written():
    said = {"a": "1", "b": "Zoë"}
    assert content_digest(row(said)) == content_digest(RawRow("9", "b;a", dict(reversed(said.items()))))
    assert content_digest(row(said)) != content_digest(row({"a": "1", "b": "Zoe"}))
    assert content_digest(row({"a": "1b", "c": "2"})) != content_digest(row({"a": "1", "bc": "2"}))
    assert content_digest(row(said)) != content_digest(row(said, fault(ProblemCode.CUT_SHORT, "cut")))


def test_a_key_has_all_its_parts_or_is_none():
    week = table_of("schools", "attendance_ap")
    values = {"PlacementRef": "AP1", "WeekCommencing": date(2026, 4, 20)}
    assert key_of(week, values) == ("AP1", "2026-04-20")
    assert key_of(week, values | {"PlacementRef": None}) is None


def place(version=None, day=date(2026, 1, 1), is_resend=False, number="1", table=CUSTODY):
    return rank(table, {"record_version": version}, day, is_resend, number)


def test_the_version_then_the_drop_then_the_place_in_the_file_decide():
    later = date(2026, 1, 2)
    order = [
        place(None),
        place(1),
        place(1, number="2"),
        place(1, number="10"),
        place(1, is_resend=True),
        place(1, day=later),
        place(2),
        place(10),
    ]
    assert order == sorted(order) and len(set(order)) == len(order)
    by_drop = [place(9, table=TRACKER, number="Tracker!9"), place(1, table=TRACKER, number="Tracker!10")]
    assert by_drop == sorted(by_drop)


@given(st.permutations(["1", "2", "9", "10", "100", "1000"]))
def test_places_sort_as_numbers(numbers):
    assert sorted(numbers, key=lambda n: place(1, number=n)) == ["1", "2", "9", "10", "100", "1000"]
