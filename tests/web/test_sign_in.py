"""Who comes in, as whom, and what do they read who may not?"""

import re

import pytest
from django.contrib.auth.models import User

from holdfast.audit.models import Entry
from holdfast.demonstration import mark
from tests import make
from tests.web.pages import signed_in

pytestmark = pytest.mark.django_db
PASSWORD = "three words apart"


@pytest.fixture
def by():
    return make.practitioner(name="Amira Hassan", in_area=make.area())


@pytest.fixture
def user(by):
    by.user = User.objects.create_user("amira", password=PASSWORD)
    by.save()
    return by.user


HERE = {"HTTP_HOST": "localhost"}


@pytest.fixture
def demonstration(settings):
    settings.DEMONSTRATION = True
    mark.write()
    yield
    mark.write("")


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_nobody_reads_a_page_before_signing_in(client):
    response = client.get("/account")
    assert response.status_code == 302 and response["Location"] == "/sign-in?next=%2Faccount"
    part = client.get("/now/live", headers={"HX-Request": "true"})
    assert (part.status_code, part["HX-Redirect"]) == (204, "/sign-in")


def test_a_password_lets_in_and_the_page_asked_for_comes(client, by, user):
    page = client.post("/sign-in?next=/account", {"username": "amira", "password": PASSWORD}, follow=True)
    assert page.redirect_chain[-1][0] == "/account"
    assert "Amira Hassan" in words(page)
    assert Entry.objects.filter(act="web.sign_in", practitioner=by).count() == 1


def test_nobody_is_sent_to_another_site(client, user):
    sent = {"username": "amira", "password": PASSWORD}
    assert client.post("/sign-in?next=https://elsewhere.example", sent)["Location"] == "/"


def test_too_many_wrong_passwords_are_answered_in_plain_words(client, user, settings):
    for _ in range(settings.AXES_FAILURE_LIMIT):
        page = client.post("/sign-in", {"username": "amira", "password": "wrong"})
    assert page.status_code == 429
    assert "Too many wrong passwords. Wait 15 minutes" in words(page)
    assert client.post("/sign-in", {"username": "amira", "password": PASSWORD}).status_code == 429


def test_who_has_left_is_no_longer_let_in(client, by, user):
    by.left_at = make.LONG_AGO
    by.save()
    page = client.post("/sign-in", {"username": "amira", "password": PASSWORD})
    assert "no longer, one of the people who work here" in words(page)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/")["Location"] == "/sign-in"


def test_a_demonstration_person_can_be_chosen(client, by, demonstration):
    assert "Amira Hassan" in words(client.get("/sign-in", **HERE))
    page = client.post("/sign-in/as", {"person": by.ref}, follow=True, **HERE)
    assert "Amira Hassan" in words(page) and "Sign out" in words(page)


def test_nobody_can_be_chosen_outside_a_demonstration(client, by, settings):
    assert client.post("/sign-in/as", {"person": by.ref}, **HERE).status_code == 404
    settings.DEMONSTRATION = True  # but the database was not made by --demo
    assert client.post("/sign-in/as", {"person": by.ref}, **HERE).status_code == 404
    assert "Amira Hassan" not in words(client.get("/sign-in", **HERE))


@pytest.mark.parametrize(
    "asked",
    [
        {"REMOTE_ADDR": "10.0.0.9"},
        {"HTTP_X_FORWARDED_FOR": "10.0.0.9"},
        {"HTTP_FORWARDED": "for=10.0.0.9"},
        {"HTTP_HOST": "testserver"},
    ],
)
def test_nobody_can_be_chosen_from_another_machine(client, by, demonstration, asked):
    assert client.post("/sign-in/as", {"person": by.ref}, **{**HERE, **asked}).status_code == 404


def test_signing_out(by):
    client = signed_in(by)
    assert client.post("/sign-out")["Location"] == "/sign-in"
    assert client.get("/")["Location"] == "/sign-in"


def test_the_account_says_who_when_and_what(by):
    make.turn(by, make.area())
    said = words(signed_in(by).get("/account"))
    assert "On now Amira Hassan (you)" in said
    assert "Children for whom one of your areas is responsible" in said


def test_a_letter_to_myself(by, settings, mailoutbox):
    page = signed_in(by).post("/account/test-letter", follow=True)
    assert "The mail server took a letter" in words(page)
    assert [letter.to for letter in mailoutbox] == [[by.email]]


def test_changing_the_password(by, user):
    client = signed_in(by)
    wrong = client.post("/account", {"old_password": "no", "new_password1": "a", "new_password2": "b"})
    assert wrong.status_code == 422
    new = "four words far apart"
    client.post("/account", {"old_password": PASSWORD, "new_password1": new, "new_password2": new})
    user.refresh_from_db()
    assert user.check_password(new)
    assert client.get("/account").status_code == 200
