"""May this reader open this child's page?  If so it is written down; a stranger learns nothing."""

from typing import Any

from holdfast.access.errors import NotAllowed
from holdfast.access.queries import visible_child
from holdfast.audit.commands import record as audit
from holdfast.people.models import Person


def child_of(request: Any, ref: str) -> Person:
    """Return whose page it is.  Raises NotAllowed for a stranger, and for a page that is nobody's."""
    person = visible_child(request.practitioner, ref, request.now)
    if person is None:
        raise NotAllowed("nothing gives leave to see this record")
    return person


def note_read(request: Any, person: Person, page: str) -> None:
    """Write down that a page about a child was opened."""
    audit(
        by=request.practitioner,
        act=f"child.read_{page}",
        at=request.now,
        about=person.ref,
        person_ref=person.ref,
    )


def posted(request: Any) -> Any:
    """Return what a form was sent with, or None where the page was only opened."""
    return request.POST if request.method == "POST" else None
