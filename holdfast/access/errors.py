class NotAllowed(Exception):
    """Nothing gives this person leave to do this."""


class CannotBeSet(Exception):
    """A setting that cannot be kept as given; the message says why, `field` which answer it is about."""

    def __init__(self, why: str, field: str = "") -> None:
        super().__init__(why)
        self.field = field
