"""Can a word be found in the glossary, and does it say what the words of the code say?"""

import re

import pytest

from tests.docs import pages

GLOSSARY = pages.PROJECT / "GLOSSARY.md"
ABBREVIATION = re.compile(r"\b[A-Z]{3,5}\b")
# Names of standards, formats and things of the machine, which their own users know.
KNOWN = {"COPY", "GOV", "HTTP", "HTTPS", "INT", "ISO", "JSON", "MIT", "NHS", "SQL", "TERM", "TLS"}


def words() -> list[str]:
    rows = re.findall(r"^\| (.+?) \| .+ \|$", pages.text(GLOSSARY), re.MULTILINE)
    return [word for word in rows if word not in ("word", "---")]


def test_words_stand_in_order():
    plain = [word.lower() for word in words() if word != "§"]
    assert plain == sorted(plain)


@pytest.mark.parametrize(
    "path", [path for path in pages.documents() if "reference" not in path.parts], ids=pages.name
)
def test_an_abbreviation_in_our_words_is_explained(path):
    said = re.sub(r"^    .*$|`[^`]*`|\(https?:[^)]*\)", "", pages.text(path), flags=re.MULTILINE)
    assert not set(ABBREVIATION.findall(said)) - KNOWN - set(words())
