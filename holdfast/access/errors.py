class NotAllowed(Exception):
    """Nothing gives this person leave to do this."""


class CannotBeSet(Exception):
    """A setting that cannot be kept as given; the message says why."""
