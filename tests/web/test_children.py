"""Are children listed by clocks and names alone, and only to those who may see them?"""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from holdfast.audit.models import Entry
from holdfast.moments.models import Contact
from holdfast.moments.terms import Meeting
from holdfast.people.terms import Role
from tests import make
from tests.web.pages import cost, signed_in

pytestmark = pytest.mark.django_db


def names(response):
    return re.findall(r'hf-rows__name"><a[^>]*>([^<]+)</a>', response.content.decode())


@pytest.fixture
def by():
    return make.practitioner(in_area=make.area())


def promise(by, child, after):
    now = timezone.now()
    Contact.objects.create(
        person=child, by=by, at=now, recorded_at=now, meeting=Meeting.SPOKE, next_at=now + after
    )


def test_by_clock_then_name(by):
    for name in ("Zed Able", "Bea Marsh", "Ann Marsh"):
        make.child(make.area(), name=name)
    promise(by, make.child(make.area(), name="Yan Late"), timedelta(days=2))
    promise(by, make.child(make.area(), name="Xia Soon"), timedelta(hours=1))
    response = signed_in(by).get("/children")
    assert names(response) == ["Xia Soon", "Yan Late", "Ann Marsh", "Bea Marsh", "Zed Able"]
    assert "5 children open to you" in response.content.decode()
    assert Entry.objects.get(act="child.list").note.startswith("5 shown: ")


def test_every_child_is_on_one_page(by):
    expected = []
    for number in range(120):
        child = make.child(make.area(), name=f"Child{number:03} Marsh")
        expected.append(f"Child{number:03} Marsh")
        if number % 2:
            promise(by, child, timedelta(minutes=number))
    client, found = signed_in(by), []
    for page in (1, 2, 3):
        found += names(client.get(f"/children?page={page}"))
    assert sorted(found) == expected
    assert names(client.get("/children?page=4")) == []


def test_nobody_else_s(by):
    make.child(make.area("702"), name="Theo Marsh")
    assert names(signed_in(by).get("/children")) == []
    mentor = make.practitioner(role=Role.MENTOR)
    assert "No child’s page is open to you yet." in signed_in(mentor).get("/children").content.decode()


def test_one_area(by):
    both = make.practitioner(in_area=make.area())
    from holdfast.people.models import Membership

    Membership.objects.create(practitioner=both, team=make.team(make.area("702")), starts_at=make.LONG_AGO)
    make.child(make.area(), name="Ann Marsh")
    make.child(make.area("702"), name="Bea Marsh")
    client = signed_in(both)
    assert names(client.get("/children")) == ["Ann Marsh", "Bea Marsh"]
    assert names(client.get("/children?area=702")) == ["Bea Marsh"]


@pytest.mark.slow
def test_as_many_queries_for_many_children(by):
    make.child(make.area(), name="Ann Marsh")
    few = cost(signed_in(by), "/children")
    for number in range(199):
        child = make.child(make.area(), name=f"Ann{number} Marsh")
        promise(by, child, timedelta(minutes=number))
    assert cost(signed_in(by), "/children") == few
