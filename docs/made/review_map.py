"""Which lines of the code answer which paragraph of the review?"""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from .markdown import page, table

PROJECT = Path(__file__).resolve().parents[2]
PARAGRAPHS = Path(__file__).with_name("paragraphs.txt")
KINDS_OF_FILE = ("*.py", "*.html", "*.sql", "*.js")
_MARK = re.compile(r"§(\d+(?:\.\d+)*)(?:\s?[-–]\s?§?(\d+(?:\.\d+)*))?")
_FOOTNOTE = re.compile(r"[Ff]ootnote (\d+)")

INTRODUCTION = """\
The review is the Child Safeguarding Practice Review Panel's *It was hard to escape* (2020). A line of
code that does what one of its paragraphs asks names the paragraph. Here are those lines, so that one can
ask what the code makes of a paragraph; and, at the end, the paragraphs that no line names yet. To be
named is not to be done: read the line."""


def paragraphs() -> list[str]:
    """Return the numbers of the review's sections and paragraphs, in its order."""
    return PARAGRAPHS.read_text(encoding="utf-8").split()


def citations() -> list[tuple[str, str, str]]:
    """Return (paragraph, file, the line's words) for every § in the code; a range counts for each in it."""
    found = []
    for path in _files():
        name = path.relative_to(PROJECT).as_posix()
        for line in path.read_text(encoding="utf-8").splitlines():
            found += [(number, name, _words(line)) for number in cited(line)]
    return found


def cited(line: str) -> Iterator[str]:
    """Return the paragraphs that a line names: "8.2", all of "5.9" to "5.13", and "footnote 8"."""
    for first, last in _MARK.findall(line):
        yield from _range(first, last) if last else [first]
    yield from (f"footnote {number}" for number in _FOOTNOTE.findall(line))


def _range(first: str, last: str) -> Iterator[str]:
    section, _, begin = first.rpartition(".")
    for number in range(int(begin), int(last.rpartition(".")[2]) + 1):
        yield f"{section}.{number}" if section else str(number)


def _files() -> Iterator[Path]:
    for pattern in KINDS_OF_FILE:
        yield from sorted((PROJECT / "holdfast").rglob(pattern))


def _words(line: str) -> str:
    """Return a line without the marks around its words."""
    return line.strip().removeprefix('"""').removesuffix('"""').lstrip("# ").strip()


def pages() -> dict[str, str]:
    lines: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for number, name, words in citations():
        lines[number].append((name, words))
    rows = [
        [mark(number), f"`{name}`", words]
        for number in sorted(lines, key=order)
        for name, words in dict.fromkeys(lines[number])
    ]
    silent = [number for number in paragraphs() if number not in lines]
    return {
        "review-map.md": page(
            "From the review to the code",
            INTRODUCTION,
            table(["paragraph", "file", "what the line says"], rows),
            "## Not named in the code yet",
            "\n".join(_by_section(silent)),
        )
    }


def _by_section(numbers: list[str]) -> list[str]:
    sections: dict[str, list[str]] = defaultdict(list)
    for number in numbers:
        if "." in number:
            sections[number.partition(".")[0]].append(number)
    return [f"- Section {section}: {', '.join(map(mark, found))}" for section, found in sections.items()]


def mark(number: str) -> str:
    return number if number.startswith("footnote") else f"§{number}"


def order(number: str) -> tuple[bool, list[int]]:
    return number.startswith("footnote"), [int(part) for part in re.findall(r"\d+", number)]
