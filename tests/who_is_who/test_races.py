"""Several people answer one question at the very same time."""

from collections.abc import Callable
from typing import Any

import pytest

from holdfast.linkage.models import Judgement
from holdfast.linkage.terms import Opinion
from holdfast.people.models import Area, Person
from holdfast.people.terms import Role
from holdfast.who_is_who import commands
from holdfast.who_is_who.errors import NoSuchQuestion
from holdfast.who_is_who.queries import doubts
from tests import make
from tests.moments.test_races import all_at_once

pytestmark = [pytest.mark.slow, pytest.mark.sql]


@pytest.fixture
def area(seen_by_all: None) -> Area:
    """An area that other connections see."""
    return make.area("798", "Farshore")


@pytest.mark.parametrize("opinions", [(Opinion.SAME, Opinion.DIFFERENT), (Opinion.SAME, Opinion.SAME)])
def test_the_first_answer_holds_and_the_others_are_told(area: Area, opinions: tuple[Opinion, ...]) -> None:
    child = make.child(area)
    make.numbered(child.records.get(), "9434765919")
    make.numbered(make.record(), "9434765870")
    people = [make.practitioner(role=Role.ANALYST, in_area=area) for _ in opinions * 2]
    (question,) = doubts(people[0], make.NOW)

    def answer(nth: int) -> Callable[[], Any]:
        def act() -> Any:
            try:
                return commands.say(
                    by=people[nth], at=make.NOW, ref=question.ref, opinion=(opinions * 2)[nth]
                ).opinion
            except NoSuchQuestion:
                return None

        return act

    said = [one for one in all_at_once([answer(nth) for nth in range(len(people))]) if one]
    assert len(said) == Judgement.objects.count() == 1
    owners = Person.objects.filter(records__names__family="Marsh").distinct().count()
    assert owners == (1 if said[0] == Opinion.SAME else 2)
