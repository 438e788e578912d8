"""Which habits of the house cannot be left to memory?  Read from the source, without importing it.

Each exception below is named and says why.  One that is no longer needed fails, too.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
HOUSE = PROJECT / "holdfast"
SOURCES = [path for path in sorted(HOUSE.rglob("*.py")) if "migrations" not in path.parts]
KERNEL = "people"  # the one package whose tables every other may name

LONGEST_FILE = 300  # lines, house style
LONGEST_FUNCTION = 40  # lines, house style

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def title(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


def package(path: Path) -> str:
    return path.relative_to(HOUSE).parts[0]


def each(paths: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("path", paths, ids=title)


def imports(path: Path) -> Iterator[tuple[str, str, str]]:
    """Yield (module, name, name here) of everything imported from the house."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("holdfast."):
            for alias in node.names:
                yield node.module or "", alias.name, alias.asname or alias.name


def public(path: Path) -> Iterator[Function]:
    for node in tree(path).body:
        if isinstance(node, Function) and not node.name.startswith("_"):
            yield node


# --- tables stay inside their package


def only_as_types(path: Path) -> set[int]:
    """Return the ids of the nodes that only say what type something has."""
    said = [getattr(node, part, None) for node in ast.walk(tree(path)) for part in ("annotation", "returns")]
    return {id(inner) for node in said if node is not None for inner in ast.walk(node)}


def foreign_tables(path: Path) -> dict[str, str]:
    found = [(name, re.match(r"holdfast\.(\w+)\.models", module)) for module, _, name in imports(path)]
    return {name: owner[1] for name, owner in found if owner and owner[1] not in (KERNEL, package(path))}


@each([path for path in SOURCES if foreign_tables(path)])
def test_another_packages_tables_are_named_only_as_types(path):
    """A page may say that it shows an Event; asking for one is the affair of the package that has it."""
    tables, types = foreign_tables(path), only_as_types(path)
    used = [node for node in ast.walk(tree(path)) if isinstance(node, ast.Name) and node.id in tables]
    assert [f"{node.id}, line {node.lineno}" for node in used if id(node) not in types] == []


# --- commands say who and when, and are whole

NOT_COMMANDS = {
    "audit/commands.py:record": "a line in the caller's transaction: it is never an act by itself",
    "audit/commands.py:record_each": "as record",
    "audit/commands.py:record_shown": "as record",
    "feeds/commands.py:keep_problems": "a part that receive and applying share, within their transactions",
    "moments/commands/raising.py:open_records": "a part of raise_moments, within its transaction",
    "paging/commands.py:deliveries": "builds rows that its callers store in their transactions",
}
COMMANDS = [
    path
    for path in SOURCES
    if package(path) != "commandline" and (path.name == "commands.py" or path.parent.name == "commands")
]


def faults_of(command: Function) -> list[str]:
    named = {argument.arg for argument in command.args.kwonlyargs}
    positional = [argument.arg for argument in (*command.args.posonlyargs, *command.args.args)]
    atomic = any("atomic" in ast.unparse(decorator) for decorator in command.decorator_list)
    return [
        *(f"takes {name} by position" for name in positional),
        *(f"does not take {name}" for name in sorted({"by", "at"} - named)),
        *([] if atomic else ["is not atomic"]),
    ]


@each(COMMANDS)
def test_every_command_says_who_and_when_and_is_whole(path):
    found = {f"{path.relative_to(HOUSE).as_posix()}:{one.name}": faults_of(one) for one in public(path)}
    assert {name: faults for name, faults in found.items() if faults and name not in NOT_COMMANDS} == {}
    assert [name for name in NOT_COMMANDS if name in found and not found[name]] == []


def test_no_exception_outlives_what_it_was_for():
    there = {f"{path.relative_to(HOUSE).as_posix()}:{one.name}" for path in COMMANDS for one in public(path)}
    assert set(NOT_COMMANDS) - there == set()


# --- what pages ask is bounded by who asks

FOUND_ALREADY = "answers about people whom a query led by `by` let through"
FOUND_ROW = "reads again the text of a row that a query led by `by` let through"
NO_RECORD = "who answers or where a place is: nothing from a child's record"
NOT_LED_BY = {
    ("access", "one_page"): "asks nothing: what is asked within it is led by `by`",
    ("feeds", "row_as_sent"): FOUND_ROW,
    ("feeds", "row_of"): FOUND_ROW,
    ("moments", "answering_area"): NO_RECORD,
    ("moments", "kinds_to_tell"): NO_RECORD,
    ("paging", "paged_at"): "about moments that a query led by `by` let through",
    ("people", "by_name"): FOUND_ALREADY,
    ("people", "find"): FOUND_ALREADY,
    ("people", "identities"): FOUND_ALREADY,
    ("people", "said_of"): FOUND_ALREADY,
    ("places", "area_of_place"): NO_RECORD,
    ("places", "area_of_postcode"): NO_RECORD,
    ("rota", "ladder"): NO_RECORD,
    ("rota", "people_at_step"): NO_RECORD,
}
READS = ("queries", "explaining", "matching", "searching")  # the modules that answer
PAGES = [path for path in SOURCES if package(path) == "web"]


@cache
def questions() -> dict[tuple[str, str], str]:
    """Return the first parameter of every public read, by package and name."""
    paths = [path for path in SOURCES if path.stem in READS or path.parent.name in READS]
    return {
        (package(path), one.name): next((argument.arg for argument in one.args.args), "")
        for path in paths
        for one in public(path)
    }


def asked(path: Path) -> set[tuple[str, str]]:
    """Return the reads of other packages that a file uses, by package and name."""
    modules, found = {}, set()
    for module, name, here in imports(path):
        if name in READS:
            modules[here] = module.split(".")[1]
        elif module.split(".")[-1] in READS:
            found.add((module.split(".")[1], name))
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules:
            found.add((modules[node.value.id], node.attr))
    return found & set(questions())


def test_pages_ask_only_questions_led_by_who_asks():
    open_to_all = {one for path in PAGES for one in asked(path) if questions()[one] != "by"}
    assert open_to_all - set(NOT_LED_BY) == set()
    assert set(NOT_LED_BY) - open_to_all == set(), "no longer asked by a page, or led by `by` by now"


# --- rules and terms are plain; the clock comes in at the edge

PLAIN = [path for path in SOURCES if {path.stem, path.parent.name} & {"rules", "terms"}]
READS_A_CLOCK = re.compile(r"\b(now|today|utcnow|monotonic|localdate|localtime)\(\)|\btime\.time\(\)")
EDGES = ("web", "commandline")  # requests and commands; the workers beside them


@each(PLAIN)
def test_rules_and_terms_know_neither_django_nor_the_time(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"^\s*(from|import) django", text, re.MULTILINE)
    assert not re.search(r"kit\.clock import .*\bnow\b", text)
    assert not READS_A_CLOCK.search(text)


BELOW_THE_EDGE = [path for path in SOURCES if package(path) not in EDGES and path.name != "worker.py"]


@each([path for path in BELOW_THE_EDGE if title(path) != "holdfast/kit/clock.py"])  # that one is the clock
def test_nothing_below_the_edge_reads_a_clock(path):
    assert not re.search(r"(?<!def )" + READS_A_CLOCK.pattern, path.read_text(encoding="utf-8"))


# --- what the house does without

DONE_WITHOUT = {
    "signals": r"@receiver\(|\.connect\(\w+, sender=|django\.dispatch|django\.db\.models\.signals",
    "columns that hold anything": r"\bJSONField\(",
    "keys to any table": r"\bGenericForeignKey\(",
}


@pytest.mark.parametrize("what", DONE_WITHOUT)
def test_the_house_does_without(what):
    found = [title(path) for path in SOURCES if re.search(DONE_WITHOUT[what], path.read_text("utf-8"))]
    assert found == []


ABOUT_CHILDREN = {"people", "chronology", "relationships", "identification", "moments"}
A_NUMBER = re.compile(r"\b\w*(score|rank|risk_level|propensity|likelihood)\w* = models\.", re.IGNORECASE)


def test_no_child_is_given_a_number_to_be_sorted_by():
    """Records are compared, in `linkage`; nobody is graded."""
    about = [path for path in SOURCES if package(path) in ABOUT_CHILDREN]
    assert [title(path) for path in about if A_NUMBER.search(path.read_text(encoding="utf-8"))] == []


# --- words

NEVER = re.compile(
    r"\bchose to (go|run|carry|sell|be)\b|\blifestyle choice|\bputting (him|her|them)sel\w+ at risk"
    r"|\b(involved in|runs|works) county lines|\bgang[- ](member|affiliate|nominal)|\baffiliate"
    r"|\bdrug (runner|dealer|mule)|\bdealers?\b|\bmules?\b|\bplugging\b|\bslaves?\b|\babscond|\bawol\b"
    r"|\b(goes|going) missing\b|\bnon-?complian|\bnot engag|\bhard[- ]to[- ]reach|\bpromiscuous"
    r"|\bstreetwise|\bmature for (his|her|their) age|\bperpetrator|\boffender|\balleg(es|ed|ation)\b"
    r"|\bdisclosed\b|\bfailed to protect|\bchaotic\b|\bmum not\b|\bnot co-?operating|\bBAME\b|\bBME\b"
    r"|\bnon-white\b|\bcontextual safeguarding",
    re.IGNORECASE,
)
# On screens, besides: names that senders give to their columns and exports, and words from files.
NEVER_ON_SCREENS = re.compile(r"\bnominal|\bcaseload|\bcohort|\bcases?\b|\brefuses\b", re.IGNORECASE)
WORDED = {".py", ".html", ".txt", ".md", ".js", ".css", ".json", ".toml"}
SAID_BY_OTHERS: dict[str, str] = {}  # file: why it may hold such a word


def worded() -> list[Path]:
    folders = [HOUSE, PROJECT / "docs", PROJECT / "front", PROJECT / "bench"]
    found = [path for folder in folders for path in folder.rglob("*") if path.suffix in WORDED]
    own = [path for path in found if not {"migrations", "vendor", "__pycache__"} & set(path.parts)]
    return sorted([*own, *PROJECT.glob("*.md")])


def said(pattern: re.Pattern[str], path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [
        f"{title(path)}:{n}: {hit[0]}" for n, line in enumerate(lines, 1) if (hit := pattern.search(line))
    ]


def test_nothing_we_write_blames_a_child_or_a_family():
    found = {title(path): said(NEVER, path) for path in worded()}
    assert [hit for name, hits in found.items() if name not in SAID_BY_OTHERS for hit in hits] == []
    assert [name for name in SAID_BY_OTHERS if not found.get(name)] == []


def test_no_screen_speaks_of_children_as_files():
    screens = [path for path in worded() if path.suffix in (".html", ".txt") and "templates" in path.parts]
    assert len(screens) > 50
    assert [hit for path in screens for hit in said(NEVER_ON_SCREENS, path)] == []


@pytest.mark.parametrize("words", ["a gang member", "He absconded", "hard to reach", "an Offender"])
def test_such_words_are_found(words):
    assert NEVER.search(words)


# --- sizes

LONG_FILES: dict[str, str] = {}
LONG_FUNCTIONS = {
    "holdfast/moments/commands/telling.py:tell": "half of it names what somebody told us",
    "holdfast/web/building/doing.py:forms_of": "one table: each act, and when its form is shown",
}


def test_files_stay_short_enough_to_be_read():
    long = {title(path) for path in SOURCES if len(path.read_text("utf-8").splitlines()) > LONGEST_FILE}
    assert long == set(LONG_FILES)


def test_functions_stay_short_enough_to_be_read():
    long = {
        f"{title(path)}:{node.name}"
        for path in SOURCES
        for node in ast.walk(tree(path))
        if isinstance(node, Function) and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    }
    assert long == set(LONG_FUNCTIONS)
