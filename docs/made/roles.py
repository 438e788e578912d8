"""Whose records does each role reach, and what may it do?"""

from holdfast.access.terms import DUTIES, REACH, Duty, Reach, Via
from holdfast.chronology.rules import READS_CONDITIONS, READS_INTELLIGENCE
from holdfast.people.terms import Role

from .code_lists import PACKAGE, notes
from .markdown import page, table

INTRODUCTION = """\
What a role reaches and may do without anybody's leave, from the tables in `holdfast/access/terms.py` and
`holdfast/chronology/rules.py`. Why, and what is not built yet: [Need to
know](../explanation/need-to-know.md)."""


def pages() -> dict[str, str]:
    return {
        "roles.md": page(
            "Roles",
            INTRODUCTION,
            table(["role", "reaches", *map(str, Duty), "police lines"], map(_row, Role)),
            "## What the words mean",
            table(["word", "meaning"], [*_meanings(Reach), *_meanings(Duty)]),
            "## How a grant comes about",
            "Besides, one practitioner or team may be let see one child's record:",
            table(["by", "because", "today"], _ways()),
        )
    }


def _row(role: Role) -> list[str]:
    duties = ["yes" if duty in DUTIES[role] else "" for duty in Duty]
    return [role.replace("_", " "), str(REACH[role]), *duties, _police_lines(role)]


def _police_lines(role: Role) -> str:
    if role in READS_CONDITIONS:
        return "all"
    return "without a handling condition" if role in READS_INTELLIGENCE else ""


def _ways() -> list[list[str]]:
    code = " ".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    unused = {via.value for via in Via if f"Via.{via.name}" not in code}
    given = notes(Via).items()
    return [[f"`{word}`", note, "nothing gives it yet" if word in unused else ""] for word, note in given]


def _meanings(words: type[Reach] | type[Duty] | type[Via]) -> list[list[str]]:
    return [[f"`{word}`", note] for word, note in notes(words).items()]
