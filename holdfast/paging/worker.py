"""The loop that tells people until someone answers.  §8.2.

First the steps: pages that are due are claimed, their messages written and the page moved on, in one
transaction.  Then the messages: claimed by a lease (their due time pushed forward), sent outside any
transaction, and noted as handed over.  A worker may be killed anywhere: what was not committed is
done again by the next one, what was sent but not noted is sent again under the same reference.
All times are the database's.
"""

import logging
import os
import select
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import psycopg
from django.conf import settings
from django.db import Error, connection, connections, transaction
from django.db.models import F, Q

from holdfast.kit import clock
from holdfast.paging import channels, rules
from holdfast.paging.commands import WAKE, deliveries
from holdfast.paging.models import Delivery, Page, PageStep
from holdfast.paging.terms import Channel
from holdfast.people.models import Area, Practitioner
from holdfast.rota.queries import everyone, people_at_step
from holdfast.rota.rules import LadderStep
from holdfast.rota.terms import Whom

log = logging.getLogger(__name__)

# All our choice.
POLL = timedelta(seconds=1)  # the longest that a lost wake-up hint can cost
SENDERS = 8  # threads that send, so that one hanging conversation holds up nobody else
STEPS_AT_ONCE = 100  # pages in one transaction

Find = Callable[[Area, LadderStep], list[Practitioner]]


def run_once() -> int:
    """Do all that is due now in this thread; return how many messages were handed over."""
    now = clock.now()
    while take_steps(now):
        pass
    handed = 0
    while claimed := claim(now, SENDERS):
        handed += sum(send(delivery) for delivery in claimed)
    return handed


def run_forever(stop: threading.Event | None = None) -> None:
    """Work until told to stop.  A database that is away is asked again every second."""
    stop = stop or threading.Event()
    with _bell() as bell, _senders() as pool:
        sending: set[Future[bool]] = set()
        while not stop.is_set():
            try:
                busy = _turn(pool, sending, bell)
            except (Error, psycopg.Error) as error:
                log.warning("The database is away: %s", type(error).__name__)
                connection.close()
                busy = False
            if not busy:
                bell.wait(POLL)


def _turn(pool: ThreadPoolExecutor, sending: set["Future[bool]"], bell: "Bell") -> bool:
    """Go round once; return whether there may be more to do at once."""
    bell.listen()
    now = clock.now()
    moved = take_steps(now)
    bell.is_awaited = True  # before looking who is free, so that nobody becomes free unheard
    sending -= {future for future in sending if future.done()}
    free = SENDERS - len(sending)
    claimed = claim(now, free) if free else []
    bell.is_awaited = len(claimed) == free  # otherwise nothing is waiting for a sender
    for delivery in claimed:
        future = pool.submit(_send_in_thread, delivery)
        sending.add(future)
        future.add_done_callback(lambda _: bell.ring())
    return moved == STEPS_AT_ONCE


# --- Steps ---------------------------------------------------------------------------------------


@transaction.atomic
def take_steps(now: datetime) -> int:
    """Move every page that is due to its next people; return how many pages moved."""
    due = Page.objects.select_for_update(skip_locked=True, of=("self",)).filter(next_due_at__lte=now)
    pages = list(due.select_related("area").order_by("next_due_at", "pk")[:STEPS_AT_ONCE])
    if not pages:
        return 0
    ladders: dict[int, list[LadderStep]] = {page.pk: [] for page in pages}
    for step in PageStep.objects.filter(page__in=pages).order_by("page", "number"):
        ladders[step.page_id].append(LadderStep(Whom(step.whom), step.wait, step.practitioner_id))
    find = _remembering(now)
    messages = [message for page in pages for message in _step(page, ladders[page.pk], find, now)]
    Delivery.objects.bulk_create(messages)
    Page.objects.bulk_update(pages, ["next_number", "next_due_at"])
    return len(pages)


def _step(page: Page, ladder: list[LadderStep], find: Find, now: datetime) -> list[Delivery]:
    """Move a page past the steps that find nobody, which cost no time, to the first that finds someone."""
    for _ in ladder:
        step = ladder[rules.step_index(page.next_number, len(ladder))]
        number, page.next_number = page.next_number, page.next_number + 1
        people = find(page.area, step)
        if people:
            page.next_due_at = now + step.wait
            return deliveries(page, number, people, now)
    return _last_resort(page, now)


def _last_resort(page: Page, now: datetime) -> list[Delivery]:
    """The whole ladder found nobody: tell everyone who could answer, and look again soon."""
    number, page.next_number = page.next_number, page.next_number + 1
    page.next_due_at = now + rules.NOBODY_FOUND
    people = everyone(page.area, now)
    if not people:
        log.error("Nobody can be told about page %s: no one is on duty and no one may answer", page.ref)
    return deliveries(page, number, people, now)


def _remembering(now: datetime) -> Find:
    """Ask once per area and step in a round, not once per page."""
    known: dict[tuple[int, LadderStep], list[Practitioner]] = {}

    def find(area: Area, step: LadderStep) -> list[Practitioner]:
        key = (area.pk, step)
        if key not in known:
            known[key] = people_at_step(area, step, now)
        return known[key]

    return find


# --- Messages ------------------------------------------------------------------------------------


@transaction.atomic
def claim(now: datetime, limit: int) -> list[Delivery]:
    """Lease up to `limit` e-mails that are due.  What is only waiting for an answered page is left."""
    wanted = Q(page__answered_at=None) | Q(made_at__gte=F("page__answered_at"))
    due = Delivery.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        wanted, channel=Channel.EMAIL, handed_at=None, due_at__lte=now
    )
    claimed = list(due.select_related("page", "practitioner").order_by("due_at", "pk")[:limit])
    Delivery.objects.filter(pk__in=[delivery.pk for delivery in claimed]).update(
        due_at=now + rules.LEASE, attempts=F("attempts") + 1
    )
    return claimed


def send(delivery: Delivery) -> bool:
    """Send one message, outside any transaction, and note what became of it."""
    try:
        channels.send_email(ref=delivery.ref, about=delivery.page.about, to=delivery.practitioner.email)
    except Exception as error:  # noqa: BLE001 - whatever the provider did, the message is tried again
        channels.hang_up()
        _note_problem(delivery, error)
        return False
    _note(delivery, lambda now: {"handed_at": now, "problem": ""})
    return True


def _note_problem(delivery: Delivery, error: Exception) -> None:
    """Keep the kind of failure only: a mail server's own words may quote an address."""
    wait = rules.retry_after(delivery.attempts + 1)
    log.warning("Message %s was not taken: %s", delivery.ref, type(error).__name__)
    _note(delivery, lambda now: {"due_at": now + wait, "problem": type(error).__name__[:200]})


def _note(delivery: Delivery, found: Callable[[datetime], dict[str, Any]]) -> None:
    """Write down what became of a message; a conversation with the database that broke is begun again,
    so that what was sent is not sent once more only because it could not be noted."""
    unsent = Delivery.objects.filter(pk=delivery.pk, handed_at=None)
    try:
        unsent.update(**found(clock.now()))
    except Error:
        connection.close()
        unsent.update(**found(clock.now()))


def _send_in_thread(delivery: Delivery) -> bool:
    try:
        return send(delivery)
    except Error as error:
        # Not noted: the lease runs out and it is sent again under the same reference.
        log.warning("Message %s could not be noted: %s", delivery.ref, type(error).__name__)
        connections.close_all()
        return False


@contextmanager
def _senders() -> Iterator[ThreadPoolExecutor]:
    """Yield the sending threads; at the end each closes its conversations with mail server and database."""
    with ThreadPoolExecutor(SENDERS, thread_name_prefix="page") as pool:
        try:
            yield pool
        finally:
            together = threading.Barrier(SENDERS)
            for _ in range(SENDERS):
                pool.submit(_leave, together)


def _leave(together: threading.Barrier) -> None:
    together.wait()
    channels.hang_up()
    connections.close_all()


# --- Waking up -----------------------------------------------------------------------------------


class Bell:
    """Wakes the loop: a hint from the database, or a sender that has become free."""

    def __init__(self) -> None:
        self._hears, self._rings = os.pipe()
        os.set_blocking(self._hears, False)
        self._database: psycopg.Connection | None = None
        self.is_awaited = False  # whether a sender that becomes free has something to send

    def listen(self) -> None:
        """Listen to the database on a connection of its own, made again when it broke."""
        if self._database is None or self._database.closed:
            self._database = psycopg.connect(**_address(), autocommit=True)
            self._database.execute(f"LISTEN {WAKE}")

    def ring(self) -> None:
        if not self.is_awaited:
            return
        try:
            os.write(self._rings, b".")
        except OSError:
            pass  # the loop has ended

    def wait(self, longest: timedelta) -> None:
        """Return at the first ring, or after `longest`."""
        heard: list[Any] = [self._hears]
        if self._database and not self._database.closed:
            heard.append(self._database)
        ready, _, _ = select.select(heard, [], [], longest.total_seconds())
        if self._hears in ready:
            os.read(self._hears, 4096)
        if self._database in ready:
            self._drain()

    def _drain(self) -> None:
        try:
            for _ in self._database.notifies(timeout=0):  # type: ignore[union-attr]
                pass
        except psycopg.Error:
            self._database.close()  # type: ignore[union-attr]

    def close(self) -> None:
        os.close(self._hears)
        os.close(self._rings)
        if self._database:
            self._database.close()


@contextmanager
def _bell() -> Iterator[Bell]:
    bell = Bell()
    try:
        yield bell
    finally:
        bell.close()


def _address() -> dict[str, Any]:
    found = connection.settings_dict
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    plain = {ours: str(found[name]) for name, ours in names.items() if found.get(name)}
    options = {key: value for key, value in found.get("OPTIONS", {}).items() if key not in settings.PREPARED}
    return {**plain, **{key: str(value) for key, value in options.items()}}
