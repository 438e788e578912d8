"""Can what a document tells people to type be typed, and what it tells them to press be pressed?"""

import contextlib
import io
import re
import shlex

import pytest

from holdfast.commandline import main
from tests.docs import pages

HOW_TOS = sorted((pages.PROJECT / "docs/how-to").glob("*.md"))
_PRESSED = re.compile(r"(?<!\*)\*([A-Z][^*\n]*)\*(?!\*)")
_SHELL = {">", "|", "\\"}
PLACES = {"FOLDER": "folder", "YOUR-NAME": "ada", "COMMAND": "check"}


def typed() -> list[tuple[str, list[str]]]:
    """Return each `holdfast` command that a document gives, with its arguments up to a pipe."""
    found = []
    for path in pages.documents():
        for line in pages.lines_to_type(path):
            words = shlex.split(line)
            end = next((place for place, word in enumerate(words) if word in _SHELL), len(words))
            found.append((pages.name(path), [PLACES.get(word, word) for word in words[:end]]))
    return found


@pytest.mark.parametrize("document, words", typed())
def test_a_command_can_be_typed(document, words):
    chosen = next(command for command in main.COMMANDS if command.name == words[0])
    if chosen.passes_on or len(words) == 1 and chosen.name in ALONE:
        return
    said = io.StringIO()
    try:
        with contextlib.redirect_stderr(said):
            main._parser(chosen, main.import_module(chosen.module)).parse_args(words)
    except SystemExit:
        pytest.fail(f"{document} says holdfast {' '.join(words)}: {said.getvalue()}")


# Named in a sentence rather than given to type.
ALONE = {"replay", "quarantine", "export", "worker"}


def written_on_pages() -> str:
    """Return all words of the pages, as far as they are in our own files."""
    web = pages.PROJECT / "holdfast/web"
    files = [path for ending in ("*.py", "*.html", "*.js") for path in sorted(web.rglob(ending))]
    return " ".join(" ".join(pages.text(path) for path in files).split())


@pytest.mark.parametrize("path", HOW_TOS, ids=pages.name)
def test_what_is_to_be_pressed_is_on_a_page(path):
    """In a how-to, words in italics that begin with a capital are words of a page."""
    shown = written_on_pages()
    assert not [words for words in _PRESSED.findall(pages.text(path)) if words not in shown]


# What one process of ours tells another, and what is only for those who develop.
BETWEEN_US = {"HOLDFAST_DATABASE_ROLE", "HOLDFAST_SUPERVISED", "HOLDFAST_DEMONSTRATION", "HOLDFAST_DEBUG"}
_VARIABLE = re.compile(r"\b(?:HOLDFAST|DATABASE)_[A-Z_]+\b")


def test_every_variable_that_an_administrator_may_set_is_explained():
    code = " ".join(pages.text(path) for path in (pages.PROJECT / "holdfast").rglob("*.py"))
    read = set(re.findall(r"""(?:environ(?:\.get)?[\[(]|_on\()\s*"((?:HOLDFAST|DATABASE)_[A-Z_]+)\"""", code))
    explained = set(_VARIABLE.findall(pages.text(pages.PROJECT / "docs/how-to/install-and-keep-running.md")))
    assert "HOLDFAST_DROPS" in read
    assert read - BETWEEN_US <= explained
    assert explained <= read
