"""What does a police export of missing episodes hold?"""

from holdfast.feeds.tables.codes import ETHNICITY_16_1, SEX, YES_NO
from holdfast.feeds.tables.shape import (
    CodeList,
    Table,
    birthday,
    code,
    moment,
    must,
    person_name,
    text,
    whole,
)

RISK_LEVEL = CodeList(
    "police risk level at the time of the report",
    {
        "NO APPARENT RISK": "No apparent risk",
        "LOW": "Low",
        "MEDIUM": "Medium",
        "HIGH": "High",
    },
)
EPISODE_STATUS = CodeList("episode status", {"OPEN": "Still missing", "CLOSED": "Found or returned"})

MISSING = Table(
    feed="police_missing",
    name="missing",
    says="Episodes of a person reported missing. Sent when reported and again when found.",
    key=("misper_ref",),
    version="record_version",
    date_example="yyyy-mm-dd hh:mm:ss",
    columns=(
        must(text("misper_ref", "The episode's reference.", "episode reference")),
        whole("record_version", "Rises each time the episode is sent again; the highest is current."),
        text("nominal_id", "The force's number for the person, often blank.", "police person number"),
        must(moment("reported_at", "When the police were told.", "time of the report")),
        moment("last_seen_at", "When the person was last seen.", "time last seen"),
        person_name("reporter_name", "Who told the police."),
        text("reporter_relationship", "What the reporter is to the missing person."),
        must(person_name("surname", "The missing person's surname.")),
        person_name("forenames", "The missing person's first names."),
        person_name("known_as", "Another name the person goes by."),
        birthday("dob", "The missing person's date of birth.", "date of birth"),
        code("sex", SEX, "The missing person's sex."),
        code("ethnicity_16_1", ETHNICITY_16_1, "Their ethnicity as recorded.", "ethnicity"),
        text("home_address", "Where the person lives or is placed."),
        text("home_postcode", "The postcode of that address."),
        text("missing_from", "Home, school or placement."),
        code("in_care", YES_NO, "Whether the person is looked after by an authority."),
        must(code("risk_level", RISK_LEVEL, "The police's own grading when the report was made.")),
        text("circumstances", "How the person came to be missing."),
        code("status", EPISODE_STATUS, "Open until the person is found."),
        moment("found_at", "When the person was found or came back.", "time found"),
        text("found_place", "Where: a place name, or Home address."),
        whole("found_easting", "National Grid easting of that place, in metres.", "easting where found"),
        whole("found_northing", "National Grid northing of that place, in metres.", "northing where found"),
        text("found_by", "Who found the person."),
        person_name("found_with", "A companion's name as reported."),
        text("return_comment", "The officer's note on the return."),
    ),
)
