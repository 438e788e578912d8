"""Whom can one choose to be in the demonstration?"""

from dataclasses import dataclass
from itertools import groupby

from django.contrib.auth.models import User

from holdfast.people.models import Practitioner
from holdfast.web import links
from holdfast.web.parts import Button, Row


@dataclass(frozen=True)
class Group:
    heading: str
    people: list[Row]


def people_to_choose() -> list[Group]:
    """Return everyone of the demonstration, by agency.  One SQL query."""
    everyone = (
        Practitioner.objects.filter(left_at=None).select_related("agency").order_by("agency__name", "name")
    )
    return [
        Group(agency, [_row(person) for person in people])
        for agency, people in groupby(everyone, key=lambda person: person.agency.name)
    ]


def _row(person: Practitioner) -> Row:
    action = Button(
        "Choose", links.page("sign_in_as"), posts=True, name="person", value=person.ref,
        spoken=f"Sign in as {person.name}",
    )  # fmt: skip
    return Row(title=person.name, about=person.job_title or person.get_role_display(), action=action)


def nobody_can_sign_in() -> bool:
    return not User.objects.exists()
