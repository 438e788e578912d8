"""Is every answer one that the OpenAPI document declares, whatever is asked?"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import make
from tests.api.sender import sender
from tests.api.test_kept_once import served
from tests.conftest import IN_FULL

pytestmark = [pytest.mark.slow]
HERE = Path(__file__).parent
EXAMPLES = 1_000 if IN_FULL else 50  # of each operation, our choice
SECONDS = 240 if IN_FULL else 20  # at most, our choice
FEWEST = 300  # requests: fewer would show nothing


def test_every_check_of_schemathesis_holds(seen_by_all, database_url, tmp_path):
    make.area("701", "Carrow")
    secret = sender().secret
    with served(database_url) as (address, _):
        command = [
            sys.executable, "-m", "schemathesis.cli", "--config-file", str(HERE / "schemathesis.toml"), "run",
            f"{address}/api/openapi.json", "-H", f"Authorization: Bearer {secret}", "--checks", "all",
            "--max-examples", str(EXAMPLES), "--max-time", str(SECONDS), "--generation-deterministic",
            "--continue-on-failure", "--report", "json", "--report-json-path", str(tmp_path / "report.json"),
            "--no-color",
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env=os.environ)
    assert done.returncode == 0, done.stdout[-6_000:] + done.stderr[-2_000:]
    said = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert (said["failures"], said["errors"]) == ([], [])
    assert said["operations"]["tested"] == 4 and said["test_cases"]["generated"] > FEWEST
    assert all(said["phases"][name]["status"] == "success" for name in ("coverage", "fuzzing", "stateful"))
    assert any(rates["fuzzing"]["accepted"] for rates in said["valid_rates"].values())
    print(f"{said['test_cases']['generated']} requests in {said['running_time']:.0f} s, none amiss")
