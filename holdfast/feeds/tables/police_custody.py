"""What does a police custody export hold?"""

from holdfast.feeds.tables.codes import ETHNICITY_16_1, SEX
from holdfast.feeds.tables.shape import (
    CodeList,
    Table,
    birthday,
    code,
    moment,
    must,
    person_name,
    place_name,
    text,
    whole,
)

OUTCOME = CodeList(
    "custody outcome",
    {
        "CHARGED-BAIL": "Charged and bailed",
        "CHARGED-REMAND": "Charged and kept for court",
        "PCBAIL": "Pre-charge bail",
        "RUI": "Released under investigation",
        "NFA": "No further action",
        "YC": "Youth caution",
        "YCC": "Youth conditional caution",
        "CR": "Community resolution",
        "O22": "Outcome 22: deferred, diversion",
        "VOL": "Voluntary attendance",
    },
)

CUSTODY = Table(
    feed="police_custody",
    name="custody",
    says="People arrested and brought to a custody suite, adults included. Sent the morning after the "
    "arrest and again after release.",
    key=("custody_ref",),
    version="record_version",
    date_example="dd/mm/yyyy hh:mm",
    columns=(
        must(text("custody_ref", "The custody record: suite, number and year.", "custody reference")),
        whole("record_version", "Rises each time the record is sent again; the highest is current."),
        text(
            "nominal_id",
            "The force's number for the person. One person may have two.",
            "police person number",
        ),
        must(moment("arrested_at", "When the person was arrested.", "time of arrest")),
        moment("arrived_at", "When they reached the custody suite.", "time of arrival"),
        must(place_name("station", "The custody suite.", "custody suite")),
        must(person_name("surname", "The surname given in custody, in capitals.")),
        person_name("forenames", "The first names given in custody."),
        text("alias_details", "Says that the name is not verified, or which name was given first."),
        birthday("dob", "The date of birth given in custody.", "date of birth"),
        code("sex", SEX, "The sex recorded in custody."),
        code("ethnicity_16_1", ETHNICITY_16_1, "How the person described their ethnicity.", "ethnicity"),
        text("nationality", "The nationality stated."),
        text("address", "The address given; NFA means no fixed abode."),
        text("postcode", "The postcode of that address."),
        must(text("offence", "What the arrest was for, in short.", "offence of arrest")),
        text("arrest_location", "The place of arrest by name.", "place of arrest"),
        whole("arrest_easting", "National Grid easting of the arrest, in metres.", "easting of the arrest"),
        whole(
            "arrest_northing", "National Grid northing of the arrest, in metres.", "northing of the arrest"
        ),
        text("seized_property", "Things of note that were taken."),
        text("co_detained_refs", "Custody references of people arrested together, separated by ;."),
        text("appropriate_adult", "Who came as appropriate adult, under 18 only."),
        moment("released_at", "When the person left custody; blank while there.", "time of release"),
        code("outcome", OUTCOME, "How the detention ended."),
        text("bail_conditions", "The conditions of bail in words."),
        moment("bail_return_at", "When to come back to the suite.", "time to answer bail"),
    ),
)
