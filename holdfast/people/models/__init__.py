"""Who are the people, and who serves them?"""

from holdfast.people.models.agencies import Agency, Area, Membership, Practitioner, Team
from holdfast.people.models.children import AreaResponsibility, Child, FamilyTie, Person
from holdfast.people.models.records import (
    Record,
    RecordAddress,
    RecordBirthDate,
    RecordIdentifier,
    RecordName,
    RecordPhone,
)

__all__ = [
    "Agency",
    "Area",
    "AreaResponsibility",
    "Child",
    "FamilyTie",
    "Membership",
    "Person",
    "Practitioner",
    "Record",
    "RecordAddress",
    "RecordBirthDate",
    "RecordIdentifier",
    "RecordName",
    "RecordPhone",
    "Team",
]
