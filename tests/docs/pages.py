"""Which documents are there, and what do they name?"""

import re
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
AT_THE_ROOT = ("README.md", "CHANGELOG.md", "GLOSSARY.md")
_FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_QUOTED = re.compile(r"`([^`\n]+)`")
_HEADING = re.compile(r"^#+ +(.+?) *$", re.MULTILINE)


def documents() -> list[Path]:
    return [PROJECT / name for name in AT_THE_ROOT] + sorted((PROJECT / "docs").rglob("*.md"))


def name(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def links(path: Path) -> list[str]:
    return _LINK.findall(_FENCED.sub("", text(path)))


def quoted(path: Path) -> list[str]:
    """Return what stands between backquotes."""
    return _QUOTED.findall(text(path))


def headings(path: Path) -> list[str]:
    return _HEADING.findall(text(path))


def lines_to_type(path: Path) -> list[str]:
    """Return what follows `holdfast` in the commands that a page gives, in a sentence or on a line."""
    given = quoted(path) + [line.strip() for line in text(path).splitlines() if line.startswith("    ")]
    found = [
        re.match(r"(?:.*\| )?(?:[A-Z_]+=\S+ )*(?:\.venv/bin/)?holdfast ([a-z].*)", line) for line in given
    ]
    # The command's own page shows how each is written, not what to type.
    return [line[1] for line in found if line] if path.name != "commands.md" else []


def commands(path: Path) -> list[str]:
    return [line.split()[0] for line in lines_to_type(path)]
