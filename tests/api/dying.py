"""A process that serves the API and is killed by itself at a given place.

Arguments: `inside` (in the transaction that keeps the rows), `after` (between commit and answer) or `never`.
Prints the port that it listens on.
"""

import os
import signal
import sys
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server


class Quiet(WSGIRequestHandler):
    def log_message(self, *said: Any) -> None:
        """Say nothing."""


def die(*_: Any, **__: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def main(place: str) -> None:
    from holdfast.wsgi import application

    from holdfast.api import operations  # isort: skip  # after Django is ready
    from holdfast.feeds import commands, keys

    keys.REQUESTS_A_MINUTE = keys.ROWS_A_MINUTE = 10**9  # what comes too fast has a test of its own
    if place == "inside":
        commands.Sending.objects.create = die  # type: ignore[method-assign]
    elif place == "after":
        operations._kept = die
    with make_server("127.0.0.1", 0, application, handler_class=Quiet) as server:
        print(server.server_port, flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main(sys.argv[1])
