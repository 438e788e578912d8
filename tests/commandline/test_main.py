"""Does every command end with the right status, and say in one sentence what is wrong?"""

import os
import pwd
import subprocess
import sys

import pytest

from holdfast.commandline import main
from holdfast.kit import embedded_postgres as embedded


def ended(*arguments, env=None, text=None):
    command = [sys.executable, "-m", "holdfast.commandline", *arguments]
    return subprocess.run(
        command, env={**os.environ, **(env or {})}, input=text, capture_output=True, text=True
    )


@pytest.mark.parametrize("command", [c.name for c in main.COMMANDS if not c.passes_on])
def test_each_explains_itself(command):
    """Asked for help a command needs no database."""
    done = ended(command, "--help", env={"DATABASE_URL": "postgresql:///none"})
    assert done.returncode == 0 and "usage: holdfast" in done.stdout


@pytest.mark.parametrize(
    "arguments", [("match", "--nonsense"), ("export", "nothing"), ("worker", "sleep"), ("nonsense",)]
)
def test_what_cannot_be_asked_for_ends_with_two(arguments):
    done = ended(*arguments, env={"DATABASE_URL": "postgresql:///none"})
    assert done.returncode == 2 and "usage:" in done.stderr and not done.stdout


@pytest.mark.parametrize("address", ["nonsense", "postgresql://x@127.0.0.1:1/x"])
def test_a_database_that_cannot_be_reached_is_said_plainly(address):
    done = ended("export", "people", env={"DATABASE_URL": address})
    assert done.returncode == 1
    assert "The database cannot be used" in done.stderr and "Traceback" not in done.stderr


def test_a_folder_that_cannot_be_used_is_named(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(embedded.EmbeddedPostgresError, match="set HOLDFAST_DATA to a folder"):
        embedded.start(embedded.cluster_in(tmp_path / "file" / "data"))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can hand a folder to another")
def test_a_folder_closed_to_the_ordinary_user_is_named(tmp_path):
    tmp_path.chmod(0o700)
    with pytest.raises(embedded.EmbeddedPostgresError) as refused:
        embedded.start(embedded.cluster_in(tmp_path / "closed" / "data"))
    user = pwd.getpwnam(embedded.SERVICE_USER).pw_name
    assert f"The user {user} cannot write in" in str(refused.value)


def test_a_reader_who_goes_away_is_no_accident(database_url):
    """As `holdfast export people | head -0` does."""
    command = f"{sys.executable} -m holdfast.commandline export people | true"
    env = {**os.environ, "DATABASE_URL": database_url}
    done = subprocess.run(["/bin/sh", "-c", command], env=env, capture_output=True, text=True)
    assert "Traceback" not in done.stderr and "Exception ignored" not in done.stderr
