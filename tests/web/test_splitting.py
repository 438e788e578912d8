"""This is not about this child: what goes where is shown, then done, and whoever relied on it is told."""

import pytest

from holdfast.audit.terms import System
from holdfast.linkage.commands import relink
from holdfast.linkage.models import Judgement
from holdfast.moments.commands import record_contact
from holdfast.moments.models import Contact
from holdfast.moments.terms import Meeting
from holdfast.people.joining import what_hangs
from holdfast.people.models import Person, Record
from holdfast.people.terms import Role
from holdfast.relationships.commands import add_strength
from holdfast.relationships.models import Strength
from holdfast.who_is_who.models import Notice
from tests import make
from tests.web.pages import signed_in

pytestmark = pytest.mark.django_db
# Tables that hang on a person and are not what somebody wrote: each goes by a rule of its own.
FOLLOWS_A_RULE = {
    "people.child", "people.arearesponsibility", "people.childsname", "people.childspostcode",
    "access.grant", "who_is_who.notice",
}  # fmt: skip


def joined(records: int = 3) -> tuple[Person, list[Record]]:
    """A child with several records of one name and birthday."""
    child = make.child()
    held = [child.records.get(), *(make.record() for _ in range(records - 1))]
    relink(by=System.MATCHER, at=make.NOW, records=held)
    return child, [fresh(one) for one in held]


def fresh(one: Record) -> Record:
    one.refresh_from_db()
    return one


def worker():
    return make.practitioner(role=Role.DUTY_MANAGER, in_area=make.area())


def chosen(*records: Record, **more: object) -> dict[str, object]:
    return {"leaving": [one.ref for one in records], "why": "His cousin of the same name", **more}


def test_nothing_is_changed_before_it_was_shown():
    child, (_, _, third) = joined()
    client = signed_in(worker())
    page = client.post(f"/children/{child.ref}/records/set-apart", chosen(third)).content.decode()
    assert "Nothing has been changed yet" in page and "Set them apart" in page
    assert fresh(third).person_id == child.pk and not Judgement.objects.exists()


def test_the_record_goes_and_what_hangs_on_it():
    child, (first, second, third) = joined()
    moment = make.live_moment(third)
    client = signed_in(worker())
    answer = client.post(f"/children/{child.ref}/records/set-apart", chosen(third, sure="1"))
    assert answer.status_code == 302
    moment.refresh_from_db()
    assert fresh(third).person_id == moment.person_id != child.pk
    assert fresh(first).person_id == fresh(second).person_id == child.pk


def test_the_page_stays_with_those_that_stay_though_more_go():
    child, (first, second, third) = joined()
    signed_in(worker()).post(f"/children/{child.ref}/records/set-apart", chosen(second, third, sure="1"))
    assert fresh(first).person_id == child.pk
    assert fresh(second).person_id == fresh(third).person_id != child.pk
    relink(by=System.MATCHER, at=make.NOW, records=[first, second, third])
    assert fresh(first).person_id == child.pk


def test_of_what_people_wrote_only_what_is_chosen_goes():
    child, (_, _, third) = joined()
    by = worker()
    add_strength(by=by, at=make.NOW, person=child, sentence="Swims", said_by="Coach")
    add_strength(by=by, at=make.NOW, person=child, sentence="Sings", said_by="Nan")
    swims = Strength.objects.get(sentence="Swims")
    sent = chosen(third, going=[f"relationships.strength-{swims.pk}"], sure="1")
    signed_in(by).post(f"/children/{child.ref}/records/set-apart", sent)
    assert Strength.objects.get(sentence="Swims").person_id == fresh(third).person_id
    assert Strength.objects.get(sentence="Sings").person_id == child.pk


def test_what_was_done_in_a_moment_goes_with_it():
    child, (_, _, third) = joined()
    by, moment = worker(), make.live_moment(third)
    record_contact(by=by, at=make.NOW, person=child, meeting=Meeting.SEEN_ALONE, moment=moment)
    signed_in(by).post(f"/children/{child.ref}/records/set-apart", chosen(third, sure="1"))
    assert Contact.objects.get().person_id == fresh(third).person_id


def test_whoever_relied_on_the_page_is_told_and_nobody_else():
    child, (_, _, third) = joined()
    reader, stranger, by = worker(), worker(), worker()
    signed_in(reader).get(f"/children/{child.ref}")
    signed_in(by).post(f"/children/{child.ref}/records/set-apart", chosen(third, sure="1"))
    assert set(Notice.objects.values_list("practitioner", flat=True)) == {reader.pk}
    told = "records left a page you have relied on"
    assert told in signed_in(reader).get("/").content.decode()
    assert told not in signed_in(stranger).get("/").content.decode()
    signed_in(reader).get(f"/children/{child.ref}")
    assert told not in signed_in(reader).get("/").content.decode()


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"why": "x"}, "Choose at least one record"),
        ({"leaving": "all", "why": "x"}, "One record at least must stay"),
        ({"leaving": "one"}, "Say how you know"),
        ({"leaving": ["zzzzzzzzzz"], "why": "x"}, "not one of the available choices"),
    ],
)
def test_what_cannot_be_done_is_said(sent, says):
    child, held = joined()
    named = {"all": [one.ref for one in held], "one": [held[0].ref]}
    sent = sent | ({"leaving": named[sent["leaving"]]} if isinstance(sent.get("leaving"), str) else {})
    answer = signed_in(worker()).post(f"/children/{child.ref}/records/set-apart", sent | {"sure": "1"})
    assert answer.status_code == 422 and says in answer.content.decode()
    assert not Judgement.objects.exists()


def test_it_can_be_taken_back():
    child, (_, _, third) = joined()
    client = signed_in(worker())
    client.post(f"/children/{child.ref}/records/set-apart", chosen(third, sure="1"))
    assert "two people" in client.get("/who-is-who").content.decode()
    client.post(f"/who-is-who/{Judgement.objects.get().ref}/take-back")
    assert fresh(third).person_id == child.pk


def test_a_stranger_learns_nothing():
    child, (_, _, third) = joined()
    stranger = signed_in(make.practitioner(role=Role.DUTY_MANAGER, in_area=make.area("702")))
    url = f"/children/{child.ref}/records/set-apart"
    assert stranger.get(url).status_code == stranger.post(url, chosen(third, sure="1")).status_code == 404
    assert fresh(third).person_id == child.pk


def test_every_table_on_a_person_follows_a_rule_or_is_asked_about():
    """A package born later must say which: else what it holds would stay with the wrong child unasked."""
    silent = {table._meta.label_lower for table, _ in what_hangs() if not hasattr(table, "WORK")}
    assert silent <= FOLLOWS_A_RULE, silent - FOLLOWS_A_RULE
