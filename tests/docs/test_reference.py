"""Are the pages of docs/reference what the code says now, and is what they say of it true?"""

import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest

from docs.made import effects, source
from holdfast.feeds.adapters import ADAPTERS
from holdfast.feeds.adapters import Row as Told
from holdfast.feeds.adapters.told import Where
from holdfast.feeds.mentions import READERS
from holdfast.feeds.mentions.shape import Row as Named
from holdfast.feeds.tables import TABLES, Column, Table, table_of
from holdfast.feeds.terms import Kind
from holdfast.moments.terms import MomentKind
from tests.docs import pages

SAMPLES: dict[Kind, Any] = {
    Kind.TEXT: "Ade",
    Kind.NUMBER: 3,
    Kind.WHOLE: 3,
    Kind.AGE: 15,
    Kind.DATE: date(2026, 3, 17),
    Kind.DATE_TIME: datetime(2026, 3, 17, 22, tzinfo=UTC),
    Kind.FLAGS: {"STREET": "Fellside Court"},
}


class Watched(Mapping[str, Any]):
    """A row's values, each filled, that remembers which of them were asked for."""

    def __init__(self, columns: tuple[Column, ...], is_filled: bool) -> None:
        self.values_of = {column.name: _sample(column) if is_filled else None for column in columns}
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> Any:
        self.asked.add(name)
        return self.values_of[name]

    def __iter__(self):
        return iter(self.values_of)

    def __len__(self) -> int:
        return len(self.values_of)


def _sample(column: Column) -> Any:
    if column.codes:
        return next(iter(column.codes.meanings), "301")
    return SAMPLES[column.kind]


def _run(table: Table) -> set[str]:
    """Return the columns that are really asked for when a row is read, filled and as good as empty."""
    filled, bare = Watched(table.columns, True), Watched(table.columns, False)
    for values in (filled, bare):
        READERS[table.title](Named(table.name, table.feed, "301", values))
    if table.title in ADAPTERS:
        nowhere = Where(lambda code: "", lambda east, north: "", lambda name: "")
        row = Told(table.title, "1", filled, nowhere, date(2026, 3, 17), "301", ("subject", "caller_name"))
        ADAPTERS[table.title](row)
    return filled.asked | bare.asked


def test_the_pages_are_what_the_code_says_now():
    """Mended by `make docs`."""
    command = [sys.executable, "docs/generate.py", "--check"]
    found = subprocess.run(command, cwd=pages.PROJECT, capture_output=True, text=True)
    assert found.returncode == 0, found.stdout + found.stderr


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.title)
def test_no_column_that_is_used_is_called_unused(table):
    used = {column.name for column in table.columns if effects.used_for(table, column) != "kept as sent"}
    assert _run(table) <= used


def test_some_columns_are_only_kept():
    custody = table_of("police_custody", "custody")
    assert effects.used_for(custody, custody.column("seized_property")) == "kept as sent"
    assert effects.used_for(custody, custody.column("custody_ref")) == "which row, who"


@pytest.mark.parametrize(
    "title, kinds",
    [
        ("police_custody/custody", [MomentKind.ARREST]),
        ("police_missing/missing", [MomentKind.MISSING_FOUND_OUT_OF_AREA]),
        ("yjs/court", [MomentKind.FIRST_COURT, MomentKind.REMAND]),
        ("social_care/ssd_missing", []),  # says nothing of where a child was found
        ("social_care/ssd_person", []),
    ],
)
def test_which_moments_an_export_can_raise(title, kinds):
    assert effects.moments(table_of(*title.split("/"))) == kinds


def test_a_column_named_in_two_pieces_is_found():
    assert source.reads(READERS["housing/tenancy"], "tenant_surname")
    assert not source.reads(READERS["housing/tenancy"], "arrears")
