"""The page of questions: who is asked, who must not be, what is shown, and what an answer does."""

import pytest

from holdfast.audit.models import Entry
from holdfast.audit.terms import System
from holdfast.linkage.judging import judge
from holdfast.linkage.models import Judgement
from holdfast.linkage.terms import Opinion
from holdfast.people.commands import open_child
from holdfast.people.models import Person, Record
from holdfast.people.terms import Role
from holdfast.who_is_who.queries import LATEST
from tests import make
from tests.web.pages import signed_in

NUMBERS = ("9434765919", "9434765870")
pytestmark = pytest.mark.django_db


def two(name: str = "Theo Marsh", numbers: tuple[str, str] = NUMBERS) -> tuple[Person, Record]:
    """A child, and a record of whom nobody knows whether it is the same child."""
    child = make.child(name=name)
    make.numbered(child.records.get(), numbers[0])
    return child, make.numbered(make.record(name), numbers[1])


def reviewer(area: str = "701", role: Role = Role.ANALYST):
    return make.practitioner(role=role, in_area=make.area(area))


def only_question(client) -> str:
    page = client.get("/who-is-who").content.decode()
    return page.split('href="/who-is-who/')[1].split('"')[0]


def test_a_reviewer_sees_both_records_and_what_each_comparison_says():
    two()
    client = signed_in(reviewer())
    page = client.get(f"/who-is-who/{only_question(client)}").content.decode()
    for words in (
        "9434765919",
        "9434765870",
        "Two different NHS numbers",
        "Same date of birth",
        "4 March 2011",
    ):
        assert words in page
    assert "times likelier if they are one person" in page and "if they are two" in page


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.ANALYST, Role.DUTY_MANAGER)])
def test_nobody_is_asked_whose_work_it_is_not(role):
    two()
    assert signed_in(reviewer(role=role)).get("/who-is-who").status_code == 404


def test_a_reviewer_elsewhere_learns_nothing():
    two()
    ref = only_question(signed_in(reviewer()))
    stranger = signed_in(reviewer("702"))
    assert "Theo" not in stranger.get("/who-is-who").content.decode()
    assert stranger.get(f"/who-is-who/{ref}").status_code == 404
    answer = stranger.post(f"/who-is-who/{ref}", {"opinion": "same"}, follow=True).content.decode()
    unknown = stranger.post("/who-is-who/zzzzzzzzzz", {"opinion": "same"}, follow=True).content.decode()
    assert "waits no more" in answer and "waits no more" in unknown and "Theo" not in answer
    assert not Judgement.objects.exists()


def test_who_may_see_only_one_of_two_children_is_not_asked():
    _, other = two()
    open_child(by=System.SET_UP, at=make.NOW, person=other.person, why="A test")
    assert "No question waits" in signed_in(reviewer()).get("/who-is-who").content.decode()


def test_one_person_joins_them_and_can_be_taken_back():
    child, other = two()
    client = signed_in(reviewer())
    answer = client.post(f"/who-is-who/{only_question(client)}", {"opinion": "same", "why": "One birthday"})
    assert answer.status_code == 302
    other.refresh_from_db()
    assert other.person_id == child.pk
    page = client.get("/who-is-who").content.decode()
    assert "No question waits" in page and "one person" in page and "One birthday" in page
    undo = f"/who-is-who/{Judgement.objects.get().ref}/take-back"
    client.post(undo)
    other.refresh_from_db()
    assert other.person_id != child.pk
    assert "nothing to take back" in client.post(undo, follow=True).content.decode()


def test_two_people_are_not_asked_about_again():
    two()
    client = signed_in(reviewer())
    client.post(f"/who-is-who/{only_question(client)}", {"opinion": "different"})
    assert "No question waits" in client.get("/who-is-who").content.decode()


def test_not_sure_needs_a_word_for_whoever_looks_next_and_stays():
    two()
    client = signed_in(reviewer())
    ref = only_question(client)
    refused = client.post(f"/who-is-who/{ref}", {"opinion": "not_sure"})
    assert refused.status_code == 422 and "Say what is unclear" in refused.content.decode()
    client.post(f"/who-is-who/{ref}", {"opinion": "not_sure", "why": "The school should know"})
    colleague = signed_in(reviewer())
    assert "Second opinion asked" in colleague.get("/who-is-who").content.decode()
    assert "The school should know" in colleague.get(f"/who-is-who/{ref}").content.decode()


def test_no_answer_is_no_judgement():
    two()
    client = signed_in(reviewer())
    assert client.post(f"/who-is-who/{only_question(client)}", {}).status_code == 422
    assert not Judgement.objects.exists()


def test_a_live_moment_comes_before_what_waits_longer():
    two("Ada First")
    child, _ = two("Zoe Later", ("4010232137", "4857773456"))
    make.live_moment(child.records.earliest("pk"))
    page = signed_in(reviewer()).get("/who-is-who").content.decode()
    assert page.index("Zoe Later") < page.index("Ada First") and "a live moment waits on this" in page


def test_what_was_looked_at_is_written_down_for_each_person():
    child, other = two()
    client = signed_in(reviewer())
    client.get(f"/who-is-who/{only_question(client)}")
    assert {child.ref, other.person.ref} <= set(
        Entry.objects.filter(act="who_is_who.read").values_list("person_ref", flat=True)
    )


def test_the_moment_of_a_record_goes_along_with_it_and_comes_back():
    child, other = two()
    moment = make.live_moment(other)
    client = signed_in(reviewer())
    client.post(f"/who-is-who/{only_question(client)}", {"opinion": "same"})
    moment.refresh_from_db()
    assert moment.person_id == child.pk
    client.post(f"/who-is-who/{Judgement.objects.get().ref}/take-back")
    moment.refresh_from_db()
    assert moment.person_id != child.pk


def test_all_that_was_said_is_kept_with_who_took_it_back():
    two()
    by = reviewer()
    client = signed_in(by)
    client.post(f"/who-is-who/{only_question(client)}", {"opinion": "same", "why": "One birthday"})
    client.post(f"/who-is-who/{Judgement.objects.get().ref}/take-back")
    page = client.get("/who-is-who/said").content.decode()
    assert "One birthday" in page and f"{by.name} took it back" in page
    assert "One birthday" not in client.get("/who-is-who").content.decode()
    assert "One birthday" not in signed_in(reviewer("702")).get("/who-is-who/said").content.decode()


def test_what_was_said_long_ago_can_still_be_taken_back():
    _, other = two()
    client = signed_in(reviewer())
    client.post(f"/who-is-who/{only_question(client)}", {"opinion": "same"})
    said = Judgement.objects.get()
    for number in range(LATEST):
        low, high = make.record(f"Ada{number} Fen"), make.record(f"Bo{number} Reed")
        judge(by=make.practitioner(), at=make.NOW, low=low, high=high, opinion=Opinion.DIFFERENT)
    assert f"/who-is-who/{said.ref}/take-back" in client.get("/who-is-who/said").content.decode()
    client.post(f"/who-is-who/{said.ref}/take-back")
    said.refresh_from_db()
    other.refresh_from_db()
    assert said.taken_back_at and other.person.records.count() == 1
