"""Two people, or two tellings, at the very same time."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections

from holdfast.audit.models import Entry
from holdfast.audit.terms import System
from holdfast.moments import commands
from holdfast.moments.models import Answer, Moment
from holdfast.moments.terms import MomentKind
from holdfast.paging import worker
from holdfast.paging.models import Delivery, Page
from holdfast.people.models import Area
from tests import make
from tests.make import NOW

pytestmark = [pytest.mark.slow, pytest.mark.sql]
AT_ONCE = 6  # people who press at the same time


@pytest.fixture
def area(seen_by_all: None) -> Area:
    """An area that other connections see."""
    return make.area("798", "Farshore")


def all_at_once(acts: list[Callable[[], Any]]) -> list[Any]:
    """Do each in a thread with a connection of its own, all released together."""
    together = threading.Barrier(len(acts))

    def go(act: Callable[[], Any]) -> Any:
        try:
            together.wait()
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(go, acts))


def test_of_all_who_answer_at_once_one_takes_it_and_the_others_learn_who(area: Area) -> None:
    people = [make.practitioner(in_area=area) for _ in range(AT_ONCE)]
    child = make.child(area)
    moment = commands.tell(by=people[0], at=NOW, kind=MomentKind.INJURY, child=child)
    answers = all_at_once(
        [lambda by=by: commands.answer(by=by, at=NOW, moment=moment) for by in people]  # type: ignore[misc]
    )
    assert sum(answered.was_first for answered in answers) == 1
    assert len({answered.by for answered in answers}) == Answer.objects.count() == 1
    assert Entry.objects.filter(act="moments.answer").count() == 1
    assert Entry.objects.filter(act="moments.answer_second").count() == AT_ONCE - 1


def test_all_who_tell_of_one_arrest_at_once_raise_one_moment(area: Area) -> None:
    people = [make.practitioner(in_area=area) for _ in range(AT_ONCE - 1)]
    child = make.child(area)
    record = child.records.get()
    event = make.event(record)
    tellings: list[Callable[[], Any]] = [
        lambda by=by: commands.tell(by=by, at=NOW, kind=MomentKind.ARREST, child=child)  # type: ignore[misc]
        for by in people
    ]
    tellings.append(lambda: commands.consider(by=System.FEEDS, at=NOW, events=[event], people={child.pk})[0])
    moments = all_at_once(tellings)
    assert len({moment.pk for moment in moments}) == 1
    assert Moment.objects.count() == Page.objects.count() == 1


def test_two_workers_and_an_answer_at_once_tell_nobody_twice(area: Area) -> None:
    amira, child = make.practitioner(in_area=area), make.child(area)
    make.turn(amira, area)
    moment = commands.tell(by=amira, at=NOW, kind=MomentKind.INJURY, child=child)
    all_at_once(
        [
            lambda: worker.take_steps(NOW),
            lambda: worker.take_steps(NOW),
            lambda: commands.answer(by=amira, at=NOW, moment=moment),
        ]
    )
    assert Delivery.objects.filter(round=1).count() in (0, 2)  # here and by e-mail, or answered before
    assert Delivery.objects.exclude(round=1).count() == 0
    assert worker.take_steps(NOW + timedelta(days=1)) == 0
