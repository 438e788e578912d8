"""What do schools tell us: suspensions, permanent exclusions, weeks of alternative provision?"""

from holdfast.chronology.terms import EventKind
from holdfast.feeds.adapters.told import Row, Told, end_at, event, sentence

TITLES = {
    "PERM": "Permanently excluded from {school}",
    "SUSP": "Suspended from {school}",
    "LNCH": "Suspended at lunchtimes from {school}",
}


def exclusion(row: Row) -> Told:
    school = row.text("SchoolName") or "school"
    category = row.text("Category")
    sessions = row.get("Sessions")
    facts = event(
        row,
        EventKind.EXCLUSION,
        TITLES[category].format(school=school),
        row.get("StartDate"),
        code="REINSTATED" if row.text("GovernorDecision") == "REINSTATED" else category,
        ended_at=end_at(row.get("EndDate")),
        place_text=school,
        text=sentence(
            f"{sessions} half days" if sessions else "",
            f"Governors: {row.text('GovernorDecision').lower()}" if row.text("GovernorDecision") else "",
        ),
    )
    return Told(
        events=(facts,),
        is_surely_child=(row.get("NCYear") or 99) <= 11,
        lives_in=row.where.of_postcode(row.text("Postcode")),
        lives_since=row.get("StartDate"),
    )


def learning_week(row: Row) -> Told:
    planned, attended = row.get("PlannedHours"), row.get("AttendedHours")
    came = "attendance not given" if attended is None else f"{float(attended):g} attended"
    facts = event(
        row,
        EventKind.LEARNING_WEEK,
        f"{float(planned):g} hours offered at {row.text('ProviderName')}, {came}",
        row.get("WeekCommencing"),
        code=row.text("PlacementType"),
        place_text=row.text("ProviderName"),
        text=sentence(row.text("Comment")),
    )
    return Told(events=(facts,))
