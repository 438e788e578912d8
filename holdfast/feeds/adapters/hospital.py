"""What does an emergency department tell us about an injured child?"""

from holdfast.chronology.terms import EventKind
from holdfast.feeds.adapters.told import SUBJECT_HARMED, Row, Told, event, sentence


def attendance(row: Row) -> Told:
    """The least the response needs: where, when, how, who came along (§8.4)."""
    hospital = row.text("hospital") or "hospital"
    came_with = row.text("came_with")
    facts = event(
        row,
        EventKind.HOSPITAL,
        f"Hurt, and seen at {hospital}",
        row.get("arrived"),
        code=row.text("cause_code"),
        ended_at=row.get("left"),
        place_text=row.text("hospital"),
        area_code=row.where.of_place(row.text("hospital")),
        text=sentence(row.text("cause"), row.text("note"), f"Came with: {came_with}" if came_with else ""),
        participants=SUBJECT_HARMED,
    )
    return Told(
        events=(facts,),
        is_surely_child=True,
        lives_in=row.where.of_postcode(row.text("postcode")),
        lives_since=row.get("arrived").date(),
    )
