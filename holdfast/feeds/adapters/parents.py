"""What do parents and carers tell us?  §9.1."""

from holdfast.chronology.terms import EventKind, Role
from holdfast.feeds.adapters.told import FamilySaid, Row, Told, event, sentence
from holdfast.people.terms import Tie

TIES = {"mother": Tie.MOTHER, "father": Tie.FATHER, "carer": Tie.CARER, "foster carer": Tie.CARER}


def worry(row: Row) -> Told:
    """A worry as the caller said it.  Where the start of a call cannot be read, its end will do."""
    started = row.get("call_started_at") or row.get("call_ended_at")
    who = row.text("caller_relationship").lower()
    caller = [field for field in row.fields if field == "caller_name"]
    facts = event(
        row,
        EventKind.PARENT_WORRY,
        f"{who.capitalize() or 'Somebody at home'} rang, worried",
        started or row.drop_on,
        code="URGENT" if row.text("urgent") == "Y" else "",
        text=sentence(
            row.text("worry"), f"Since: {row.text('started_when')}" if row.text("started_when") else ""
        ),
        participants=(("subject", Role.ABOUT), *((field, Role.TOLD_US) for field in caller)),
    )
    family = tuple(FamilySaid("subject", field, TIES.get(who, Tie.FAMILY)) for field in caller)
    return Told(events=(facts,), family=family)
