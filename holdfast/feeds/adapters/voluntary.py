"""What do outreach workers tell us from their own tracker?"""

from holdfast.chronology.terms import EventKind
from holdfast.feeds.adapters.told import Row, Told, event, sentence


def contact(row: Row) -> Told:
    """A contact in the worker's words.  The worker's colour stays on the row: it labels no child here."""
    worker = row.text("worker")
    facts = event(
        row,
        EventKind.OUTREACH,
        f"Met by an outreach worker{', ' + worker if worker else ''}",
        row.get("contact_date"),
        place_text=row.text("area"),
        text=sentence(
            row.text("what_happened"), f"To do: {row.text('action')}" if row.text("action") else ""
        ),
    )
    return Told(events=(facts,))
