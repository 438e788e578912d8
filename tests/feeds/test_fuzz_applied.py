"""Are mutated rows applied or quarantined, every one, with none that our own fault holds back?"""

import random
from datetime import timedelta

import pytest

from bench import mutated_files, mutations
from holdfast.audit.terms import System
from holdfast.feeds.commands import receive
from holdfast.feeds.models import Message
from holdfast.feeds.worker import Applier
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ROWS = 12  # of each export


def sent(path, content, at=make.NOW):
    receive(by=System.FEEDS, at=at, path=path, content=content)


def settled(caplog):
    """Apply all that waits; return the rows that could not be, with why."""
    applier = Applier()
    while applier.apply(make.NOW + timedelta(hours=1)):
        pass
    held_back = Message.objects.filter(status="waiting").select_related("delivery")
    return [(row.delivery.path, row.row, row.text[:300]) for row in held_back], caplog.text[-3_000:]


@pytest.mark.parametrize("seed", range(2))
def test_rows_of_every_export(seed, caplog):
    make.area("991", "Northmere")
    rng = random.Random(seed)
    for table in mutations.CSV_TABLES:
        rows = b"".join(mutations.csv_row(table, rng) for _ in range(ROWS))
        name = f"{table.feed}/{table.name}{'_991' if table.per_authority else ''}_2026-03-29.csv"
        sent(name, mutations.header(table) + rows)
    sent("hospital/ed_2026-03-29.ndjson", b"\n".join(mutations.message(rng) for _ in range(ROWS * 3)))
    assert settled(caplog) == ([], "")
    assert Message.objects.filter(status="applied").count() > ROWS


def test_workbooks_and_whole_files(caplog):
    make.area("991", "Northmere")
    rng = random.Random(3)
    for number in range(40):
        sent(f"voluntary/contacts_2026-03-{number % 28 + 1:02d}.xlsx", mutated_files.workbook(rng))
        content, path = mutated_files.whole_file(rng)
        sent(f"{number}/{path}", content)
    assert settled(caplog) == ([], "")
