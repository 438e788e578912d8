"""Write down what a source says about a person, and open a child's record."""

from datetime import date, datetime, timedelta
from typing import Any

from holdfast.audit.commands import record as audit
from holdfast.audit.terms import System
from holdfast.kit.transactions import atomic
from holdfast.people.homes import lay_end_to_end
from holdfast.people.models import (
    Agency,
    Area,
    AreaResponsibility,
    Child,
    FamilyTie,
    Person,
    Practitioner,
    Record,
)
from holdfast.people.rules import Facts, NameFact
from holdfast.people.stating import as_text, rows_of, stated, write
from holdfast.people.terms import AreaRole, NameKind, Tie

PROVISIONAL = timedelta(days=28)  # our choice (L): a record that nobody opens lapses
TYPED_HERE = "typed here"


@atomic
def keep_record(
    *, by: Practitioner | System, at: datetime, source: str, key: str, agency: Agency | None = None
) -> Record:
    """Return the record of this source's person, made (with a person of its own) if it is new."""
    found = Record.objects.select_related("person").filter(source=source, key=key).first()
    return found or make_record(by=by, at=at, source=source, key=key, agency=agency)


@atomic
def make_record(
    *,
    by: Practitioner | System,
    at: datetime,
    source: str,
    key: str,
    agency: Agency | None = None,
    facts: Facts | None = None,
) -> Record:
    """Make a record that is known to be new, with a person of its own.

    `facts` saves a second statement for what is said once of a person; the others are still to be stated.
    """
    person = Person.objects.create(made_at=at)
    said = _said_once(facts) if facts else {}
    made = Record.objects.create(source=source, key=key, person=person, agency=agency, made_at=at, **said)
    audit(by=by, act="people.keep_record", at=at, about=made.ref, person_ref=person.ref)
    return made


@atomic
def state_facts(
    *,
    by: Practitioner | System,
    at: datetime,
    record: Record,
    stated_by: str,
    facts: Facts,
    is_first: bool = False,
) -> bool:
    """Put these facts in place of what the same row said before; return whether anything changed.

    A fact that stays keeps the time at which it was first stated.  One SQL statement to look, unless
    `is_first` says that the row never spoke before, one to write all that is new, and one for each kind
    of fact that is gone.
    """
    before = {} if is_first else stated(record.pk, stated_by)
    new, is_gone = {}, False
    for table, wanted in rows_of(facts).items():
        held = before.get(table, {})
        texts = {as_text(values): values for values in wanted}
        new[table] = [values for text, values in texts.items() if text not in held]
        gone = [pk for text, pk in held.items() if text not in texts]
        if gone:
            table.objects.filter(pk__in=gone).delete()
            is_gone = True
    is_new = any(new.values())
    if is_new:
        write(record.pk, stated_by, at, new)
    return _state_once(record, facts) or is_new or is_gone


def _said_once(facts: Facts) -> dict[str, Any]:
    said = {
        "sex": facts.sex,
        "ethnicity": facts.ethnicity,
        "ethnicity_list": facts.ethnicity_list,
        "approx_birth_year": facts.approx_birth_year,
    }
    return {name: value for name, value in said.items() if value}


def _state_once(record: Record, facts: Facts) -> bool:
    """Keep what a row says; a row that is silent takes nothing away."""
    said = _said_once(facts)
    changed = {name: value for name, value in said.items() if getattr(record, name) != value}
    for name, value in changed.items():
        setattr(record, name, value)
    if changed:
        record.save(update_fields=list(changed))
    return bool({"sex", "approx_birth_year"} & set(changed))


@atomic
def tie_family(
    *, by: Practitioner | System, at: datetime, record: Record, other: Record, kind: Tie, stated_by: str
) -> None:
    """Write down that a sender calls `other` family of `record`."""
    FamilyTie.objects.get_or_create(record=record, other=other, kind=kind, stated_by=stated_by)


@atomic
def open_child(
    *,
    by: Practitioner | System,
    at: datetime,
    person: Person,
    why: str,
    is_provisional: bool = False,
) -> Child:
    """Open a child's record, or keep a provisional one open.  Opening twice changes nothing."""
    until = at + PROVISIONAL if is_provisional else None
    opener = None if isinstance(by, System) else by
    child, is_new = Child.objects.get_or_create(
        person=person,
        defaults={"opened_at": at, "opened_by": opener, "why": why, "provisional_until": until},
    )
    if not is_new and not is_provisional and child.provisional_until:
        child.provisional_until = None
        child.why = why
        child.save(update_fields=["provisional_until", "why"])
    if is_new:
        audit(by=by, act="people.open_child", at=at, about=person.ref, person_ref=person.ref)
    return child


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
    """Write down that an area is responsible for someone.  One home at a time: an earlier home ends.

    `stated_by` names the row that says so: what it says now takes the place of what it said before.
    """
    if role != AreaRole.HOME:
        AreaResponsibility.objects.get_or_create(
            person=person,
            area=area,
            role=role,
            ends_on=None,
            defaults={"starts_on": starts_on, "stated_by": stated_by},
        )
        return
    homes = list(AreaResponsibility.objects.filter(person=person, role=role))
    own = next((home for home in homes if home.stated_by == stated_by), None)
    if own and (own.area_id, own.starts_on) == (area.pk, starts_on):
        return
    if own is None:
        own = AreaResponsibility(person=person, role=role, stated_by=stated_by)
        homes.append(own)
    own.area, own.starts_on = area, starts_on
    lay_end_to_end(homes, [own])


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
