"""A mail server that can be good, slow, rude, silent or away."""

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import sleep, time


@dataclass
class Mailbox:
    """What the server took, and how it behaves.  `silent` takes no notice until it is set free."""

    port: int = 0
    letters: list[str] = field(default_factory=list)
    times: list[float] = field(default_factory=list)  # when each was taken, in seconds of time.time()
    refuse: bool = False
    delay_s: float = 0
    hang_up_after: bool = False  # ends the conversation after each letter
    forget: bool = False  # takes the letter, then breaks off before saying so
    silent: threading.Event | None = None
    changed: threading.Condition = field(default_factory=threading.Condition)

    def refs(self) -> list[str]:
        return [re.search(r"Message-ID: <(\w+)@holdfast>", letter)[1] for letter in self.letters]

    def wait_for(self, count: int, seconds: float = 10) -> bool:
        with self.changed:
            return self.changed.wait_for(lambda: len(self.letters) >= count, seconds)


class Conversation(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.say("220 fake")
        while line := self.rfile.readline():
            if not self.hear(line.split()[0].upper().decode() if line.split() else ""):
                return

    def hear(self, word: str) -> bool:
        box: Mailbox = self.server.box
        if box.silent:
            box.silent.wait(20)
            return False
        if word == "QUIT":
            self.say("221 bye")
            return False
        if word == "RCPT" and box.refuse:
            self.say("450 not now")
            return True
        if word != "DATA":
            self.say("250 fine")
            return True
        return self.take(box)

    def take(self, box: Mailbox) -> bool:
        self.say("354 go on")
        letter = b""
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            letter += line
        sleep(box.delay_s)
        with box.changed:
            box.letters.append(letter.decode())
            box.times.append(time())
            box.changed.notify_all()
        if box.forget:
            return False
        self.say("250 taken")
        return not box.hang_up_after

    def say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64

    def handle_error(self, request: object, client_address: object) -> None:
        """A client killed on purpose is no error."""


@contextmanager
def mail_server(**behaviour: object) -> Iterator[Mailbox]:
    box = Mailbox(**behaviour)
    with Server(("127.0.0.1", 0), Conversation) as server:
        server.box = box
        box.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield box
        finally:
            if box.silent:
                box.silent.set()
            server.shutdown()
            thread.join()
