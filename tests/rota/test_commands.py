"""Who may set the rota, and what the alert path then hears."""

from datetime import date, time, timedelta

import pytest
from django.db import transaction

from holdfast.access.errors import NotAllowed
from holdfast.audit.models import Entry
from holdfast.people.terms import Role
from holdfast.rota import commands, queries
from holdfast.rota.errors import CannotBeOn
from holdfast.rota.models import Turn
from holdfast.rota.rules import DEFAULT_LADDER, LadderStep
from holdfast.rota.terms import Whom
from tests import make
from tests.make import NOW

pytestmark = pytest.mark.django_db
MINUTES = timedelta(minutes=1)
EVENING = {"weekday": 2, "starts": time(15), "until": time(23), "first_on": date(2026, 1, 1)}


def administrator():
    return make.practitioner(role=Role.ADMINISTRATOR)


def test_set_turn_is_heard_at_once_and_written_down():
    area, amira, by = make.area(), make.practitioner("Amira"), administrator()
    commands.set_turn(by=by, at=NOW, area=area, practitioner=amira, **EVENING)
    (on,) = queries.on_duty(area, NOW)
    assert (on.practitioner, on.until) == (amira, NOW.replace(hour=23, minute=0))
    assert queries.next_on(area, NOW) is None
    assert Entry.objects.filter(act="rota.set_turn", practitioner=by).exists()


def test_a_stranger_to_settings_changes_nothing():
    area, worker = make.area(), make.practitioner(role=Role.YOUTH_WORKER)
    with pytest.raises(NotAllowed), transaction.atomic():
        commands.set_turn(by=worker, at=NOW, area=area, practitioner=worker, **EVENING)
    with pytest.raises(NotAllowed), transaction.atomic():
        commands.set_ladder(by=worker, at=NOW, area=area, steps=DEFAULT_LADDER)
    assert not Turn.objects.exists()
    assert not Entry.objects.exists()


def test_only_someone_who_is_here_and_may_answer_can_be_on():
    area, by = make.area(), administrator()
    gone = make.practitioner(left_at=NOW - MINUTES)
    reader = make.practitioner(role=Role.ANALYST)
    for person in (gone, reader):
        with pytest.raises(CannotBeOn):
            commands.set_turn(by=by, at=NOW, area=area, practitioner=person, **EVENING)


def test_end_turn():
    area, amira, by = make.area(), make.practitioner("Amira"), administrator()
    turn = commands.set_turn(by=by, at=NOW, area=area, practitioner=amira, **EVENING)
    commands.end_turn(by=by, at=NOW, turn=turn, last_on=NOW.date())
    assert queries.on_duty(area, NOW)
    assert not queries.on_duty(area, NOW + timedelta(days=7))


def test_whoever_leaves_is_off_the_rota_at_once():
    area, amira = make.area(), make.practitioner("Amira")
    make.turn(amira, area)
    amira.left_at = NOW
    amira.save()
    assert not queries.on_duty(area, NOW)
    week = queries.week(amira, area, NOW.date() + timedelta(days=1))
    assert [ends - starts for starts, ends in week.gaps] == [timedelta(days=7)]


def test_a_ladder_is_the_default_until_one_is_set():
    area, by = make.area(), administrator()
    assert queries.ladder(area) == list(DEFAULT_LADDER)
    steps = [LadderStep(Whom.NAMED, 3 * MINUTES, by.pk), LadderStep(Whom.EVERYONE, 5 * MINUTES)]
    commands.set_ladder(by=by, at=NOW, area=area, steps=steps)
    assert queries.ladder(area) == steps
    assert queries.ladder_for(by, area)[0][1] == by.name
    commands.set_ladder(by=by, at=NOW, area=area, steps=[])
    assert queries.ladder(area) == list(DEFAULT_LADDER)


@pytest.mark.parametrize(
    "step",
    [
        LadderStep(Whom.NAMED, MINUTES),
        LadderStep(Whom.ON_NOW, 11 * MINUTES),
        LadderStep(Whom.ON_NOW, 0 * MINUTES),
    ],
)
def test_a_ladder_that_would_leave_someone_waiting_is_refused(step):
    with pytest.raises(CannotBeOn):
        commands.set_ladder(by=administrator(), at=NOW, area=make.area(), steps=[step])


def test_everyone_is_never_nobody_while_anyone_may_answer():
    area, elsewhere = make.area(), make.area("702")
    far = make.practitioner(in_area=elsewhere)
    assert queries.everyone(area, NOW) == [far]
    mentor = make.practitioner(in_area=area, role=Role.MENTOR)
    assert queries.everyone(area, NOW) == [mentor]
    near = make.practitioner(in_area=area)
    assert queries.everyone(area, NOW) == [near]
    listed = make.practitioner(role=Role.YOUTH_WORKER)
    make.turn(listed, area, time(1), time(2))
    assert queries.everyone(area, NOW) == [listed]


def test_on_duty_asks_once_however_long_the_rota(django_assert_num_queries):
    area = make.area()
    for _ in range(20):
        make.turn(make.practitioner(), area)
    with django_assert_num_queries(1):
        assert len(queries.on_duty(area, NOW)) == 20


def test_a_week_shows_each_night_under_the_day_it_begins_and_where_nobody_is(django_assert_num_queries):
    area, amira = make.area(), make.practitioner("Amira")
    make.turn(amira, area, time(20), time(8), range(2, 3))
    monday = NOW.date() - timedelta(days=2)
    with django_assert_num_queries(1):
        week = queries.week(amira, area, monday)
    on = {day: [one.practitioner for one in shifts] for day, shifts in week.days if shifts}
    assert on == {NOW.date(): [amira]}
    assert week.gaps[0][1] == NOW.replace(hour=20, minute=0)
    assert week.gaps[1][0] == NOW.replace(hour=8, minute=0) + timedelta(days=1)


def test_who_is_on_in_which_areas():
    here, there, amira = make.area("701"), make.area("702"), make.practitioner("Amira")
    make.turn(amira, here)
    make.turn(amira, there, time(1), time(2))
    assert queries.areas_on(amira, amira, NOW) == [here]
    duty = queries.duty_for(amira, [here, there], NOW)
    assert [on.practitioner for on in duty[here.pk].on] == [amira] and not duty[there.pk].on


def test_one_day_is_somebody_elses_and_the_rest_stays():
    area, amira, dawit, by = (
        make.area(),
        make.practitioner("Amira"),
        make.practitioner("Dawit"),
        administrator(),
    )
    turn = commands.set_turn(by=by, at=NOW, area=area, practitioner=amira, **EVENING)
    day = NOW.date() + timedelta(days=7)
    commands.cover_turn(by=by, at=NOW, turn=turn, on=day, practitioner=dawit)
    on = [queries.on_duty(area, NOW + n * timedelta(days=7))[0].practitioner.name for n in range(4)]
    assert on == ["Amira", "Dawit", "Amira", "Amira"]
    assert Entry.objects.filter(act="rota.cover_turn", about=area.code, practitioner=by).count() == 1


def test_the_first_and_the_last_day_of_a_turn_can_be_covered():
    area, amira, dawit, by = (
        make.area(),
        make.practitioner("Amira"),
        make.practitioner("Dawit"),
        administrator(),
    )
    first, last = date(2026, 11, 18), date(2026, 11, 25)
    given = {**EVENING, "first_on": first, "last_on": last}
    turn = commands.set_turn(by=by, at=NOW, area=area, practitioner=amira, **given)
    commands.cover_turn(by=by, at=NOW, turn=turn, on=first, practitioner=dawit)
    rest = Turn.objects.get(practitioner=amira)
    assert (rest.first_on, rest.last_on) == (last, last)
    commands.cover_turn(by=by, at=NOW, turn=rest, on=last, practitioner=dawit)
    assert not Turn.objects.filter(practitioner=amira).exists()
    assert [turn.first_on for turn in Turn.objects.order_by("first_on")] == [first, last]


def test_what_cannot_be_covered_and_by_whom():
    area, amira, by = make.area(), make.practitioner("Amira"), administrator()
    turn = commands.set_turn(by=by, at=NOW, area=area, practitioner=amira, **EVENING)
    reader = make.practitioner(role=Role.ANALYST)
    wrong = [(amira, NOW.date()), (reader, NOW.date()), (make.practitioner(), date(2026, 11, 19))]
    for person, day in (*wrong, (make.practitioner(), date(2025, 12, 31))):
        with pytest.raises(CannotBeOn), transaction.atomic():
            commands.cover_turn(by=by, at=NOW, turn=turn, on=day, practitioner=person)
    for act in (commands.keep_turn, commands.cover_turn, commands.end_turn):
        more = {commands.cover_turn: {"on": NOW.date(), "practitioner": by}, commands.keep_turn: {}}
        with pytest.raises(NotAllowed), transaction.atomic():
            act(by=amira, at=NOW, turn=turn, **more.get(act, {"last_on": NOW.date()}))
    assert Turn.objects.count() == 1


def test_a_turn_that_was_to_end_is_kept_and_one_not_yet_begun_goes():
    area, amira, by = make.area(), make.practitioner("Amira"), administrator()
    turn = commands.set_turn(by=by, at=NOW, area=area, practitioner=amira, **EVENING)
    commands.end_turn(by=by, at=NOW, turn=turn, last_on=NOW.date())
    commands.keep_turn(by=by, at=NOW, turn=turn)
    assert queries.on_duty(area, NOW + timedelta(days=7))
    later = {**EVENING, "weekday": 4, "first_on": date(2026, 12, 4)}
    coming = commands.set_turn(by=by, at=NOW, area=area, practitioner=amira, **later)
    commands.end_turn(by=by, at=NOW, turn=coming, last_on=NOW.date())
    assert Turn.objects.get() == turn


def test_the_same_hours_twice_and_days_the_wrong_way_round():
    area, amira, by = make.area(), make.practitioner("Amira"), administrator()
    commands.set_turn(by=by, at=NOW, area=area, practitioner=amira, **EVENING)
    backwards = {**EVENING, "last_on": date(2025, 12, 31)}
    for given in (EVENING, backwards):
        with pytest.raises(CannotBeOn), transaction.atomic():
            commands.set_turn(by=by, at=NOW, area=area, practitioner=amira, **given)
    assert Turn.objects.count() == 1


def test_weeks_of_many_areas_cost_one_query(django_assert_num_queries):
    by, areas = administrator(), [make.area(f"{number}") for number in range(700, 710)]
    for area in areas:
        make.turn(make.practitioner(), area, time(9), time(17))
    with django_assert_num_queries(1):
        found = queries.weeks(by, areas, NOW.date())
    assert all(len(week.gaps) == 8 for week in found.values())
