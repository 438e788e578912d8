"""Does a sample of the mutated rows and files leave every parser standing?  All of them: `bench.fuzz`."""

import pytest

from bench.fuzz import fuzz, is_good
from bench.fuzzed import Run
from bench.parsers import CONTAINERS, PARSERS

ROWS, FILES = 3_000, 300
SECONDS = 60  # a crowded machine gets through them all the same

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("parser", PARSERS)
def test_a_sample_of_cases(parser):
    found = fuzz(parser, seed=7, cases=FILES if parser in CONTAINERS else ROWS, seconds=SECONDS)
    assert found["crashes"] == [] and found["hangs"] == []
    assert found["cases"] == (FILES if parser in CONTAINERS else ROWS)
    assert is_good(found), found


def test_a_crash_and_a_hang_are_noticed(monkeypatch):
    def crash(rng):
        raise KeyError("x")

    monkeypatch.setitem(PARSERS, "crash", crash)
    run = Run("crash", 1)
    run.batch(0)
    assert run.crashes and run.cases == 0


def test_a_case_is_always_the_same():
    import random

    from bench import mutated_files, mutations

    for make in (mutated_files.workbook, mutations.message, mutated_files.whole_file):
        assert make(random.Random(5)) == make(random.Random(5))
