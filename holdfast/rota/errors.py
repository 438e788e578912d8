class CannotBeOn(Exception):
    """This person cannot take a turn, or this ladder cannot be set; the message says why, `field` in which
    answer."""

    def __init__(self, why: str, field: str = "") -> None:
        super().__init__(why)
        self.field = field
