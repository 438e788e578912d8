"""Is the rota kept on the pages, so that somebody is on, and is it said plainly when nobody is?"""

from datetime import date, time, timedelta

import pytest

from holdfast.audit.models import Entry
from holdfast.kit.clock import LONDON, now
from holdfast.people.terms import Role
from holdfast.rota.models import Step, Turn
from holdfast.rota.queries import week
from holdfast.web.forms.settings_duty import read_time
from tests import make
from tests.web.pages import signed_in
from tests.web.setting import sent, words

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def client():
    return signed_in(make.practitioner(name="Ottoline Frayne", role=Role.ADMINISTRATOR))


@pytest.fixture
def amira():
    return make.practitioner(name="Amira Hassan", in_area=make.area(name="Carrow"))


def today():
    return now().astimezone(LONDON).date()


def boxes(name, day):
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def turn_of(who, **more):
    return {
        "turn-practitioner": who.pk, "turn-weekdays": [0, 1, 2, 3, 4], "turn-starts": "9",
        "turn-until": "5pm", **more,
    }  # fmt: skip


def who_is_on(area, day):
    return {one.practitioner.name for one in dict(week(None, area, day).days)[day]}


def test_an_empty_rota_says_where_to_begin(client, amira):
    page = words(client.get("/settings/rota/701"))
    assert "Nobody is on: now and all week." in page and "Begin with office hours" in page
    assert "1. Whoever is on now" in page


def test_office_hours_nights_and_the_weekend(client, amira):
    page = sent(client, "rota/701/add", **turn_of(amira))
    assert page.count("09:00 to 17:00") == 5 and "in the next 7 days" in page
    assert "nobody from 00:00 to 09:00, 17:00 to 24:00" in page and "nobody all day" in page
    sent(client, "rota/701/add", **turn_of(amira, **{"turn-starts": "17.00", "turn-until": "0900"}))
    page = sent(
        client, "rota/701/add",
        **turn_of(amira, **{"turn-weekdays": [5, 6], "turn-starts": "09:00", "turn-until": "09:00"}),
    )  # fmt: skip
    assert "Somebody is on at every hour of the next 7 days." in page
    assert page.count("17:00 to 09:00 the next morning") == 5
    assert "Ottoline Frayne put somebody on the rota" in page
    assert Entry.objects.filter(act="rota.set_turn", about="701").count() == 12


WRONG = [
    ({"turn-practitioner": ""}, "Answer this: Who?"),
    ({"turn-weekdays": []}, "Answer this: On which days?"),
    ({"turn-starts": "25:00"}, "Write the time as 19:00"),
    (boxes("turn-first_on", date(2020, 2, 1)) | {"turn-first_on_day": 31}, "There is no such day"),
    (boxes("turn-first_on", date(2020, 2, 1)), "This day is over"),
    (boxes("turn-last_on", date(2020, 2, 1)), "comes before the first"),
]


@pytest.mark.parametrize("given, said", WRONG)
def test_what_is_wrong_is_said_beside_it(client, amira, given, said):
    response = client.post("/settings/rota/701/add", turn_of(amira, **given))
    assert response.status_code == 422 and words(response).count(said) == 2
    assert not Turn.objects.exists()


@pytest.mark.parametrize(
    "text, read",
    [
        ("19:00", time(19)), ("9", time(9)), ("17", time(17)), ("17.30", time(17, 30)), ("0900", time(9)),
        ("900", time(9)), ("7pm", time(19)), ("12 am", time(0)), ("12pm", time(12)), ("7.15 AM", time(7, 15)),
        ("24:00", time(0)), ("00:00", time(0)), ("25:00", None), ("24:01", None), ("9:60", None),
        ("13pm", None), ("0am", None), ("9:5", None), ("", None), ("noon", None), ("19:00:00", None),
    ],
)  # fmt: skip
def test_a_time_as_people_write_it(text, read):
    assert read_time(text) == read


def test_the_same_turn_twice_and_somebody_who_may_not(client, amira):
    sent(client, "rota/701/add", **turn_of(amira))
    page = sent(client, "rota/701/add", **turn_of(amira, **{"turn-weekdays": [3, 5]}))
    assert page.count("Amira Hassan is on at this very time already") == 2
    assert Turn.objects.count() == 5
    analyst = make.practitioner(role=Role.ANALYST)
    assert "Select a valid choice" in sent(client, "rota/701/add", **turn_of(analyst))


def test_once_only(client, amira):
    day = today() + 3 * DAY
    once = {**boxes("turn-first_on", day), **boxes("turn-last_on", day)}
    other = (day.weekday() + 1) % 7
    page = sent(client, "rota/701/add", **turn_of(amira, **once, **{"turn-weekdays": [other]}))
    assert "between the two days" in page
    page = sent(client, "rota/701/add", **turn_of(amira, **once, **{"turn-weekdays": [day.weekday()]}))
    assert f"Only on {day.day} " in page
    assert who_is_on(make.area(), day) == {"Amira Hassan"}
    assert not who_is_on(make.area(), day + 7 * DAY)


def test_a_turn_ends_when_it_is_said_and_can_be_kept(client, amira):
    make.turn(amira, make.area())
    turn = Turn.objects.get(weekday=today().weekday())
    page = f"rota/701/turns/{turn.ref}"
    assert "This day is over" in sent(client, f"{page}/end", **boxes("end-last_on", today() - DAY))
    said = sent(client, f"{page}/end", **boxes("end-last_on", today()))
    assert "For the last time on" in said and "took somebody off the rota" in said
    assert not who_is_on(make.area(), today() + 7 * DAY)
    assert "Keep it every week" in words(client.get(f"/settings/{page}"))
    assert "They stay on the rota every week." in sent(client, f"{page}/keep")
    assert who_is_on(make.area(), today() + 7 * DAY) == {"Amira Hassan"}


def test_somebody_else_takes_one_turn(client, amira):
    dawit = make.practitioner(name="Dawit Tesfaye", in_area=make.area())
    make.turn(amira, make.area())
    turn, day = Turn.objects.get(weekday=today().weekday()), today() + 7 * DAY
    page = f"rota/701/turns/{turn.ref}/cover"
    given = {"cover-on": day.isoformat(), "cover-practitioner": dawit.pk}
    assert "Select a valid choice" in sent(client, page, **{**given, "cover-practitioner": amira.pk})
    assert "Select a valid choice" in sent(client, page, **{**given, "cover-on": (day + DAY).isoformat()})
    assert "They take it that day." in sent(client, page, **given)
    on = [who_is_on(make.area(), today() + n * 7 * DAY) for n in range(4)]
    assert on == [{"Amira Hassan"}, {"Dawit Tesfaye"}, {"Amira Hassan"}, {"Amira Hassan"}]
    assert Entry.objects.filter(act="rota.cover_turn", about="701").exists()


def test_the_ladder_is_changed_step_by_step(client, amira):
    add = "rota/701/add_step"
    assert "Choose who is told" in sent(
        client, add, **{"step-whom": "named", "step-minutes": 5, "step-place": 0}
    )
    assert "less than or equal to 10" in sent(
        client, add, **{"step-whom": "on_now", "step-minutes": 60, "step-place": 0}
    )
    named = {"step-whom": "named", "step-practitioner": amira.pk, "step-minutes": 5, "step-place": 1}
    page = sent(client, add, **named)
    assert "2. Amira Hassan" in page and "3. Whoever is on next" in page
    assert "changed who is told" in page
    assert "Take step 2 out?" in words(client.get("/settings/rota/701/steps/2"))
    assert Step.objects.count() == 4
    assert "The step is out." in sent(client, "rota/701/steps/2")
    assert [step.whom for step in Step.objects.order_by("number")] == [
        "on_now", "next_on", "everyone_on_the_list",
    ]  # fmt: skip
    assert client.get("/settings/rota/701/steps/9").status_code == 404
    sent(client, add, **named)
    assert "The usual steps are used." in sent(client, "rota/701/usual_steps")
    assert not Step.objects.exists()


def test_nothing_for_a_stranger_and_nothing_that_is_not_there(client, amira):
    make.turn(amira, make.area())
    turn = Turn.objects.first()
    pages = ["rota/701", "rota/701/add", "rota/701/steps/1", f"rota/701/turns/{turn.ref}"]
    pages += [f"rota/701/turns/{turn.ref}/{act}" for act in ("end", "cover", "keep")]
    hers = signed_in(amira)
    for page in pages:
        assert hers.get(f"/settings/{page}").status_code == 404, page
        assert hers.post(f"/settings/{page}").status_code == 404, page
    make.area("702")
    for page in ("rota/000", "rota/701/fly", f"rota/702/turns/{turn.ref}", f"rota/701/turns/{turn.ref}/fly"):
        assert client.post(f"/settings/{page}").status_code == 404, page
    assert Turn.objects.count() == 7


def test_a_neighbour_has_no_rota(client):
    make.area("799", is_partner=False)
    assert client.get("/settings/rota/799").status_code == 404
    assert "Set an area first" in words(client.get("/settings/rota", follow=True))
