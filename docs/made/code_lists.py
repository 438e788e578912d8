"""Which codes may stand in an export, and which words does Holdfast itself use?"""

import ast
import importlib
import inspect
import io
import tokenize
from enum import StrEnum
from pathlib import Path
from types import ModuleType

from holdfast.chronology.terms import EventKind
from holdfast.feeds.tables import TABLES, CodeList, Table

from .markdown import anchor, page, table

PACKAGE = Path(__file__).resolve().parents[2] / "holdfast"
INTRODUCTION = """\
The first part has the codes that may stand in agencies' exports: any other is asked about. The second has
the words that Holdfast keeps in its own tables. Capitals and spaces in a sender's code make no
difference."""


def lists() -> dict[str, tuple[CodeList, list[Table]]]:
    """Return every code list of the exports by its heading, with the exports that use it."""
    uses: dict[int, tuple[CodeList, list[Table]]] = {}
    for export in TABLES:
        for column in export.columns:
            if column.codes:
                found = uses.setdefault(id(column.codes), (column.codes, []))[1]
                if export not in found:
                    found.append(export)
    names = [codes.name for codes, _ in uses.values()]
    return dict(sorted((_heading(codes, names), (codes, using)) for codes, using in uses.values()))


def _heading(codes: CodeList, names: list[str]) -> str:
    """Two lists of one name are told apart by their codes."""
    name = codes.name[0].upper() + codes.name[1:]
    return f"{name} ({', '.join(codes.meanings)})" if names.count(codes.name) > 1 else name


def link(codes: CodeList, to: str) -> str:
    heading = next(heading for heading, (found, _) in lists().items() if found is codes)
    return f"[{codes.name}]({to}#{anchor(heading)})"


def pages() -> dict[str, str]:
    sent = [_list(heading, codes, using) for heading, (codes, using) in lists().items()]
    own = [_events(), *(_words(name, enum) for name, enum in _enumerations() if enum is not EventKind)]
    parts = ["## Codes in agencies' exports", *sent, "## Words of Holdfast", *own]
    return {"code-lists.md": page("Code lists", INTRODUCTION, *parts)}


def _list(heading: str, codes: CodeList, using: list[Table]) -> str:
    exports = ", ".join(f"[{export.title}](feeds/{export.feed}-{export.name}.md)" for export in using)
    said = f"### {heading}\n\nIn {exports}.\n\n"
    if not codes.meanings:
        return said + "The codes of this partnership's own areas, as under Settings, Areas."
    return said + table(["code", "means"], [[f"`{code}`", words] for code, words in codes.meanings.items()])


def _events() -> str:
    """The kinds of event have their words in the database, which a migration fills."""
    kinds = importlib.import_module("holdfast.chronology.migrations.0002_kinds").KINDS
    rows = [[f"`{code}`", label, group] for code, label, group in kinds]
    own = "What stands on a timeline. A partnership adds its own in `chronology.Kind`."
    return f"### chronology: kinds of event\n\n{own}\n\n" + table(
        ["code", "words", "filter of the timeline"], rows
    )


def _enumerations() -> list[tuple[str, type[StrEnum]]]:
    found = []
    for path in sorted(PACKAGE.glob("*/terms.py")):
        module = importlib.import_module(f"holdfast.{path.parent.name}.terms")
        for name, value in vars(module).items():
            if inspect.isclass(value) and issubclass(value, StrEnum) and value.__module__ == module.__name__:
                found.append((f"{path.parent.name}: {name}", value))
    return found


def _words(heading: str, enum: type[StrEnum]) -> str:
    own = enum.__doc__ or ""
    rows = [[f"`{word}`", note] for word, note in notes(enum).items()]
    return f"### {heading}\n\n{' '.join(own.split())}\n\n" + table(["word", "note"], rows)


def notes(enum: type[StrEnum]) -> dict[str, str]:
    """Return each word with what the code says of it behind it, or with its name in full."""
    module = inspect.getmodule(enum)
    assert module is not None
    said = _comments(module)
    return {member.value: said.get((enum.__name__, member.name)) or _spoken(member) for member in enum}


def _spoken(member: StrEnum) -> str:
    """Return the member's name as words, where its value does not say as much."""
    words = member.name.lower().replace("_", " ")
    return "" if member.value.replace("_", " ") == words else words


def _comments(module: ModuleType) -> dict[tuple[str, str], str]:
    """Return the comment behind each member of each class, as the code has it."""
    text = inspect.getsource(module)
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    behind = {token.start[0]: token.string.lstrip("# ") for token in tokens if token.type == tokenize.COMMENT}
    return {
        (node.name, line.targets[0].id): behind.get(line.lineno, "")
        for node in ast.parse(text).body
        if isinstance(node, ast.ClassDef)
        for line in node.body
        if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name)
    }
