"""Does everything start together, answer, survive a dead child, and stop together?"""

import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

import psutil
import pytest

from holdfast.commandline import database, process, supervise
from holdfast.kit import embedded_postgres as embedded

pytestmark = pytest.mark.slow

PATIENCE = 60  # seconds, on a machine that does much else


@pytest.fixture
def running():
    """`holdfast run` with a folder and a port of its own, once it answers."""
    try:
        process.require_reach()
    except database.NotReady as error:
        pytest.skip(str(error))
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        environment = {**os.environ, "HOLDFAST_DATA": str(Path(folder) / "data"), "PYTHONUNBUFFERED": "1"}
        command = [sys.executable, "-m", "holdfast.commandline", "run", "--port", str(free_port())]
        started = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        address = re.search(r"http://\S+", started.stdout.readline()).group()
        yield started, address, embedded.cluster_in(Path(folder) / "data")
        started.terminate()
        started.communicate()


def free_port():
    with supervise.socket.socket() as any_port:
        any_port.bind(("127.0.0.1", 0))
        return any_port.getsockname()[1]


def page(address):
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return answer.status, answer.headers
    except urllib.error.HTTPError as error:
        return error.code, error.headers


def children(started, word):
    found = psutil.Process(started.pid).children(recursive=True)
    return [child for child in found if word in " ".join(child.cmdline())]


def test_it_serves_as_an_ordinary_user_and_lets_nothing_inline_or_foreign_in(running):
    started, address, _ = running
    status, headers = page(address)
    assert status < 500
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    served_by = children(started, "gunicorn")
    assert served_by and all(child.uids().effective != 0 for child in served_by)


def test_pages_come_back_when_the_web_server_is_killed(running):
    started, address, _ = running
    for child in children(started, "gunicorn"):
        child.kill()
    deadline = time.monotonic() + PATIENCE
    while not supervise.answers(address):
        assert time.monotonic() < deadline
        time.sleep(0.2)


def test_all_ends_at_the_signal(running):
    started, address, cluster = running
    ours = psutil.Process(started.pid).children(recursive=True)
    started.terminate()
    assert started.wait(PATIENCE) == 0
    assert not psutil.wait_procs(ours, timeout=PATIENCE)[1]
    assert not supervise.answers(address)
    assert not embedded.is_running(cluster)
