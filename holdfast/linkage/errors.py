"""What can go wrong when a person says whose records these are?"""


class NothingToJudge(ValueError):
    """The records are as they are said to be already, or nothing would be left."""


class AlreadyTakenBack(ValueError):
    """Somebody took the judgement back before."""


class NoSuchVersion(LookupError):
    """There is no model of this name."""


class VersionExists(ValueError):
    """A model is never written over: give it another name."""
