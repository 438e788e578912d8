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
    """How a name came to be on the record."""

    RECORDED = "recorded"
    KNOWN_AS = "known_as"
    PREVIOUS = "previous"
    ALIAS = "alias"  # said to be theirs by the sender, or given in custody and since corrected
    UNVERIFIED = "unverified"  # given by the person and doubted by the sender
    NICKNAME = "nickname"  # a street name: never evidence by itself
    SPOKEN = "spoken"  # as a caller or a worker says it, perhaps a first name only


class IdentifierKind(StrEnum):
    """Whose number it is."""

    NHS = "nhs"
    UPN = "upn"
    NOMINAL = "nominal"  # a police force's own person number; one person sometimes holds two
    PERSON = "person"  # the sender's own person number, unique within its issuer
    REFERENCE = "reference"  # a placement, application or attendance: one person, many numbers
    HOUSEHOLD = "household"  # shared by everyone in it, never proof of one person


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
