"""What moves when two persons turn out to be one?

Everything that people did hangs on a Person.  The tables that do so are asked of Django, so that a
package born later is not forgotten: a row left behind would be a fact lost from a child's page.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import IntegrityError, connection, models, transaction

from holdfast.audit.commands import record as audit
from holdfast.audit.terms import System
from holdfast.people.homes import lay_end_to_end
from holdfast.people.models import AreaResponsibility, Child, Person, Practitioner, Record
from holdfast.people.terms import AreaRole


def move_what_hangs_on(*, by: Practitioner | System, at: datetime, leaves: Person, stays: Person) -> None:
    """Let everything that hangs on one person hang on the other.  One SQL statement a table, and rows
    that would stand twice are ended on the way.  Records are not moved here: `linkage` assigns them."""
    for table, field in what_hangs():
        if table is Child:
            _join_children(leaves, stays)
            continue
        if table is AreaResponsibility:
            _join_homes(leaves, stays)
        for row in table._default_manager.filter(**{field: leaves}):
            move_row(row, field, stays, at)
    audit(by=by, act="people.join", at=at, about=leaves.ref, person_ref=stays.ref)


def forget_bare(people: Iterable[int]) -> set[int]:
    """Delete those persons, made for a record that turned out to be somebody known, on whom nothing at all
    hangs, records included; return who they were.  One SQL statement."""
    with connection.cursor() as cursor:
        cursor.execute(_forget_bare(), {"people": list(people)})
        return {key for (key,) in cursor.fetchall()}


@lru_cache(maxsize=1)
def _forget_bare() -> str:
    names = [(Record._meta.db_table, "person_id")]
    names += [(table._meta.db_table, f"{field}_id") for table, field in what_hangs()]
    bare = " AND ".join(
        f"NOT EXISTS (SELECT FROM {table} WHERE {column} = person.id)" for table, column in names
    )
    return f"DELETE FROM {Person._meta.db_table} AS person WHERE id = ANY(%(people)s) AND {bare} RETURNING id"


def what_hangs() -> list[tuple[Any, str]]:
    """Return each table that hangs on a person, records left out, and by which field."""
    found = [(relation.related_model, relation.field.name) for relation in Person._meta.related_objects]
    return [(table, field) for table, field in found if table is not Record]


def move_row(row: models.Model, field: str, stays: Person, at: datetime) -> None:
    """Let one row hang on another person; where both have the same thing open, this one ends."""
    setattr(row, field, stays)
    try:
        with transaction.atomic():
            row.save(update_fields=[field])
    except IntegrityError:
        # The same thing is open on both sides; the one that moves ends.
        ends = {"ends_at": at, "ends_on": at.date()}
        name = next(name for name in ends if hasattr(row, name))
        setattr(row, name, ends[name])
        row.save(update_fields=[field, name])


def _join_homes(leaves: Person, stays: Person) -> None:
    """Lay the homes that sources gave for either end to end."""
    homes = AreaResponsibility.objects.filter(person__in=[leaves, stays], role=AreaRole.HOME)
    moving = [home for home in homes if home.person_id == leaves.pk]
    for home in moving:
        home.person = stays
    lay_end_to_end(homes, moving)


def _join_children(leaves: Person, stays: Person) -> None:
    """Keep one open record: the one a person opened before a provisional one, then the older."""
    moving = Child.objects.filter(person=leaves).first()
    if moving is None:
        return
    staying = Child.objects.filter(person=stays).first()
    if staying is None:
        moving.person = stays
        moving.save(update_fields=["person"])
        return
    if staying.provisional_until and not moving.provisional_until:
        staying.provisional_until, staying.why = None, moving.why
        staying.opened_by = staying.opened_by or moving.opened_by
    staying.opened_at = min(staying.opened_at, moving.opened_at)
    staying.preferred_name = staying.preferred_name or moving.preferred_name
    staying.pronouns = staying.pronouns or moving.pronouns
    staying.save()
    moving.delete()
