"""Are all rows with one fault mended in one act, each by itself, and can each be mended again?"""

import pytest
from django.utils import timezone

from holdfast.access.errors import NotAllowed
from holdfast.audit.models import Entry
from holdfast.audit.terms import System
from holdfast.feeds import commands
from holdfast.feeds.applying import apply_waiting
from holdfast.feeds.commands import mend, receive
from holdfast.feeds.mending import alike, alike_counts, apply_mended, common_faults, mend_alike
from holdfast.feeds.models import Message
from holdfast.people.terms import Role
from tests import make
from tests.feeds.hostile import calls, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def steward():
    return make.practitioner(role=Role.ANALYST, in_area=make.area())


def sent(*rows, name="concerns_2026-11-20.csv"):
    receive(by=System.FEEDS, at=timezone.now(), path=f"parents/{name}", content=calls(*rows))
    apply_waiting(by=System.FEEDS, at=timezone.now())
    return list(Message.objects.order_by("pk"))


def call(number, **cells):
    return record(call_ref=f"C{number}", **cells)


BAD = {"call_started_at": "31/11/2026 10:00"}


def test_the_same_fault_is_the_same_field_reason_and_value(steward):
    rows = sent(
        call(1, **BAD),
        call(2, **BAD),
        call(3, call_started_at="31/11/2026 11:00"),
        call(4, worry=""),
        call(5),
    )
    later = sent(call(6, **BAD), name="concerns_2026-11-21.csv")[-1]
    assert alike_counts(steward, rows[0]) == {"call_started_at": 3}
    found = alike(steward, rows[1], ["call_started_at"])
    assert found[0] == rows[1] and {row.pk for row in found} == {rows[0].pk, rows[1].pk, later.pk}
    assert alike_counts(steward, rows[3]) == {"worry": 1}
    assert alike_counts(steward, rows[4]) == {} and alike(steward, rows[4], ["worry"]) == []


def test_long_values_are_compared_whole(steward):
    long = "x" * 70
    rows = sent(call(1, urgent=long + "a"), call(2, urgent=long + "b"), call(3, urgent=long + "a"))
    assert alike(steward, rows[0], ["urgent"]) == [rows[0], rows[2]]


def test_all_are_mended_in_one_act_and_what_is_not_helped_stays(steward):
    rows = sent(call(1, **BAD), call(2, **BAD, worry=""), call(3, **BAD), call(4))
    outcome = mend_alike(
        by=steward, at=timezone.now(), message=rows[0], values={"call_started_at": "30/11/2026 10:00"}
    )
    assert set(outcome.mended) == {row.pk for row in rows[:3]} and outcome.left == 0
    assert apply_mended(timezone.now(), outcome.mended) == {"applied": 2, "quarantined": 1}
    still = Message.objects.get(status="quarantined")
    assert still == rows[1] and [problem.field for problem in still.problems.all()] == ["worry"]
    (entry,) = Entry.objects.filter(act="feeds.mend_alike")
    assert entry.practitioner == steward
    assert all(f"{rows[0].delivery.ref}/{number}" in entry.note for number in (1, 2, 3))


def test_a_value_that_is_no_better_leaves_all_where_they_were(steward):
    rows = sent(call(1, **BAD), call(2, **BAD))
    outcome = mend_alike(
        by=steward, at=timezone.now(), message=rows[0], values={"call_started_at": "32/11/2026"}
    )
    assert apply_mended(timezone.now(), outcome.mended) == {"quarantined": 2}
    assert alike_counts(steward, Message.objects.get(pk=rows[1].pk)) == {"call_started_at": 2}


def test_one_row_that_cannot_be_mended_holds_none_back(steward, monkeypatch):
    rows = sent(call(1, **BAD), call(2, **BAD), call(3, **BAD))
    real = commands.put_right

    def put_right(*, message, **more):
        real(message=message, **more)
        if message == rows[1]:
            raise ValueError("foreign header")

    monkeypatch.setattr("holdfast.feeds.mending.put_right", put_right)
    values = {"call_started_at": "30/11/2026 10:00"}
    outcome = mend_alike(by=steward, at=timezone.now(), message=rows[0], values=values)
    assert set(outcome.mended) == {rows[0].pk, rows[2].pk} and outcome.left == 1
    left = Message.objects.get(pk=rows[1].pk)
    assert (left.status, left.mended_text, left.problems.count()) == ("quarantined", "", 1)


def test_many_rows_are_written_down_whole(steward):
    rows = sent(*(call(number, **BAD) for number in range(1, 31)))
    mend_alike(by=steward, at=timezone.now(), message=rows[0], values={"call_started_at": "30/11/2026 10:00"})
    notes = " ".join(Entry.objects.filter(act="feeds.mend_alike").values_list("note", flat=True))
    assert all(f"{row.delivery.ref}/{row.row}" in notes.split() for row in rows)


def test_a_mended_row_can_be_mended_again(steward):
    rows = sent(call(1, **BAD), call(2, **BAD))
    values = {"call_started_at": "30/10/2026 10:00"}
    apply_mended(
        timezone.now(), mend_alike(by=steward, at=timezone.now(), message=rows[0], values=values).mended
    )
    row = Message.objects.get(pk=rows[1].pk)
    mend(by=steward, at=timezone.now(), message=row, values={"call_started_at": "29/10/2026 10:00"})
    assert apply_mended(timezone.now(), [row.pk]) == {"applied": 1}
    assert "29/10/2026" in Message.objects.get(pk=row.pk).mended_text


def test_only_for_those_who_look_after_feeds(steward):
    rows = sent(call(1, **BAD), call(2, **BAD))
    mentor = make.practitioner(role=Role.MENTOR)
    for ask in (
        lambda: alike(mentor, rows[0], ["call_started_at"]),
        lambda: alike_counts(mentor, rows[0]),
        lambda: mend_alike(by=mentor, at=timezone.now(), message=rows[0], values={"call_started_at": "x"}),
    ):
        with pytest.raises(NotAllowed):
            ask()


def test_the_faults_that_most_rows_have_come_first(steward):
    bad = {"call_started_at": "32/11/2026"}
    sent(
        *(call(n, urgent="MAYBE") for n in range(3)),
        *(call(n, **bad) for n in range(5, 10)),
        call(11, worry=""),
    )
    found = common_faults(steward)
    assert [(one.field, one.number) for one in found] == [("call_started_at", 5), ("urgent", 3)]
    assert found[0].message.row == "4"
    assert [one.number for one in common_faults(steward, found[0].message.delivery.feed)] == [5, 3]
