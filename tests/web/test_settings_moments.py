"""Can a partnership add a kind of moment and change what is promised, without a developer?  R-74."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.audit.models import Entry
from holdfast.moments.models import Kind
from holdfast.people.terms import Role
from holdfast.web.forms.settings_duty import read_length, write_length
from tests import make
from tests.web.pages import signed_in
from tests.web.setting import sent, words

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NEW = {
    "label": "Moved overnight",
    "sentence": "You see this because a child was moved without notice.",
    "answer_within": "10 min",
    "contact_within": "1 day",
    "order": 7,
}


@pytest.fixture
def client(db):
    return signed_in(make.practitioner(name="Ottoline Frayne", role=Role.ADMINISTRATOR))


@pytest.mark.parametrize(
    "text, length",
    [
        ("15 min", 15 * MINUTE),
        ("15m", 15 * MINUTE),
        ("2 h", 2 * HOUR),
        ("2 hours 30 minutes", 150 * MINUTE),
        ("1 Day", DAY),
        ("1 d 2 h", 26 * HOUR),
        (" 90 min ", 90 * MINUTE),
        ("0 min", timedelta(0)),
        ("15", None),
        ("", None),
        ("soon", None),
        ("-2 h", None),
        ("min 2", None),
        ("99999999 min", None),
    ],
)
def test_a_length_as_people_write_it(text, length):
    assert read_length(text) == length


@given(st.integers(1, 40_000))
def test_a_length_can_be_typed_as_it_is_shown(minutes):
    assert read_length(write_length(minutes * MINUTE)) == minutes * MINUTE


def test_a_kind_is_added_and_offered(client):
    page = sent(client, "moments", **NEW)
    assert "Answered within 10 min, somebody with the child within 24 h" in page
    kind = Kind.objects.get(label="Moved overnight")
    assert (kind.told_as, kind.is_told_by_people) == ("Moved overnight", True)
    assert "Ottoline Frayne added it." in words(client.get(f"/settings/moments/{kind.code}"))


WRONG = [
    ({"label": ""}, "What the board says is missing"),
    ({"label": "in CUSTODY"}, "There is a kind of this name already"),
    ({"sentence": " "}, "Answer this: Why am I seeing this?"),
    ({"answer_within": "2 days"}, "Someone must have answered before"),
    ({"answer_within": "15"}, "Write how long as 15 min, 2 h 30 min or 3 days"),
    ({"contact_within": "0 min"}, "Between 1 minute and 28 days"),
    ({"contact_within": "900 days"}, "Between 1 minute and 28 days"),
    ({"order": "first"}, "Enter a whole number"),
]


@pytest.mark.parametrize("wrong, said", WRONG)
def test_what_is_wrong_is_said_beside_it(client, wrong, said):
    many = Kind.objects.count()
    response = client.post("/settings/moments", {**NEW, **wrong})
    assert response.status_code == 422 and words(response).count(said) == 2
    assert Kind.objects.count() == many


def test_a_promise_is_changed_and_a_button_taken_away(client):
    page = words(client.get("/settings/moments/arrest"))
    assert "In custody" in page and "Begin: You see this because" in page
    said = {"label": "In custody", "sentence": "You see this because of an arrest.", "order": 2}
    sent(client, "moments/arrest", **said, answer_within="10 min", contact_within="1 h 30 min")
    kind = Kind.objects.get(code="arrest")
    assert (kind.answer_within, kind.contact_within) == (10 * MINUTE, 90 * MINUTE)
    assert (kind.is_told_by_people, kind.is_active, kind.told_as) == (False, True, "In custody")
    assert "changed answer within, contact within" in words(client.get("/settings/moments/arrest"))
    page = words(client.get("/settings/moments"))
    assert "In custody From agencies only" in page


def test_opening_and_keeping_changes_nothing(client):
    for kind in Kind.objects.all():
        form = client.get(f"/settings/moments/{kind.code}").context["part"].form
        data = {name: form[name].value() for name in form.fields if form[name].value() is not False}
        assert client.post(f"/settings/moments/{kind.code}", data).status_code == 302, kind
    assert not Entry.objects.filter(act="moments.change_kind").exclude(note="told_as").exists()


def test_a_kind_added_by_mistake_is_removed_and_those_that_ship_stay(client):
    sent(client, "moments", **NEW)
    code = Kind.objects.get(label="Moved overnight").code
    assert "Remove Moved overnight?" in words(client.get(f"/settings/moments/{code}/remove"))
    assert "Moved overnight is removed." in sent(client, f"moments/{code}/remove")
    assert Entry.objects.filter(act="moments.remove_kind", about=code).exists()
    assert "This kind ships with Holdfast" in sent(client, "moments/arrest/remove")
    assert client.get(f"/settings/moments/{code}").status_code == 404


def test_a_kind_of_which_there_is_a_moment_stays(client):
    sent(client, "moments", **NEW)
    kind, child = Kind.objects.get(label="Moved overnight"), make.child()
    times = dict.fromkeys(("happened_at", "agency_knew_at", "known_at", "raised_at"), make.NOW)
    kind.moments.create(person=child, area=make.area(), happening="x", is_history=True, **times)
    assert "There are moments of this kind." in sent(client, f"moments/{kind.code}/remove")


@pytest.mark.parametrize("role", [Role.DUTY_MANAGER, Role.ANALYST])
def test_for_nobody_else(db, role):
    other = signed_in(make.practitioner(role=role))
    for page in ("moments", "moments/arrest", "moments/arrest/remove"):
        assert other.get(f"/settings/{page}").status_code == 404
        assert other.post(f"/settings/{page}", NEW).status_code == 404
