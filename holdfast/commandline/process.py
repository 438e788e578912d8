"""As whom does a long-running process run, and when does it end?"""

import ctypes
import os
import pwd
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable
from types import FrameType

from holdfast.commandline import database
from holdfast.commandline.supervise import Child, keep_running
from holdfast.kit import embedded_postgres as embedded

PR_SET_PDEATHSIG = 1  # prctl(2), Linux


def begin() -> None:
    """Leave root behind, meet the database as the application, and end with whoever started us."""
    os.environ["DATABASE_URL"] = database.application_url()
    os.environ.pop("HOLDFAST_DATABASE_ROLE", None)
    starter = os.getppid()
    if os.geteuid() == 0:
        embedded.ensure_service_user()
        _become(embedded.SERVICE_USER)
    signal.signal(signal.SIGTERM, _end)
    if "HOLDFAST_SUPERVISED" in os.environ:
        # After the change of user, which would clear it.
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != starter:
            sys.exit(1)


def is_alone() -> bool:
    """Say whether nobody keeps a database up for us: none is named, and nobody started us beside one."""
    return not os.environ.get("DATABASE_URL")


def environment() -> dict[str, str]:
    """Return what a process of ours is started with: the database as the application meets it."""
    ours = {**os.environ, "DATABASE_URL": database.application_url(), "HOLDFAST_SUPERVISED": "1"}
    ours.pop("HOLDFAST_DATABASE_ROLE", None)
    return ours


def keep_beside_a_database(
    children: Iterable[Child], ready: Callable[[], bool], when_ready: Callable[[], None]
) -> int:
    """Keep processes of ours running, and the embedded server with them where no other is named."""
    require_reach()
    with database.running(migrated=True):
        return keep_running(children, environment(), ready=ready, when_ready=when_ready)


def require_reach() -> None:
    """As root, fail early where the ordinary user could not even read the program."""
    if os.geteuid() != 0:
        return
    embedded.ensure_service_user()
    user = pwd.getpwnam(embedded.SERVICE_USER)
    command = [sys.executable, "-c", "import concurrent.futures.thread, django, holdfast"]
    try:
        subprocess.run(command, user=user.pw_uid, group=user.pw_gid, extra_groups=[], cwd="/", check=True)
    except (OSError, subprocess.CalledProcessError):
        raise database.NotReady(
            f"The user {user.pw_name} cannot run {sys.executable}: ./run --set-up makes one that it can."
        ) from None


def _become(name: str) -> None:
    user = pwd.getpwnam(name)
    os.environ["HOLDFAST_DATA"] = os.environ["HOME"] = str(embedded.data_folder())
    os.setgroups([])
    os.setgid(user.pw_gid)
    os.setuid(user.pw_uid)
    os.chdir("/")  # the folder root was in may be closed to this user


def _end(number: int, frame: FrameType | None) -> None:
    sys.exit(0)
