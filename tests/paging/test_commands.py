"""A page stands or falls with what it is about, and tells exactly what became of each message."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import IntegrityError, transaction

from holdfast.audit.models import Entry
from holdfast.audit.terms import System
from holdfast.paging import channels, commands, queries, worker
from holdfast.paging.models import Page, PageStep
from holdfast.paging.terms import Channel
from holdfast.people.models import Area
from tests import make
from tests.make import NOW

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def raise_page(area: Area, about: str = "mmmmmmmmmm") -> Page:
    return commands.raise_page(by=System.PAGER, at=NOW, about=about, area=area)


def work(at=NOW) -> int:
    with patch("holdfast.kit.clock.now", lambda: at):
        return worker.run_once()


def test_a_page_is_due_at_once_written_down_and_wakes_the_worker():
    said = []
    with patch.object(commands, "_wake", lambda: said.append("wake")):
        page = raise_page(make.area())
    assert page.next_due_at == NOW and page.answered_at is None
    assert page.steps.count() == 3
    assert Entry.objects.get(act="paging.raise_page").about == "mmmmmmmmmm"
    assert said == ["wake"]


def test_if_what_it_is_about_is_not_kept_neither_is_the_page():
    area = make.area()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        raise_page(area)
        raise ZeroDivisionError
    assert not Page.objects.exists() and not PageStep.objects.exists() and not Entry.objects.exists()


def test_two_pages_about_one_thing_cannot_be():
    area = make.area()
    raise_page(area)
    with pytest.raises(IntegrityError), transaction.atomic():
        raise_page(area)


def test_each_message_says_what_became_of_it(mailoutbox, django_assert_num_queries):
    area, amira = make.area(), make.practitioner("Amira")
    make.turn(amira, area)
    raise_page(area)
    work()
    with django_assert_num_queries(1):
        told = queries.who_was_told(amira, "mmmmmmmmmm")
    assert [(one.practitioner, one.channel, one.handed_at, one.seen_at, one.problem) for one in told] == [
        (amira, Channel.IN_APP, NOW, None, ""),
        (amira, Channel.EMAIL, NOW, None, ""),
    ]
    commands.see_page(by=amira, at=NOW + MINUTE, about="mmmmmmmmmm")
    assert {one.seen_at for one in queries.who_was_told(amira, "mmmmmmmmmm")} == {NOW + MINUTE}
    assert queries.who_was_told(amira, "nnnnnnnnnn") == []


def test_nobody_sees_for_somebody_else(mailoutbox):
    area, amira, bea = make.area(), make.practitioner("Amira"), make.practitioner("Bea")
    make.turn(amira, area)
    raise_page(area)
    work()
    assert commands.see_page(by=bea, at=NOW, about="mmmmmmmmmm") == 0
    assert not Entry.objects.filter(act="paging.see_page").exists()
    assert queries.my_unseen(amira) and not queries.my_unseen(bea)


def test_a_message_that_failed_is_not_shown_as_handed_over(monkeypatch):
    area, amira = make.area(), make.practitioner("Amira")
    make.turn(amira, area)
    raise_page(area)
    monkeypatch.setattr(channels, "send_email", lambda **_: (_ for _ in ()).throw(TimeoutError()))
    assert work() == 0
    email = queries.who_was_told(amira, "mmmmmmmmmm")[1]
    assert (email.handed_at, email.problem, email.attempts) == (None, "TimeoutError", 1)
    assert queries.paged_at(["mmmmmmmmmm"]) == {}


def test_when_each_was_first_paged_takes_one_query(mailoutbox, django_assert_num_queries):
    area = make.area()
    make.turn(make.practitioner(), area)
    refs = [raise_page(area, f"page{number:06}").about for number in range(20)]
    work()
    work(NOW + 5 * MINUTE)
    with django_assert_num_queries(1):
        assert queries.paged_at(refs) == dict.fromkeys(refs, NOW)
