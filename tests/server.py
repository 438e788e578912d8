"""Which PostgreSQL do the tests use?

DATABASE_URL names a server; otherwise an embedded one runs, kept between runs.  Several runs at once
share the server: each takes a numbered slot and with it a database of its own, copied from a template
that is made anew whenever a migration changes.
"""

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from holdfast.kit import embedded_postgres

PROJECT = Path(__file__).resolve().parent.parent
SLOTS = 32  # runs at once on one machine, our choice

# Tests make their data anew, so they need not wait for the disk.
HASTE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "200"}


def state_folder() -> Path:
    """Return a folder that the server's user can reach, different for each checkout."""
    digest = hashlib.sha256(os.fsencode(PROJECT)).hexdigest()[:8]
    home = embedded_postgres.SYSTEM_STATE if os.geteuid() == 0 else Path(tempfile.gettempdir())
    return home / f"holdfast-tests-{os.geteuid()}-{digest}"


@contextmanager
def running_server() -> Iterator[dict[str, Any]]:
    """Yield how the owner of the tests' databases connects, for as long as the server runs."""
    named = os.environ.get("DATABASE_URL")
    if named:
        yield conninfo_to_dict(os.environ.get("DATABASE_OWNER_URL", named))
        return
    cluster = embedded_postgres.cluster_in(state_folder())
    with embedded_postgres.in_use(cluster, **HASTE) as running:
        yield conninfo_to_dict(running.url(embedded_postgres.OWNER, "postgres"))


@contextmanager
def slot() -> Iterator[int]:
    """Yield a number that no other run on this machine holds."""
    folder = Path(tempfile.gettempdir()) / f"{state_folder().name}-slots"
    folder.mkdir(exist_ok=True)
    for number in range(SLOTS):
        with open(folder / f"{number}.lock", "a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            yield number
            return
    raise RuntimeError(f"{SLOTS} test runs are already going on this machine")


def migrations_digest() -> str:
    """Return a name for what a migrated database looks like: it changes with any migration."""
    digest = hashlib.sha256()
    for path in sorted(
        [
            *PROJECT.glob("holdfast/*/migrations/**/*"),
            *PROJECT.glob("holdfast/settings.py"),
            PROJECT / "tests/restoring.py",
        ]
    ):
        if path.suffix in {".py", ".sql"}:
            digest.update(str(path.relative_to(PROJECT)).encode() + path.read_bytes())
    digest.update(
        (PROJECT / "requirements/dev.txt").read_bytes()
        if (PROJECT / "requirements/dev.txt").exists()
        else b""
    )
    return digest.hexdigest()[:12]


class Databases:
    """Makes, copies and drops databases over one connection to the server."""

    def __init__(self, server: dict[str, Any]) -> None:
        self.connection = psycopg.connect(**server, autocommit=True)

    def names(self, prefix: str) -> list[str]:
        found = self.connection.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s) ORDER BY 1", [prefix]
        )
        return [name for (name,) in found]

    def create(self, name: str, like: str = "template1") -> None:
        self._run("CREATE DATABASE {} TEMPLATE {}", name, like)

    def drop(self, name: str) -> None:
        self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def rename(self, name: str, new: str) -> None:
        self._run("ALTER DATABASE {} RENAME TO {}", name, new)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One run at a time makes the template; the number only has to be the same for all."""
        self.connection.execute("SELECT pg_advisory_lock(8241)")
        yield
        self.connection.execute("SELECT pg_advisory_unlock(8241)")

    def _run(self, statement: str, *names: str) -> None:
        self.connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
