"""Does a child's page say first what matters first, to those it is open to and nobody else?"""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from holdfast.access.errors import NotAllowed
from holdfast.audit.models import Entry
from holdfast.audit.terms import System
from holdfast.chronology.terms import EventKind
from holdfast.moments.commands import ensure_kinds
from holdfast.moments.models import Contact, Ending, Kind, Moment
from holdfast.moments.terms import Meeting
from holdfast.people.terms import Role
from holdfast.relationships.commands import add_strength, join_team, leave_team, name_trusted_adult
from holdfast.relationships.terms import NamedBy
from tests import make
from tests.web.pages import cost, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.sql]


@pytest.fixture
def by():
    return make.practitioner(name="Amira Hassan", in_area=make.area())


@pytest.fixture
def child():
    return make.child(make.area(), name="Theo Marsh")


def words(response):
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", text)


def test_nobody_yet(by, child):
    page = words(signed_in(by).get(f"/children/{child.ref}"))
    assert "Trusts: nobody yet. Who could become that person is the first question." in page
    assert "No next contact is promised" in page
    assert "That does not mean that all is known." in page


def test_strengths_come_before_what_happened(by, child):
    add_strength(by=by, at=make.NOW, person=child, sentence="Builds bikes from parts", said_by="Mum")
    name_trusted_adult(by=by, at=make.NOW, person=child, named_by=NamedBy.CHILD, name="Kofi Mensah")
    make.event(child.records.first(), title="Arrested, and taken to Marsh Lane", at=timezone.now())
    page = words(signed_in(by).get(f"/children/{child.ref}"))
    assert page.index("Builds bikes from parts.") < page.index("Arrested, and taken to Marsh Lane")
    assert "Theo chose Kofi Mensah" in page


def test_no_name_in_address_or_title(by, child):
    for tail in ("", "/records", "/why", "/timeline"):
        response = signed_in(by).get(f"/children/{child.ref}{tail}")
        assert response.status_code == 200
        assert "Theo" not in re.search("<title>(.*?)</title>", response.content.decode(), re.DOTALL)[1]
        assert Entry.objects.filter(person_ref=child.ref, practitioner=by).exists()


def test_a_stranger_learns_nothing(child):
    mentor = make.practitioner(role=Role.MENTOR)
    client = signed_in(mentor)
    for tail in ("", "/records", "/why", "/timeline"):
        assert client.get(f"/children/{child.ref}{tail}").status_code == 404
    assert client.get("/children/nobody2345").status_code == 404
    assert not Entry.objects.filter(act__startswith="child.read").exists()
    assert Entry.objects.filter(act="web.denied", practitioner=mentor).exists()


FORMS = {
    "strength": ({"sentence": "Cooks for his brother", "said_by": "Mum"}, "Cooks for his brother."),
    "knock": ({"advice": "do", "sentence": "text first", "said_by": "Theo"}, "text first"),
    "words": ({"words": "I want one person", "told_to": "Kofi", "is_at_top": "on"}, "“I want one person”"),
    "trust": ({"name": "Nan", "named_by": "child"}, "Theo chose Nan"),
    "question": ({"question": "Who rings him at night?"}, "Who rings him at night?"),
}


@pytest.mark.parametrize("what", FORMS)
def test_written_down(by, child, what):
    given, shown = FORMS[what]
    client = signed_in(by)
    data = {f"{what}-{name}": value for name, value in given.items()}
    page = words(client.post(f"/children/{child.ref}/add/{what}", data, follow=True))
    assert shown in page
    assert (
        Entry.objects.filter(person_ref=child.ref, practitioner=by).exclude(act__startswith="child.").exists()
    )


@pytest.mark.parametrize("what", [*FORMS, "team", "answer"])
def test_what_is_missing_is_said_and_what_was_typed_stays(by, child, what):
    client = signed_in(by)
    response = client.post(f"/children/{child.ref}/add/{what}", {f"{what}-said_by": "Somebody typed"})
    assert response.status_code == 422
    assert "There is a problem" in response.content.decode()


def test_who_was_chosen_stays_chosen(by, child):
    chosen = make.practitioner(name="Kofi & Mensah", role=Role.MENTOR)
    sent = signed_in(by).post(f"/children/{child.ref}/add/team", {"team-practitioner": chosen.pk})
    assert sent.status_code == 422
    options = re.findall(r"<option[^>]*selected[^>]*>([^<]*)<", sent.content.decode())
    assert [one.partition(",")[0] for one in options if one != "---------" and one != "Nobody yet"] == [
        "Kofi &amp; Mensah"
    ]


def test_a_question_is_answered_and_a_colleague_joins(by, child):
    client = signed_in(by)
    client.post(f"/children/{child.ref}/add/question", {"question-question": "Where does he sleep?"})
    asked = child.open_questions.get()
    data = {"answer-question": asked.ref, "answer-answer": "At his aunt's"}
    page = words(client.post(f"/children/{child.ref}/add/answer", data, follow=True))
    assert "Where does he sleep?" not in page
    mentor = make.practitioner(name="Kofi Mensah", role=Role.MENTOR)
    client.post(f"/children/{child.ref}/add/team", {"team-practitioner": mentor.pk, "team-purpose": "Bikes"})
    assert signed_in(mentor).get(f"/children/{child.ref}").status_code == 200


def test_what_was_typed_is_on_no_other_page_and_who_came_since_is_offered(by, child):
    client, page = signed_in(by), f"/children/{child.ref}"
    typed = client.post(f"{page}/add/strength", {"strength-sentence": "Swims"})
    assert typed.status_code == 422 and 'value="Swims"' in typed.content.decode()
    make.practitioner(name="Newly Come")
    opened = client.get(page).content.decode()
    assert "Swims" not in opened and "govuk-error" not in opened
    assert opened.count(">Newly Come, ") == 3  # trusted, on the team, will find out


def test_who_may_not_tell_writes_nothing(child):
    from holdfast.people.models import Practitioner

    administrator = make.practitioner(role=Role.ADMINISTRATOR)
    make.granted(administrator, child)
    client = signed_in(Practitioner.objects.get(pk=administrator.pk))
    assert "Write something down" not in words(client.get(f"/children/{child.ref}"))
    response = client.post(
        f"/children/{child.ref}/add/strength", {"strength-sentence": "x", "strength-said_by": "y"}
    )
    assert response.status_code == 404
    assert not child.strengths.exists()


def test_next_contact_and_conditions(by, child):
    now = timezone.now()
    Contact.objects.create(
        person=child, by=by, at=now - timedelta(days=1), recorded_at=now, meeting=Meeting.SEEN_ALONE,
        next_at=now + timedelta(minutes=20),
    )  # fmt: skip
    make.event(
        child.records.first(), EventKind.COURT_CONDITION, title="Condition in force: curfew",
        text="At home from 19:00 to 07:00.",
    )  # fmt: skip
    page = words(signed_in(by).get(f"/children/{child.ref}"))
    assert "20 min to their next contact Amira Hassan," in page or "19 min to their next" in page
    assert "At home from 19:00 to 07:00." in page


def test_a_contact_written_down_late_is_news_and_takes_no_promise_away(by, child):
    now = timezone.now()
    made = {"person": child, "by": by, "meeting": Meeting.SEEN_ALONE}
    Contact.objects.create(
        at=now - timedelta(days=1), recorded_at=now - timedelta(days=60), where="The cafe",
        next_at=now + timedelta(days=2), **made,
    )  # fmt: skip
    Contact.objects.create(at=now - timedelta(days=40), recorded_at=now, where="His aunt’s", **made)
    Contact.objects.create(
        at=now - timedelta(days=50), recorded_at=now - timedelta(days=50), where="At school", **made
    )
    page = words(signed_in(by).get(f"/children/{child.ref}"))
    assert "His aunt’s" in page and "At school" not in page and "The cafe" not in page
    assert "to their next contact" in page


def test_what_is_over_is_not_on_the_page(by, child):
    ensure_kinds(by=System.SET_UP, at=make.NOW)
    told = {"at": make.NOW, "by": by, "person": child}
    raised = {"area": make.area(), "agency_knew_at": make.NOW, "known_at": make.NOW, "raised_at": make.NOW}
    for kind in ("arrest", "injury"):
        Moment.objects.create(
            kind=Kind.objects.get(code=kind), person=child, happening=kind, happened_at=make.NOW, **raised
        )
    over = Ending.objects.create(by=by, at=make.NOW, why="Somebody came")
    Moment.objects.filter(kind="injury").update(ending=over)
    for name in ("Sol Before", "Kofi Now"):
        later = told | {"at": make.NOW + timedelta(days=name == "Kofi Now")}
        name_trusted_adult(named_by=NamedBy.CHILD, name=name, **later)
    gone = make.practitioner(name="Gone Since")
    join_team(practitioner=gone, purpose="Bikes", **told)
    leave_team(practitioner=gone, **told | {"at": make.NOW + timedelta(days=1)})
    page = signed_in(by).get(f"/children/{child.ref}").content.decode()
    assert page.count("hf-under-clock") == 1 and "Who is involved: 0" in page
    assert "Kofi Now" in page and "Sol Before" not in page


def test_changed_since_you_last_looked(by, child):
    client = signed_in(by)
    Entry.objects.create(
        at=timezone.now() - timedelta(days=2), practitioner=by, act="child.read_summary",
        about=child.ref, person_ref=child.ref,
    )  # fmt: skip
    make.event(child.records.first(), title="An old event", at=timezone.now() - timedelta(days=9))
    page = words(client.get(f"/children/{child.ref}"))
    assert "Nothing has changed since" in page
    make.event(child.records.first(), title="A new event", at=timezone.now())
    page = words(client.get(f"/children/{child.ref}"))
    assert "A new event" in page and "An old event" not in page


def test_records_say_why_they_are_one(by):
    first = make.record("Theo Marsh", date(2011, 3, 4), key="a")
    other = make.record("Theo Marsh", date(2011, 3, 4), key="b")
    from holdfast.linkage.commands import relink
    from holdfast.people.commands import make_responsible, open_child, state_facts
    from holdfast.people.rules import Facts, IdentifierFact, NameFact
    from holdfast.people.terms import AreaRole, IdentifierKind

    facts = Facts(
        names=(NameFact("Theo", "Marsh"),), born_on=date(2011, 3, 4),
        identifiers=(IdentifierFact(IdentifierKind.NHS, "9994765919"),),
    )  # fmt: skip
    for record in (first, other):
        state_facts(by=System.FEEDS, at=make.NOW, record=record, stated_by="nhs", facts=facts)
    relink(by=System.MATCHER, at=make.NOW, records=[first, other])
    first.refresh_from_db()
    open_child(by=System.SET_UP, at=make.NOW, person=first.person, why="A test")
    make_responsible(
        by=System.SET_UP, at=make.NOW, person=first.person, area=make.area(), role=AreaRole.HOME,
        starts_on=make.LONG_AGO.date(), stated_by="test",
    )  # fmt: skip
    page = words(signed_in(by).get(f"/children/{first.person.ref}/records"))
    assert page.count("For it: same NHS number") == 2
    assert "Born 4 March 2011" in page


def test_as_many_queries_for_many_events(by, child):
    url = f"/children/{child.ref}"
    record = child.records.first()
    make.event(record)
    few = cost(signed_in(by), url)
    for _ in range(60):
        make.event(record)
    assert cost(signed_in(by), url) == few


def test_the_parts_of_the_page_are_checked_below_too(child):
    from holdfast.relationships.queries import around

    with pytest.raises(NotAllowed):
        around(make.practitioner(role=Role.MENTOR), child, make.NOW)
