"""Who may see what, and why?  §4.9.

The rules that give grants are the two tables below and the explicit grants in `access.models`;
there is no other way to somebody's record.
"""

from enum import StrEnum

from holdfast.people.terms import Role


class Via(StrEnum):
    """The ways a grant comes about."""

    TEAM = "team"  # on the team around the child
    INVOLVEMENT = "involvement"  # the sender's own worker for this child
    DUTY = "duty"  # on duty for the child's area
    REPORTED = "reported"  # told us something about this child
    ASSIGNED = "assigned"  # was given a moment of this child
    OPENED = "opened"  # opened the record


class Reach(StrEnum):
    """Whose records a role reaches without an explicit grant."""

    AREA = "area"  # children for whom one of my teams' areas is responsible
    OWN = "own"  # only children for whom I hold a grant
    NOBODY = "nobody"


REACH: dict[Role, Reach] = {
    Role.DUTY_MANAGER: Reach.AREA,
    Role.HUB_CHAIR: Reach.AREA,
    Role.ANALYST: Reach.AREA,
    Role.SOCIAL_WORKER: Reach.AREA,
    Role.YOUTH_JUSTICE_WORKER: Reach.OWN,
    Role.YOUTH_WORKER: Reach.OWN,
    Role.POLICE_INTELLIGENCE: Reach.OWN,
    Role.EXCLUSIONS_OFFICER: Reach.OWN,
    Role.HEALTH_NAVIGATOR: Reach.OWN,
    Role.HOUSING_OFFICER: Reach.OWN,
    Role.MENTOR: Reach.OWN,
    Role.ADMINISTRATOR: Reach.NOBODY,
}


class Duty(StrEnum):
    """What a role may do besides seeing children."""

    SET_UP = "set_up"  # agencies, teams, people, rota, moment kinds, limits
    FEEDS = "feeds"  # look after feeds and quarantine
    TELL = "tell"  # record a critical moment
    RESPOND = "respond"  # acknowledge, assign, record contact
    MATCH = "match"  # say whether two records are one person


DUTIES: dict[Role, frozenset[Duty]] = {
    Role.ADMINISTRATOR: frozenset({Duty.SET_UP, Duty.FEEDS}),
    Role.ANALYST: frozenset({Duty.FEEDS, Duty.TELL, Duty.MATCH}),
    Role.DUTY_MANAGER: frozenset({Duty.TELL, Duty.RESPOND, Duty.FEEDS, Duty.MATCH}),
    Role.HUB_CHAIR: frozenset({Duty.TELL, Duty.RESPOND}),
    Role.SOCIAL_WORKER: frozenset({Duty.TELL, Duty.RESPOND}),
    Role.YOUTH_WORKER: frozenset({Duty.TELL, Duty.RESPOND}),
    Role.YOUTH_JUSTICE_WORKER: frozenset({Duty.TELL, Duty.RESPOND}),
    Role.MENTOR: frozenset({Duty.TELL, Duty.RESPOND}),
    Role.POLICE_INTELLIGENCE: frozenset({Duty.TELL}),
    Role.EXCLUSIONS_OFFICER: frozenset({Duty.TELL}),
    Role.HEALTH_NAVIGATOR: frozenset({Duty.TELL}),
    Role.HOUSING_OFFICER: frozenset({Duty.TELL}),
}
