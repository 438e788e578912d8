"""Can whoever looks after the feeds see what came, and mend what could not be used?"""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from holdfast.audit.terms import System
from holdfast.feeds.applying import apply_waiting
from holdfast.feeds.commands import receive
from holdfast.feeds.models import Delivery, Message
from holdfast.people.terms import AgencyKind, Role
from tests import make
from tests.web.pages import cost, signed_in

pytestmark = pytest.mark.django_db

HEAD = (
    "call_ref,call_started_at,call_ended_at,caller_name,caller_relationship,caller_phone,child_name,"
    "child_age,child_dob,school,address_or_area,worry,started_when,urgent,consent_to_share,call_handler\n"
)
GOOD = "C1,20/11/2026 10:00,,Joy Marsh,Mother,,Theo Marsh,15,04/03/2011,,,He is out at night,,Y,Y,Gwen\n"
BAD_DATE = GOOD.replace("C1", "C2").replace("20/11/2026 10:00", "31/11/2026 10:00")
BAD_CODE = GOOD.replace("C1", "C3").replace(",Y,Y,", ",MAYBE,Y,")
PATH = "parents/concerns_2026-11-20.csv"


@pytest.fixture
def client():
    return signed_in(make.practitioner(role=Role.ANALYST, in_area=make.area()))


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def sent(text, path=PATH):
    delivery, _ = receive(by=System.FEEDS, at=timezone.now(), path=path, content=text.encode())
    apply_waiting(by=System.FEEDS, at=timezone.now())
    return delivery


def test_nothing_yet(client):
    assert "No agency has sent anything yet." in words(client.get("/feeds"))


def test_only_for_those_who_look_after_feeds():
    stranger = signed_in(make.practitioner(role=Role.MENTOR))
    delivery = sent(HEAD + BAD_DATE)
    for url in ("/feeds", "/feeds/to-mend", "/feeds/of/parents/concerns", f"/feeds/files/{delivery.ref}",
                f"/feeds/files/{delivery.ref}/rows/1"):  # fmt: skip
        assert stranger.get(url).status_code == 404, url
    upload = {"export": "parents/concerns", "file": SimpleUploadedFile("x.csv", HEAD.encode())}
    assert stranger.post("/feeds", upload).status_code == 404
    assert Delivery.objects.count() == 1


def test_counts_silence_and_what_to_mend(client):
    delivery = sent(HEAD + GOOD + BAD_DATE + BAD_CODE)
    Delivery.objects.filter(pk=delivery.pk).update(arrived_at=timezone.now() - timezone.timedelta(days=5))
    page = words(client.get("/feeds"))
    assert "Received 3 = applied 2 + duplicate 0 + superseded 0 + quarantined 1 ." in page
    assert "1 value was set aside" in page
    assert "Silent for" in page and "Last spoke" in page
    assert "31/11/2026" in page
    listed = words(client.get("/feeds/to-mend?feed=parents/concerns"))
    assert listed.index("31/11/2026") < listed.index("MAYBE")
    assert "Parents’ concerns, row 2" in words(client.get("/feeds/of/parents/concerns"))
    assert "SHA-256" in words(client.get(f"/feeds/files/{delivery.ref}"))


def test_a_row_is_mended_and_applied(client):
    delivery = sent(HEAD + BAD_DATE)
    url = f"/feeds/files/{delivery.ref}/rows/1"
    page = client.get(url)
    assert 'value="31/11/2026 10:00"' in page.content.decode()
    assert "Send it as dd/mm/yyyy hh:mm" in words(page)
    still = client.post(url, {"call_started_at": "32/11/2026 10:00"}, follow=True)
    assert "It still cannot be used" in words(still)
    mended = client.post(url, {"call_started_at": "30/10/2026 10:00"}, follow=True)
    assert "Applied. What it says is on the record." in words(mended)
    assert "31/11/2026" in words(mended), "as sent is kept"
    message = Message.objects.get()
    assert (message.status, message.problems.count()) == ("applied", 0)
    assert message.mended_by is not None


def test_a_value_set_aside_is_chosen_from_its_list(client):
    delivery = sent(HEAD + BAD_CODE)
    url = f"/feeds/files/{delivery.ref}/rows/1"
    assert "Applied without what is wrong." in words(client.get(url))
    assert '<option value="Y"' in client.get(url).content.decode()
    assert client.post(url, {"urgent": "PERHAPS"}).status_code == 422
    assert "Applied." in words(client.post(url, {"urgent": "Y"}, follow=True))
    assert not Message.objects.get().problems.exists()


def test_a_mandatory_value_cannot_be_left_out(client):
    delivery = sent(HEAD + BAD_DATE)
    response = client.post(f"/feeds/files/{delivery.ref}/rows/1", {"call_started_at": ""})
    assert response.status_code == 422
    assert Message.objects.get().status == "quarantined"


def test_a_whole_file_is_explained_and_cannot_be_mended(client):
    delivery = sent("<html>Your session has ended</html>")
    page = words(client.get(f"/feeds/files/{delivery.ref}/rows/*"))
    assert "a web page" in page and "Mend it" not in page


def upload(client, text, name="calls.csv", export="parents/concerns"):
    data = {"export": export, "file": SimpleUploadedFile(name, text.encode())}
    return client.post("/feeds", data, follow=True)


def test_a_small_file_sent_here_is_applied_at_once_and_only_once(client):
    page = words(upload(client, HEAD + GOOD))
    assert "Received 1 = applied 1" in page and "Sent here by" in page
    assert "This very file had come before." in words(upload(client, HEAD + GOOD))
    assert Delivery.objects.get().path == "parents/concerns_calls.csv"


def test_a_large_file_is_left_to_the_worker(client):
    rows = "".join(GOOD.replace("C1", f"C{number}") for number in range(201))
    page = words(upload(client, HEAD + rows, "concerns_2026-11-20.csv"))
    assert "201 rows are still being applied." in page
    assert "201 rows are being applied now." in words(client.get("/feeds"))


def test_a_file_is_recognised_by_what_it_holds(client):
    assert "Received 1 = applied 1" in words(upload(client, HEAD + GOOD, "export.csv", export=""))


@pytest.mark.parametrize(
    "name", ["../../etc/concerns_2026-11-20.csv", "C:\\\\x\\concerns.csv", "x" * 300 + ".csv"]
)
def test_hostile_names(client, name):
    assert upload(client, HEAD + GOOD, name).status_code == 200
    assert ".." not in Delivery.objects.get().path


def test_no_file_and_an_empty_one_are_said(client):
    assert client.post("/feeds", {}).status_code == 422
    assert "empty" in words(client.post("/feeds", {"file": SimpleUploadedFile("a.csv", b"")}))


def test_whose_feed_it_is_and_how_often(client):
    sent(HEAD + GOOD)
    agency = make.agency(AgencyKind.VOLUNTARY, "Parent line")
    data = {"label": "Calls from home", "agency": agency.pk, "days": 3, "is_active": "on"}
    page = words(client.post("/feeds/of/parents/concerns", data, follow=True))
    assert "Calls from home" in page and "Parent line" in page and "every 3 days" in page
    assert "There is a problem" in words(client.post("/feeds/of/parents/concerns", data | {"days": 0}))


def test_as_many_queries_for_many_rows_and_files(client):
    sent(HEAD + BAD_DATE)
    delivery = Delivery.objects.get()
    urls = ["/feeds", "/feeds/to-mend", "/feeds/of/parents/concerns", f"/feeds/files/{delivery.ref}"]
    few = [cost(client, url) for url in urls]
    for number in range(5):
        rows = "".join(BAD_DATE.replace("C2", f"D{number}{row}") for row in range(30))
        sent(HEAD + rows, f"parents/concerns_2026-10-{10 + number}.csv")
    assert [cost(client, url) for url in urls] == few
