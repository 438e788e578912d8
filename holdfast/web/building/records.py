"""Which agencies' records make up this person, what does each say, and why are they one?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from holdfast.access.queries import may
from holdfast.access.terms import Duty
from holdfast.feeds.labels import label_of
from holdfast.linkage.explaining import Joined, records_of
from holdfast.linkage.terms import Field, Profile, Sex
from holdfast.people.models import Person, Practitioner, Record
from holdfast.people.terms import IdentifierKind
from holdfast.web import links
from holdfast.web.building import whose
from holdfast.web.parts import Button

NUMBERS = {
    IdentifierKind.NHS: "NHS number",
    IdentifierKind.UPN: "Unique pupil number",
    IdentifierKind.NOMINAL: "Police person number",
    IdentifierKind.PERSON: "Their own person number",
    IdentifierKind.REFERENCE: "Reference",
    IdentifierKind.HOUSEHOLD: "Household",
}
# Under which comparison of the matcher each number stands.
FIELDS = {
    IdentifierKind.NHS: Field.NHS,
    IdentifierKind.UPN: Field.UPN,
    IdentifierKind.NOMINAL: Field.NUMBER,
    IdentifierKind.PERSON: Field.NUMBER,
    IdentifierKind.REFERENCE: Field.NUMBER,
    IdentifierKind.HOUSEHOLD: Field.PLACE,
}
SEXES = {Sex.FEMALE: "Female", Sex.MALE: "Male"}
ALONE = "It is the only record that this person began with"
UNLINKED = "Nothing else joins it: it came to this person with a record that has since changed"


@dataclass(frozen=True)
class RecordRow:
    agency: str
    reference: str
    name: str
    since: str
    why: list[str]
    unpick: Button | None = None


def rows(by: Practitioner, person: Person, now: datetime) -> list[RecordRow]:
    """Return a line for each record, the oldest first."""
    found = records_of(by, person, now)
    apart = links.page("split", person.ref) if len(found) > 1 and may(by, Duty.TELL) else ""
    return [_row(one, len(found) == 1, apart, now) for one in found]


def _row(one: Joined, is_alone: bool, apart: str, now: datetime) -> RecordRow:
    return RecordRow(
        agency=sender(one.record),
        reference=export(one.record.source),
        name=said(one.profile),
        since=since(one.record, now),
        why=_why(one, is_alone, now),
        unpick=_unpick(one, apart) if apart else None,
    )


def _unpick(one: Joined, apart: str) -> Button:
    spoken = f"The record of {sender(one.record)} ({export(one.record.source)}) is not about this child"
    return Button("This is not about this child", f"{apart}?record={one.record.ref}", spoken=spoken)


def _why(one: Joined, is_alone: bool, now: datetime) -> list[str]:
    if one.other is None:
        return [ALONE if is_alone else UNLINKED]
    day = whose.day_of(one.other.made_at, now)
    joined = f"Joined to the record of {sender(one.other)} ({export(one.other.source)}, {day})"
    return [joined, *_said_together(one.reasons)]


FOR, AGAINST = " (for)", " (against)"


def _said_together(reasons: Sequence[str]) -> list[str]:
    """Return all that speaks for it in one sentence, and all that speaks against it in another."""
    sides = {"For it": FOR, "Against it": AGAINST}
    found = {
        lead: [reason.removesuffix(side) for reason in reasons if reason.endswith(side)]
        for lead, side in sides.items()
    }
    return [f"{lead}: {_list(said)}" for lead, said in found.items() if said]


def _list(said: Sequence[str]) -> str:
    return "; ".join(one[:1].lower() + one[1:] for one in said)


def since(record: Record, now: datetime) -> str:
    return f"Here since {whose.day_of(record.made_at, now)}"


def sender(record: Record) -> str:
    return record.agency.name if record.agency else whose.sender(record.source)


def export(source: str) -> str:
    """Return the export's own name where it has one: "Police custody"."""
    return label_of(source)


def said(profile: Profile) -> str:
    """Return all that one record says: names, dates, numbers, homes, telephones."""
    names = sorted(f"{name.given} {name.family}".strip() for name in profile.names)
    born = [f"Born {day.day} {day:%B %Y}" for day in sorted(profile.born_on)]
    if not born and profile.approx_birth_year:
        born = [f"Born about {profile.approx_birth_year}"]
    numbers = sorted(f"{NUMBERS[found.kind]} {found.value}" for found in profile.identifiers)
    homes = sorted(profile.addresses) or sorted(profile.postcodes)
    return ". ".join([", ".join(names) or "No name", *born, *numbers, *homes, *sorted(profile.phones)])
