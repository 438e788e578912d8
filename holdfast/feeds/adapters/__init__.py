"""What does a row of each export tell us happened?

One pure function per export: checked values in, events and what follows for the child out.
"""

from collections.abc import Callable

from holdfast.feeds.adapters import (
    hospital,
    housing,
    nrm,
    parents,
    police,
    schools,
    social_care,
    voluntary,
    youth_justice,
)
from holdfast.feeds.adapters.told import Row, Told

ADAPTERS: dict[str, Callable[[Row], Told]] = {
    "police_custody/custody": police.custody,
    "police_missing/missing": police.missing,
    "police_intel/intel": police.intelligence,
    "schools/exclusions": schools.exclusion,
    "schools/attendance_ap": schools.learning_week,
    "hospital/ed": hospital.attendance,
    "yjs/caseload": youth_justice.caseload,
    "yjs/court": youth_justice.court,
    "nrm/decisions": nrm.decision,
    "housing/requests": housing.request,
    "housing/tenancy": housing.tenancy,
    "voluntary/contacts": voluntary.contact,
    "parents/concerns": parents.worry,
    "social_care/ssd_cin_episodes": social_care.episode,
    "social_care/ssd_cin_assessments": social_care.assessment,
    "social_care/ssd_missing": social_care.missing,
    "social_care/ssd_involvements": social_care.involvement,
}


def tell(row: Row) -> Told:
    """Return what a row tells; an export that only describes people (such as ssd_person) tells nothing."""
    adapter = ADAPTERS.get(row.table)
    return adapter(row) if adapter else Told()


__all__ = ["Row", "Told", "tell"]
