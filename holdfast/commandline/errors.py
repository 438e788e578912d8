class BadUsage(Exception):
    """The command was asked for in a way that cannot be answered; the message names what is wrong."""
