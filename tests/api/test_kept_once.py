"""Is what was sent kept once, whatever is killed and however many send it at the same moment?"""

import http.client
import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connections, transaction

from holdfast.audit.terms import System
from holdfast.feeds.applying import apply_waiting
from holdfast.feeds.commands import revoke_key
from holdfast.feeds.models import Delivery, Message, Sending
from tests import make
from tests.api.sender import CUSTODY, NEXT, ROW, Sender, sender
from tests.moments.test_races import all_at_once

pytestmark = [pytest.mark.slow, pytest.mark.sql]
AT_ONCE = 4


@pytest.fixture
def police(seen_by_all: None) -> Sender:
    make.area("701", "Carrow")
    return sender()


@contextmanager
def served(database_url: str, place: str = "never") -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    command = [sys.executable, "-m", "tests.api.dying", place]
    environment = {**os.environ, "DATABASE_URL": database_url, "DJANGO_SETTINGS_MODULE": "holdfast.settings"}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        try:
            yield f"http://127.0.0.1:{int(server.stdout.readline())}", server
        finally:
            server.kill()


def post(address: str, secret: str, *rows: object) -> tuple[int, dict[str, object]]:
    headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
    asked = urllib.request.Request(
        f"{address}/api/feeds/{CUSTODY}/rows", json.dumps(rows).encode(), headers, method="POST"
    )
    with urllib.request.urlopen(asked, timeout=30) as answer:
        return answer.status, json.load(answer)


@pytest.mark.parametrize("place, kept_before, status", [("inside", 0, 202), ("after", 1, 200)])
def test_killed_and_sent_again_it_is_kept_once(police, database_url, place, kept_before, status):
    with served(database_url, place) as (address, server):
        with pytest.raises((urllib.error.URLError, http.client.HTTPException, ConnectionError)):
            post(address, police.secret, ROW, NEXT)
        assert server.wait(10) == -signal.SIGKILL
    assert Delivery.objects.count() == kept_before
    with served(database_url) as (address, _):
        assert post(address, police.secret, ROW, NEXT)[0] == status
    assert Delivery.objects.count() == Sending.objects.count() == 1
    assert Message.objects.count() == 2
    apply_waiting(by=System.FEEDS, at=make.NOW)
    assert set(Message.objects.values_list("status", flat=True)) == {"applied"}


def test_sent_at_the_same_moment_it_is_kept_once(police):
    again = sender(label="The same body by another key")
    answers = all_at_once([lambda: police.rows(ROW), lambda: again.rows(ROW)] * AT_ONCE)
    assert {answer.status_code for answer in answers} == {200, 202}
    assert sum(answer.json()["is_new"] for answer in answers) == 1
    assert len({answer.json()["delivery"] for answer in answers}) == Delivery.objects.count() == 1
    assert Sending.objects.filter(is_first=True).count() == 1


def test_a_key_is_stopped_at_once_while_it_is_being_used(police):
    """Stopping waits for no request that is under way; none that begins later is kept."""
    by = police.key.made_by
    with transaction.atomic():
        assert police.rows(ROW).status_code == 202  # not yet committed

        def stop() -> None:
            revoke_key(by=by, at=make.NOW, key=police.key)
            connections.close_all()

        all_at_once([stop])
    assert police.rows(NEXT).status_code == 401
