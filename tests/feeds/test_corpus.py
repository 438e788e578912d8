"""Does every hostile file end as a clear refusal or as rows with the right problems, in 2 s and 512 MB?"""

import json
import subprocess
import sys
from functools import lru_cache

import pytest

from tests.docs.pages import PROJECT
from tests.feeds.corpus import CORPUS, MEMORY

LONGEST = 2.0  # seconds of processor time for one file, as often as the machine is not in a hurry
PATIENCE = 300  # seconds

pytestmark = pytest.mark.slow


@lru_cache(maxsize=1)
def ended():
    """Let a process of limited memory go through all of them."""
    command = [sys.executable, "-m", "tests.feeds.corpus"]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 0, done.stderr[-2000:]
    return {one["name"]: one for one in map(json.loads, done.stdout.splitlines())}


@pytest.mark.parametrize("name", CORPUS)
def test_a_hostile_file_ends_as_it_must(name):
    one, found = CORPUS[name], ended()[name]
    assert "crash" not in found, found
    assert found["fault"] == one.fault
    assert all(0 < len(reason) <= 400 for reason in found["reasons"])
    if one.fault:
        assert found["rows"] == 0
    if one.rows is not None:
        assert found["rows"] == one.rows
        assert [tuple(problem) for problem in found["problems"]] == list(one.problems)
    if one.words:
        assert any(one.words in reason for reason in found["reasons"]), found["reasons"]
    if one.holds:
        field, text = one.holds
        assert found["first"][field] == text


@pytest.mark.parametrize("name", CORPUS)
def test_in_time(name):
    assert ended()[name]["seconds"] <= LONGEST


def test_in_memory():
    assert 0 < ended()[""]["peak"] <= MEMORY


def test_every_fault_that_was_promised_is_among_them():
    """reliability: F4."""
    promised = (
        "billion laughs", "quadratic blow-up", "XXE: a file", "DTD from the network", "zip bomb by ratio",
        "zip bomb by size", "zip bomb by entries", "zip slip", "a symlink", "a nested zip", "NUL in a value",
        "BOM", "UTF-16", "bad UTF-8", "1e308", "year 0", "year 9999", "right to left", "turned round (RLO)",
        "homoglyphs", "formula-leading cells", "formula cells", "control characters", "10,000 headings",
        "10,000 values", "50 MB in one line", "JSON 100,000 deep",
    )  # fmt: skip
    assert [name for name in promised if name not in CORPUS] == []
