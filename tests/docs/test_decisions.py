"""Is every choice of ours that the code names written down with its reason, and found from there?"""

import re
from pathlib import Path

import pytest

from tests.docs import pages

DECISIONS = sorted((pages.PROJECT / "docs/adr").glob("0*.md"))
LONGEST = 40  # lines of one decision
_ROW = re.compile(r"^\| `(holdfast/[^`]+)` \| (.+) \|$", re.MULTILINE)
# What is invented for the demonstration needs no reason.
INVENTED = pages.PROJECT / "holdfast/demonstration"


def choices(decision: Path) -> list[tuple[str, str]]:
    """Return (file, constant) of each row of a decision's table."""
    return [
        (file, name)
        for file, names in _ROW.findall(pages.text(decision))
        for name in re.findall(r"`(\w+)`", names)
    ]


def files_with_choices() -> list[str]:
    found = [path for path in (pages.PROJECT / "holdfast").rglob("*.py") if INVENTED not in path.parents]
    return sorted(pages.name(path) for path in found if "our choice" in pages.text(path).lower())


@pytest.mark.parametrize("decision", DECISIONS, ids=pages.name)
def test_the_constants_of_a_decision_are_where_it_says(decision):
    for file, name in choices(decision):
        code = pages.text(pages.PROJECT / file)
        assert re.search(rf"^(?:\w+, )*{name}\b.*=", code, re.MULTILINE), f"{file} has no {name}"


@pytest.mark.parametrize("decision", DECISIONS, ids=pages.name)
def test_a_decision_is_short_and_says_why(decision):
    text = pages.text(decision)
    assert len(text.splitlines()) <= LONGEST
    assert "**Decision.**" in text and "**Why.**" in text


def test_every_choice_in_the_code_is_in_a_decision():
    """Name the file, or its folder, in the table of the decision that it belongs to, or write a new one."""
    named = {file for decision in DECISIONS for file, _ in _ROW.findall(pages.text(decision))}
    undecided = [file for file in files_with_choices() if not any(file.startswith(name) for name in named)]
    assert not undecided


def test_decisions_are_numbered_in_order():
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))
    assert all(pages.text(path).startswith(f"# {number}. ") for number, path in enumerate(DECISIONS, start=1))
