"""Workers are killed, raced, cut off from the database: nothing is lost, repeats carry the same reference."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from psycopg.conninfo import make_conninfo

from holdfast.audit.terms import System
from holdfast.kit import clock
from holdfast.paging.commands import raise_page
from holdfast.paging.models import Delivery, Page
from holdfast.paging.terms import Channel
from holdfast.paging.worker import SENDERS
from holdfast.people.models import Area
from tests import make
from tests.paging.fake_smtp import Mailbox, mail_server

pytestmark = [pytest.mark.slow, pytest.mark.sql]

PATIENCE_S = 30
CREW = 2  # workers at once, as in earnest


class Crew:
    """Workers in processes of their own."""

    def __init__(self, nursery: "subprocess.Popen[str]") -> None:
        self.nursery = nursery
        self.at_work: list[int] = []

    def join(self) -> None:
        self.nursery.stdin.write("\n")
        self.nursery.stdin.flush()
        self.at_work.append(int(self.nursery.stdout.readline()))

    def leave(self, number: int, how: signal.Signals) -> None:
        self.at_work.remove(number)
        os.kill(number, how)


@contextmanager
def crew(box: Mailbox, size: int) -> Iterator[Crew]:
    found = connection.settings_dict
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    address = make_conninfo(**{key: str(found[name]) for key, name in names.items() if found.get(name)})
    environment = {
        **os.environ,
        "DATABASE_URL": address,
        "HOLDFAST_SMTP_HOST": "127.0.0.1",
        "HOLDFAST_SMTP_PORT": str(box.port),
        "DJANGO_SETTINGS_MODULE": "holdfast.settings",
    }
    command = [sys.executable, "-m", "tests.paging.nursery"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, text=True) as nursery:
        people = Crew(nursery)
        try:
            for _ in range(size):
                people.join()
            yield people
        finally:
            for number in list(people.at_work):
                people.leave(number, signal.SIGKILL)
            nursery.stdin.close()


@pytest.fixture
def area(seen_by_all: None) -> Area:
    """An area with one person on, whom other processes see."""
    made = make.area("799", "Farshore")
    make.turn(make.practitioner("Amira"), made)
    return made


def raise_pages(area: Area, first: int, count: int) -> None:
    for number in range(first, first + count):
        with transaction.atomic():
            raise_page(by=System.PAGER, at=clock.now(), about=f"page{number:06}", area=area)


def wait_until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < deadline, "too long"
        time.sleep(0.05)


def all_handed(count: int) -> bool:
    rows = Delivery.objects.filter(channel=Channel.EMAIL, handed_at__isnull=False)
    return rows.count() == count


def is_gone(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return True
    return False


def test_two_workers_send_each_message_once(area: Area) -> None:
    with mail_server(delay_s=0.005) as box, crew(box, CREW):
        raise_pages(area, 0, 150)
        wait_until(lambda: all_handed(150))
    assert Counter(box.refs()).most_common(1)[0][1] == 1
    assert set(box.refs()) == set(
        Delivery.objects.filter(channel=Channel.EMAIL).values_list("ref", flat=True)
    )
    assert Delivery.objects.count() == 300  # in the app and by e-mail, once each
    assert set(Page.objects.values_list("next_number", flat=True)) == {2}


def test_workers_killed_at_any_moment_lose_nothing(area: Area) -> None:
    dice = random.Random(20261125)
    pages, kills = 120, 0
    with mail_server(delay_s=0.02) as box, crew(box, CREW) as people:
        for first in range(0, pages, 4):
            raise_pages(area, first, 4)
            time.sleep(dice.uniform(0, 0.15))
            people.leave(dice.choice(people.at_work), signal.SIGKILL)
            people.join()
            kills += 1
        wait_until(lambda: all_handed(pages))
    sent = Counter(box.refs())
    assert set(sent) == set(Delivery.objects.filter(channel=Channel.EMAIL).values_list("ref", flat=True))
    assert len(sent) == pages  # none lost, none made twice
    repeats = sum(sent.values()) - pages
    print(f"{pages} pages, {kills} killed: 0 lost, {repeats} repeated under the same reference")
    assert repeats <= kills * SENDERS


def test_a_worker_cut_off_from_the_database_goes_on(area: Area) -> None:
    cut = """SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
             WHERE datname = current_database() AND pid <> pg_backend_pid()"""
    with mail_server() as box, crew(box, 1) as people:
        raise_pages(area, 0, 20)
        wait_until(lambda: all_handed(20))
        with connection.cursor() as cursor:
            cursor.execute(cut)
            assert cursor.fetchone()[0] >= 2
        raise_pages(area, 20, 20)
        wait_until(lambda: all_handed(40))
        assert not is_gone(people.at_work[0])
    assert Counter(box.refs()).most_common(1)[0][1] == 1


def test_a_worker_asked_to_end_ends(area: Area) -> None:
    with mail_server() as box, crew(box, 1) as people:
        raise_pages(area, 0, 5)
        wait_until(lambda: all_handed(5))
        number = people.at_work[0]
        people.leave(number, signal.SIGTERM)
        wait_until(lambda: is_gone(number))
