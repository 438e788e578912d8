"""How is a sender told that a request cannot be taken?"""


class Refused(Exception):
    """An answer other than the one that was hoped for; `wait` in seconds where trying again helps."""

    def __init__(self, status: int, words: str, wait: int = 0) -> None:
        super().__init__(words)
        self.status, self.words, self.wait = status, words, wait


NOT_A_KEY = "This key is not known here, or it was stopped. Ask who looks after Holdfast for a new one."
NO_SUCH = "There is no such address for this key."
