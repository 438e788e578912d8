"""Does a moment's page say who goes, who knows and what is left, and do its buttons do what they say?"""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from holdfast.audit.models import Entry
from holdfast.moments.commands import tell
from holdfast.moments.models import Moment
from holdfast.people.terms import Role
from tests import make
from tests.web.pages import cost, signed_in

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def area():
    return make.area()


@pytest.fixture
def by(area):
    manager = make.practitioner(name="Amira Hassan", in_area=area)
    make.turn(manager, area)
    return manager


@pytest.fixture
def worker(area):
    return make.practitioner(name="Sol Ferreira", role=Role.YOUTH_WORKER, in_area=area)


def raised(by, child, ago=timedelta(0), kind="arrest", **more):
    return tell(by=by, at=timezone.now() - ago, kind=kind, child=child, **more)


@pytest.fixture
def moment(by, worker, area):
    child = make.child(area, name="Rafe Okoro")
    make.granted(worker, child)
    return raised(worker, child, where="Marsh Lane police station", with_whom="police")


def words(response):
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", text)


def test_an_unanswered_moment_offers_one_thing_above_all(by, moment):
    page = signed_in(by).get(f"/moments/{moment.ref}")
    said = words(page)
    assert "In custody" in said and "Marsh Lane police station" in said
    assert "Nobody has answered yet." in said
    assert "You see this because the police arrested someone under 18." in said
    assert page.content.decode().count("is-strong") == 1


def test_taking_it_does_not_stop_the_clock(by, moment):
    client = signed_in(by)
    page = client.post(f"/moments/{moment.ref}/answer", follow=True)
    assert "You took this at" in words(page)
    assert "to be with the child" in words(page)


def test_whoever_is_second_learns_who_was_first(by, worker, moment):
    signed_in(worker).post(f"/moments/{moment.ref}/answer")
    page = signed_in(by).post(f"/moments/{moment.ref}/answer", follow=True)
    assert "Sol Ferreira took this at" in words(page)


def test_a_contact_stops_the_clock_and_an_attempt_does_not(by, moment):
    client = signed_in(by)
    now = timezone.localtime()
    when = {"met_at_day": now.date().isoformat(), "met_at_time": f"{now:%H:%M}"}
    page = client.post(f"/moments/{moment.ref}/attempt", {"note": "Rang twice", **when}, follow=True)
    assert "Rang twice" in words(page) and "to be with the child" in words(page)
    seen = {"meeting": "seen_alone", "childs_words": "I want out", "accepted": "nothing_offered", **when}
    page = client.post(f"/moments/{moment.ref}/contact", seen, follow=True)
    assert "“I want out”" in words(page).replace("&ldquo;", "“")
    assert "Someone has been with the child" in words(page)


def test_what_was_typed_stays_when_it_cannot_be_taken(by, moment):
    sent = {"childs_words": "Only this", "accepted": "yes"}
    page = signed_in(by).post(f"/moments/{moment.ref}/contact", sent)
    assert page.status_code == 422
    assert "Only this" in words(page)
    assert "There is a problem" in words(page)


def test_giving_it_to_someone_tells_them(by, worker, moment):
    page = signed_in(by).post(f"/moments/{moment.ref}/assign", {"to": worker.ref}, follow=True)
    assert "Sol Ferreira is asked to go" in words(page)
    assert "somebody needs you" in words(signed_in(worker).get("/account"))


def test_it_ends_only_with_what_is_true_now(by, moment):
    client = signed_in(by)
    assert client.post(f"/moments/{moment.ref}/end", {"why": " "}).status_code == 422
    page = client.post(f"/moments/{moment.ref}/end", {"why": "Home with his aunt."}, follow=True)
    assert "Ended by you" in words(page) and "Home with his aunt." in words(page)
    assert "No one is waiting." in words(client.get("/"))


def test_a_stranger_finds_nothing_and_it_is_written_down(moment):
    stranger = make.practitioner(name="Someone Else", role=Role.HOUSING_OFFICER)
    assert signed_in(stranger).get(f"/moments/{moment.ref}").status_code == 404
    assert Entry.objects.filter(act="web.denied", practitioner=stranger).count() == 1


def test_opening_it_is_written_down_and_counts_as_seen(by, moment):
    signed_in(by).get(f"/moments/{moment.ref}")
    entry = Entry.objects.get(act="web.read_moment", practitioner=by)
    assert entry.person_ref == moment.person.ref


def test_no_name_stands_in_an_address_or_a_title(by, moment):
    page = signed_in(by).get(f"/moments/{moment.ref}").content.decode()
    assert "Rafe" not in re.search(r"<title>(.*?)</title>", page, re.S)[1]
    assert not [address for address in re.findall(r'(?:href|action)="([^"]*)"', page) if "afe" in address]


def test_the_board_costs_the_same_for_one_and_for_twenty(by, worker, area):
    client = signed_in(by)
    raised(by, make.child(area, name="Child 0"), kind="injury")
    one = cost(client, "/")
    for number in range(1, 20):
        raised(by, make.child(area, name=f"Child {number}"), kind="injury")
    assert cost(client, "/") == one
    assert Moment.objects.count() == 20


def test_the_board_puts_the_soonest_promise_first(by, area):
    for minutes, name in ((1, "Later"), (9, "Soonest"), (5, "Between")):
        raised(by, make.child(area, name=name), ago=minutes * MINUTE, kind="injury")
    page = words(signed_in(by).get("/"))
    assert page.index("Soonest") < page.index("Between") < page.index("Later")
    assert "3 live moments. 3 have no answer." in page


def test_the_board_answers_only_when_there_is_news(by, moment, area):
    client = signed_in(by)
    page = client.get("/").content.decode()
    address = re.search(r'hx-get="([^"]+)"', page)[1].replace("&amp;", "&")
    assert client.get(address, headers={"HX-Request": "true"}).status_code == 204
    reads = Entry.objects.filter(act="web.read_board").count()
    raised(by, make.child(area, name="Noor Ali"), kind="injury")
    fresh = client.get(address, headers={"HX-Request": "true"})
    assert "Noor" in words(fresh) and "<html" not in fresh.content.decode()
    assert Entry.objects.filter(act="web.read_board").count() == reads + 1


def test_the_empty_board_says_who_looked(by):
    assert "No one is waiting. Looked at" in words(signed_in(by).get("/"))
