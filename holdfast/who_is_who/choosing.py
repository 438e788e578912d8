"""Another model weighs: nobody with a live moment becomes somebody else by that.  §4.9."""

from datetime import datetime

from holdfast.audit.terms import System
from holdfast.linkage.versions import Differences, use_version
from holdfast.moments.of_records import people_with_live_moments
from holdfast.people.models import Practitioner
from holdfast.who_is_who.following import follow


def use_model(*, by: Practitioner | System, at: datetime, name: str) -> Differences:
    """Weigh by another model from now on; nobody with a live moment becomes somebody else by that.

    Raises NotAllowed or NoSuchVersion.
    """
    held = people_with_live_moments(System.MATCHER)
    found, moved = use_version(by=by, at=at, name=name, held=held)
    follow(at, moved)
    return found
