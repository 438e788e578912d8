"""Is a demonstration that was killed half way told to its end, each step once?"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from tests import server
from tests.conftest import TEMPLATE

pytestmark = pytest.mark.slow

VISITS = ("2026-11-25T15:40+00:00", "2026-11-25T17:40+00:00")
KILLED_AT = (3, 40, 90, 170)  # steps taken when the builder is killed
# What files and people told, without the references that differ from one building to the next.
TOLD = {
    "rows": "SELECT path, row, status FROM feeds_message m JOIN feeds_delivery d ON d.id = delivery_id",
    "events": "SELECT kind_id, happened_at, known_at, title, source FROM chronology_event",
    "moments": "SELECT kind_id, happened_at, known_at, is_history FROM moments_moment",
    "answers": "SELECT at FROM moments_answer",
    "contacts": "SELECT at, meeting, offered, childs_words FROM moments_contact",
    "endings": "SELECT at, why FROM moments_ending",
    "strengths": "SELECT sentence FROM relationships_strength",
    "team": "SELECT starts_at, purpose FROM relationships_teammember",
    "words": "SELECT words, told_to FROM relationships_voice",
    "questions": "SELECT question, due_on FROM identification_openquestion",
    "acts": "SELECT act, at FROM audit_entry",
}


@pytest.fixture
def databases(django_db_setup: None) -> Iterator[list[str]]:
    """The addresses of two databases without a demonstration."""
    names = [f"test_demonstration_{os.getpid()}_{number}" for number in (1, 2)]
    with server.running_server() as address:
        made = server.Databases(address)
        for name in names:
            made.create(name, like=made.names(TEMPLATE)[0])
        yield [make_conninfo(**{**address, "dbname": name}) for name in names]
        for name in names:
            made.drop(name)


def build(address: str, folder: Path, *visits: str, until: int | None = None) -> int:
    """Run a builder, killed once it has taken `until` steps; return how many lines it said."""
    command = [sys.executable, "-m", "tests.demonstration.builder", str(folder), *visits]
    environment = {**os.environ, "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "holdfast.settings"}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as builder:
        said = 0
        for line in builder.stdout or ():
            said += 1
            if until is not None and int(line) >= until:
                builder.kill()
    assert builder.returncode == (0 if until is None else -signal.SIGKILL)
    return said


def told(address: str) -> dict[str, list[tuple[object, ...]]]:
    with psycopg.connect(address) as connection:
        return {
            name: sorted(connection.execute(question).fetchall(), key=repr) for name, question in TOLD.items()
        }


def test_killed_anywhere_it_is_told_to_its_end_and_each_step_once(
    databases: list[str], tmp_path: Path
) -> None:
    whole, killed = databases
    build(whole, tmp_path / "whole", *VISITS)
    for until in KILLED_AT:
        build(killed, tmp_path / "killed", VISITS[0], until=until)
    build(killed, tmp_path / "killed", VISITS[1])  # the first visit to its end, then the second
    expected = told(whole)
    assert [name for name, rows in expected.items() if not rows] == []
    for name, rows in told(killed).items():
        assert rows == expected[name], name
    assert build(killed, tmp_path / "killed", VISITS[1]) == 0
