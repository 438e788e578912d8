"""Does the project's own reader find the planned faults in the demonstration's files, and nothing else?"""

from datetime import date, datetime
from pathlib import Path

import pytest

from holdfast.demonstration.faults import FAULTS
from holdfast.demonstration.folder import Made, make_folder
from holdfast.demonstration.shape import LONDON
from holdfast.feeds.reading import read_file
from holdfast.feeds.reading.rows import Context
from holdfast.feeds.rules import check_row

NOW = datetime(2026, 11, 25, 21, 40, tzinfo=LONDON)
OURS = frozenset({"981", "982", "983"})


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str]]:
    """Each problem the reader finds: table and field (or the kind of problem for a whole row)."""
    folder = tmp_path_factory.mktemp("read")
    return problems(folder, make_folder(folder, NOW))


def problems(folder: Path, made: Made) -> list[tuple[str, str]]:
    found = []
    for entry in made.entries:
        if entry["feed"] == "reference":
            continue
        path, table = str(entry["path"]), str(entry["table"])
        read = read_file((folder / path).read_bytes(), path, int(entry["rows"]))
        assert read.fault is None, path
        context = Context(date.fromisoformat(str(entry["drop_date"])), OURS)
        for row in read.rows:
            if row.fault or read.table is None:
                found.append((table, str(row.fault and row.fault.code)))
                continue
            checked = check_row(read.table, row, context)
            found += [(table, problem.field) for problem in (*checked.problems, *checked.remarks)]
    return found


def test_only_the_planned_faults_are_found(found: list[tuple[str, str]]) -> None:
    planned = [
        (fault.table, "sex" if fault.table == "ed" else fault.column)
        for fault in FAULTS
        if fault.kind == "cell"
    ]
    planned.append(("attendance_ap", "file ends inside this record"))
    assert sorted(found) == sorted(planned)
