"""A process that starts workers quickly, so that a test can kill many.

Each line on standard input starts one; its process number is the answer.  A worker ends when it is
killed, or asked to (SIGTERM), or when this process ends.
"""

import ctypes
import os
import signal
import sys
from datetime import timedelta

import django

PR_SET_PDEATHSIG = 1  # prctl(2), Linux
LEASE = timedelta(
    seconds=1
)  # shorter than in earnest: a test cannot wait half a minute for each worker killed


def main() -> None:
    django.setup()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _ in sys.stdin:
        number = os.fork()
        if number == 0:
            work()
        print(number, flush=True)


def work() -> None:
    from holdfast.paging import rules, worker

    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    rules.LEASE = LEASE
    worker.run_forever()


if __name__ == "__main__":
    main()
