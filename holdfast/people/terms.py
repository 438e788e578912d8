"""The words for people, the agencies that serve them, and what a source says of them."""

from enum import StrEnum


class AgencyKind(StrEnum):
    POLICE = "police"
    CHILDRENS_SERVICES = "childrens_services"
    YOUTH_JUSTICE = "youth_justice"
    EDUCATION = "education"
    SCHOOL = "school"
    HEALTH = "health"
    HOUSING = "housing"
    VOLUNTARY = "voluntary"
    PARTNERSHIP = "partnership"


class Role(StrEnum):
    """What a practitioner does here.  What each may see follows in `access.terms`."""

    YOUTH_WORKER = "youth_worker"
    SOCIAL_WORKER = "social_worker"
    DUTY_MANAGER = "duty_manager"
    HUB_CHAIR = "hub_chair"
    POLICE_INTELLIGENCE = "police_intelligence"
    EXCLUSIONS_OFFICER = "exclusions_officer"
    HEALTH_NAVIGATOR = "health_navigator"
    YOUTH_JUSTICE_WORKER = "youth_justice_worker"
    HOUSING_OFFICER = "housing_officer"
    MENTOR = "mentor"
    ANALYST = "analyst"
    ADMINISTRATOR = "administrator"


class NameKind(StrEnum):
    REGISTERED = "registered"
    KNOWN_AS = "known_as"
    ALIAS = "alias"
    NICKNAME = "nickname"


class IdentifierKind(StrEnum):
    NHS = "nhs"
    UPN = "upn"
    NOMINAL = "nominal"  # a police force's own person number
    YJS = "yjs"
    SOCIAL_CARE = "social_care"
    HOSPITAL = "hospital"
    HOUSEHOLD = "household"
    REFERENCE = "reference"  # any other number by which a sender knows a row


class AddressKind(StrEnum):
    HOME = "home"
    PLACEMENT = "placement"
    GIVEN = "given"


class AreaRole(StrEnum):
    """Why an area is responsible for a child: one child may have several (footnote 8)."""

    HOME = "home"
    PLACING = "placing"
    HOST = "host"
    INCIDENT = "incident"


class Tie(StrEnum):
    MOTHER = "mother"
    FATHER = "father"
    CARER = "carer"
    SIBLING = "sibling"
    FAMILY = "family"
    SAME_HOUSEHOLD = "same_household"
