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


def commands(path: Path) -> list[str]:
    """Return the `holdfast` commands that a page gives to type, without their arguments."""
    typed = quoted(path) + [line.strip() for line in text(path).splitlines() if line.startswith("    ")]
    found = [re.match(r"(?:[A-Z_]+=\S+ )*(?:\.venv/bin/)?holdfast ([a-z][a-z-]*)", line) for line in typed]
    return [command[1] for command in found if command]
