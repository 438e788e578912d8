"""Is every file that is put into the drop folder taken in once, whole, at the database's time?"""

import os
import time

import pytest

from holdfast.feeds import worker
from holdfast.feeds.models import Delivery, Message
from holdfast.kit.clock import now

pytestmark = pytest.mark.django_db

CALL = "call_ref,call_started\n"  # unreadable as the parents' export, but received all the same


def put(folder, name, text, age=10.0):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    os.utime(path, (time.time() - age, time.time() - age))
    return path


def test_taken_in_once_when_it_has_stopped_growing(tmp_path):
    drops, applier = worker.Drops(tmp_path), worker.Applier()
    put(tmp_path, "parents/concerns_2026-11-20.csv", CALL, age=0)
    worker.step(drops, applier)
    assert not Delivery.objects.exists()
    put(tmp_path, "parents/concerns_2026-11-20.csv", CALL)
    put(tmp_path, "parents/.concerns_2026-11-21.csv", CALL)
    put(tmp_path, "parents/concerns_2026-11-21.csv.part", CALL)
    put(tmp_path, "reference/places.csv", CALL)
    before = now()
    worker.step(drops, applier)
    worker.step(drops, applier)
    delivery = Delivery.objects.get()
    assert delivery.path == "parents/concerns_2026-11-20.csv"
    assert before <= delivery.arrived_at <= now()
    assert not delivery.is_history
    worker.step(worker.Drops(tmp_path), applier)
    assert Delivery.objects.count() == 1
    assert not Message.objects.filter(status="waiting").exists()


def test_rows_declared_in_the_manifest_are_kept(tmp_path):
    put(tmp_path, "parents/concerns_2026-11-20.csv", CALL)
    put(tmp_path, "manifest.json", '{"files": [{"path": "parents/concerns_2026-11-20.csv", "rows": 7}]}')
    worker.step(worker.Drops(tmp_path), worker.Applier())
    assert Delivery.objects.get().declared_rows == 7
    put(tmp_path, "manifest.json", "{cut")
    put(tmp_path, "parents/concerns_2026-11-21.csv", CALL)
    worker.step(worker.Drops(tmp_path), worker.Applier())
    assert Delivery.objects.count() == 2


def test_a_row_kept_back_by_our_own_fault_lets_the_others_pass(tmp_path, monkeypatch, caplog):
    feed = tmp_path / "parents"
    put(tmp_path, "parents/concerns_2026-11-20.csv", CALL)
    worker.step(worker.Drops(tmp_path), worker.Applier())
    delivery = Delivery.objects.get()
    rows = [Message.objects.create(delivery=delivery, row=f"{n}", text="x", status="waiting") for n in (8, 9)]
    done = []

    def apply_rows(*, by, at, keys):
        if rows[0].pk in keys:
            raise KeyError("Theo Marsh")
        done.extend(keys)
        return Message.objects.filter(pk__in=keys).update(status="applied")

    monkeypatch.setattr(worker, "apply_rows", apply_rows)
    applier = worker.Applier()
    worker.step(None, applier)
    worker.step(None, applier)
    assert done == [rows[1].pk]
    assert f"Message {rows[0].pk} not applied: KeyError" in caplog.text
    assert caplog.text.count("not applied") == 1
    assert "Theo" not in caplog.text
    assert feed.exists()
