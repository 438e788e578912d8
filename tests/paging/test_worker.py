"""People are told until someone answers, whatever fails on the way."""

from datetime import time, timedelta
from unittest.mock import patch

import pytest

from holdfast.audit.models import Entry
from holdfast.audit.terms import System
from holdfast.paging import channels, commands, queries, worker
from holdfast.paging.models import Delivery, Page
from holdfast.paging.rules import LEASE
from holdfast.paging.terms import Channel
from holdfast.people.terms import Role
from holdfast.rota.commands import set_ladder
from holdfast.rota.rules import LadderStep
from holdfast.rota.terms import Whom
from tests import make
from tests.make import NOW

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _no_conversation_left_over():
    channels.hang_up()
    yield
    channels.hang_up()


def run_at(at):
    """Let a worker go round once at this time."""
    with patch("holdfast.kit.clock.now", lambda: at):
        return worker.run_once()


def raise_page(area, about="mmmmmmmmmm", at=NOW):
    return commands.raise_page(by=System.PAGER, at=at, about=about, area=area)


def rota():
    """On now until 23:00, next from 23:00, and a third on the list at the weekend."""
    area = make.area()
    now, later, third = (make.practitioner(name) for name in ("Amira", "Bea", "Colm"))
    make.turn(now, area, time(15), time(23), range(2, 3))
    make.turn(later, area, time(23), time(8), range(2, 3))
    make.turn(third, area, time(9), time(12), range(5, 7))
    return area, now, later, third


def next_due():
    """Return when there is next something to do: a step to take, or a message to send (again)."""
    unsent = Delivery.objects.filter(handed_at=None).values_list("due_at", flat=True)
    return min([Page.objects.get().next_due_at, *unsent])


def told(about="mmmmmmmmmm", channel=Channel.EMAIL):
    state = queries.states_of([about])[about]
    return [(one.round, one.practitioner.name) for one in state.told if one.channel == channel]


def test_first_who_is_on_then_who_is_next_then_everyone_then_from_the_start(mailoutbox):
    raise_page(rota()[0])
    run_at(NOW)
    assert told() == [(1, "Amira")]
    run_at(NOW + 4.9 * MINUTE)
    assert told() == [(1, "Amira")]
    run_at(NOW + 5 * MINUTE)
    assert told()[1:] == [(2, "Bea")]
    run_at(NOW + 10 * MINUTE)
    assert told()[2:] == [(3, "Amira"), (3, "Bea"), (3, "Colm")]
    run_at(NOW + 20 * MINUTE)
    assert told()[5:] == [(4, "Amira")]
    assert len(mailoutbox) == 6


def test_the_step_is_taken_at_the_minute_it_is_due(mailoutbox):
    """Whoever has come on since is told, not whoever was on when the page was raised."""
    raise_page(rota()[0])
    run_at(NOW.replace(hour=23, minute=0))
    assert told() == [(1, "Bea")]


def test_an_empty_step_costs_no_time(mailoutbox):
    area = make.area()
    worker_here = make.practitioner("Dee", in_area=area)
    raise_page(area)
    run_at(NOW)
    assert told() == [(3, "Dee")]
    assert [letter.to for letter in mailoutbox] == [[worker_here.email]]


def test_it_never_ends_by_itself(mailoutbox):
    """24 hours unanswered: told again at least every ten minutes (R5).

    The worker goes round whenever something is due; between those times it finds nothing to do.
    """
    raise_page(rota()[0])
    at, times = NOW, []
    while at < NOW + timedelta(hours=24):
        if run_at(at):
            times.append(at)
        at = next_due()
    gaps = [later - earlier for earlier, later in zip(times, [*times[1:], at], strict=True)]
    assert times[0] == NOW and max(gaps) <= 10 * MINUTE


@pytest.mark.parametrize("everyone", ["nobody at all", "all have left", "no address"])
def test_with_nobody_to_tell_it_goes_on_looking(everyone, mailoutbox, caplog):
    area = make.area()
    if everyone == "all have left":
        make.turn(make.practitioner(left_at=NOW - MINUTE), area)
    if everyone == "no address":
        make.turn(make.practitioner(email=""), area)
    raise_page(area)
    run_at(NOW)
    page = Page.objects.get()
    assert NOW < page.next_due_at <= NOW + 10 * MINUTE
    assert not mailoutbox
    late = make.practitioner("Late", in_area=area)
    make.turn(late, area)
    run_at(NOW + 10 * MINUTE)
    assert "Late" in {name for _, name in told()}


def test_who_has_no_address_is_told_here():
    area, mute = make.area(), make.practitioner("Mo", email="")
    make.turn(mute, area)
    raise_page(area)
    run_at(NOW)
    assert queries.my_unseen(mute) == [("mmmmmmmmmm", NOW)]
    assert queries.paged_at(["mmmmmmmmmm"]) == {}  # nobody has been reached yet
    commands.see_page(by=mute, at=NOW + MINUTE, about="mmmmmmmmmm")
    assert queries.paged_at(["mmmmmmmmmm"]) == {"mmmmmmmmmm": NOW + MINUTE}
    assert queries.my_unseen(mute) == []


def test_an_answer_stops_the_telling_and_what_was_waiting(mailoutbox, monkeypatch):
    area, amira, *_ = rota()
    raise_page(area)
    monkeypatch.setattr(channels, "send_email", lambda **_: (_ for _ in ()).throw(OSError()))
    run_at(NOW)
    monkeypatch.undo()
    assert commands.answer_page(by=amira, at=NOW + MINUTE, about="mmmmmmmmmm")
    assert not commands.answer_page(by=amira, at=NOW + 2 * MINUTE, about="mmmmmmmmmm")
    for minutes in range(2, 60):
        run_at(NOW + minutes * MINUTE)
    assert not mailoutbox
    assert Entry.objects.filter(act="paging.answer_page").count() == 1


def test_who_is_asked_to_go_is_told_though_it_is_answered(mailoutbox):
    area, amira, bea, _ = rota()
    raise_page(area)
    run_at(NOW)
    commands.answer_page(by=amira, at=NOW + MINUTE, about="mmmmmmmmmm")
    commands.tell_one(by=amira, at=NOW + 2 * MINUTE, about="mmmmmmmmmm", practitioner=bea)
    run_at(NOW + 2 * MINUTE)
    run_at(NOW + 60 * MINUTE)
    assert [letter.to for letter in mailoutbox] == [[amira.email], [bea.email]]


def test_a_failure_is_tried_again_for_ever_under_one_reference(mailoutbox, monkeypatch):
    area, *_ = rota()
    raise_page(area)
    tried = []

    def refuse(**letter):
        tried.append(letter["ref"])
        raise OSError("said something about an address")

    monkeypatch.setattr(channels, "send_email", refuse)
    Page.objects.update(next_due_at=NOW)
    worker.take_steps(NOW)
    for _ in range(40):
        due = Delivery.objects.get(channel=Channel.EMAIL).due_at
        with patch("holdfast.kit.clock.now", lambda due=due: due):
            for delivery in worker.claim(due, 10):
                worker.send(delivery)
    delivery = Delivery.objects.get(channel=Channel.EMAIL)
    assert set(tried) == {delivery.ref} and len(tried) == 40
    assert delivery.problem == "OSError"  # never the server's own words
    assert delivery.due_at - due <= MINUTE


def test_a_lease_that_ran_out_is_sent_again_under_the_same_reference(mailoutbox):
    raise_page(rota()[0])
    worker.take_steps(NOW)
    (lost,) = worker.claim(NOW, 10)  # claimed by a worker that then died
    assert worker.claim(NOW + LEASE * 0.9, 10) == []
    (again,) = worker.claim(NOW + LEASE, 10)
    assert again.ref == lost.ref
    assert worker.send(again)
    assert worker.claim(NOW + LEASE * 3, 10) == []


def test_a_page_keeps_the_ladder_it_was_raised_with(mailoutbox):
    area, _, _, third = rota()
    raise_page(area)
    steps = [LadderStep(Whom.NAMED, MINUTE, third.pk)]
    set_ladder(by=make.practitioner(role=Role.ADMINISTRATOR), at=NOW, area=area, steps=steps)
    raise_page(area, about="nnnnnnnnnn")
    run_at(NOW)
    assert told() == [(1, "Amira")]
    assert told("nnnnnnnnnn") == [(1, "Colm")]


def test_many_pages_at_once_cost_no_more_queries_each(django_assert_max_num_queries, mailoutbox):
    area, *_ = rota()
    for number in range(60):
        raise_page(area, about=f"page{number:06}")
    with django_assert_max_num_queries(14):
        assert worker.take_steps(NOW) == 60


def test_the_state_of_pages_takes_two_queries(django_assert_num_queries):
    area, *_ = rota()
    refs = [raise_page(area, about=f"page{number:06}").about for number in range(20)]
    worker.take_steps(NOW)
    with django_assert_num_queries(2):
        assert len(queries.states_of(refs)) == 20
    with django_assert_num_queries(2):
        state = queries.states_of(refs[:1])[refs[0]]
    assert state.calling == ("Amira",)
    assert state.next_at == NOW + 5 * MINUTE
