"""What can go wrong when a person says whose records these are?"""


class NothingToJudge(ValueError):
    """The records are as they are said to be already, or nothing would be left."""


class AlreadyTakenBack(ValueError):
    """Somebody took the judgement back before."""
