"""Is a child's timeline one story, with its sources, corrections and both parts, however long it is?"""

import re
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from holdfast.audit.terms import System
from holdfast.chronology.terms import EventKind, Precision, Role
from holdfast.moments.commands import ensure_kinds
from holdfast.moments.models import Contact, Kind, Moment
from holdfast.moments.terms import Meeting
from holdfast.people.terms import Role as Reader
from tests import make
from tests.web.pages import cost, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.sql]


@pytest.fixture
def client():
    return signed_in(make.practitioner(in_area=make.area()))


@pytest.fixture
def child():
    return make.child(make.area(), name="Theo Marsh")


def at(*parts):
    return datetime(*parts, tzinfo=make.LONDON)


def words(response):
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def story(response):
    """What is told, without the filters beside it."""
    return words(response).split("Filter", 2)[1]


def url(child, more=""):
    return f"/children/{child.ref}/timeline{more}"


def test_sources_grades_both_parts_and_when_we_knew(client, child):
    record = child.records.first()
    make.event(
        record, EventKind.INTELLIGENCE, at(2026, 11, 2, 17, 30), at=at(2026, 11, 2, 19, 30),
        title="He may have been told to meet another person", source="police_intel/intel",
        source_evaluation="2", assessment="C", participants=(("subject", Role.NAMED),),
    )  # fmt: skip
    make.event(
        record, EventKind.HOSPITAL, at(2026, 11, 3, 9, 0), title="Hurt",
        participants=(("subject", Role.HARMED),),
    )  # fmt: skip
    make.event(
        record, EventKind.ARREST, at(2026, 11, 4, 9, 0), title="Arrested",
        participants=(("subject", Role.CAUSED_HARM),),
    )  # fmt: skip
    page = words(client.get(url(child)))
    assert "2C: untested source, known indirectly, not corroborated" in page
    assert "Role Theo: named by the source" in page
    assert "Role Theo: harmed" in page and "Role Theo: has harmed someone" in page
    assert "We knew Monday 2 November, 19:30, 2 h 00 min later" in page
    assert page.index("Arrested") < page.index("Hurt") < page.index("He may have been told")


def test_a_correction_shows_what_was_said_before(client, child):
    record = child.records.first()
    make.event(record, title="Taken to Northgate", source_ref="c1")
    make.event(record, title="Taken to Park Street", source_ref="c1")
    page = words(client.get(url(child)))
    assert "Taken to Park Street" in page
    assert "Was what happened: Taken to Northgate" in page


def test_a_day_without_an_hour_says_so(client, child):
    make.event(
        child.records.first(), precision=Precision.DAY, happened_at=at(2026, 11, 2), at=at(2026, 11, 2, 9)
    )
    page = words(client.get(url(child)))
    assert "That day Arrest" in page and "00:00" not in page


def test_an_event_and_its_moment_are_told_once(client, child):
    ensure_kinds(by=System.SET_UP, at=make.NOW)
    event = make.event(child.records.first(), title="Arrested, and taken to Marsh Lane", happened_at=make.NOW)
    Moment.objects.create(
        kind=Kind.objects.get(code="arrest"), person=child, area=make.area(), happening="x", event=event,
        happened_at=make.NOW, agency_knew_at=make.NOW, known_at=make.NOW, raised_at=make.NOW,
    )  # fmt: skip
    Contact.objects.create(
        person=child, by=make.practitioner(name="Kofi Mensah"), at=make.NOW, recorded_at=make.NOW,
        meeting=Meeting.SEEN_ALONE, childs_words="I just want to know what time it starts.",
    )  # fmt: skip
    response = client.get(url(child))
    page = words(response)
    assert page.count("Arrested, and taken to Marsh Lane") == 1
    assert "hf-entry--moment" in response.content.decode()
    assert "Moments (1)" in page and "Contact (1)" in page
    assert "“I just want to know what time it starts.”" in page


def test_filters_by_kind_and_by_whose_records(client, child):
    record = child.records.first()
    make.event(record, EventKind.HOSPITAL, title="At the hospital", source="hospital/ed")
    make.event(record, EventKind.EXCLUSION, title="Sent home", source="schools/exclusions")
    assert "2 of 2 kinds shown" in words(client.get(url(child)))
    page = words(client.get(url(child, "?kind=Health")))
    assert "At the hospital" in page and "Sent home" not in page and "1 of 2 kinds shown" in page
    page = words(client.get(url(child, "?whose=Schools")))
    assert "Sent home" in page and "At the hospital" not in page
    page = words(client.get(url(child, "?kind=Health&whose=Schools")))
    assert "Nothing of these kinds." in page and "Show all kinds" in page
    assert "At the hospital" in words(client.get(url(child, "?kind=Nonsense&behind=2026-99-99")))
    only = words(client.get(url(child, "/filter?kind=Health")))
    assert "Apply filters" in only and "At the hospital" not in only


def test_every_entry_is_reached_month_by_month_in_both_orders(client, child):
    record = child.records.first()
    start = at(2026, 3, 1, 12)
    for number in range(230):
        make.event(record, title=f"Entry {number:03}.", happened_at=start + timedelta(days=number))
    for order, last in (("", 0), ("?order=oldest", 229)):
        found, address, pages = [], url(child, order), 0
        while address:
            html = client.get(address).content.decode()
            found += re.findall(r"Entry (\d{3})\.", html)
            older = re.search(r'hf-earlier"><a[^>]*href="([^"]+)"', html)
            address, pages = older and older[1].replace("&amp;", "&"), pages + 1
        assert len(found) == 230 and len(set(found)) == 230
        assert int(found[-1]) == last
        assert 5 <= pages <= 8


def test_much_in_one_month_is_cut_by_the_day(client, child):
    record = child.records.first()
    for number in range(200):
        happened = at(2026, 10, 1, 12) + timedelta(days=number % 28, minutes=number)
        make.event(record, title="Something", happened_at=happened)
    page = words(client.get(url(child)))
    assert "200 entries" in page
    assert re.search(r"Load older: \d+ entries", page)


def test_closed_lines_are_left_out_and_not_counted(child):
    mentor = make.practitioner(role=Reader.MENTOR)
    make.granted(mentor, child)
    make.event(child.records.first(), EventKind.INTELLIGENCE, title="A police line")
    page = words(signed_in(mentor).get(url(child)))
    assert "A police line" not in page and "Police (" not in page
    assert "Nothing is written down about Theo yet." in page


@pytest.mark.parametrize(
    ("role", "shown"),
    [
        (Reader.MENTOR, {"An arrest"}),
        (Reader.YOUTH_WORKER, {"An arrest", "A police line"}),
        (Reader.SOCIAL_WORKER, {"An arrest", "A police line", "A line with conditions"}),
    ],
)
def test_police_lines_are_told_on_both_pages_to_those_who_may_read_them(child, role, shown):
    reader, record = make.practitioner(role=role), child.records.first()
    make.granted(reader, child)
    now = timezone.now()
    make.event(record, title="An arrest", happened_at=now, at=now)
    for title, handling in (("A police line", "P"), ("A line with conditions", "C")):
        make.event(record, EventKind.INTELLIGENCE, now, now, title=title, handling=handling)
    client = signed_in(reader)
    for address in (url(child), f"/children/{child.ref}"):
        page = words(client.get(address))
        told = {title for title in ("An arrest", "A police line", "A line with conditions") if title in page}
        assert told == shown


def test_another_childs_part_is_never_told(client, child):
    record, other = child.records.first(), make.child(make.area(), name="Noor Ali")
    event = make.event(record, title="A fight", participants=(("subject", Role.HARMED),))
    event.participants.create(record=other.records.first(), role=Role.CAUSED_HARM, field="other")
    make.event(other.records.first(), title="Not of this child")
    page = words(client.get(url(child)))
    assert "Role Theo: harmed" in page
    assert "has harmed someone" not in page and "Not of this child" not in page
    assert "Role Noor: has harmed someone" in words(client.get(url(other)))


@pytest.mark.slow
def test_as_many_queries_for_a_thousand_events(client, child):
    record = child.records.first()
    make.event(record, happened_at=at(2026, 11, 2, 12))
    few = cost(client, url(child))
    for number in range(999):
        make.event(
            record, happened_at=at(2026, 11, 2, 12) + timedelta(minutes=number), source_ref=f"m{number}"
        )
    assert cost(client, url(child)) == few
