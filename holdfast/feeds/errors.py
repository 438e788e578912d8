"""What can be refused to a sender?"""


class Revoked(Exception):
    """The key was stopped."""


class OtherContent(Exception):
    """The same Idempotency-Key came before with other content."""


class TooFast(Exception):
    """The key sent more than it may in a minute.  `wait`: seconds until it may go on."""

    def __init__(self, wait: int) -> None:
        super().__init__(wait)
        self.wait = wait
