"""Whom does a row name, and what does it say of each?

One pure function for each export.  Values that were set aside say nothing, so a row that waits to
be mended can be looked at in the same way.
"""

from collections.abc import Callable, Mapping
from typing import Any

from holdfast.feeds.mentions import households, people_said, police, services, social_care
from holdfast.feeds.mentions.shape import Mention, Row
from holdfast.feeds.tables import Table

READERS: dict[str, Callable[[Row], list[Mention]]] = {
    "police_custody/custody": police.custody,
    "police_missing/missing": police.missing,
    "police_intel/intel": police.intelligence,
    "schools/exclusions": services.exclusion,
    "schools/attendance_ap": services.attendance,
    "hospital/ed": services.hospital,
    "yjs/caseload": services.caseload,
    "yjs/court": services.court,
    "nrm/decisions": services.decision,
    "housing/requests": households.request,
    "housing/tenancy": households.tenancy,
    "voluntary/contacts": people_said.contact,
    "parents/concerns": people_said.worry,
    "social_care/ssd_person": social_care.person,
    "social_care/ssd_linked_identifiers": social_care.linked_identifier,
    "social_care/ssd_address": social_care.address,
    "social_care/ssd_cin_episodes": social_care.by_number("cine_person_id"),
    "social_care/ssd_cin_assessments": social_care.assessment,
    "social_care/ssd_assessment_factors": social_care.factors,
    "social_care/ssd_missing": social_care.by_number("miss_person_id"),
    "social_care/ssd_involvements": social_care.by_number("invo_person_id"),
    "social_care/ssd_family": social_care.family,
}


def mentions(table: Table, values: Mapping[str, Any], la_code: str) -> list[Mention]:
    """Return the people a row names, its subject first; numbers count within the authority `la_code`."""
    return READERS[table.title](Row(table.name, table.feed, la_code, values))


__all__ = ["Mention", "mentions"]
