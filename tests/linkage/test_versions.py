"""A model is learned from the records here, tried, chosen: nothing flips for a child with a live moment."""

import json
from collections.abc import Iterator

import pytest
from django.db import transaction

from holdfast.access.errors import NotAllowed
from holdfast.audit.terms import System
from holdfast.commandline.main import main
from holdfast.linkage import versions
from holdfast.linkage.commands import relink
from holdfast.linkage.current import _weighing, chosen_name, current_model
from holdfast.linkage.errors import NoSuchVersion, VersionExists
from holdfast.linkage.judging import judge
from holdfast.linkage.models import Edge, ModelVersion, Question
from holdfast.linkage.scoring import DEFAULT_MODEL
from holdfast.linkage.terms import Opinion
from holdfast.people.models import Record
from holdfast.people.terms import Role
from holdfast.who_is_who.choosing import use_model
from tests import make

pytestmark = pytest.mark.django_db
STRICT = 60.0  # bits that nothing but a number reaches


@pytest.fixture(autouse=True)
def forgetful() -> Iterator[None]:
    """What is kept for as long as the process lives outlives a test's own versions."""
    _weighing.cache_clear()
    yield
    _weighing.cache_clear()


def version(name: str = "strict", same: float = STRICT, ask: float = -2.0) -> ModelVersion:
    content = json.loads(DEFAULT_MODEL.read_text(encoding="utf-8")) | {"version": name}
    content["thresholds"] = {"same": same, "ask": ask}
    return ModelVersion.objects.create(name=name, content=json.dumps(content), records=0, trained_at=make.NOW)


def joined(name: str = "Theo Marsh") -> list[Record]:
    held = [make.record(name), make.record(name)]
    relink(by=System.MATCHER, at=make.NOW, records=held)
    return fresh(held)


def fresh(held: list[Record]) -> list[Record]:
    for one in held:
        one.refresh_from_db()
    return held


def people(held: list[Record]) -> int:
    return len({one.person_id for one in fresh(held)})


def use(name: str) -> versions.Differences:
    return use_model(by=System.MATCHER, at=make.NOW, name=name)


def test_the_shipped_model_weighs_until_another_is_chosen_and_again_after():
    version()
    assert (chosen_name(), current_model().thresholds.same) == ("", 5.0)
    use("strict")
    assert (chosen_name(), current_model().thresholds.same) == ("strict", STRICT)
    use("")
    assert (chosen_name(), current_model().thresholds.same) == ("", 5.0)


def test_trying_changes_nothing_and_names_what_would():
    held = joined()
    version()
    found = versions.try_version(System.MATCHER, "strict").differences
    assert found.split == (held[0].person_id,) and found.joined == ()
    assert people(held) == 1 and chosen_name() == ""


def test_using_a_model_finds_out_again_who_is_who():
    held = joined()
    version()
    use("strict")
    assert people(held) == 2
    assert set(Edge.objects.values_list("model", "verdict")) == {("strict", "ask")}
    found = use("")
    assert people(held) == 1 and len(found.joined) == 1


def test_nobody_with_a_live_moment_becomes_somebody_else():
    held, others = joined(), joined("Ada Fen")
    make.area()
    make.live_moment(held[0])
    version()
    found = use("strict")
    assert people(held) == 1 and people(others) == 2
    assert found.held == (held[0].person_id,)


def test_what_people_said_outlives_a_change_of_model():
    held = joined()
    other = make.numbered(make.record("Bo Reed"), "9434765919")
    judge(by=make.practitioner(), at=make.NOW, low=held[0], high=other, opinion=Opinion.SAME)
    version()
    use("strict")
    assert fresh(held)[0].person_id == fresh([other])[0].person_id


def test_quality_is_told_on_judged_pairs_each_in_one_half_only():
    by = make.practitioner()
    for number in range(30):
        one, other = make.record(f"Ada{number} Fen"), make.record(f"Bo{number} Reed")
        judge(by=by, at=make.NOW, low=one, high=other, opinion=Opinion.DIFFERENT)
    found = versions.try_version(System.MATCHER, "")
    assert found.chosen_by.judged + found.held_back.judged == 30
    assert 0 < found.held_back.judged < 20
    assert found.chosen_by.apart_right == found.chosen_by.judged and not found.chosen_by.joined_wrong


def test_only_those_who_say_who_is_who_may_choose():
    version()
    for act in (
        lambda by: versions.try_version(by, "strict"),
        lambda by: use_model(by=by, at=make.NOW, name="strict"),
        lambda by: versions.train_version(by=by, at=make.NOW, name="mine"),
    ):
        with pytest.raises(NotAllowed), transaction.atomic():
            act(make.practitioner(role=Role.SOCIAL_WORKER))
    with pytest.raises(NoSuchVersion), transaction.atomic():
        use("nobody's")


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_a_model_is_learned_from_the_records_here(capfd):
    for number in range(60):
        for _ in range(2):
            make.record(f"{'ABCDEFGHKL'[number % 10]}da{number} Fen{number % 7}", make.born(number))
    assert main(["linkage", "train", "ours"]) == 0
    assert ModelVersion.objects.get().records == 120 and chosen_name() == ""
    assert main(["linkage", "try", "ours"]) == 0
    assert main(["linkage", "use", "ours"]) == 0 and chosen_name() == "ours"
    assert main(["linkage", "list"]) == 0
    said = capfd.readouterr().out
    assert "Learned ours from 120 records" in said and "ours (in use)" not in said.split("is in use")[0]
    with pytest.raises(VersionExists), transaction.atomic():
        versions.train_version(by=System.MATCHER, at=make.NOW, name="ours")


def test_what_a_new_model_is_unsure_of_is_asked_and_what_it_is_sure_of_is_not():
    held = joined()
    version("incurious", ask=STRICT)
    version("curious")
    use("incurious")
    assert people(held) == 2 and not Question.objects.exists()
    use("curious")
    assert people(held) == 2 and Question.objects.count() == 1
    use("incurious")
    assert people(held) == 2 and not Question.objects.exists()
