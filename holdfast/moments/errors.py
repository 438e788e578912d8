class NoSuchMoment(Exception):
    """There is no such moment for this reader."""


class MomentOver(Exception):
    """The moment has ended, or was never open here; nothing more can be done in it."""


class CannotBeSaid(Exception):
    """What was given is not whole or cannot be; the message says what to change, `field` in which answer."""

    def __init__(self, why: str, field: str = "") -> None:
        super().__init__(why)
        self.field = field
