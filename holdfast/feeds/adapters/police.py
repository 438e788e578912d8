"""What do the police tell us: arrests, missing episodes, graded intelligence, threats to life?"""

from holdfast.chronology.terms import EventKind, Role
from holdfast.feeds.adapters.told import Row, Told, event, sentence


def custody(row: Row) -> Told:
    """An arrest.  Who came as appropriate adult shows that the police hold someone as under 18."""
    arrested, arrived = row.get("arrested_at"), row.get("arrived_at")
    adult = row.text("appropriate_adult")
    outcome = row.text("outcome")
    facts = event(
        row,
        EventKind.ARREST,
        f"Arrested, and taken to {row.text('station')}",
        arrested,
        code=outcome,
        agency_knew_at=arrived or arrested,
        ended_at=row.get("released_at"),
        place_text=row.text("station"),
        area_code=row.point_area("arrest_easting", "arrest_northing")
        or row.where.of_place(row.text("station")),
        text=sentence(
            f"Police give the reason as: {row.text('offence')}",
            f"Where: {row.text('arrest_location')}" if row.text("arrest_location") else "",
            f"Appropriate adult: {adult}" if adult else "",
            f"Bail conditions: {row.text('bail_conditions')}" if row.text("bail_conditions") else "",
        ),
    )
    return Told(
        events=(facts,),
        is_surely_child=bool(adult),
        lives_in=row.where.of_postcode(row.text("postcode")),
        lives_since=arrested.date(),
    )


def missing(row: Row) -> Told:
    """A missing episode, open until the person is found."""
    reported, found = row.get("reported_at"), row.get("found_at")
    home = row.where.of_postcode(row.text("home_postcode")) or _area_in(row, "home_address")
    facts = event(
        row,
        EventKind.MISSING,
        f"Was missing from {row.text('missing_from') or 'home'}",
        row.get("last_seen_at") or reported,
        code=row.text("status"),
        agency_knew_at=reported,
        ended_at=found,
        place_text=row.text("found_place"),
        area_code=_found_in(row, home) if found else "",
        home_area_code=home,
        text=sentence(
            row.text("circumstances"),
            f"Found at {row.text('found_place')}" if row.text("found_place") else "",
            row.text("return_comment"),
        ),
    )
    return Told(
        events=(facts,),
        is_surely_child=row.text("in_care") == "Y",
        lives_in=home,
        lives_since=reported.date(),
    )


def _found_in(row: Row, home: str) -> str:
    by_position = row.point_area("found_easting", "found_northing")
    place = row.text("found_place")
    return by_position or (home if place.lower().startswith("home") else row.where.of_place(place))


def _area_in(row: Row, column: str) -> str:
    """Return the area named at the end of an address, as in "4 Plover Court, Northmere"."""
    return row.where.of_place(row.text(column).rpartition(",")[2].strip())


def intelligence(row: Row) -> Told:
    """A graded line the police agreed to share, or a warning given to someone whose life is threatened."""
    is_threat = row.text("log_type") == "TTL"
    kind = EventKind.THREAT_TO_LIFE if is_threat else EventKind.INTELLIGENCE
    named = [field for field in row.fields if field.startswith("subject")]
    role = Role.HARMED if is_threat else Role.NAMED
    facts = event(
        row,
        kind,
        "Police warned of a threat to life" if is_threat else "Police shared a line of information",
        row.get("event_at") or row.get("submitted_at"),
        code=row.text("log_type"),
        agency_knew_at=row.get("event_at") if is_threat and row.get("event_at") else row.get("submitted_at"),
        place_text=row.text("places").partition(";")[0],
        area_code=row.point_area("place_easting", "place_northing"),
        source_evaluation=row.text("source_eval"),
        assessment=row.text("intel_assess"),
        handling=row.text("handling"),
        handling_conditions=row.text("handling_conditions"),
        text=row.text("text"),
        participants=tuple((field, role) for field in named),
    )
    return Told(events=(facts,))
