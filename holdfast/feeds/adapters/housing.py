"""What does housing tell us: requests to move, tenancies that could lapse?  §5.9-5.13."""

from holdfast.chronology.terms import EventKind, Role
from holdfast.feeds.adapters.told import FamilySaid, Row, Told, event, sentence
from holdfast.people.terms import Tie


def request(row: Row) -> Told:
    target = row.text("target_area")
    facts = event(
        row,
        EventKind.HOUSING_REQUEST,
        f"The family asked to move{' to ' + target if target else ''}",
        row.get("request_date"),
        code=row.text("status") or row.text("request_type"),
        text=sentence(
            row.text("reason"), f"Answer so far: {row.text('status').lower()}" if row.text("status") else ""
        ),
        participants=_household(row, told_us=True),
    )
    return _told(row, facts, row.get("request_date"))


def tenancy(row: Row) -> Told:
    lapses = row.get("lapse_date")
    facts = event(
        row,
        EventKind.TENANCY,
        f"Tenancy: {row.text('status').lower() or row.text('tenancy_type').lower()}",
        row.get("start_date"),
        code=row.text("status"),
        text=sentence(row.text("note"), f"Would be lost on {lapses:%-d %B %Y}" if lapses else ""),
        participants=_household(row, told_us=False),
    )
    return _told(row, facts, row.get("start_date"))


def _members(row: Row) -> list[str]:
    return [field for field in row.fields if field.startswith("household_members")]


def _household(row: Row, told_us: bool) -> tuple[tuple[str, Role], ...]:
    first = ("subject", Role.TOLD_US if told_us else Role.ABOUT)
    return (first, *((field, Role.ABOUT) for field in _members(row)))


def _told(row: Row, facts: object, since: object) -> Told:
    return Told(
        events=(facts,),  # type: ignore[arg-type]
        family=tuple(FamilySaid(field, "subject", Tie.SAME_HOUSEHOLD) for field in _members(row)),
        lives_in=row.where.of_postcode(row.text("postcode")),
        lives_since=since,  # type: ignore[arg-type]
    )
