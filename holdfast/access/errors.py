class NotAllowed(Exception):
    """Nothing gives this person leave to do this."""
