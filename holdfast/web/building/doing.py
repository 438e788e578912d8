"""What can be done in a moment that is open, and by whom?"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from holdfast.access.queries import may
from holdfast.access.terms import Duty
from holdfast.moments.queries import MomentShown
from holdfast.people.models import Practitioner
from holdfast.web import links
from holdfast.web.forms.contact import AttemptForm, ContactForm
from holdfast.web.forms.moments import AssignForm, EndForm
from holdfast.web.parts import FormPart
from holdfast.web.queries import who_could_go

STOPS = "The clock stops here: when the child was seen, or spoke with someone."
RUNS_ON = "Trying counts. The clock runs on."
IS_OVER = "A moment ends only by a named person. Nobody is told any more."


def forms_of(by: Practitioner, shown: MomentShown, now: datetime, bound: Mapping[str, Any]) -> list[FormPart]:
    """Return the forms for those who may answer; `bound` holds one that was sent and could not be taken.

    Each has ids of its own, since all stand on one page.
    """
    if shown.ending or shown.moment.is_history or not may(by, Duty.RESPOND):
        return []
    name, url = shown.child.name, links.moment(shown.moment.ref)
    return [
        FormPart(
            form=bound.get("contact") or ContactForm(now=now, auto_id="contact_%s"),
            action=f"{url}/contact",
            button=f"Someone was with {name}",
            title=f"Write down that someone was with {name}",
            lead=STOPS if shown.clock.is_running else "",
            key="contact",
        ),
        FormPart(
            form=bound.get("attempt") or AttemptForm(now=now, auto_id="attempt_%s"),
            action=f"{url}/attempt",
            button="We tried, the clock runs on",
            title="Write down an attempt",
            lead=RUNS_ON,
            key="attempt",
            is_quiet=True,
        ),
        FormPart(
            form=bound.get("assign") or assign_form(by, shown, now),
            action=f"{url}/assign",
            button="They are asked to go",
            title="Give to someone",
            key="assign",
            is_quiet=True,
        ),
        FormPart(
            form=bound.get("end") or EndForm(auto_id="end_%s"),
            action=f"{url}/end",
            button="This moment is over",
            title="End this moment",
            lead=IS_OVER,
            key="end",
            is_quiet=True,
        ),
    ]


def assign_form(by: Practitioner, shown: MomentShown, now: datetime, data: Any = None) -> AssignForm:
    people = who_could_go(by, shown.moment.area, shown.moment.person, now)
    return AssignForm(data, people=people, auto_id="assign_%s")
