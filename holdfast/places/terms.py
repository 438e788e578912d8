"""The words for places."""

from enum import StrEnum


class PlaceKind(StrEnum):
    CUSTODY_SUITE = "custody_suite"
    HOSPITAL = "hospital"
    COURT = "court"
    SCHOOL = "school"
    STATION = "station"
    PARK = "park"
    PARADE = "parade"
    YOUTH_CLUB = "youth_club"
    OTHER = "other"
