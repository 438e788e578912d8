"""How long does the server that `holdfast web` runs take to answer several users at once?"""

import http.client
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bench.harness import PROJECT, Times, times
from holdfast.commandline.web import ARGUMENTS

PATIENCE_S = 30  # for the server to come up


@dataclass(frozen=True, slots=True)
class Ask:
    """An address to open; with `text`, a search to post."""

    url: str
    text: str = ""


@contextmanager
def serving(address: str) -> Iterator[int]:
    """Yield the port of a server on this database."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    environment = {**os.environ, "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "bench.served"}
    command = [sys.executable, "-m", "gunicorn", *ARGUMENTS, f"--bind=127.0.0.1:{port}"]
    server = subprocess.Popen([*command, "holdfast.wsgi:application"], cwd=PROJECT, env=environment)
    try:
        _wait_for(port, server)
        yield port
    finally:
        server.terminate()
        server.wait()


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("The server did not come up")


def ask_by_users(port: int, asks: list[Ask], sessions: list[str], count: int, warm: int) -> Times:
    """Ask `count` times in all, each user at once and one request after the other."""
    taken: list[list[float]] = [[] for _ in sessions]
    each = -(-count // len(sessions))
    users = [
        threading.Thread(target=_user, args=(port, asks, session, number, each, warm, taken[number]))
        for number, session in enumerate(sessions)
    ]
    for user in users:
        user.start()
    for user in users:
        user.join()
    if any(len(one) != each for one in taken):
        raise SystemExit("A user was not answered")
    return times(second for one in taken for second in one)


def _user(
    port: int, asks: list[Ask], session: str, number: int, count: int, warm: int, taken: list[float]
) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    token = _token(connection, session) if any(ask.text for ask in asks) else ""
    for nth in range(count + warm):
        ask = asks[(nth * 7 + number * 13) % len(asks)] if len(asks) > 1 else asks[0]
        begun = time.perf_counter()
        status = _ask(connection, ask, session, token)
        if status != 200:
            raise SystemExit(f"{ask.url}: {status}")
        if nth >= warm:
            taken.append(time.perf_counter() - begun)
    connection.close()


def _ask(connection: http.client.HTTPConnection, ask: Ask, session: str, token: str) -> int:
    headers = {"Cookie": f"sessionid={session}; csrftoken={token}"}
    if ask.text:
        body = urllib.parse.urlencode({"q": ask.text, "csrfmiddlewaretoken": token})
        form = {**headers, "Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", ask.url, body, form)
    else:
        connection.request("GET", ask.url, headers=headers)
    answer = connection.getresponse()
    answer.read()
    return answer.status


def _token(connection: http.client.HTTPConnection, session: str) -> str:
    connection.request("GET", "/search", headers={"Cookie": f"sessionid={session}"})
    answer = connection.getresponse()
    answer.read()
    cookies = [value for name, value in answer.getheaders() if name.lower() == "set-cookie"]
    found = next(cookie for cookie in cookies if cookie.startswith("csrftoken="))
    return found.partition("=")[2].partition(";")[0]
