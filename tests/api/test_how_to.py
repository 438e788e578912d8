"""Do the commands that senders are told to type do what the page says?"""

import json
import os
import re
import shutil
import subprocess

import pytest

from holdfast.audit.terms import System
from holdfast.feeds.applying import apply_waiting
from tests import make
from tests.api.sender import sender
from tests.api.test_kept_once import served
from tests.docs.pages import PROJECT

pytestmark = [pytest.mark.slow]
PAGE = PROJECT / "docs/how-to/send-rows-by-http.md"
HEADINGS = "custody_ref,arrested_at,station,surname,offence\n"


def test_each_command_does_what_the_page_says(seen_by_all, database_url, tmp_path):
    if not shutil.which("curl"):
        pytest.skip("curl is not installed")
    make.area("701", "Carrow")
    text = PAGE.read_text(encoding="utf-8")
    send, see, refused, file = re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    line = "CW/1/26,18/11/2026 18:20,Carrow Central,OKORO,Affray\n"
    (tmp_path / "custody_2026-11-18.csv").write_text(HEADINGS + line)
    with served(database_url) as (address, _):
        known = {**os.environ, "HOLDFAST": address, "KEY": sender().secret}

        def typed(command):
            done = subprocess.run(
                ["sh", "-c", command], cwd=tmp_path, env=known, capture_output=True, timeout=60
            )
            assert done.returncode == 0, done.stderr
            return json.loads(done.stdout)

        kept = typed(send)
        shown = json.loads(re.search(r'^    (\{"delivery".*\})$', text, re.MULTILINE)[1])
        assert shown.keys() == kept.keys() and (shown["rows"], shown["is_new"]) == (kept["rows"], True)
        assert not typed(send)["is_new"]
        apply_waiting(by=System.FEEDS, at=make.NOW)
        known["ADDRESS"] = kept["address"]
        found = typed(see)
        assert f'"counts": {json.dumps(found["counts"])}' in text
        assert found["rows"][1]["problems"][0]["reason"] in text
        assert [row["row"] for row in typed(refused)["rows"]] == ["2"]
        assert typed(file)["rows"] == 1
