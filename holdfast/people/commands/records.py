"""Write down what a source says about a person."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from holdfast.audit.commands import record_each
from holdfast.audit.terms import System
from holdfast.kit.transactions import atomic
from holdfast.people.models import Agency, FamilyTie, Person, Practitioner, Record
from holdfast.people.rules import Facts
from holdfast.people.stating import as_text, rows_of, stated, write
from holdfast.people.terms import Tie


@dataclass(frozen=True, slots=True)
class NewRecord:
    """How a source tells this person from others; `facts` saves a second statement for what is said once."""

    source: str
    key: str
    agency: Agency | None = None
    facts: Facts | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """What one row says of one record.  `is_first`: the row never spoke of anybody before."""

    record: Record
    stated_by: str
    facts: Facts
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class TieStatement:
    """A sender calls `other` this to `record`."""

    record: Record
    other: Record
    kind: Tie
    stated_by: str


@atomic
def keep_record(
    *, by: Practitioner | System, at: datetime, source: str, key: str, agency: Agency | None = None
) -> Record:
    """Return the record of this source's person, made (with a person of its own) if it is new."""
    found = Record.objects.select_related("person").filter(source=source, key=key).first()
    return found or make_records(by=by, at=at, new=[NewRecord(source, key, agency)])[0]


@atomic
def make_records(*, by: Practitioner | System, at: datetime, new: Sequence[NewRecord]) -> list[Record]:
    """Make records that are known to be new, each with a person of its own.

    Three SQL statements, however many.
    """
    people = Person.objects.bulk_create([Person(made_at=at) for _ in new])
    made = Record.objects.bulk_create(
        [
            Record(
                source=one.source,
                key=one.key,
                person=person,
                agency=one.agency,
                made_at=at,
                **(_said_once(one.facts) if one.facts else {}),
            )
            for one, person in zip(new, people, strict=True)
        ]
    )
    lines = [(record.ref, record.person.ref, "") for record in made]
    record_each(by=by, act="people.keep_record", at=at, lines=lines)
    return made


@atomic
def state_facts(
    *, by: Practitioner | System, at: datetime, record: Record, stated_by: str, facts: Facts
) -> bool:
    """Put these facts in place of what the same row said before; return whether anything changed."""
    return bool(state_all(by=by, at=at, said=[Statement(record, stated_by, facts)]))


@atomic
def state_all(*, by: Practitioner | System, at: datetime, said: Collection[Statement]) -> set[int]:
    """Put what rows say in place of what the same rows said before; return the keys of records changed.

    No two of `said` may be one row's of one record.  A fact that stays keeps the time at which it was first
    stated.  One SQL statement to look, one to write all that is new, and one for each kind of fact that is
    gone, however many rows.
    """
    before = stated([(one.record.pk, one.stated_by) for one in said if not one.is_first])
    new: list[tuple[Statement, Any, tuple[Any, ...]]] = []
    gone: dict[Any, list[int]] = {}
    changed = {one.record.pk for one in said if _state_once(one.record, one.facts)}
    for one in said:
        held_by_table = before.get((one.record.pk, one.stated_by), {})
        for table, wanted in rows_of(one.facts).items():
            held = held_by_table.get(table, {})
            texts = {as_text(values): values for values in wanted}
            added = [(one, table, values) for text, values in texts.items() if text not in held]
            ended = [pk for text, pk in held.items() if text not in texts]
            new += added
            gone.setdefault(table, []).extend(ended)
            if added or ended:
                changed.add(one.record.pk)
    for table, keys in gone.items():
        if keys:
            table.objects.filter(pk__in=keys).delete()
    if new:
        write(at, [(one.record.pk, one.stated_by, table, values) for one, table, values in new])
    return changed


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
def tie_family(*, by: Practitioner | System, at: datetime, ties: Iterable[TieStatement]) -> None:
    """Write down whom senders call family of whom; what was said before is not said twice.

    One SQL statement, however many.
    """
    FamilyTie.objects.bulk_create(
        [FamilyTie(record=t.record, other=t.other, kind=t.kind, stated_by=t.stated_by) for t in ties],
        ignore_conflicts=True,
    )
