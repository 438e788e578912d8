"""Does every page that relies on a silent feed say so, to everybody, with the same number of queries?"""

import pytest
from django.utils import timezone

from holdfast.audit.terms import System
from holdfast.feeds.commands import receive
from holdfast.feeds.models import Delivery, Feed
from holdfast.people.terms import Role
from tests import make
from tests.feeds.hostile import calls, record
from tests.web.pages import cost, signed_in
from tests.web.test_feeds import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    by = make.practitioner(role=Role.DUTY_MANAGER, in_area=make.area())
    child = make.child(in_area=make.area())
    return signed_in(by), [
        f"/children/{child.ref}",
        f"/children/{child.ref}/timeline",
        "/children",
        "/search",
    ]


def heard(days_ago, name="parents/concerns_2026-11-20.csv"):
    delivery, _ = receive(by=System.FEEDS, at=timezone.now(), path=name, content=calls(record()))
    at = timezone.now() - timezone.timedelta(days=days_ago)
    Delivery.objects.filter(pk=delivery.pk).update(arrived_at=at)


def test_nothing_is_said_while_all_speak(scene):
    client, pages = scene
    heard(0)
    assert not any("silent" in words(client.get(page)) for page in pages)


def test_every_page_says_it(scene):
    client, pages = scene
    heard(4)
    for page in pages:
        said = words(client.get(page))
        assert "A feed is silent. Parents’ concerns : last heard 4 days ago" in said.replace(
            "concerns:", "concerns :"
        )
    Feed.objects.update(is_active=False)
    assert not any("silent" in words(client.get(page)) for page in pages)


def test_only_those_who_look_after_feeds_get_a_link(scene):
    heard(4)
    link = 'href="/feeds/of/parents/concerns"'
    analyst = signed_in(make.practitioner(role=Role.ANALYST, in_area=make.area()))
    assert link in analyst.get("/children").content.decode()
    mentor = signed_in(make.practitioner(role=Role.MENTOR))
    page = mentor.get("/children").content.decode()
    assert link not in page and "A feed is silent." in page


def test_as_many_queries_for_many_feeds(scene):
    client, pages = scene
    heard(4)
    few = [cost(client, page) for page in pages]
    for number in range(6):
        feed = Feed.objects.create(
            name=f"x/{number}", label=f"Feed {number}", expected_every=timezone.timedelta(1)
        )
        Delivery.objects.create(
            feed=feed, path=f"x{number}", sha256=str(number), drop_on="2026-01-01",
            arrived_at=timezone.now() - timezone.timedelta(days=9),
        )  # fmt: skip
    assert [cost(client, page) for page in pages] == few
    assert "7 feeds are silent." in words(client.get("/children")) and "and others" in words(
        client.get("/search")
    )
