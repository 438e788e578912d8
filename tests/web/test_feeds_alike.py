"""Can whoever looks after the feeds mend all rows with one fault from the page of any of them?"""

import pytest
from django.utils import timezone

from holdfast.audit.terms import System
from holdfast.feeds.applying import apply_waiting
from holdfast.feeds.commands import receive
from holdfast.feeds.models import Message
from holdfast.people.terms import Role
from tests import make
from tests.feeds.hostile import calls, record
from tests.web.pages import cost, signed_in
from tests.web.test_feeds import words

pytestmark = pytest.mark.django_db

BAD = "31/11/2026 10:00"


@pytest.fixture
def client():
    return signed_in(make.practitioner(role=Role.ANALYST, in_area=make.area()))


def sent(number, start=BAD, path="parents/concerns_2026-11-20.csv"):
    rows = [record(call_ref=f"C{path}{one}", call_started_at=start) for one in range(number)]
    delivery, _ = receive(by=System.FEEDS, at=timezone.now(), path=path, content=calls(*rows))
    apply_waiting(by=System.FEEDS, at=timezone.now())
    return delivery


def test_from_the_row_to_all_with_its_fault(client):
    delivery = sent(3)
    row = f"/feeds/files/{delivery.ref}/rows/1"
    url = f"/feeds/files/{delivery.ref}/same-fault/call_started_at/1"
    assert f'href="{url}"' in client.get(row).content.decode()
    page = words(client.get(url))
    assert "3 rows with the same fault" in page and "Row 2" in page and "Row 3" in page
    assert client.post(url, {"call_started_at": ""}).status_code == 422
    answer = client.post(url, {"call_started_at": "30/10/2026 10:00"}, follow=True)
    assert "3 rows mended. Used: 3." in words(answer)
    assert set(Message.objects.values_list("status", flat=True)) == {"applied"}
    assert "Mend it again" in words(client.get(row))
    assert "Applied." in words(client.post(row, again(client, row, "29/10/2026 10:00"), follow=True))
    assert client.get(url).status_code == 404, "nothing is wrong any more"


def again(client, row, start):
    form = client.get(row).context["page"]["mend"].form
    return {name: field.initial or "" for name, field in form.fields.items()} | {"call_started_at": start}


def test_what_is_not_helped_is_said(client):
    delivery = sent(2)
    url = f"/feeds/files/{delivery.ref}/same-fault/call_started_at/2"
    answer = client.post(url, {"call_started_at": "32/11/2026"}, follow=True)
    assert "2 rows mended. Used: 0. Still to be mended: 2." in words(answer)


def test_one_row_with_a_fault_has_nothing_to_mend_together(client):
    delivery = sent(1)
    assert "mend them together" not in words(client.get(f"/feeds/files/{delivery.ref}/rows/1"))


def test_many_are_left_to_the_worker_and_cost_no_more_to_look_at(client):
    few = sent(2)
    url = f"/feeds/files/{few.ref}/same-fault/call_started_at/1"
    row = f"/feeds/files/{few.ref}/rows/1"
    before = cost(client, url), cost(client, row)
    sent(210, path="parents/concerns_2026-11-21.csv")
    assert (cost(client, url), cost(client, row)) == before
    assert "And 162 more." in words(client.get(url))
    said = words(client.post(url, {"call_started_at": "30/10/2026 10:00"}, follow=True))
    assert "212 rows mended. They are being applied now." in said


def test_only_for_those_who_look_after_feeds():
    delivery = sent(2)
    stranger = signed_in(make.practitioner(role=Role.MENTOR))
    url = f"/feeds/files/{delivery.ref}/same-fault/call_started_at/1"
    assert stranger.get(url).status_code == 404
    assert stranger.post(url, {"call_started_at": "30/10/2026 10:00"}).status_code == 404
    assert not Message.objects.exclude(status="quarantined").exists()


def test_letters_that_look_like_others_are_shown_and_the_row_is_used(client):
    row = record(call_ref="C1", child_name="Аma Osei", worry="turned \u202eround")
    delivery, _ = receive(by=System.FEEDS, at=timezone.now(), path="parents/c.csv", content=calls(row))
    apply_waiting(by=System.FEEDS, at=timezone.now())
    assert Message.objects.get().status == "applied"
    page = words(client.get(f"/feeds/files/{delivery.ref}/rows/1"))
    assert "mixes Cyrillic and Latin letters" in page and "Used as sent. Somebody should look" in page
    assert "Used as sent" in words(client.get("/feeds/to-mend"))
    assert "[U+202E]round" in page
