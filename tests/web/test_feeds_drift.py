"""Is what changed in an export told on the feed's page, and counted on the page of all feeds?"""

import pytest
from django.utils import timezone

from holdfast.audit.terms import System
from holdfast.feeds.commands import receive
from holdfast.people.terms import Role
from tests import make
from tests.feeds.test_drift import NAMES, arrest, export
from tests.web.pages import cost, signed_in
from tests.web.test_feeds import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    return signed_in(make.practitioner(role=Role.ANALYST, in_area=make.area()))


def sent(days_ago, text):
    at = timezone.now() - timezone.timedelta(days=days_ago)
    path = f"police_custody/custody_{at:%Y-%m-%d}.csv"
    receive(by=System.FEEDS, at=at, path=path, content=text.encode())


def test_told_and_counted(client):
    sent(3, export(arrest(1)))
    assert "change in what is sent" not in words(client.get("/feeds"))
    page = words(client.get("/feeds/of/police_custody/custody"))
    assert "Nothing lately." in page and "As before, but not as documented: 1" in page
    sent(1, export(arrest(2, dob="04.03.11"), names=["<b>Officer", *NAMES]))
    assert "2 changes in what is sent" in words(client.get("/feeds"))
    answer = client.get("/feeds/of/police_custody/custody")
    page = words(answer)
    assert "Date of birth is written as dd.mm.yy, not as dd/mm/yyyy. It is read." in page
    assert "For example “04.03.11”. First seen in police_custody/custody_" in page
    assert "&lt;b&gt;Officer" in answer.content.decode()


def test_as_many_queries_for_many_files(client):
    sent(30, export(arrest(1)))
    urls = ["/feeds", "/feeds/of/police_custody/custody"]
    few = [cost(client, url) for url in urls]
    for day in range(20):
        sent(day, export(arrest(day + 2), names=NAMES if day % 2 else NAMES[::-1]))
    assert [cost(client, url) for url in urls] == few
