"""Write down what a source says about a person, and open a child's record."""

from datetime import date, datetime, timedelta

from django.db import transaction

from holdfast.audit.commands import record as audit
from holdfast.audit.terms import System
from holdfast.people.models import (
    Agency,
    Area,
    AreaResponsibility,
    Child,
    FamilyTie,
    Person,
    Practitioner,
    Record,
    RecordAddress,
    RecordBirthDate,
    RecordIdentifier,
    RecordName,
    RecordPhone,
)
from holdfast.people.rules import Facts, NameFact
from holdfast.people.terms import AreaRole, NameKind, Tie

PROVISIONAL = timedelta(days=28)  # our choice (L): a record that nobody opens lapses
TYPED_HERE = "typed here"


@transaction.atomic
def keep_record(
    *, by: Practitioner | System, at: datetime, source: str, key: str, agency: Agency | None = None
) -> Record:
    """Return the record of this source's person, made (with a person of its own) if it is new."""
    found = Record.objects.select_related("person").filter(source=source, key=key).first()
    if found:
        return found
    person = Person.objects.create(made_at=at)
    made = Record.objects.create(source=source, key=key, person=person, agency=agency, made_at=at)
    audit(by=by, act="people.keep_record", at=at, about=made.ref, person_ref=person.ref)
    return made


STATED = (RecordName, RecordBirthDate, RecordIdentifier, RecordAddress, RecordPhone)


@transaction.atomic
def state_facts(
    *,
    by: Practitioner | System,
    at: datetime,
    record: Record,
    stated_by: str,
    facts: Facts,
    is_new: bool = False,
) -> None:
    """Put these facts in place of what the same row said before.  At most 11 SQL statements, 5 if new."""
    if not is_new:
        for table in STATED:
            table.objects.filter(record=record, stated_by=stated_by).delete()
    said = {"record": record, "stated_by": stated_by, "stated_at": at}
    RecordName.objects.bulk_create(
        [RecordName(**said, given=n.given[:120], family=n.family[:120], kind=n.kind) for n in facts.names]
    )
    if facts.born_on:
        RecordBirthDate.objects.create(**said, born_on=facts.born_on)
    RecordIdentifier.objects.bulk_create(
        [
            RecordIdentifier(
                **said, kind=i.kind, issuer=i.issuer, value=i.value[:60], is_verified=i.is_verified
            )
            for i in facts.identifiers
        ]
    )
    RecordAddress.objects.bulk_create(
        [
            RecordAddress(
                **said,
                kind=a.kind,
                text=a.text[:300],
                postcode=a.postcode[:8],
                starts_on=a.starts_on,
                ends_on=a.ends_on,
            )
            for a in facts.addresses
        ]
    )
    RecordPhone.objects.bulk_create([RecordPhone(**said, number=number[:20]) for number in facts.phones])
    _state_sex_and_ethnicity(record, facts)


def _state_sex_and_ethnicity(record: Record, facts: Facts) -> None:
    """Keep what a row says; a row that is silent takes nothing away."""
    said = {"sex": facts.sex, "ethnicity": facts.ethnicity, "ethnicity_list": facts.ethnicity_list}
    changed = {name: value for name, value in said.items() if value and getattr(record, name) != value}
    if changed:
        for name, value in changed.items():
            setattr(record, name, value)
        record.save(update_fields=list(changed))


@transaction.atomic
def tie_family(
    *, by: Practitioner | System, at: datetime, record: Record, other: Record, kind: Tie, stated_by: str
) -> None:
    """Write down that a sender calls `other` family of `record`."""
    FamilyTie.objects.get_or_create(record=record, other=other, kind=kind, stated_by=stated_by)


@transaction.atomic
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


@transaction.atomic
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
    open_roles = AreaResponsibility.objects.filter(person=person, role=role, ends_on=None)
    if open_roles.filter(area=area).exists():
        return
    if role == AreaRole.HOME:
        for earlier in open_roles:
            earlier.ends_on = max(starts_on, earlier.starts_on)
            earlier.save(update_fields=["ends_on"])
    AreaResponsibility.objects.create(
        person=person, area=area, role=role, starts_on=starts_on, stated_by=stated_by
    )


@transaction.atomic
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
    state_facts(by=by, at=at, record=record, stated_by=TYPED_HERE, facts=Facts(names=(spoken,)), is_new=True)
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
