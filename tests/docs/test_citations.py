"""Is every paragraph that the code cites in the review, and does our list of paragraphs agree with it?"""

import re

import pytest

from docs.made import review_map
from tests.docs import pages

REVIEW = pages.PROJECT / "../shared/review/it-was-hard-to-escape.txt"
FOOTNOTES = 19  # the review's last


@pytest.fixture
def review() -> str:
    if not REVIEW.exists():
        pytest.skip("the review's text is not beside this project")
    return REVIEW.read_text(encoding="utf-8")


def test_our_list_of_paragraphs_is_the_reviews(review):
    found = re.findall(r"^ *(\d{1,2}(?:\.\d{1,2}){1,2})\b", review, re.MULTILINE)
    assert {number for number in review_map.paragraphs() if "." in number} == set(found)


def test_our_list_of_sections_is_the_reviews(review):
    found = set(re.findall(r"^ *(\d{1,2})\. [A-Z]", review, re.MULTILINE))
    assert {number for number in review_map.paragraphs() if "." not in number} <= found


def test_every_paragraph_cited_in_the_code_exists():
    known = {*review_map.paragraphs(), *(f"footnote {number}" for number in range(1, FOOTNOTES + 1))}
    cited = review_map.citations()
    assert cited
    assert not [(number, file) for number, file, _ in cited if number not in known]


def test_every_paragraph_cited_in_the_documents_exists():
    cited = {(n, pages.name(p)) for p in pages.documents() for n in review_map.cited(pages.text(p))}
    assert not [pair for pair in cited if not pair[0].startswith("foot") and pair[0] not in known_numbers()]


def known_numbers() -> set[str]:
    return set(review_map.paragraphs())


@pytest.mark.parametrize(
    "line, numbers",
    [
        ('"""What does housing tell us?  §5.9-5.11."""', ["5.9", "5.10", "5.11"]),
        ("# §8.2, §17.8.7", ["8.2", "17.8.7"]),
        ("one child may have several (footnote 8).", ["footnote 8"]),
        ("FIRST_WAIT = timedelta(minutes=5)", []),
    ],
)
def test_what_a_line_cites(line, numbers):
    assert list(review_map.cited(line)) == numbers
