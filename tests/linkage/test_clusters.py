"""Which records make up one person, whatever the order in which they came."""

import random

from holdfast.linkage.clustering import Weighing, cluster, edges
from holdfast.linkage.invented import people, records
from holdfast.linkage.scoring import load
from holdfast.linkage.terms import Judgement, NameKind, Profile
from tests.linkage.people import name, profile

MODEL = load()
WEIGHING = Weighing(MODEL)
DAY = "2011-08-07"
HERE = "QZ1 2AB"


def links(given: list[Profile]) -> list[tuple[str, str]]:
    return [(edge.left, edge.right) for edge in edges(given, MODEL)]


def groups(*given: Profile, judgements: tuple[Judgement, ...] = ()) -> set[str]:
    """Return the clusters as words: {"ab", "c"}."""
    found = cluster(given, links(list(given)), WEIGHING, judgements)
    return {"".join(sorted(ref for ref in found if found[ref] == one)) for one in set(found.values())}


def test_twins_stay_two_whatever_is_between_them() -> None:
    megan, mason = (
        profile("a", "Megan Holroyd", born=DAY, at=HERE),
        profile("b", "Mason Holroyd", born=DAY, at=HERE),
    )
    between = profile("c", "M Holroyd", born=DAY, at=HERE)
    assert groups(megan, mason, between) == {"a", "b", "c"}


def test_a_short_name_that_fits_two_children_joins_neither() -> None:
    first = profile("a", "Christopher Holroyd", born=DAY, at=HERE)
    second = profile("b", "Christina Holroyd", born=DAY, at=HERE)
    assert groups(first, second, profile("c", "Chris Holroyd", born=DAY, at=HERE)) == {"a", "b", "c"}


def test_a_record_with_both_names_joins_what_bears_either() -> None:
    formal, called = profile("a", "Jermaine Holroyd", born=DAY), profile("b", "Jay Holroyd", born=DAY)
    both = profile("c", "Jermaine Holroyd", name("Jay Holroyd", NameKind.KNOWN_AS), born=DAY, at=HERE)
    assert groups(formal, called) == {"a", "b"}
    assert groups(formal, called, both) == {"abc"}


def test_a_misspelling_does_not_split_a_child() -> None:
    crowd = [
        profile(ref, f"{given} Heaton", born=DAY, at=HERE)
        for ref, given in zip("abcd", "Connor Conor Connor Cnor".split(), strict=True)
    ]
    assert groups(*crowd) == {"abcd"}


def test_a_false_name_follows_the_nominal_and_takes_nobody_along() -> None:
    joshua = [profile(ref, "Joshua Sykes", born=DAY, at=HERE, nominal="N1") for ref in "ab"]
    george = profile("g", "George Kaye", born="2011-08-25", at="QZ4 4CD")
    lied = profile("x", "George Kaye", born="2011-08-25", nominal="N1")
    assert groups(*joshua, george, lied) == {"abx", "g"}


def test_two_pupil_numbers_are_not_joined_through_a_third_record() -> None:
    first = profile("a", "Mohammed Ali", born=DAY, upn="A1234567", at=HERE)
    second = profile("b", "Mohammed Ali", born=DAY, upn="B7654321", at="QZ9 9ZZ")
    assert groups(first, second, profile("c", "Mohammed Ali", born=DAY)) == {"a", "b", "c"}


def test_judgements_outweigh_scores() -> None:
    first, second = (
        profile("a", "Megan Holroyd", born=DAY, at=HERE),
        profile("b", "Megan Holroyd", born=DAY, at=HERE),
    )
    assert groups(first, second) == {"ab"}
    assert groups(first, second, judgements=(Judgement("a", "b", False),)) == {"a", "b"}
    other = profile("b", "Mason Kaye", born="1999-01-02")
    assert groups(first, other, judgements=(Judgement("b", "a", True),)) == {"ab"}


def test_order_of_arrival_makes_no_difference() -> None:
    given = [found for found, _ in records(people(60, seed=5), seed=6)]
    expected = cluster(given, links(given), WEIGHING)
    for seed in range(10):
        mixed = random.Random(seed).sample(given, len(given))
        found = random.Random(seed).sample(pairs := links(mixed), len(pairs))
        assert cluster(mixed, found, Weighing(MODEL, remember=50)) == expected


def test_a_person_on_very_many_records_is_still_one() -> None:
    crowd = [profile(f"r{i:03}", "Megan Holroyd", born=DAY, nominal="N1") for i in range(260)]
    assert len(set(cluster(crowd, links(crowd), WEIGHING).values())) == 1
