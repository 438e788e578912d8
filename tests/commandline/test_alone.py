"""Do pages and workers, started by themselves, keep a database up and end it with them?"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from holdfast.commandline import database, process, supervise
from holdfast.commandline.worker import LOOPS
from holdfast.kit import embedded_postgres as embedded
from tests.setup.test_run import PATIENCE, children, free_port

pytestmark = pytest.mark.slow


@pytest.fixture
def folder():
    try:
        process.require_reach()
    except database.NotReady as error:
        pytest.skip(str(error))
    with tempfile.TemporaryDirectory() as made:
        Path(made).chmod(0o755)
        yield Path(made) / "data"


def started(folder, *arguments):
    environment = {**os.environ, "HOLDFAST_DATA": str(folder), "PYTHONUNBUFFERED": "1"}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "holdfast.commandline", *arguments]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def test_pages_and_workers_by_themselves(folder):
    port = free_port()
    cluster = embedded.cluster_in(folder)
    web, work = started(folder, "web", "--port", str(port)), None
    try:
        assert f"http://127.0.0.1:{port}/" in web.stdout.readline()
        assert supervise.answers(f"http://127.0.0.1:{port}/")
        work = started(folder, "worker")
        assert work.stdout.readline() == "At work: alerts, feeds. Ctrl-C stops it.\n"
        deadline = time.monotonic() + PATIENCE
        while sum(loop.uids().effective != 0 for loop in children(work, "worker")) < len(LOOPS):
            assert time.monotonic() < deadline
            time.sleep(0.1)
    finally:
        for one in filter(None, (web, work)):
            one.send_signal(signal.SIGTERM)
            one.communicate(timeout=PATIENCE)
            assert one.returncode == 0
    assert not embedded.is_running(cluster)
