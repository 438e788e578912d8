"""Which two records may be joined without asking, as a table of cases."""

import pytest

from holdfast.linkage.blocking import sought, tokens
from holdfast.linkage.clustering import edge
from holdfast.linkage.rules import traits
from holdfast.linkage.scoring import explain, load, score
from holdfast.linkage.terms import NameKind, Profile, Verdict
from tests.linkage.people import name, profile

MODEL = load()
SAME, ASK, APART, NEVER = Verdict.SAME, Verdict.ASK, Verdict.APART, Verdict.NEVER
MEGAN = {"born": "2011-08-07", "at": "QZ1 2AB"}


def a(*names: object, **facts: str) -> Profile:
    return profile("a", *names, **facts)  # type: ignore[arg-type]


def b(*names: object, **facts: str) -> Profile:
    return profile("b", *names, **facts)  # type: ignore[arg-type]


CASES = [
    ("the same in other letters", a("Megan O'Hara", **MEGAN), b("MEGAN O HARA", **MEGAN), SAME),
    ("columns exchanged", a("Megan Holroyd", **MEGAN), b("HOLROYD Megan", **MEGAN), SAME),
    (
        "accents and invisible marks",
        a("Błażej Zieliński", **MEGAN),
        b("BLAZEJ ZIELI\u2060NSKI", **MEGAN),
        SAME,
    ),
    (
        "day and month exchanged",
        a("Megan Holroyd", born="2011-08-07"),
        b("Megan Holroyd", born="2011-07-08"),
        SAME,
    ),
    (
        "one digit of the day",
        a("Megan Holroyd", **MEGAN),
        b("Megan Holroyd", born="2011-08-17", at="QZ12AB"),
        SAME,
    ),
    ("short form", a("Elizabeth Pollard", **MEGAN), b("Liz Pollard", **MEGAN), SAME),
    ("carried from another alphabet", a("Mohammed Farah", **MEGAN), b("Maxamed Farah", **MEGAN), SAME),
    ("forenames run together", a("Siu-Ming Wang", **MEGAN), b("Siuming Wang", **MEGAN), SAME),
    ("married or a step-father's name", a("Megan Holroyd", **MEGAN), b("Megan Sykes", **MEGAN), SAME),
    ("other family name, elsewhere", a("Megan Holroyd", **MEGAN), b("Megan Sykes", born="2011-08-07"), ASK),
    ("part of a double name", a("Tia Carrick-Holroyd", **MEGAN), b("Tia Holroyd", **MEGAN), SAME),
    ("one slip in the forename", a("Nathan Sykes", **MEGAN), b("Nathsn Sykes", **MEGAN), SAME),
    (
        "age agrees, same postcode",
        a("Megan Holroyd", **MEGAN),
        b("Megan Holroyd", at="QZ1 2AB", year=2011),
        SAME,
    ),
    ("whole name only", a("Megan Holroyd", **MEGAN), b("Megan Holroyd"), ASK),
    ("first name and birthday", a("Megan Holroyd", **MEGAN), b("Megan", **MEGAN), ASK),
    ("initial and birthday", a("Megan Holroyd", **MEGAN), b("M Holroyd", **MEGAN), ASK),
    ("twins", a("Megan Holroyd", **MEGAN), b("Mason Holroyd", **MEGAN), NEVER),
    ("twins with names alike", a("Ella Holroyd", **MEGAN), b("Ellie Holroyd", **MEGAN), NEVER),
    ("brothers", a("Mason Holroyd", **MEGAN), b("Benjamin Holroyd", born="2014-02-01", at="QZ1 2AB"), NEVER),
    ("father and son", a("John Holroyd", **MEGAN), b("John Holroyd", born="1979-08-07", at="QZ1 2AB"), NEVER),
    ("same name, other birthday", a("Megan Holroyd", **MEGAN), b("Megan Holroyd", born="2009-01-30"), APART),
    (
        "two NHS numbers",
        a("Megan Holroyd", **MEGAN, nhs="9991111111"),
        b("Megan Holroyd", **MEGAN, nhs="9992222222"),
        ASK,
    ),
    (
        "NHS numbers a slip apart",
        a("Megan Holroyd", **MEGAN, nhs="9991111111"),
        b("Megan Holroyd", **MEGAN, nhs="9991111117"),
        SAME,
    ),
    (
        "two numbers of one authority",
        a("Megan Holroyd", **MEGAN, person="ssd/1:30"),
        b("Megan Holroyd", **MEGAN, person="ssd/1:44"),
        ASK,
    ),
    (
        "numbers of two authorities",
        a("Megan Holroyd", **MEGAN, person="ssd/1:30"),
        b("Megan Holroyd", **MEGAN, person="ssd/2:44"),
        SAME,
    ),
    ("same pupil number", a("Megan Holroyd", upn="A12"), b("Megan Holroyd", upn="A12"), SAME),
    (
        "a brother's pupil number",
        a("Mason Holroyd", **MEGAN, upn="A12"),
        b("Benjamin Holroyd", upn="A12"),
        ASK,
    ),
    (
        "false name, same nominal",
        a("Joshua Sykes", **MEGAN, nominal="N1"),
        b("George Kaye", nominal="N1"),
        SAME,
    ),
]


@pytest.mark.parametrize(
    "left, right, expected", [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_verdict(left: Profile, right: Profile, expected: Verdict) -> None:
    assert edge(traits(left), traits(right), MODEL).verdict is expected


def test_a_doubted_name_is_not_proof() -> None:
    given = b(name("George Kaye", NameKind.UNVERIFIED), born="2011-08-25")
    real = a("George Kaye", born="2011-08-25")
    assert edge(traits(given), traits(real), MODEL).verdict is ASK


def test_a_street_name_says_nothing() -> None:
    left, right = (profile(ref, name("Quiet-O", NameKind.NICKNAME)) for ref in "ab")
    assert edge(traits(left), traits(right), MODEL).verdict is APART
    assert not tokens(left)


@pytest.mark.parametrize("left, right", [case[1:3] for case in CASES], ids=[case[0] for case in CASES])
def test_order_makes_no_difference(left: Profile, right: Profile) -> None:
    assert score(left, right, MODEL) == score(right, left, MODEL)


def test_reasons_in_words() -> None:
    left = a("Megan Holroyd", born="2011-08-07", nhs="9991111111")
    right = b("Megan Holroyd", born="2011-07-08", nhs="9991111111")
    assert explain(score(left, right, MODEL)) == [
        "Same NHS number (for)",
        "Same name (for)",
        "Date of birth differs by a day/month swap (for)",
    ]


@pytest.mark.parametrize(
    "left, right, expected", [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_of_two_of_one_person_each_finds_the_other(left: Profile, right: Profile, expected: Verdict) -> None:
    if expected is SAME:
        assert sought(left) & tokens(right)
        assert sought(right) & tokens(left)


BORN, BORN_ANOTHER_YEAR = a("George Kaye", born="2011-08-25"), b("George Kaye", born="1975-03-04")
BORN_THAT_YEAR, NO_DATE = b("George Kaye", born="2011-01-01"), b("George Kaye")


@pytest.mark.parametrize(
    "left, right, expected",
    [
        (BORN, NO_DATE, True),
        (NO_DATE, a("George Kaye"), True),
        (BORN, BORN_THAT_YEAR, True),
        (BORN, BORN_ANOTHER_YEAR, False),
    ],
)
def test_a_name_alone_is_held_against_those_it_could_be(
    left: Profile, right: Profile, expected: bool
) -> None:
    assert bool(sought(left) & tokens(right)) is expected
    assert bool(sought(right) & tokens(left)) is expected


def test_tokens_are_bounded() -> None:
    many = [f"Name{i} Other{i}-Third{i}" for i in range(20)]
    days = " ".join(f"2011-0{month}-0{month + 1}" for month in range(1, 9))
    assert len(tokens(profile("a", *many, born=days, at="QZ1 2AB", nhs="9991111111"))) <= 25
