"""Take away what was set up by mistake: only while nothing and nobody hangs on it.

What has been used stays, so that every line that names it can still be read.
"""

from datetime import datetime
from typing import Any

from django.db.models import ProtectedError

from holdfast.access.errors import CannotBeSet
from holdfast.access.queries import require_duty
from holdfast.access.terms import Duty
from holdfast.audit.commands import record as audit
from holdfast.kit.transactions import atomic
from holdfast.people.models import Agency, Area, Practitioner, Team


def _remove(by: Practitioner, at: datetime, row: Any, about: str, act: str, used: str) -> None:
    require_duty(by, Duty.SET_UP)
    try:
        row.delete()
    except ProtectedError:
        raise CannotBeSet(used) from None
    audit(by=by, act=act, at=at, about=about)


@atomic
def remove_area(*, by: Practitioner, at: datetime, area: Area) -> None:
    used = f"{area} is in use: teams, children or places belong to it. It can be made no partner instead."
    _remove(by, at, area, area.code, "set_up.remove_area", used)


@atomic
def remove_agency(*, by: Practitioner, at: datetime, agency: Agency) -> None:
    used = f"{agency} is in use: it has teams, people or feeds."
    _remove(by, at, agency, agency.ref, "set_up.remove_agency", used)


@atomic
def remove_team(*, by: Practitioner, at: datetime, team: Team) -> None:
    used = f"{team} is in use: people are or were in it. It can be called something else."
    _remove(by, at, team, team.ref, "set_up.remove_team", used)
