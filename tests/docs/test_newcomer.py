"""Does the way that we give a newcomer lead to the rule, and to the sentence that a user sees?"""

import importlib
import re
from datetime import UTC, datetime

from holdfast.chronology.terms import EventKind
from holdfast.moments.kinds import DEFAULT_KINDS
from holdfast.moments.rules import RULES, EventFacts
from tests.docs import pages

QUESTION = "when does a missing episode become a critical moment?"
EXPLANATION = pages.PROJECT / "docs/explanation/the-alert-path.md"
A_FUNCTION = re.compile(r"`(holdfast/[\w/]+)\.py`, (?:function )?`(\w+)`")


def _function(words: str) -> object:
    """Return the function that a line of a document names by its file and name."""
    file, name = A_FUNCTION.search(words).groups()
    return getattr(importlib.import_module(file.replace("/", ".")), name)


def _line(path: str) -> str:
    lines = pages.text(pages.PROJECT / path).lower().splitlines()
    return next(line for line in lines if QUESTION in line)


def test_the_readme_leads_to_the_rule():
    assert _function(_line("README.md")) in RULES[EventKind.MISSING]


def test_the_explanation_leads_to_the_rule_and_the_sentence():
    said = " ".join(pages.text(EXPLANATION).split())
    rule = _function(said[said.lower().index(QUESTION) :])
    found = EventFacts(
        kind=EventKind.MISSING,
        source="a",
        source_ref="1",
        happened_at=datetime(2026, 3, 17, tzinfo=UTC),
        ended_at=datetime(2026, 3, 18, tzinfo=UTC),
        area_code="301",
        home_area_code="302",
    )
    due = rule(found)
    sentence = next(kind.sentence for kind in DEFAULT_KINDS if kind.code == due.kind)
    assert sentence in said


def test_the_folder_names_alone_lead_to_the_rule():
    """holdfast, moments, rules: then the kind of event in RULES."""
    file = pages.PROJECT / "holdfast/moments/rules/happenings.py"
    assert "EventKind.MISSING: (found_out_of_area,)" in pages.text(file)
