"""Does the embedded server start, stop and keep to its own?"""

import tempfile
from pathlib import Path

import psycopg
import pytest

from holdfast.kit import embedded_postgres as embedded

pytestmark = [pytest.mark.slow, pytest.mark.sql]


@pytest.fixture
def cluster():
    """A new cluster in a deep folder, so that its socket must go elsewhere."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield embedded.cluster_in(Path(folder) / ("deep" * 20) / "data")


def test_the_last_one_out_stops_the_server(cluster):
    with embedded.in_use(cluster, fsync="off") as server:
        with embedded.in_use(cluster):
            assert embedded.ensure_database(server, "one")
        assert embedded.is_running(server)
        assert not embedded.ensure_database(server, "one")
    assert not embedded.is_running(server)


def test_what_was_written_is_there_after_a_restart(cluster):
    with embedded.in_use(cluster, fsync="off") as server:
        embedded.ensure_database(server, "kept")
    with (
        embedded.in_use(cluster) as server,
        psycopg.connect(server.url(embedded.APPLICATION, "kept")) as again,
    ):
        assert again.execute("SELECT current_user").fetchone() == (embedded.APPLICATION,)


def test_others_cannot_look_in(cluster):
    with embedded.in_use(cluster, fsync="off") as server:
        assert server.data.stat().st_mode & 0o077 == 0
        assert server.socket_folder.stat().st_mode & 0o077 == 0
        assert len(str(server.socket_folder)) < embedded.LONGEST_SOCKET_PATH_BYTES
