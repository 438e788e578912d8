"""What hangs on records goes along when they turn out to be another person's."""

from datetime import datetime

from holdfast.audit.terms import System
from holdfast.linkage.judging import Moved
from holdfast.moments.commands import follow_people


def follow(at: datetime, moved: Moved) -> None:
    people = {person for pair in moved.values() for person in pair}
    follow_people(by=System.MATCHER, at=at, people=people)
