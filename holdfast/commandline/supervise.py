"""How do several processes stay up together and stop together?"""

import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from types import FrameType

LOOK_EVERY = 0.1  # seconds between looks at the children, our choice
LONGEST_PAUSE = 30.0  # seconds before a child that keeps dying is started again, our choice
QUIET_AFTER = 60.0  # seconds a child must live for its earlier deaths to be forgotten, our choice
PATIENCE = 10.0  # seconds a child has to finish what it is doing, our choice


@dataclass
class Child:
    """One process of ours, started again whenever it ends.

    `once`: started again only if it failed.  `after`: started when that one has done its work.
    """

    name: str
    arguments: list[str]
    once: bool = False
    after: "Child | None" = None
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = field(default=0.0)
    finished: bool = False

    def start(self, environment: dict[str, str]) -> None:
        command = [sys.executable, "-m", "holdfast.commandline", *self.arguments]
        # A session of its own: Ctrl-C reaches us alone, and we stop the children in order.
        self.process = subprocess.Popen(command, env=environment, start_new_session=True)
        self.started = time.monotonic()

    def look(self, environment: dict[str, str]) -> None:
        """Start the process when its turn comes, and again if it has ended."""
        if self.process is None:
            if self.after is None or self.after.finished:
                self.start(environment)
        elif not self.finished and self.process.poll() is not None:
            self._start_again(environment)

    def _start_again(self, environment: dict[str, str]) -> None:
        """The sooner the longer it had lived."""
        assert self.process is not None
        if self.once and self.process.returncode == 0:
            self.finished = True
            return
        lived = time.monotonic() - self.started
        if lived < self.pause:
            return
        if self.pause == 0.0 or lived < QUIET_AFTER:
            print(
                f"{self.name} ended with status {self.process.returncode}: starting it again.",
                file=sys.stderr,
            )
        self.pause = 1.0 if lived > QUIET_AFTER else min(LONGEST_PAUSE, max(1.0, self.pause * 2))
        self.start(environment)


class _Stop(Exception):
    """Somebody asked us to end."""


def keep_running(
    children: Iterable[Child],
    environment: dict[str, str],
    ready: Callable[[], bool],
    when_ready: Callable[[], None],
) -> int:
    """Run the children until a signal comes; say once that they answer; return the exit status."""
    children = list(children)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _raise_stop)
    try:
        _watch(children, environment, ready, when_ready)
    except _Stop:
        print("Stopping.", file=sys.stderr)
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        _stop(children)
    return 0


def _watch(
    children: list[Child],
    environment: dict[str, str],
    ready: Callable[[], bool],
    when_ready: Callable[[], None],
) -> None:
    said = False
    while True:
        if not said and ready():
            when_ready()
            said = True
        for child in children:
            child.look(environment)
        time.sleep(LOOK_EVERY)


def _stop(children: list[Child]) -> None:
    running = [child.process for child in children if child.process and child.process.poll() is None]
    for process in running:
        process.terminate()
    deadline = time.monotonic() + PATIENCE
    for process in running:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _raise_stop(number: int, frame: FrameType | None) -> None:
    raise _Stop


def answers(address: str) -> bool:
    """Tell whether a page comes, whatever it says; an error page is the page's own matter."""
    try:
        urllib.request.urlopen(address, timeout=5)  # noqa: S310 - our own loopback address
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def port_is_free(host: str, port: int) -> bool:
    with socket.socket() as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((host, port))
        except OSError:
            return False
    return True
