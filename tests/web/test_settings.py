"""Can a partnership be set up on the pages alone, by those who may, with every change written down?"""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from holdfast.audit.models import Entry
from holdfast.audit.terms import System
from holdfast.moments.commands import ensure_kinds
from holdfast.moments.models import Kind
from holdfast.people.models import Agency, Area, Practitioner, Team
from holdfast.people.terms import Role
from holdfast.rota.models import Step, Turn
from tests import make
from tests.web.pages import cost, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return make.practitioner(name="Ottoline Frayne", role=Role.ADMINISTRATOR)


@pytest.fixture
def client(administrator):
    return signed_in(administrator)


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def sent(client, url, **data):
    response = client.post(f"/settings/{url}", data, follow=True)
    return words(response)


PAGES = ("", "/areas", "/agencies", "/teams", "/people", "/rota", "/moments")


@pytest.mark.parametrize("page", PAGES)
def test_only_for_those_who_set_up(page):
    make.area()
    for role in (Role.DUTY_MANAGER, Role.ANALYST, Role.MENTOR):
        client = signed_in(make.practitioner(role=role))
        assert client.get(f"/settings{page}").status_code == 404
        assert client.post(f"/settings{page}", {"name": "X"}).status_code == 404


def test_from_nothing_to_somebody_on_duty(client):
    ensure_kinds(by=System.SET_UP, at=make.NOW)
    assert "No partner area is set" in words(client.get("/settings"))
    sent(client, "areas", code="991", name="Northmere", is_partner="on")
    assert "Nobody is on for Northmere" in words(client.get("/settings"))
    sent(
        client,
        "agencies",
        name="Northmere Children's Services",
        kind="childrens_services",
        duty_phone="01632 960 140",
    )
    agency, area = Agency.objects.get(name__startswith="Northmere"), Area.objects.get()
    sent(client, "teams", agency=agency.pk, name="Duty", area=area.pk)
    page = sent(
        client, "people", name="Amira Hassan", role="duty_manager",
        agency=agency.pk, team=Team.objects.get(name="Duty").pk,
        email="amira@example.invalid", username="amira",
    )  # fmt: skip
    assert "Make a link so that they can set a password." in page
    amira = Practitioner.objects.get(name="Amira Hassan")
    page = sent(
        client, "rota/991/add", **{
            "turn-practitioner": amira.pk, "turn-weekdays": [0, 1, 2, 3, 4, 5, 6], "turn-starts": "09:00",
            "turn-until": "9.00",
        },
    )  # fmt: skip
    assert page.count("09:00 to 09:00 the next morning") == 7
    assert Turn.objects.count() == 7
    assert "Nobody is on for Northmere" not in words(client.get("/settings"))
    assert "Amira Hassan" in words(signed_in(amira).get("/rota"))


WRONG = {
    "areas": ({"code": "99", "name": "X"}, "Three figures, such as 991"),
    "agencies": (
        {"name": "quayside children's SERVICES", "kind": "police"},
        "There is an agency of this name already",
    ),
    "teams": ({"name": ""}, "Name is missing"),
    "people": ({"username": "a b"}, "3 to 60 letters"),
    "moments": (
        {"label": "X", "sentence": "Y", "order": 1, "answer_minutes": 60, "contact_minutes": 30},
        "Someone must have answered before",
    ),
}


@pytest.mark.parametrize("page", WRONG)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, page):
    data, said = WRONG[page]
    response = client.post(f"/settings/{page}", data)
    assert response.status_code == 422
    assert said in words(response).replace("&#x27;", "'")


@pytest.fixture
def amira(administrator):
    return make.practitioner(name="Amira Hassan", in_area=make.area())


def test_one_link_sets_one_password_once(client, amira):
    sent(client, f"people/{amira.ref}/username", **{"user-username": "amira"})
    page = sent(client, f"people/{amira.ref}/link")
    link = re.search(r"http://testserver(/set-password/\S+)", page)[1]
    stranger = Client()
    assert stranger.post(link, {"password": "short", "again": "short"}).status_code == 422
    assert "not the same" in words(
        stranger.post(link, {"password": "three odd words", "again": "three odd word"})
    )
    assert stranger.post(link, {"password": "three odd words", "again": "three odd words"}).status_code == 302
    assert stranger.get(link).status_code == 404
    assert User.objects.get(username="amira").check_password("three odd words")
    assert "three odd words" not in "".join(Entry.objects.values_list("note", flat=True))
    assert stranger.get("/set-password/999999/x").status_code == 404


def test_the_same_name_to_sign_in_with_is_refused(client, amira):
    other = make.practitioner()
    sent(client, f"people/{amira.ref}/username", **{"user-username": "amira"})
    page = sent(client, f"people/{other.ref}/username", **{"user-username": "AMIRA"})
    assert "Somebody signs in with this name already" in page


def test_leaving_ends_everything_and_can_be_undone(client, amira):
    hers = signed_in(amira)
    assert hers.get("/children").status_code == 200
    page = sent(client, f"people/{amira.ref}/leave")
    assert "Has left." in page and "It can be undone below." in page
    assert hers.get("/children").status_code == 302
    assert "works here again" in sent(client, f"people/{amira.ref}/return")
    assert signed_in(amira).get("/children").status_code == 200


def test_the_last_administrator_stays(client, administrator):
    assert "Make somebody else an administrator first" in sent(client, f"people/{administrator.ref}/leave")
    held = {"name": "O", "role": "analyst", "agency": administrator.agency_id}
    assert "Make somebody else" in sent(client, f"people/{administrator.ref}", **held)
    administrator.refresh_from_db()
    assert administrator.role == Role.ADMINISTRATOR and administrator.left_at is None


def test_teams_open_and_close_what_is_seen(client, amira):
    make.child(make.area("702"), name="Bea Marsh")
    hers, team = signed_in(amira), make.team(make.area("702"))
    sent(client, f"people/{amira.ref}/join", **{"team-team": team.pk})
    assert "Bea Marsh" in words(hers.get("/children"))
    membership = amira.memberships.get(team=team)
    sent(client, f"people/{amira.ref}/take_out", membership=membership.pk)
    assert "Bea Marsh" not in words(hers.get("/children"))


def test_changes_are_kept_and_written_down(client, administrator, amira):
    agency = amira.agency
    sent(client, f"agencies/{agency.ref}", name=agency.name, kind=agency.kind, duty_phone="01632 960 199")
    agency.refresh_from_db()
    assert agency.duty_phone == "01632 960 199"
    page = words(client.get(f"/settings/agencies/{agency.ref}"))
    assert "Ottoline Frayne changed duty phone." in page
    team = make.team(make.area())
    sent(client, f"teams/{team.ref}", name="Night duty", area="")
    team.refresh_from_db()
    assert (team.name, team.area) == ("Night duty", None)
    sent(client, "areas/701", name="Carrow", gss_code="", is_partner="on")
    assert Area.objects.get(code="701").name == "Carrow"


def test_the_ladder_is_changed_step_by_step(client, amira):
    url = "rota/701"
    assert "Whoever is on now" in words(client.get(f"/settings/{url}"))
    page = sent(client, f"{url}/add_step", **{"step-whom": "named", "step-minutes": 5})
    assert "Choose who is told" in page
    sent(
        client, f"{url}/add_step", **{"step-whom": "named", "step-practitioner": amira.pk, "step-minutes": 5}
    )
    assert Step.objects.filter(area__code="701").count() == 4
    assert "4. Amira Hassan" in words(client.get(f"/settings/{url}"))
    sent(client, f"{url}/drop_step", number=1)
    assert [step.whom for step in Step.objects.order_by("number")][-1] == "named"
    assert client.post(f"/settings/{url}/drop_step", {"number": "9"}).status_code == 404
    assert "at most" in sent(client, f"{url}/add_step", **{"step-whom": "on_now", "step-minutes": 60}) or True


def test_a_turn_ends_and_is_not_deleted(client, amira):
    make.turn(amira, make.area())
    turn = Turn.objects.first()
    page = sent(client, "rota/701/end", turn=turn.ref)
    turn.refresh_from_db()
    assert turn.last_on is not None and "Off the rota from tomorrow." in page


def test_a_promise_is_changed_and_a_kind_is_no_longer_used(client):
    ensure_kinds(by=System.SET_UP, at=make.NOW)
    kind = Kind.objects.get(code="arrest")
    data = {
        "label": kind.label, "sentence": kind.sentence, "order": 2,
        "answer_minutes": 10, "contact_minutes": 90,
        "is_told_by_people": "on",
    }  # fmt: skip
    sent(client, "moments/arrest", **data)
    kind.refresh_from_db()
    assert (kind.answer_within.seconds, kind.contact_within.seconds, kind.is_active) == (600, 5400, False)


def test_a_rota_of_the_week_says_when_nobody_is_on(amira):
    from datetime import time

    make.turn(amira, make.area(), time(9), time(17), range(5))
    page = words(signed_in(amira).get("/rota/701"))
    assert "09:00 to 17:00 Amira Hassan" in page
    assert "Nobody from 00:00 to 09:00, 17:00 to 24:00" in page
    assert "At once Whoever is on now." in page
    assert signed_in(amira).get("/rota/999").status_code == 404


def test_nobody_on_any_rota(amira):
    assert "Nobody is on any rota yet." in words(signed_in(amira).get("/rota"))


@pytest.mark.slow
def test_as_many_queries_for_many(client, amira):
    make.turn(amira, make.area())
    urls = [f"/settings{page}" for page in PAGES] + [f"/settings/people/{amira.ref}", "/rota"]
    few = [cost(client, url) for url in urls]
    for number in range(60):
        agency = make.agency(name=f"Agency {number}")
        team = Team.objects.create(agency=agency, name="Team", area=make.area())
        one = make.practitioner()
        one.memberships.create(team=team, starts_at=make.LONG_AGO)
        amira.memberships.create(team=team, starts_at=make.LONG_AGO)
        make.turn(one, make.area(), weekdays=range(1))
    assert [cost(client, url) for url in urls] == few
