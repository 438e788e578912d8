"""What are the invented people's jobs to the real rules?"""

from functools import cache

from holdfast.access.terms import DUTIES, Duty
from holdfast.demonstration.tables import table
from holdfast.people.terms import AgencyKind, Role

KINDS = {
    "children's social care": AgencyKind.CHILDRENS_SERVICES,
    "youth justice": AgencyKind.YOUTH_JUSTICE,
    "police": AgencyKind.POLICE,
    "education": AgencyKind.EDUCATION,
    "health": AgencyKind.HEALTH,
    "hospital": AgencyKind.HEALTH,
    "housing": AgencyKind.HOUSING,
    "voluntary": AgencyKind.VOLUNTARY,
    "parents": AgencyKind.VOLUNTARY,
}
ROLES = {
    "duty manager": Role.DUTY_MANAGER,
    "out-of-hours social worker": Role.DUTY_MANAGER,
    "social worker": Role.SOCIAL_WORKER,
    "personal adviser": Role.SOCIAL_WORKER,
    "youth justice worker": Role.YOUTH_JUSTICE_WORKER,
    "youth worker": Role.YOUTH_WORKER,
    "outreach worker": Role.YOUTH_WORKER,
    "parent worker": Role.YOUTH_WORKER,
    "school counsellor": Role.YOUTH_WORKER,
    "boxing coach": Role.MENTOR,
    "music mentor": Role.MENTOR,
    "detective sergeant": Role.POLICE_INTELLIGENCE,
    "inclusion officer": Role.EXCLUSIONS_OFFICER,
    "A&E navigator": Role.HEALTH_NAVIGATOR,
    "housing officer": Role.HOUSING_OFFICER,
}


@cache
def who_may_go() -> frozenset[str]:
    """The keys of those who may be sent to a child and write down what came of it."""
    workers = table("practitioners")
    return frozenset(one["key"] for one in workers if Duty.RESPOND in DUTIES[ROLES[one["role"]]])
