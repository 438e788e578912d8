"""Is there a database to work with, made and up to date?"""

import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from holdfast.kit import embedded_postgres as embedded

NAME = "holdfast"  # the database inside the embedded server


class NotReady(Exception):
    """The database cannot be used; the message says what to do."""


@contextmanager
def running(*, migrated: bool) -> Iterator[None]:
    """Keep the database up: the server that DATABASE_URL names, else the embedded one.

    `migrated` makes a database without tables ready first, by a process that acts as its owner.
    """
    if os.environ.get("DATABASE_URL"):
        yield
        return
    cluster = embedded.cluster_in(embedded.data_folder())
    with embedded.in_use(cluster) as server:
        write_secret_key()
        make_letter_box()
        if embedded.ensure_database(server, NAME) and migrated:
            subprocess.run(
                [sys.executable, "-m", "holdfast.commandline", "set-up"], check=True, stdout=sys.stderr
            )
        yield


def application_url() -> str:
    """Return how pages and workers meet the database."""
    cluster = embedded.cluster_in(embedded.data_folder())
    return os.environ.get("DATABASE_URL") or cluster.url(embedded.APPLICATION, NAME)


def write_secret_key() -> None:
    """Write the key that signs sessions, once, readable by the processes alone."""
    path = embedded.data_folder() / "secret-key"
    if path.exists():
        return
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(50))
    if os.geteuid() == 0:
        shutil.chown(path, embedded.SERVICE_USER, embedded.SERVICE_USER)


def make_letter_box() -> None:
    """Make the folder for letters that no mail server takes; they are not for all to read."""
    folder = embedded.data_folder() / "mail"
    folder.mkdir(mode=0o700, exist_ok=True)
    if os.geteuid() == 0 and folder.stat().st_uid == 0:
        shutil.chown(folder, embedded.SERVICE_USER, embedded.SERVICE_USER)
