"""Can somebody on a phone say that something has happened, once, without losing a word?"""

import re

import pytest
from django.utils import timezone

from holdfast.moments.models import Moment
from holdfast.people.models import Child
from holdfast.people.terms import Role
from tests import make
from tests.web.pages import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def area():
    return make.area()


@pytest.fixture
def manager(area):
    manager = make.practitioner(name="Amira Hassan", in_area=area)
    make.turn(manager, area)
    return manager


@pytest.fixture
def by(area, manager):
    return make.practitioner(name="Kofi Mensah", role=Role.YOUTH_WORKER, in_area=area)


@pytest.fixture
def child(by, area):
    child = make.child(area, name="Noor Ali")
    make.granted(by, child)
    return child


def words(response):
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", text)


def begin(client):
    """The address of the first question, without its last word."""
    return client.get("/happened")["Location"].rsplit("/", 1)[0]


def now_fields():
    now = timezone.localtime()
    return {"happened_at_day": now.date().isoformat(), "happened_at_time": f"{now:%H:%M}"}


def answer_all(client, form, child):
    client.post(f"{form}/child", {"child": child.ref})
    client.post(f"{form}/what", {"kind": "threatened"})
    said = {
        "where": "Outside Park Street library",
        "is_there_now": "on",
        "company": ["me"],
    }
    return client.post(f"{form}/where", {**said, **now_fields()}, follow=True)


def test_from_child_to_receipt(by, child, manager):
    client = signed_in(by)
    form = begin(client)
    first = words(client.get(f"{form}/child"))
    assert "Noor, 15" in first and "Nobody is told until you press Send." in first
    check = words(answer_all(client, form, child))
    assert "Amira Hassan" in check and "Police are not told by this." in check
    receipt = words(client.post(f"{form}/check", follow=True))
    assert "Not seen yet" in receipt
    assert "Not told: police" in receipt
    assert "Outside Park Street library, there now." in receipt
    moment = Moment.objects.get()
    assert (moment.kind_id, moment.told_by, moment.person) == ("threatened", by, child)


def test_pressing_send_twice_is_one_moment(by, child):
    client = signed_in(by)
    form = begin(client)
    answer_all(client, form, child)
    first = client.post(f"{form}/check")
    assert client.post(f"{form}/check")["Location"] == first["Location"]
    assert Moment.objects.count() == 1


def test_the_receipt_says_who_has_seen_it_and_who_took_it(by, child, manager):
    client = signed_in(by)
    form = begin(client)
    answer_all(client, form, child)
    receipt = client.post(f"{form}/check")["Location"]
    moment = Moment.objects.get()
    address = re.search(r'hx-get="([^"]+)"', client.get(receipt).content.decode())[1].replace("&amp;", "&")
    assert client.get(address, headers={"HX-Request": "true"}).status_code == 204
    signed_in(manager).post(f"/moments/{moment.ref}/answer")
    assert "Amira Hassan has taken this" in words(client.get(address, headers={"HX-Request": "true"}))


def test_a_child_whom_no_search_finds(by):
    client = signed_in(by)
    form = begin(client)
    assert client.post(f"{form}/child", {"name": "", "age": "14"}).status_code == 422
    client.post(f"{form}/child", {"name": "K.", "age": "14"})
    client.post(f"{form}/what", {"kind": "injury"})
    client.post(f"{form}/where", now_fields())
    assert "K., about 14" in words(client.get(f"{form}/check"))
    client.post(f"{form}/check")
    assert Child.objects.get().provisional_until is not None


def test_looking_for_a_child_leaves_no_name_in_the_address(by, child):
    client = signed_in(by)
    form = begin(client)
    found = client.post(f"{form}/child/look", {"q": "Noor Ali"})
    assert found["Location"] == f"{form}/child"
    assert "Children found for “Noor Ali”" in words(client.get(f"{form}/child"))


def test_what_was_typed_stays_after_a_mistake_and_on_the_way_back(by, child):
    client = signed_in(by)
    form = begin(client)
    client.post(f"{form}/child", {"child": child.ref})
    client.post(f"{form}/what", {"kind": "injury"})
    tomorrow = {**now_fields(), "happened_at_time": "25:99"}
    wrong = client.post(f"{form}/where", {"where": "The quay", **tomorrow})
    assert wrong.status_code == 422 and 'value="The quay"' in wrong.content.decode()
    client.post(f"{form}/where", {"where": "The quay", **now_fields()})
    assert 'value="The quay"' in client.get(f"{form}/where").content.decode()


def test_a_question_cannot_be_skipped(by):
    client = signed_in(by)
    form = begin(client)
    assert client.get(f"{form}/check")["Location"] == f"{form}/child"
    assert client.post(f"{form}/check")["Location"] == f"{form}/child"


def test_a_child_who_is_not_open_to_me_cannot_be_told_of(by, area):
    hidden = make.child(area, name="Hidden Child")
    client = signed_in(by)
    form = begin(client)
    assert client.post(f"{form}/child", {"child": hidden.ref}).status_code == 404
    assert client.get(f"{form}/what")["Location"] == f"{form}/child"


def test_who_may_not_tell_finds_no_such_page(area):
    administrator = make.practitioner(role=Role.ADMINISTRATOR, in_area=area)
    assert signed_in(administrator).get("/happened").status_code == 404
