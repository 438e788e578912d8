"""Would the benches notice if something were wrong?"""

from datetime import date

import pytest

from bench.crash import without
from bench.crowd import records, resident
from bench.drops import drops
from bench.harness import Line, Report, Spent, times
from bench.state import _line, _names, differences
from holdfast.feeds.reading import Context, read_file
from holdfast.feeds.rules import check_row


def test_a_percentile_is_the_smallest_time_that_so_many_do_not_exceed():
    spread = times(number / 1000 for number in range(1, 101))
    assert (spread.p50, spread.p95, spread.p99, spread.longest) == (50, 95, 99, 100)


def test_one_line_over_its_budget_fails_the_report():
    kept = Line("a", "1", "2 ms", budget="≤ 3 ms", is_kept=True)
    report = Report("none", "?", [kept], about="")
    assert report.is_kept
    report.lines.append(Line("b", "1", "4 ms", budget="≤ 3 ms", is_kept=False))
    assert not report.is_kept


def test_waiting_for_a_processor_is_not_our_time_but_work_on_two_at_once_is():
    assert Spent(whole=5, busy=1, queued=3).alone == 2
    assert Spent(whole=5, busy=3, queued=4).alone == 3


def test_people_are_named_by_the_first_row_that_names_them():
    rows = [
        {"file": "b.csv", "row": "1", "field": "subject", "person": "x7"},
        {"file": "a.csv", "row": "2", "field": "subject", "person": "x7"},
        {"file": "a.csv", "row": "3", "field": "subject", "person": ""},
    ]
    assert _names(rows) == {"x7": "a.csv 2 subject"}


def test_a_line_lost_or_told_twice_is_a_difference():
    wanted = {"events": [("a",), ("b",)]}
    assert list(differences(wanted, {"events": [("b",), ("a",)]})) == [("events", [], [])]
    assert list(differences(wanted, {"events": [("b",)]})) == [("events", [("a",)], [])]
    assert list(differences(wanted, {"events": [("a",), ("b",), ("b",)]})) == [("events", [], [("b",)])]


def test_only_when_we_knew_is_left_out_of_a_shuffled_replay():
    line = _line({"kind": "arrest", "known_at": "now", "raised_at": "now", "agency_knew_at": "then"})
    assert without({"moments": [line]}) == {"moments": [("kind=arrest", "agency_knew_at=then")]}


def test_a_resident_follows_from_the_number():
    assert resident(77, 10_000) == resident(77, 10_000)
    assert {held.profile.names for held in records(resident(77, 10_000))} == {
        next(records(resident(77, 10_000))).profile.names
    }


@pytest.mark.parametrize("size", [1_000])
def test_every_row_that_is_sent_can_be_used(size):
    for drop in drops(size, rows=150):
        read = read_file(drop.content, drop.path)
        assert read.table and not read.fault and len(read.rows) == drop.rows
        for row in read.rows:
            checked = check_row(read.table, row, Context(date(2026, 4, 1), frozenset()))
            assert not checked.problems, (drop.path, checked.problems)
