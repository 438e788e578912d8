"""What may this reader write down about a child?"""

from datetime import datetime

from holdfast.access.queries import may
from holdfast.access.terms import Duty
from holdfast.people.models import Person, Practitioner
from holdfast.web import links
from holdfast.web.forms.child import FORMS, ChildForm, Choices, Offered, colleague_choices
from holdfast.web.parts import FormPart


def parts_for(
    by: Practitioner, person: Person, now: datetime, questions: Choices, sent: ChildForm | None = None
) -> list[FormPart]:
    """Return every form of a child's page; the one that was sent keeps what was typed.  One SQL query."""
    if not may(by, Duty.TELL):
        return []
    offered = Offered(colleague_choices(now), questions)
    return [
        _part(person, what, sent if isinstance(sent, kind) else _blank(what, person, now, offered))
        for what, kind in FORMS.items()
    ]


def _blank(what: str, person: Person, now: datetime, offered: Offered) -> ChildForm:
    return FORMS[what](person=person, now=now, offered=offered, prefix=what)


def _part(person: Person, what: str, form: ChildForm) -> FormPart:
    return FormPart(
        form=form,
        action=links.page("child_add", person.ref, what),
        button=form.button,
        title=form.title,
        key=f"add-{what}",
        is_quiet=True,
    )
