"""What does a police intelligence export hold?"""

from holdfast.feeds.tables.shape import CodeList, Table, code, moment, must, person_name, text, whole

LOG_TYPE = CodeList("log type", {"INT": "Intelligence", "TTL": "Threat-to-life warning given"})
SOURCE = CodeList("source evaluation (3x5x2)", {"1": "Reliable", "2": "Untested", "3": "Not reliable"})
ASSESSMENT = CodeList(
    "intelligence assessment (3x5x2)",
    {
        "A": "Known directly to the source",
        "B": "Known indirectly but corroborated",
        "C": "Known indirectly",
        "D": "Not known",
        "E": "Suspected to be false",
    },
)
HANDLING = CodeList(
    "handling (3x5x2)",
    {"P": "Lawful sharing permitted", "C": "Lawful sharing permitted with conditions"},
)

INTEL = Table(
    feed="police_intel",
    name="intel",
    says="Sanitised intelligence released to the partnership, and threat-to-life warnings. "
    "A log with handling C is never shown without its condition.",
    key=("log_ref",),
    version="record_version",
    date_example="dd/mm/yyyy hh:mm",
    columns=(
        must(text("log_ref", "The log's reference.", "log reference")),
        whole("record_version", "Rises each time the log is sent again; the highest is current."),
        must(code("log_type", LOG_TYPE, "Intelligence, or a warning that was given.")),
        must(moment("submitted_at", "When the log was written.", "time submitted")),
        moment("event_at", "When it happened; for a warning, when it was given.", "time of the event"),
        must(code("source_eval", SOURCE, "How far the source is relied on.", "source evaluation")),
        must(code("intel_assess", ASSESSMENT, "How the source knows it.", "intelligence assessment")),
        must(code("handling", HANDLING, "Whether sharing has conditions.")),
        text("handling_conditions", "The conditions, when handling is C."),
        must(text("text", "The sanitised report.", "report")),
        person_name("subjects", "The people named, separated by ;."),
        text("phones", "Telephone numbers, separated by ;."),
        text("vehicles", "Vehicles as described."),
        text("places", "Place names, separated by ;."),
        whole("place_easting", "National Grid easting of the place, in metres.", "easting of the place"),
        whole("place_northing", "National Grid northing of the place, in metres.", "northing of the place"),
        text("linked_refs", "Other logs that belong with this one."),
    ),
)
