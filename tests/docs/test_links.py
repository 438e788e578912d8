"""Does everything that a document points to exist?"""

import re
from pathlib import Path

import pytest

from docs.made.markdown import anchor
from holdfast.commandline.main import COMMANDS
from tests.docs import pages

OURS = ("holdfast/", "docs/", "tests/", "tools/", "bench/", "requirements/")
A_PATH = re.compile(rf"(?:{'|'.join(OURS)})[\w./-]*")
MADE_BY_USE = {"bench/results/"}  # folders that a run makes

each_document = pytest.mark.parametrize("path", pages.documents(), ids=pages.name)


@each_document
def test_every_link_resolves(path):
    for link in pages.links(path):
        if link.startswith(("https://", "mailto:")):
            continue
        target, _, place = link.partition("#")
        found = (path.parent / target).resolve() if target else path
        assert found.exists(), f"{pages.name(path)} points to {link}"
        if place:
            assert place in map(anchor, pages.headings(found)), f"{pages.name(path)} points to {link}"


@each_document
def test_every_path_named_exists(path):
    for words in pages.quoted(path):
        if A_PATH.fullmatch(words) and words not in MADE_BY_USE:
            assert (pages.PROJECT / words).exists(), f"{pages.name(path)} names {words}"


@each_document
def test_every_command_named_exists(path):
    known = {command.name for command in COMMANDS}
    assert set(pages.commands(path)) <= known


def test_every_page_is_reached_from_the_index():
    """A page that nothing points to is a page that nobody reads."""
    reached, waiting = set(), [pages.PROJECT / "docs/README.md"]
    while waiting:
        page = waiting.pop()
        if page not in reached and page.suffix == ".md":
            reached.add(page)
            found = [link.partition("#")[0] for link in pages.links(page) if "://" not in link]
            waiting += [(page.parent / link).resolve() for link in found if link]
    written = set(Path(pages.PROJECT / "docs").rglob("*.md"))
    assert not {pages.name(page) for page in written - reached}
