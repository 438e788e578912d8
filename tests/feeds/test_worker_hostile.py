"""Does nothing that is put into the drop folder keep the other files out?"""

import json
import os

import pytest

from holdfast.feeds import worker
from holdfast.feeds.models import Delivery, Message
from tests.feeds.hostile import calls, record
from tests.feeds.test_worker import put

pytestmark = pytest.mark.django_db
GOOD = "parents/concerns_2026-11-20.csv"
ROWS = calls(record()).decode()


def taken_in(folder):
    drops, applier = worker.Drops(folder), worker.Applier()
    for _ in range(3):
        worker.step(drops, applier)
    return set(Delivery.objects.values_list("path", flat=True))


@pytest.mark.parametrize(
    "name",
    [
        f"{'a' * 200}/{'b' * 200}/concerns_2026-11-20.csv",
        os.fsdecode(b"aaa/concerns_\xff\xfe_2026-11-20.csv"),
        "aaa/concerns\n\x07\u202e_2026-11-20.csv",
        "aaa/'; DROP TABLE feeds_message;--.csv",
    ],
    ids=["long", "bytes", "marks", "SQL"],
)
def test_a_name_of_any_length_and_bytes(tmp_path, name):
    put(tmp_path, name, ROWS)
    put(tmp_path, GOOD, ROWS)
    paths = taken_in(tmp_path)
    assert GOOD in paths and len(paths) == 2
    assert not Message.objects.filter(status="waiting").exists()


def test_a_pointer_out_of_the_folder_is_not_followed(tmp_path):
    secret = put(tmp_path, "elsewhere.csv", ROWS)
    folder = tmp_path / "drops"
    put(folder, GOOD, ROWS)
    (folder / "parents/concerns_2026-11-21.csv").symlink_to(secret)
    (folder / "other").symlink_to(tmp_path)
    os.mkfifo(folder / "parents/concerns_2026-11-22.csv")
    assert taken_in(folder) == {GOOD}


def test_no_more_is_read_of_a_file_than_is_allowed(tmp_path, monkeypatch):
    monkeypatch.setattr(worker, "LARGEST_FILE", 1_000)
    put(tmp_path, GOOD, ROWS + "x" * 5_000_000)
    seen = []
    monkeypatch.setattr(worker, "receive", lambda **given: (seen.append(len(given["content"])), False))
    taken_in(tmp_path)
    assert seen == [1_001]


@pytest.mark.parametrize(
    "manifest",
    [
        json.dumps({"files": [{"path": GOOD, "rows": -5}]}),
        json.dumps({"files": [{"path": GOOD, "rows": 1e308}]}),
        json.dumps({"files": [{"path": GOOD, "rows": 99999999999999}]}),
        '{"files": [{"path": ["x"], "rows": 1}]}',
        '{"files": 7}',
        "[" * 100_000,
        "\x00",
    ],
)  # fmt: skip
def test_a_manifest_that_cannot_be_believed_is_not(tmp_path, manifest):
    put(tmp_path, GOOD, ROWS)
    put(tmp_path, "manifest.json", manifest)
    assert taken_in(tmp_path) == {GOOD}
    assert Delivery.objects.get().declared_rows is None


def test_a_file_that_our_own_fault_keeps_back_lets_the_others_pass_and_is_tried_again(
    tmp_path, monkeypatch, caplog
):
    real = worker.receive

    def receive(*, path, **given):
        if path.startswith("aaa"):
            raise KeyError("Theo Marsh")
        return real(path=path, **given)

    monkeypatch.setattr(worker, "receive", receive)
    put(tmp_path, "aaa/concerns_2026-11-19.csv", ROWS)
    put(tmp_path, GOOD, ROWS)
    drops = worker.Drops(tmp_path)
    for _ in range(3):
        worker.step(drops, worker.Applier())
    assert Delivery.objects.get().path == GOOD
    assert caplog.text.count("not received: KeyError") == 1 and "Theo" not in caplog.text
    monkeypatch.setattr(worker, "receive", real)
    drops.resting = dict.fromkeys(drops.resting, 0.0)
    worker.step(drops, worker.Applier())
    assert Delivery.objects.count() == 2


def test_the_manifest_is_still_believed(tmp_path):
    put(tmp_path, GOOD, ROWS)
    put(tmp_path, "manifest.json", json.dumps({"files": [{"path": GOOD, "rows": 7}]}))
    taken_in(tmp_path)
    assert Delivery.objects.get().declared_rows == 7
