class CannotBeOn(Exception):
    """This person cannot take a turn, or this ladder cannot be set; the message says why."""
