"""What does the National Referral Mechanism decide?  §5.15."""

from holdfast.chronology.terms import EventKind
from holdfast.feeds.adapters.told import Row, Told, event, sentence

STAGES = {"RG": "reasonable grounds", "CG": "conclusive grounds"}


def decision(row: Row) -> Told:
    """A decision by day; the authority knew when it was notified, not before."""
    stage = row.text("decision_stage")
    facts = event(
        row,
        EventKind.NRM_DECISION,
        f"NRM: {row.text('decision').lower()} decision, {STAGES[stage]}",
        row.get("decision_date"),
        code=f"{stage} {row.text('decision')}",
        agency_knew_at=row.get("notified_at"),
        text=sentence(row.text("exploitation_types"), row.text("reason")),
    )
    return Told(events=(facts,), lives_in=row.text("la_code"), lives_since=row.get("referral_date"))
