"""The server we start takes what the machine can spare, and no more."""

import pytest

from holdfast.kit import machine
from holdfast.kit.machine import MB


@pytest.mark.parametrize(
    "memory, buffers", [(256, "128MB"), (2048, "512MB"), (8192, "2048MB"), (65_536, "2048MB")]
)
def test_a_quarter_of_the_memory_is_for_the_tables_within_bounds(memory, buffers):
    assert machine.sized_for(memory * MB)["shared_buffers"] == buffers


@pytest.mark.parametrize("limit, is_kept", [("1073741824", True), ("max", False), (None, False)])
def test_a_container_may_have_less_than_its_machine(tmp_path, monkeypatch, limit, is_kept):
    path = tmp_path / "memory.max"
    if limit:
        path.write_text(f"{limit}\n")
    monkeypatch.setattr(machine, "CONTAINER_LIMIT", path)
    assert (machine.memory() == 1024 * MB) is is_kept
