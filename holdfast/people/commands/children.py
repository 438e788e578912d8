"""Open a child's record, and say which areas are responsible."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from holdfast.audit.commands import record_each
from holdfast.audit.terms import System
from holdfast.kit.transactions import atomic
from holdfast.people.commands.records import keep_record, state_facts
from holdfast.people.homes import lay_end_to_end
from holdfast.people.models import Area, AreaResponsibility, Child, Person, Practitioner
from holdfast.people.rules import Facts, NameFact
from holdfast.people.terms import AreaRole, NameKind

PROVISIONAL = timedelta(days=28)  # our choice (L): a record that nobody opens lapses
TYPED_HERE = "typed here"


@dataclass(frozen=True, slots=True)
class Responsible:
    """An area is responsible for someone, by key, from a day on; `stated_by` names the row that says so."""

    person: int
    area: Area
    starts_on: date
    stated_by: str


@atomic
def open_child(
    *, by: Practitioner | System, at: datetime, person: Person, why: str, is_provisional: bool = False
) -> None:
    """Open a child's record, or keep a provisional one open.  Opening twice changes nothing."""
    open_children(by=by, at=at, why={person.pk: why}, is_provisional=is_provisional)


@atomic
def open_children(
    *, by: Practitioner | System, at: datetime, why: Mapping[int, str], is_provisional: bool = False
) -> None:
    """Open the records of children, or keep provisional ones open; `why` by the key of the person.

    One SQL statement where all are open, four where they are not, however many.
    """
    held = {child.person_id: child for child in Child.objects.filter(person__in=why)}
    for child in held.values():
        if not is_provisional and child.provisional_until:
            child.provisional_until = None
            child.why = why[child.person_id]
            child.save(update_fields=["provisional_until", "why"])
    new = [key for key in why if key not in held]
    if not new:
        return
    until = at + PROVISIONAL if is_provisional else None
    opener = None if isinstance(by, System) else by
    Child.objects.bulk_create(
        [
            Child(person_id=key, opened_at=at, opened_by=opener, why=why[key], provisional_until=until)
            for key in new
        ],
        ignore_conflicts=True,  # somebody else has just opened it
    )
    refs = Person.objects.filter(pk__in=new).order_by("pk").values_list("ref", flat=True)
    record_each(by=by, act="people.open_child", at=at, lines=[(ref, ref, "") for ref in refs])


@atomic
def make_responsible(
    *,
    by: Practitioner | System,
    at: datetime,
    person: Person,
    area: Area,
    role: AreaRole,
    starts_on: date,
    stated_by: str,
) -> None:
    """Write down that an area is responsible for someone.  One home at a time: an earlier home ends."""
    if role == AreaRole.HOME:
        say_homes(by=by, at=at, homes=[Responsible(person.pk, area, starts_on, stated_by)])
        return
    AreaResponsibility.objects.get_or_create(
        person=person,
        area=area,
        role=role,
        ends_on=None,
        defaults={"starts_on": starts_on, "stated_by": stated_by},
    )


@atomic
def say_homes(*, by: Practitioner | System, at: datetime, homes: Sequence[Responsible]) -> None:
    """Write down where people live: what a row says now takes the place of what it said before.

    One SQL statement to look, however many, and one for each home that is new or ends elsewhere.
    """
    held: dict[int, list[AreaResponsibility]] = defaultdict(list)
    people = {home.person for home in homes}
    for found in AreaResponsibility.objects.filter(person__in=people, role=AreaRole.HOME).order_by("pk"):
        held[found.person_id].append(found)
    for home in homes:
        mine = held[home.person]
        own = next((found for found in mine if found.stated_by == home.stated_by), None)
        if own and (own.area_id, own.starts_on) == (home.area.pk, home.starts_on):
            continue
        if own is None:
            own = AreaResponsibility(person_id=home.person, role=AreaRole.HOME, stated_by=home.stated_by)
            mine.append(own)
        own.area, own.starts_on = home.area, home.starts_on
        lay_end_to_end(mine, [own])


@atomic
def open_typed_record(
    *,
    by: Practitioner,
    at: datetime,
    name: str,
    area: Area,
    age: int | None = None,
) -> Person:
    """Open a provisional record for a child whom a search did not find: initials are enough."""
    record = keep_record(by=by, at=at, source=TYPED_HERE, key=f"{by.ref} {at.isoformat()}", agency=by.agency)
    given, _, family = name.strip().partition(" ")
    spoken = NameFact(given=given, family=family, kind=NameKind.SPOKEN)
    facts = Facts(names=(spoken,), approx_birth_year=at.year - age if age is not None else None)
    state_facts(by=by, at=at, record=record, stated_by=TYPED_HERE, facts=facts)
    why = f"Told by {by.name}" + (f", who thinks the child is about {age}" if age else "")
    open_child(by=by, at=at, person=record.person, why=why[:200], is_provisional=True)
    make_responsible(
        by=by,
        at=at,
        person=record.person,
        area=area,
        role=AreaRole.INCIDENT,
        starts_on=at.date(),
        stated_by=TYPED_HERE,
    )
    return record.person
