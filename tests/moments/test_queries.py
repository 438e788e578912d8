"""What the board shows, to whom, in what order, at what cost."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from holdfast.audit.terms import System
from holdfast.moments import commands, queries
from holdfast.moments.terms import Meeting, MomentKind
from holdfast.paging import channels, worker
from holdfast.paging.queries import states_of
from holdfast.people.terms import Role
from tests import make
from tests.make import NOW

pytestmark = pytest.mark.django_db
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def tell(by, child, kind=MomentKind.INJURY, at=NOW):
    return commands.tell(by=by, at=at, kind=kind, child=child)


def test_the_soonest_promise_comes_first_whatever_it_is_about():
    area = make.area()
    amira = make.practitioner(in_area=area)
    names = ("Ann", "Bo", "Cy", "Di")
    late, hours, new, reached = (
        tell(amira, make.child(area, name=name), at=at)
        for name, at in zip(names, (NOW - HOUR, NOW - HOUR, NOW, NOW - 2 * HOUR), strict=True)
    )
    commands.answer(by=amira, at=NOW, moment=hours)
    commands.record_contact(by=amira, at=NOW, person=reached.person, meeting=Meeting.SPOKE, moment=reached)
    shown = [one.moment for one in queries.live_moments(amira, NOW)]
    assert shown == [late, hours, new, reached]


def test_whoever_was_told_sees_the_moment_but_not_yet_the_record():
    area, child = make.area(), make.child()
    amira, sol = make.practitioner(in_area=area), make.practitioner(role=Role.YOUTH_WORKER, email="")
    make.turn(sol, area)
    moment = tell(amira, child)
    assert queries.live_moments(sol, NOW) == []
    channels.hang_up()
    worker.take_steps(NOW)
    (shown,) = queries.live_moments(sol, NOW)
    assert shown.moment == moment and not shown.may_open_child
    commands.answer(by=sol, at=NOW, moment=moment)
    assert queries.moment_for(sol, moment.ref, NOW).may_open_child


def test_other_areas_see_nothing_and_nor_does_who_has_left():
    here, there = make.area("701"), make.area("702")
    amira, far = make.practitioner(in_area=here), make.practitioner(in_area=there)
    tell(amira, make.child(here))
    assert queries.live_moments(far, NOW) == []
    assert queries.live_moments(amira, NOW, area=there) == []
    amira.left_at = NOW
    assert queries.live_moments(amira, NOW) == []


def test_the_receipt_says_who_was_told_who_has_seen_it_and_who_took_it():
    area = make.area()
    amira, jo, child = (
        make.practitioner("Amira", in_area=area, email=""),
        make.practitioner("Jo"),
        make.child(),
    )
    make.granted(jo, child)
    make.turn(amira, area)
    moment = tell(jo, child)
    worker.take_steps(NOW)
    page = queries.moment_for(jo, moment.ref, NOW).page
    assert page.calling == ("Amira",) and page.first_seen is None
    commands.see(by=amira, at=NOW + MINUTE, moment=moment)
    shown = queries.moment_for(jo, moment.ref, NOW + MINUTE)
    assert shown.page.first_seen.practitioner == amira and shown.answer is None


def board(by):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        count = len(queries.live_moments(by, NOW))
    return count, len(asked)


def test_the_board_asks_as_much_for_twenty_moments_as_for_one():
    area = make.area()
    amira = make.practitioner(in_area=area)
    tell(amira, make.child(area, name="Ann"))
    worker.take_steps(NOW)
    one, asked = board(amira)
    for number in range(19):
        moment = tell(amira, make.child(area, name=f"Child {number}"))
        commands.assign(by=amira, at=NOW, moment=moment, to=amira)
        commands.record_contact(
            by=amira, at=NOW, person=moment.person, meeting=Meeting.ATTEMPTED, moment=moment
        )
    worker.take_steps(NOW)
    assert (one, *board(amira)) == (1, 20, asked)


def test_recent_children_latest_first_and_only_those_still_open_to_me():
    area = make.area()
    jo, amira = make.practitioner(role=Role.YOUTH_WORKER), make.practitioner(in_area=area)
    first, second = make.child(area, name="Ann"), make.child(area, name="Bo")
    make.granted(jo, first), make.granted(jo, second)
    commands.record_contact(by=jo, at=NOW, person=first, meeting=Meeting.SEEN_ALONE)
    assert [line.identity.name for line in queries.recent_children(jo, NOW)] == ["Ann", "Bo"]
    assert queries.recent_children(amira, NOW) == []


def test_the_export_has_every_moment_and_when_someone_was_first_paged(mailoutbox):
    area = make.area()
    amira = make.practitioner(in_area=area)
    make.turn(amira, area)
    moment = tell(amira, make.child(area))
    record = make.record()
    commands.consider(
        by=System.FEEDS, at=NOW, events=[make.event(record)], people={record.person_id}, is_history=True
    )
    worker.take_steps(NOW)
    for delivery in worker.claim(NOW, 9):
        worker.send(delivery)
    paged = {one.ref: at for one, at in queries.every_moment(System.FEEDS)}
    assert len(paged) == 2 and paged[moment.ref]
    assert list(paged.values()).count(None) == 1
    assert states_of([moment.ref])[moment.ref].told[0].practitioner == amira
