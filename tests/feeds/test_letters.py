"""Is a name that only looks like another noticed, and does what nobody sees become visible?"""

import pytest

from holdfast.feeds.reading.letters import look_alike, shown_plainly


@pytest.mark.parametrize(
    "name",
    ["Ama Osei", "Zoë Žigová", "O’Neill", "Nʼdiaye", "Łukasz", "Димитър Ганчев", "Γιώργος", "أمل حداد",
     "小明", "Мария (Maria)", "ʻOkina", "José Mª", "Ama 15", ""],
)  # fmt: skip
def test_names_that_people_have(name):
    assert look_alike(name) == ""


@pytest.mark.parametrize(
    "name, words",
    [
        ("Аma Osei", "mixes Cyrillic and Latin letters"),
        ("Ama Οsei", "mixes Greek and Latin letters"),
        ("РОРЕ", "is written in Cyrillic letters that look like ours"),
        ("ΑΝΝΑ Osei", "is written in Greek letters that look like ours"),
        ("Ａｍａ", "decorated letters"),
        ("𝔄ma", "decorated letters"),
    ],
)
def test_names_that_only_look_like_others(name, words):
    assert words in look_alike(name)


def test_marks_that_nobody_sees_are_shown():
    assert shown_plainly("Ama \u202eiesO\u2069\r\n\x07") == "Ama [U+202E]iesO[U+2069]\r\n[U+0007]"
    assert shown_plainly("Zoë, 14") == "Zoë, 14"
