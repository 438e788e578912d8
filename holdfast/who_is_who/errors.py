"""What can go wrong when somebody answers whether two records are one person?"""


class NoSuchQuestion(LookupError):
    """There is none, it is settled, or it is not for this reader: all three look alike."""
