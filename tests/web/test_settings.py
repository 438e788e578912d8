"""Can a partnership be set up on the pages alone, by those who may, with every change written down?"""

import re
from html import unescape

import pytest
from django.contrib.auth.models import User
from django.test import Client

from holdfast.audit.models import Entry
from holdfast.people.models import Area, Membership, Practitioner, Team
from holdfast.people.terms import Role
from tests import make
from tests.web.pages import cost, signed_in
from tests.web.setting import sent, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return make.practitioner(name="Ottoline Frayne", role=Role.ADMINISTRATOR)


@pytest.fixture
def client(administrator):
    return signed_in(administrator)


PAGES = ("", "/areas", "/agencies", "/teams", "/people", "/rota", "/moments")


@pytest.mark.parametrize("role", [Role.DUTY_MANAGER, Role.ANALYST, Role.MENTOR])
def test_only_for_those_who_set_up(role):
    area = make.area()
    amira, team = make.practitioner(in_area=area), make.team(area)
    one = ["/areas/701", f"/agencies/{amira.agency.ref}", f"/teams/{team.ref}", f"/people/{amira.ref}"]
    taken = [f"{page}/remove" for page in one[:3]] + [f"{one[3]}/{act}" for act in ("leave", "link", "join")]
    client = signed_in(make.practitioner(role=role))
    for page in (*PAGES, *one, *taken, "/moments/arrest", "/moments/arrest/remove"):
        assert client.get(f"/settings{page}").status_code == 404, page
        assert client.post(f"/settings{page}", {"name": "X"}).status_code == 404, page
    amira.refresh_from_db()
    assert amira.left_at is None and Team.objects.filter(pk=team.pk).exists()
    assert Entry.objects.filter(act="web.denied").count() > 0
    assert not Entry.objects.filter(act__startswith="set_up.").exists()


def test_nobody_who_has_not_signed_in():
    assert Client().get("/settings/people").status_code == 302


WRONG = {
    "areas": ({"code": "99", "name": "X"}, "Three figures, such as 991"),
    "areas ": ({"code": "701", "name": "X"}, "There is an area with this code already"),
    "areas  ": ({"code": "702", "name": "carrow"}, "There is an area of this name already"),
    "areas   ": ({"code": "702", "name": "X", "gss_code": "6"}, "One capital letter and eight figures"),
    "agencies ": ({"name": "X", "duty_phone": "ring us"}, "figures and spaces only"),
    "teams ": ({"name": "X", "agency": "0"}, "Select a valid choice"),
    "people ": ({"name": "X", "role": "wizard"}, "Select a valid choice"),
    "people  ": ({"email": "amira"}, "Enter a valid email address"),
    "agencies": (
        {"name": "quayside children's SERVICES", "kind": "police"},
        "There is an agency of this name already",
    ),
    "teams": ({"name": ""}, "Name is missing"),
    "people": ({"username": "a b"}, "3 to 60 letters"),
}


@pytest.mark.parametrize("page", WRONG)
def test_what_is_wrong_is_said_beside_it_and_what_was_typed_stays(client, page):
    make.area(name="Carrow")
    data, said = WRONG[page]
    response = client.post(f"/settings/{page.strip()}", data)
    assert response.status_code == 422
    assert words(response).count(said) == 2  # above the form, and beside the answer
    assert "Error: " in words(response)[:10]
    typed = unescape(response.content.decode())
    assert all(f'value="{value}"' in typed for value in data.values() if " " in value)


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
    page = stranger.post(link, {"password": "three odd words", "again": "three odd words"}, follow=True)
    assert "Your password is kept. Sign in as amira." in words(page)
    response = stranger.get(link)
    assert response.status_code == 404 and "Ask whoever gave it to you for another" in words(response)
    assert stranger.post(link, {"password": "four odd words", "again": "four odd words"}).status_code == 404
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


def test_when_somebody_was_last_here_stands_apart_from_what_was_changed(client, amira):
    signed_in(amira)
    amira.user.set_password("three odd words")
    amira.user.save()
    Client().post("/sign-in", {"username": amira.user.username, "password": "three odd words"})
    page = words(client.get(f"/settings/people/{amira.ref}"))
    assert f"Signs in as {amira.user.username}. Signed in last " in page
    assert "signed in." not in page


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


def test_somebody_new_works_for_the_agency_of_their_team(client, amira):
    team = make.team(make.area())
    page = sent(client, "people", name="Bea Lowe", role="youth_worker", team=team.pk, username="bea")
    bea = Practitioner.objects.get(name="Bea Lowe")
    assert (bea.agency, bea.memberships.get().team) == (team.agency, team)
    assert "Will sign in as bea, and has no password yet. Make a link for them." in page
    assert not bea.user.has_usable_password()
    page = sent(client, f"people/{amira.ref}/join", **{"team-team": team.pk})
    assert f"{amira.name} is in this team already" in page


def test_what_belongs_together_is_shown_together(client, amira):
    team = make.team(make.area())
    assert "Amira Hassan" in words(client.get(f"/settings/teams/{team.ref}"))
    assert team.name in words(client.get(f"/settings/agencies/{team.agency.ref}"))
    empty = make.agency(name="Nobody yet")
    assert "It has no team yet." in words(client.get(f"/settings/agencies/{empty.ref}"))


def test_what_was_added_by_mistake_is_removed_once_asked(client):
    agency = make.agency(name="Mistaken")
    team = Team.objects.create(agency=agency, name="Mistaken too")
    area = make.area("799")
    for page in (f"teams/{team.ref}", f"agencies/{agency.ref}", f"areas/{area.code}"):
        assert "Remove " in words(client.get(f"/settings/{page}"))
        assert "Only what nobody has used" in words(client.get(f"/settings/{page}/remove"))
        assert "is removed." in sent(client, f"{page}/remove")
        assert client.get(f"/settings/{page}").status_code == 404
    acts = Entry.objects.filter(act__startswith="set_up.remove").values_list("act", "about")
    assert set(acts) == {
        ("set_up.remove_team", team.ref),
        ("set_up.remove_agency", agency.ref),
        ("set_up.remove_area", "799"),
    }


def test_what_is_in_use_stays(client, amira):
    membership = Membership.objects.get(practitioner=amira)
    team = membership.team
    for page in (f"teams/{team.ref}", f"agencies/{team.agency.ref}", f"areas/{team.area.code}"):
        assert "is in use" in sent(client, f"{page}/remove")
    membership.refresh_from_db()
    assert not Entry.objects.filter(act__startswith="set_up.remove").exists()


def test_nothing_is_wrong_with_what_is_not_there(client, amira):
    for page in ("areas/000", "agencies/none", "teams/none", "people/none", f"people/{amira.ref}/fly"):
        assert client.get(f"/settings/{page}").status_code == 404
        assert client.post(f"/settings/{page}", {}).status_code == 404
    assert client.get(f"/settings/people/{amira.ref}/leave").status_code == 404
    for number in ("x", "²", "", "-1", "9" * 40, "\x00"):
        gone = client.post(f"/settings/people/{amira.ref}/take_out", {"membership": number})
        assert gone.status_code == 404
    for link in ("99999999999999999999999/x", "1/x", "0/-"):
        assert Client().get(f"/set-password/{link}").status_code == 404


def test_lists_are_in_the_order_of_names(client):
    for name in ("Yew House", "Alder House", "Moss House"):
        agency = make.agency(name=name)
        Team.objects.create(agency=agency, name=f"Team of {name}")
    for page in ("agencies", "teams"):
        shown = words(client.get(f"/settings/{page}"))
        assert shown.index("Alder House") < shown.index("Moss House") < shown.index("Yew House")


def test_a_job_that_is_the_role_is_said_once(client):
    for job, said in (("Duty Manager", "Duty manager, "), ("Night lead", "Night lead (duty manager), ")):
        one = make.practitioner()
        one.job_title = job
        one.save()
        assert said in words(client.get(f"/settings/people/{one.ref}"))


def test_people_by_the_hundred_have_a_second_page(client):
    Practitioner.objects.bulk_create(
        Practitioner(name=f"P {number:03}", role=Role.MENTOR, agency=make.agency(), ref=f"p{number:03}")
        for number in range(120)
    )
    assert "More people" in words(client.get("/settings/people"))
    assert "P 119" in words(client.get("/settings/people?page=2"))
    assert "More people" not in words(client.get("/settings/people?page=2"))


@pytest.mark.slow
def test_as_many_queries_for_two_hundred(client, amira):
    make.turn(amira, make.area())
    team = make.team(make.area())
    one = [f"/people/{amira.ref}", f"/teams/{team.ref}", f"/agencies/{team.agency.ref}", "/rota/701"]
    urls = [f"/settings{page}" for page in (*PAGES, *one)] + ["/rota", "/rota/701"]
    few = [cost(client, url) for url in urls]
    for number in range(200):
        agency = make.agency(name=f"Agency {number}")
        other = Team.objects.create(agency=agency, name="Team", area=make.area(f"{number + 100}"))
        person = make.practitioner()
        for joined in (other, team):
            person.memberships.create(team=joined, starts_at=make.LONG_AGO)
        amira.memberships.create(team=other, starts_at=make.LONG_AGO)
        make.turn(person, make.area(), weekdays=range(1))
    assert [cost(client, url) for url in urls] == few
