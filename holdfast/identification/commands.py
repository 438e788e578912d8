"""Ask what we do not know, and write down the answer.  §4.6."""

from datetime import date, datetime

from holdfast.access.queries import require
from holdfast.audit.commands import record as audit
from holdfast.identification.models import OpenQuestion
from holdfast.kit.transactions import atomic
from holdfast.people.models import Person, Practitioner


@atomic
def ask(
    *,
    by: Practitioner,
    at: datetime,
    person: Person,
    question: str,
    owner: Practitioner | None = None,
    how: str = "",
    due_on: date | None = None,
) -> OpenQuestion:
    """Write down something we do not know, who will find out, and by when."""
    require(by, person, at)
    made = OpenQuestion.objects.create(
        person=person, question=question, owner=owner, how=how, due_on=due_on, asked_by=by, asked_at=at
    )
    audit(by=by, act="identification.ask", at=at, about=made.ref, person_ref=person.ref)
    return made


@atomic
def answer(*, by: Practitioner, at: datetime, question: OpenQuestion, answer: str) -> OpenQuestion:
    """Write down what was found out; the question leaves the list of unknowns."""
    require(by, question.person, at)
    question.answer, question.answered_at, question.answered_by = answer, at, by
    question.save(update_fields=["answer", "answered_at", "answered_by"])
    audit(by=by, act="identification.answer", at=at, about=question.ref, person_ref=question.person.ref)
    return question
