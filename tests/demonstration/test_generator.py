"""Is the demonstration the same every time, well formed, near today, and written in the words we promise?"""

import csv
import hashlib
import io
import json
import re
import time
from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

from holdfast.demonstration import live
from holdfast.demonstration.acts import acts
from holdfast.demonstration.answering import on_duty
from holdfast.demonstration.doing import Acknowledge, Act, EndMoment, OpenRecord, RecordContact, Tell
from holdfast.demonstration.drops import drops
from holdfast.demonstration.families import UPN_LETTERS
from holdfast.demonstration.folder import Made, continue_from, make_folder
from holdfast.demonstration.formats import HEADINGS
from holdfast.demonstration.plan import plan_partnership
from holdfast.demonstration.schools import year_group
from holdfast.demonstration.shape import LONDON, Partnership
from holdfast.demonstration.stories import tell
from holdfast.demonstration.tables import TEXT
from holdfast.demonstration.telling import TELLERS

NOW = datetime(2026, 11, 25, 21, 40, tzinfo=LONDON)
LATER = NOW + timedelta(days=3, hours=-12)
MOST_ROWS = 4000
ALLOWED_SECONDS = 3

# What C3 tells us not to write, as whole words.
UNKIND = re.compile(
    r"\b(chose to|lifestyle|at risk by|putting (him|her|them)sel\w+|involved in|county lines|gangs?"
    r"|affiliate\w*|nominal\w*|tagged|runners?|dealers?|mules?|plugg\w+|slaves?|abscond\w*|awol"
    r"|keeps going missing"
    r"|refus\w+|non.?compl\w+|not engag\w+|hard to reach|promiscu\w+|streetwise|mature for|perpetrat\w+"
    r"|offend\w+|disclos\w+|alleg\w+|fail\w*|chaotic|co-?operat\w+|cases?|caseloads?|cohorts?|bame|bme|non-white"
    r"|contextual safeguarding|placements?|youths)\b",
    re.IGNORECASE,
)
CODES = {("addr_address_type", "Placement"), ("missing_from", "placement")}  # the formats' own words


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Made]:
    folder = tmp_path_factory.mktemp("demonstration")
    return folder, make_folder(folder, NOW)


@pytest.fixture(scope="module")
def partnership() -> Partnership:
    return plan_partnership(NOW.date())


def text_of(path: Path, encoding: str = "utf-8") -> str:
    return path.read_bytes().decode(encoding, errors="strict")


def cells(folder: Path, entry: dict) -> Iterator[tuple[str, str]]:
    """Each heading (or path) and value of one file."""
    path = folder / str(entry["path"])
    if path.suffix == ".xlsx":
        for sheet in openpyxl.load_workbook(path):
            for row in sheet.iter_rows(values_only=True):
                yield from (("", str(value)) for value in row if value is not None)
    elif path.suffix == ".ndjson":
        for line in text_of(path).splitlines():
            yield from leaves(json.loads(line))
    elif path.suffix == ".csv":
        for row in csv.DictReader(io.StringIO(text_of(path, str(entry["encoding"])), newline="")):
            yield from ((heading, value or "") for heading, value in row.items())


def leaves(value: object, name: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, name)
    else:
        yield name, str(value)


def test_the_same_day_and_seed_give_the_same_bytes(made: tuple[Path, Made], tmp_path: Path) -> None:
    folder, first = made
    again = make_folder(tmp_path, NOW)
    assert again.entries == first.entries
    assert (tmp_path / "manifest.json").read_bytes() == (folder / "manifest.json").read_bytes()
    assert make_folder(tmp_path / "other", NOW, seed=21).entries != first.entries


def test_it_is_made_quickly_and_is_not_too_large(tmp_path: Path) -> None:
    started = time.perf_counter()
    made = make_folder(tmp_path, NOW)
    assert time.perf_counter() - started < ALLOWED_SECONDS
    rows = sum(int(entry["rows"]) for entry in made.entries if entry["feed"] != "reference")
    assert 1000 < rows < MOST_ROWS


def test_the_manifest_tells_the_truth_about_each_file(made: tuple[Path, Made]) -> None:
    folder, first = made
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert set(manifest) == {"partnership", "period_start", "period_end", "files"}
    assert {str(path.relative_to(folder)) for path in folder.rglob("*.*")} == {
        *(entry["path"] for entry in manifest["files"]), "manifest.json",
    }  # fmt: skip
    for entry in manifest["files"]:
        content = (folder / entry["path"]).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (entry["bytes"], entry["sha256"])
    assert len({entry["path"] for entry in first.entries}) == len(first.entries)


def test_every_feed_sends_with_its_own_headings(made: tuple[Path, Made]) -> None:
    folder, first = made
    sent = {(entry["feed"], entry["table"]) for entry in first.entries if entry["feed"] != "reference"}
    assert sent == {*HEADINGS, ("hospital", "ed")}
    for entry in first.entries:
        if str(entry["path"]).endswith(".csv") and entry["feed"] != "reference":
            content = text_of(folder / str(entry["path"]), str(entry["encoding"]))
            assert content.split("\r\n")[0] == HEADINGS[entry["feed"], entry["table"]]


def test_rows_in_a_file_are_the_rows_of_its_manifest_unless_it_was_cut(made: tuple[Path, Made]) -> None:
    folder, first = made
    short = []
    for entry in first.entries:
        path = folder / str(entry["path"])
        if path.suffix == ".csv" and entry["feed"] != "reference":
            content = text_of(path, str(entry["encoding"]))
            if len(list(csv.reader(io.StringIO(content, newline="")))) - 1 != entry["rows"]:
                short.append(entry["path"])
            elif not content.endswith("\r\n"):
                short.append(entry["path"])
    assert len(short) == 1 and str(short[0]).startswith("schools/attendance_ap")


def test_a_few_ordinary_faults_are_there_to_be_shown(made: tuple[Path, Made]) -> None:
    folder, first = made
    encodings = {entry["encoding"] for entry in first.entries}
    assert encodings == {"utf-8", "utf-8-sig", "cp1252", "binary"}
    assert any("_resend" in str(entry["path"]) for entry in first.entries)
    late = [
        entry for entry in first.entries
        if datetime.fromisoformat(str(entry["arrived_at"])).date().isoformat() > str(entry["drop_date"])
    ]  # fmt: skip
    assert len(late) == 2  # one late, one sent again the day after
    values = {pair for entry in first.entries for pair in cells(folder, entry)}
    assert {("StartDate", "31/11/2026"), ("risk_level", "STANDARD"), ("handling", "X")} <= values


def test_no_word_blames_a_child(made: tuple[Path, Made]) -> None:
    folder, first = made
    found = [
        (entry["path"], heading, value)
        for entry in first.entries
        if entry["feed"] != "reference"
        for heading, value in cells(folder, entry)
        if UNKIND.search(value) and (heading, value) not in CODES
    ]
    assert found == []
    people = [words(act) for act in acts(first.partnership, first.visits)]
    assert [text for text in people if UNKIND.search(text)] == []
    assert [path.name for path in TEXT.iterdir() if UNKIND.search(path.read_text(encoding="utf-8"))] == []


def words(act: Act) -> str:
    return " ".join(str(getattr(act, field.name)) for field in fields(act) if field.name != "about")


def test_the_scan_for_unkind_words_can_fail() -> None:
    assert UNKIND.search("He was involved in county lines") and UNKIND.search("Mum not co-operating")
    assert not UNKIND.search("He told us that adults had him carry drugs")


def test_dates_are_near_today(made: tuple[Path, Made]) -> None:
    _, first = made
    arrivals = [datetime.fromisoformat(str(entry["arrived_at"])) for entry in first.entries]
    assert min(arrivals) >= NOW - timedelta(days=91)
    assert NOW - timedelta(minutes=10) < max(arrivals) <= NOW


def test_numbers_are_ones_nobody_has(partnership: Partnership) -> None:
    for child in partnership.children:
        assert re.fullmatch(r"999\d{7}", child.nhs_number) and valid_nhs(child.nhs_number)
        assert re.fullmatch(r"[A-Z]98[123]\d{9}", child.upn)
        total = sum(int(digit) * weight for weight, digit in enumerate(child.upn[1:], start=2))
        assert UPN_LETTERS[total % 23] == child.upn[0]
        assert child.home.postcode[:2] in {"KB", "WK", "OD"}
    adults = {adult for child in partnership.children for adult in child.adults}
    assert all(re.fullmatch(r"07700 900\d{3}", adult.phone) for adult in adults)
    assert all(re.fullmatch(r"(01632960|07700900)\d{3}", one.phone) for one in partnership.practitioners)
    numbers = [child.nhs_number for child in partnership.children] + [adult.nhs_number for adult in adults]
    assert len(set(numbers)) == len(numbers)


def valid_nhs(number: str) -> bool:
    return sum(int(digit) * (10 - place) for place, digit in enumerate(number)) % 11 == 0


def test_phone_numbers_in_every_file_are_set_aside_for_stories(made: tuple[Path, Made]) -> None:
    folder, first = made
    for entry in first.entries:
        for _, value in cells(folder, entry):
            for number in re.findall(r"\b0\d{4} ?\d{6}\b", value):
                assert re.fullmatch(r"07700 900\d{3}|01632 ?960\d{3}", number)


def test_the_cast_has_twins_namesakes_and_a_child_nearly_eighteen(partnership: Partnership) -> None:
    children = partnership.children
    assert (len(children), len(partnership.agencies), len(partnership.practitioners)) == (60, 12, 25)
    by_birth = {(child.surname, child.dob) for child in children}
    assert len(by_birth) == len(children) - 2  # two pairs of twins
    names = [child.name for child in children]
    assert len(set(names)) == len(names) - 1  # two strangers called Daniel Ashcombe
    leroy = partnership.child("c04")
    assert leroy.age_on(NOW.date()) == 17 and leroy.age_on((NOW + timedelta(days=40)).date()) == 18
    assert sum(about.trust_by == "nobody" for _, about in partnership.about) >= 5
    assert len({child.ethnicity for child in children}) >= 14
    assert {child.sex for child in children} == {"F", "M"}


@pytest.mark.parametrize("hours", range(0, 24 * 7, 5))
def test_somebody_is_on_duty_in_every_area_at_every_hour(partnership: Partnership, hours: int) -> None:
    at = NOW + timedelta(hours=hours)
    for area in ("981", "982", "983"):
        assert on_duty(partnership, area, at, 1) != on_duty(partnership, area, at, 2)


def test_the_last_hours_hold_each_live_situation(made: tuple[Path, Made]) -> None:
    delivered = drops(tell(made[1].partnership, (NOW,)))
    fresh = {
        row.moment: drop.arrived_at for drop in delivered for row in drop.rows if row.visit and row.moment
    }
    assert set(fresh) == {
        "arrest", "injury", "missing_found_out_of_area", "permanent_exclusion", "threat_to_life",
        "nrm_decision",
    }  # fmt: skip
    assert all(NOW - timedelta(hours=2) < arrived < NOW for arrived in fresh.values())
    in_custody = [row for drop in delivered for row in drop.rows if row.visit and row.table == "custody"]
    assert [row.values["released_at"] for row in in_custody] == [""]


def test_no_child_is_in_two_live_situations() -> None:
    keys = [key for turn in live.TURNS.values() for key in turn]
    assert len(set(keys)) == len(keys)


def test_a_later_day_adds_files_and_changes_none(tmp_path: Path) -> None:
    first = make_folder(tmp_path, NOW)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.*") if path.suffix != ".json"}
    second = continue_from(first, tmp_path, LATER)
    assert all(path.read_bytes() == content for path, content in before.items())
    assert second.entries and second.partnership == first.partnership
    arrivals = [datetime.fromisoformat(str(entry["arrived_at"])) for entry in second.entries]
    assert all(NOW < arrived <= LATER for arrived in arrivals)
    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    assert len({entry["path"] for entry in manifest["files"]}) == len(first.entries) + len(second.entries)


def test_two_visits_on_one_day_write_no_file_twice(tmp_path: Path) -> None:
    continue_from(make_folder(tmp_path, NOW - timedelta(hours=12)), tmp_path, NOW)
    files = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))["files"]
    assert len({entry["path"] for entry in files}) == len(files)


def test_acts_carry_on_where_they_stopped(partnership: Partnership) -> None:
    first = acts(partnership, (NOW,))
    assert first == sorted(first, key=lambda act: act.at)
    assert all(NOW - timedelta(days=91) < act.at <= NOW for act in first)
    a_week_on = NOW + timedelta(days=7)
    second = acts(partnership, (NOW, a_week_on))
    assert all(NOW < act.at <= a_week_on for act in second)
    ended = {act.about for act in first if isinstance(act, EndMoment)}
    waiting = {act.about for act in first if isinstance(act, Acknowledge)} - ended
    assert waiting <= {act.about for act in second if isinstance(act, EndMoment)}


def test_a_visit_written_again_gives_the_same_files(tmp_path: Path) -> None:
    first = make_folder(tmp_path, NOW)
    second = continue_from(first, tmp_path, LATER)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.*")}
    assert continue_from(first, tmp_path, LATER) == second
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.*")} == before


def test_nobody_answers_before_they_were_told(partnership: Partnership) -> None:
    delivered = drops(tell(partnership, (NOW,)))
    first: dict[tuple[str, str], datetime] = {}
    for drop in delivered:
        for row in drop.rows:
            if row.moment:
                first.setdefault((row.table, row.key), drop.arrived_at)
    told = acts(partnership, (NOW,))
    first |= {(act.telling.table, act.telling.key): act.at for act in told if isinstance(act, Tell)}
    for act in told:
        if isinstance(act, Acknowledge | EndMoment):
            assert act.at > first[act.about.table, act.about.key]


def test_a_second_look_on_the_same_day_finds_something_new(partnership: Partnership) -> None:
    later_that_day, soon_after = NOW + timedelta(hours=3), NOW + timedelta(minutes=20)
    assert [act for act in acts(partnership, (NOW, soon_after)) if isinstance(act, Tell)] == []
    told = [act for act in acts(partnership, (NOW, later_that_day)) if isinstance(act, Tell)]
    assert len({partnership.child(act.child).la_code for act in told}) == 3
    assert all(timedelta(0) < later_that_day - act.at < timedelta(hours=1) for act in told)


def test_whom_people_tell_of_is_in_no_other_live_situation() -> None:
    keys = {key for turn in live.TURNS.values() for key in turn}
    assert keys.isdisjoint(key for _, children in TELLERS.values() for key in children)


def test_something_is_still_waiting_and_something_is_done(partnership: Partnership) -> None:
    done = acts(partnership, (NOW,))
    answered = {act.about.key for act in done if isinstance(act, Acknowledge)}
    live_now = [
        row for drop in drops(tell(partnership, (NOW,))) for row in drop.rows if row.visit and row.moment
    ]
    assert [row.moment for row in live_now if row.key not in answered] == ["arrest"]
    assert any(isinstance(act, RecordContact) and act.words for act in done)
    assert sum(isinstance(act, OpenRecord) for act in done) >= 50


@pytest.mark.parametrize(
    "born, on, year",
    [("2012-09-01", "2024-09-02", 7), ("2013-08-31", "2024-09-02", 7), ("2012-08-31", "2024-07-01", 7)],
)
def test_year_group(born: str, on: str, year: int) -> None:
    assert year_group(datetime.fromisoformat(born).date(), datetime.fromisoformat(on).date()) == year


@pytest.mark.parametrize("day", ["2026-03-28", "2026-10-24", "2028-02-29", "2027-01-01", "2026-08-16"])
@pytest.mark.parametrize("hour", [0, 3, 12])
def test_any_day_and_hour_will_do(tmp_path: Path, day: str, hour: int) -> None:
    now = datetime.fromisoformat(f"{day}T{hour:02d}:15").replace(tzinfo=LONDON)
    made = make_folder(tmp_path, now)
    again = continue_from(made, tmp_path, now + timedelta(days=2))
    paths = [entry["path"] for entry in (*made.entries, *again.entries)]
    assert len(set(paths)) == len(paths)
    assert again.entries
