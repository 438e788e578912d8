"""Do several processes stay up together, and stop together?"""

import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from holdfast.commandline import supervise


class Script(supervise.Child):
    """A child that runs a line of Python instead of a command of ours."""

    def start(self, environment):
        line = self.arguments[0]
        self.process = supervise.subprocess.Popen([sys.executable, "-c", line], env=environment)
        self.started = time.monotonic()


@pytest.fixture(autouse=True)
def _own_signals():
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


def run_for(seconds, children):
    """Supervise until `seconds` have gone by, as a service manager would end it."""
    said = []
    timer = threading.Timer(seconds, os.kill, [os.getpid(), signal.SIGTERM])
    timer.start()
    status = supervise.keep_running(children, dict(os.environ), lambda: True, lambda: said.append("ready"))
    timer.join()
    return status, said


def appends(path: Path, then: str) -> str:
    return f"import time; open({str(path)!r}, 'a').write('x'); {then}"


@pytest.mark.slow
def test_a_child_that_dies_is_started_again_and_all_end_at_the_signal(tmp_path):
    dies = Script("dies", [appends(tmp_path / "dies", "raise SystemExit(3)")])
    stays = Script("stays", [appends(tmp_path / "stays", "time.sleep(60)")])
    status, said = run_for(2, [dies, stays])
    assert (status, said) == (0, ["ready"])
    assert len((tmp_path / "dies").read_text()) >= 2
    assert (tmp_path / "stays").read_text() == "x"
    assert stays.process.poll() is not None


@pytest.mark.slow
def test_what_need_run_only_once_is_not_started_again(tmp_path):
    once = Script("once", [appends(tmp_path / "once", "pass")], once=True)
    run_for(1.5, [once])
    assert (tmp_path / "once").read_text() == "x"


@pytest.mark.slow
def test_what_waits_for_another_starts_once_that_one_has_done_its_work(tmp_path):
    log = tmp_path / "log"
    first = Script("first", [f"open({str(log)!r}, 'a').write('first ')"], once=True)
    fails = Script("fails", ["raise SystemExit(1)"], once=True)
    second = Script("second", [f"open({str(log)!r}, 'a').write('second ')"], once=True, after=first)
    never = Script("never", [f"open({str(log)!r}, 'a').write('never ')"], once=True, after=fails)
    run_for(3, [never, second, fails, first])
    assert log.read_text() == "first second "


def test_a_port_in_use_is_seen():
    with supervise.socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert not supervise.port_is_free("127.0.0.1", taken.getsockname()[1])
