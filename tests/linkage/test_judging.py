"""A person says who is who: it outweighs the scores, names all it rests on, and can be taken back."""

from datetime import date, timedelta

import pytest
from django.db import transaction

from holdfast.audit.models import Entry
from holdfast.audit.terms import System
from holdfast.linkage import judging
from holdfast.linkage.commands import relink
from holdfast.linkage.errors import AlreadyTakenBack, NothingToJudge
from holdfast.linkage.models import Question
from holdfast.linkage.questions import waiting
from holdfast.linkage.terms import Opinion
from holdfast.people.commands import open_child
from holdfast.people.models import Record
from holdfast.people.terms import IdentifierKind
from tests import make

pytestmark = pytest.mark.django_db
BORN = date(2011, 3, 4)


def known(name: str, born_on: date | None = BORN, nhs: str = "") -> Record:
    """A record, and whose it was found to be."""
    found = make.record(name, born_on)
    if nhs:
        return make.numbered(found, nhs)
    relink(by=System.MATCHER, at=make.NOW, records=[found])
    found.refresh_from_db()
    return found


def fresh(*records: Record) -> list[int]:
    for one in records:
        one.refresh_from_db()
    return [one.person_id for one in records]


def unsure() -> tuple[Record, Record]:
    """Two records of whom the system asks: one name, one birthday, two NHS numbers."""
    return known("Theo Marsh", nhs="9434765919"), known("Theo Marsh", nhs="9434765870")


def say(opinion: Opinion, low: Record, high: Record, minutes: int = 0) -> object:
    at = make.NOW + timedelta(minutes=minutes)
    made, _ = judging.judge(by=make.practitioner(), at=at, low=low, high=high, opinion=opinion, why="Asked")
    return made


def test_two_numbers_for_one_name_and_birthday_are_asked_about_and_not_joined():
    low, high = unsure()
    assert low.person_id != high.person_id
    assert Question.objects.filter(low=low, high=high).count() == 1


def test_same_joins_them_at_once_and_the_question_is_gone():
    low, high = unsure()
    say(Opinion.SAME, low, high)
    assert len(set(fresh(low, high))) == 1
    assert not Question.objects.exists()


def test_same_outlives_every_later_row():
    low, high = unsure()
    say(Opinion.SAME, low, high)
    for one in (low, high):
        relink(by=System.MATCHER, at=make.NOW, records=[one])
    assert len(set(fresh(low, high))) == 1


def test_same_is_said_of_both_persons_whole():
    low, high = unsure()
    more = known("Theo Marsh", nhs="9434765919")
    assert fresh(more) == fresh(low)
    say(Opinion.SAME, low, high)
    assert len(set(fresh(low, high, more))) == 1  # its number differs from `high`'s too


def test_different_keeps_apart_what_the_scores_would_join():
    first, second = known("Theo Marsh"), known("Theo Marsh")
    assert fresh(first) == fresh(second)
    judging.set_apart(
        by=make.practitioner(), at=make.NOW, person=first.person, leaving=[second.pk], why="His cousin"
    )
    assert len(set(fresh(first, second))) == 2
    relink(by=System.MATCHER, at=make.NOW, records=[first, second])
    assert len(set(fresh(first, second))) == 2


def test_halves_stay_halves_however_alike_their_records_are():
    mine = [known("Theo Marsh") for _ in range(3)]
    theirs = [known("Theo Marsh") for _ in range(2)]
    judging.set_apart(
        by=make.practitioner(), at=make.NOW, person=mine[0].person, leaving=[one.pk for one in theirs], why=""
    )
    assert len(set(fresh(*mine))) == 1 and len(set(fresh(*theirs))) == 1
    assert set(fresh(*mine)).isdisjoint(fresh(*theirs))


def test_not_sure_changes_nothing_and_says_who_asks():
    low, high = unsure()
    open_child(by=System.SET_UP, at=make.NOW, person=low.person, why="A test")
    say(Opinion.NOT_SURE, low, high)
    assert len(set(fresh(low, high))) == 2
    (one,) = waiting()
    assert one.unsure and one.unsure_why == "Asked"


@pytest.mark.parametrize("opinion", [Opinion.SAME, Opinion.DIFFERENT])
def test_what_was_said_can_be_taken_back_once(opinion):
    low, high = unsure()
    before = fresh(low, high)
    made = say(opinion, low, high)
    judging.take_back(by=make.practitioner(), at=make.NOW, judgement=made)
    assert len(set(fresh(low, high))) == len(set(before)) == 2
    assert Question.objects.filter(low=low, high=high).exists()
    with pytest.raises(AlreadyTakenBack):
        judging.take_back(by=make.practitioner(), at=make.NOW, judgement=made)


def test_the_latest_word_holds():
    low, high = unsure()
    say(Opinion.SAME, low, high)
    say(Opinion.DIFFERENT, low, high, minutes=5)
    assert len(set(fresh(low, high))) == 2


def test_one_person_cannot_be_said_to_be_one_again():
    first, second = known("Theo Marsh"), known("Theo Marsh")
    fresh(first, second)
    with pytest.raises(NothingToJudge), transaction.atomic():
        say(Opinion.SAME, first, second)
    for leaving in ([], [first.pk, second.pk]):
        with pytest.raises(NothingToJudge), transaction.atomic():
            judging.set_apart(
                by=make.practitioner(), at=make.NOW, person=first.person, leaving=leaving, why=""
            )


def test_each_word_is_written_down_with_its_name():
    low, high = unsure()
    made = say(Opinion.SAME, low, high)
    judging.take_back(by=make.practitioner(), at=make.NOW, judgement=made)
    acts = Entry.objects.filter(about=made.ref).values_list("act", flat=True)
    assert list(acts) == ["linkage.judge", "linkage.take_back"]


def test_after_different_the_same_two_persons_are_not_asked_about_again():
    low, high = unsure()
    assert waiting() == []  # of two people who are nobody's business here
    open_child(by=System.SET_UP, at=make.NOW, person=low.person, why="A test")
    assert len(waiting()) == 1
    say(Opinion.DIFFERENT, low, high)
    known("Theo Marsh", nhs="9434765870")  # another of `high`'s, as like `low` as before
    assert waiting() == []


def test_a_half_that_is_no_larger_does_not_take_the_page_along():
    """A third record that fits two equally well stands alone; the child's page stays with the oldest."""
    first, third = known("Theo Marsh"), known("Theo Marsh")
    page = first.person_id
    assert fresh(third) == [page]
    make.numbered(first, "9434765919")
    known("Theo Marsh", nhs="9434765870")
    assert fresh(first) == [page] != fresh(third)


def test_a_record_that_held_two_others_together_can_leave():
    """Then those that stay are two: the page stays with one of them, and nothing breaks."""
    bridge = known("Theo Marsh", nhs="9434765919")
    make.numbered(bridge, "H801200001001", IdentifierKind.UPN)
    one = make.numbered(make.record("Theo Marsh", None), "9434765919")
    other = make.numbered(make.record("Theo Marsh", None), "H801200001001", IdentifierKind.UPN)
    page = bridge.person
    assert len(set(fresh(bridge, one, other))) == 1
    judging.set_apart(by=make.practitioner(), at=make.NOW, person=page, leaving=[bridge.pk], why="His cousin")
    left, first, second = fresh(bridge, one, other)
    assert first != second and page.pk in (first, second) and left not in (first, second)
