"""What may this reader write down about a child?"""

from datetime import datetime

from holdfast.access.queries import may
from holdfast.access.terms import Duty
from holdfast.people.models import Person, Practitioner
from holdfast.web import links
from holdfast.web.forms.child import FORMS, ChildForm
from holdfast.web.parts import FormPart


def parts_for(
    by: Practitioner, person: Person, now: datetime, sent: ChildForm | None = None
) -> list[FormPart]:
    """Return every form of a child's page; the one that was sent keeps what was typed."""
    if not may(by, Duty.TELL):
        return []
    return [_part(person, what, _form(what, kind, person, now, sent)) for what, kind in FORMS.items()]


def _form(
    what: str, kind: type[ChildForm], person: Person, now: datetime, sent: ChildForm | None
) -> ChildForm:
    return sent if isinstance(sent, kind) else kind(person=person, now=now, prefix=what)


def _part(person: Person, what: str, form: ChildForm) -> FormPart:
    return FormPart(
        form=form,
        action=links.page("child_add", person.ref, what),
        button=form.button,
        title=form.title,
        key=f"add-{what}",
        is_quiet=True,
    )
