"""Whose moment is it, when a record turns out to be somebody else's?"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import F, Q

from holdfast.audit.commands import record as audit
from holdfast.audit.terms import System
from holdfast.chronology.queries import events_involving
from holdfast.kit.transactions import atomic
from holdfast.moments.commands.raising import open_records
from holdfast.moments.models import Contact, Moment
from holdfast.moments.rules import happening_of
from holdfast.people.models import Person


@atomic
def follow_people(*, by: System, at: datetime, people: Collection[int]) -> int:
    """Let each moment that an agency's event raised stand with whoever the event is now found to be about.

    `people` are the keys of persons that gained or lost a record.  Returns how many moments moved; who was
    with the child in a moment moves along.  A moment that a person told us of stays: they chose the child.
    Four SQL queries where nothing moves.
    """
    if not people:
        return 0
    told = Q(person__in=people) | Q(event__in=events_involving(people).values("pk"))
    found = Moment.objects.filter(told, event__isnull=False, told_by=None).select_related("event", "person")
    moved = 0
    for moment in found.prefetch_related("event__participants__record__person"):
        now_about = _about(moment)
        if now_about and now_about.pk != moment.person_id:
            _move(by, at, moment, now_about)
            moved += 1
    return moved


def _about(moment: Moment) -> Person | None:
    """Return the person of the part of the event that raised the moment, if the event still has it."""
    event: Any = moment.event
    for part in event.participants.all():
        if happening_of(event.source, event.source_ref, part.field) == moment.happening:
            return part.record.person
    return None


def _move(by: System, at: datetime, moment: Moment, to: Person) -> None:
    left = moment.person.ref
    moment.person = to
    moment.save(update_fields=["person"])
    Contact.objects.filter(moment=moment).update(person=to)
    open_records(by, at, [moment])
    audit(by=by, act="moments.follow", at=at, about=moment.ref, person_ref=to.ref, note=f"was with {left}")


@atomic
def contacts_stay_with_moments(*, by: System, at: datetime, people: Collection[int]) -> int:
    """Let what was done in a moment stand with the child of the moment; return how many contacts moved."""
    astray = Contact.objects.filter(moment__person__in=people).exclude(person=F("moment__person"))
    for contact in astray.select_related("moment"):
        Contact.objects.filter(pk=contact.pk).update(person=contact.moment.person_id)  # type: ignore[union-attr]
    return len(astray)
