"""Does a replay of the practice exports end as their answers say, and a second one change nothing?

By default the first half of the small pack; in full (HOLDFAST_TEST_ALL) both packs.
"""

import csv
import io
import json
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from holdfast.commandline import export, quarantine, replay
from tests import restoring
from tests.commandline import reconciled
from tests.commandline.reconciled import Line
from tests.feeds import packs

pytestmark = pytest.mark.slow

UNTIL = date(2026, 1, 31)  # half of the packs' time: every kind of export has come by then

LEAST_PRECISION, LEAST_RECALL = 0.995, 0.95  # over pairs of rows, when all has come
LEAST_RECALL_HALFWAY = 0.93  # the rows that tell two names of one child may be still to come
MOST_BEYOND = 0.02  # of the moments that must be: those that we raise besides


@dataclass(frozen=True)
class Tables:
    """What replay says, and the tables taken out after it."""

    said: dict[str, Any]
    rows: list[Line]
    moments: list[Line]
    problems: list[Line]
    links: list[Line]


@dataclass(frozen=True)
class Replayed:
    pack: str
    until: date | None
    first: Tables
    again: Tables

    def answers(self, name: str) -> list[Line]:
        """Return the answers about what had come by then."""
        found = packs.answers(self.pack, name)
        if self.until is None:
            return found
        files = {line["file"] for line in self.first.rows}
        day = self.until.isoformat()
        return [a for a in found if (a["file"] in files if "file" in a else "" < a["known_at"][:10] <= day)]


def _said(act: Any, /, **options: Any) -> str:
    with redirect_stdout(io.StringIO()) as said, redirect_stderr(io.StringIO()):
        assert act(SimpleNamespace(by=None, format="csv", **options)) == 0
    return said.getvalue()


def _tables(pack: str, until: date | None) -> Tables:
    said = _said(replay.run, folder=packs.FEEDS / pack, until=until, live=False, json=True)
    found = [_said(export.run, what=what) for what in ("rows", "moments")]
    found += [_said(quarantine.run, act="list"), _said(export.run, what="links")]
    return Tables(json.loads(said), *(list(csv.DictReader(io.StringIO(text))) for text in found))


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(("pack-small", UNTIL), id="half of pack-small"),
        pytest.param(("pack-small", None), id="pack-small", marks=pytest.mark.heavy),
        pytest.param(("pack-a", None), id="pack-a", marks=pytest.mark.heavy),
    ],
)
def replayed(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any
) -> Iterator[Replayed]:
    pack, until = request.param
    packs.need(f"{pack}-truth")
    with django_db_blocker.unblock():
        try:
            yield Replayed(pack, until, _tables(pack, until), _tables(pack, until))
        finally:
            restoring.restore()


def test_every_row_received_is_accounted_for(replayed):
    said = replayed.first.said
    assert said["conserved"] and len(said["feeds"]) >= 10
    received = sum(feed["received"] for feed in said["feeds"])
    assert received == len({(line["file"], line["row"]) for line in replayed.first.rows})
    if replayed.until is None:
        assert {line["file"] for line in replayed.first.rows} >= {
            a["file"] for a in replayed.answers("rows.csv")
        }


def test_exactly_what_the_answers_call_unusable_waits_to_be_mended(replayed):
    ours = reconciled.problems(replayed.first.problems)
    theirs = reconciled.problems(replayed.answers("invalid.csv"))
    assert (sorted(ours - theirs), sorted(theirs - ours)) == ([], [])
    quarantined = {(a["file"], a["row"]) for a in replayed.first.rows if a["status"] == "quarantined"}
    assert quarantined == {(file, row) for file, row, _, severity in theirs if severity == "error"}


def test_rows_of_one_person_come_together_and_no_others(replayed):
    found = reconciled.pairs(replayed.first.rows, replayed.answers("rows.csv"))
    assert found.true > 200
    assert found.precision >= LEAST_PRECISION
    assert found.recall >= (LEAST_RECALL_HALFWAY if replayed.until else LEAST_RECALL)


def test_every_moment_is_raised_once_under_its_name_and_time(replayed):
    truth = replayed.answers("moments.csv")
    who = reconciled.names(replayed.first.rows, packs.answers(replayed.pack, "rows.csv"))
    found = reconciled.moments(replayed.first.moments, truth, who)
    assert (found.missed, found.twice, found.unfounded, found.known_otherwise) == ([], [], [], [])
    must = sum(one["expect"] == "must" for one in truth)
    assert must > 10 and len(found.beyond) <= MOST_BEYOND * must, found.beyond


def test_a_second_replay_changes_nothing(replayed):
    assert replayed.again == replayed.first


def test_what_is_history_pages_nobody(replayed):
    assert {line["paged_at"] for line in replayed.first.moments} == {""}
