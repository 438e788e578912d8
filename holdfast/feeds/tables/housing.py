"""What do a housing service's exports of requests and tenancies hold?"""

from holdfast.feeds.tables.shape import (
    CodeList,
    Table,
    birthday,
    code,
    day,
    must,
    number,
    person_name,
    text,
    whole,
)

REQUEST_TYPE = CodeList(
    "request type",
    {
        "TRANSFER": "Move to another council home",
        "HOMELESS": "Homeless application",
        "EMERGENCY": "Emergency move",
        "EXCHANGE": "Exchange with another tenant",
        "REGISTER": "Place on the register",
    },
)
BAND = CodeList("priority band", {"A": "Highest", "B": "High", "C": "Medium", "D": "Low"})
REQUEST_STATUS = CodeList(
    "request status",
    {"OPEN": "Open", "AGREED": "Agreed", "REFUSED": "Refused", "WITHDRAWN": "Withdrawn"},
)
TENANCY_TYPE = CodeList(
    "tenancy type",
    {"SECURE": "Secure", "ASSURED": "Assured", "FLEXIBLE": "Flexible", "TEMP": "Temporary"},
)
TENANCY_STATUS = CodeList(
    "tenancy status",
    {"LIVE": "Live", "NOTICE": "Under notice", "ENDED": "Ended", "ABSENT": "Tenant away with notice"},
)

REQUESTS = Table(
    feed="housing",
    name="requests",
    says="Applications for a council home and requests to move.",
    key=("request_ref",),
    version="record_version",
    per_authority=True,
    columns=(
        must(text("request_ref", "The request's reference.", "request reference")),
        whole("record_version", "Rises each time the request is sent again; the highest is current."),
        text("household_ref", "The household's reference.", "household reference"),
        must(person_name("applicant_surname", "The applicant's surname.")),
        person_name("applicant_forename", "The applicant's first name."),
        birthday("applicant_dob", "The applicant's date of birth.", "applicant's date of birth"),
        text("phone", "The applicant's telephone number."),
        text("address", "Where the household lives now."),
        text("postcode", "The postcode of that address."),
        person_name(
            "household_members", "The children: first name, surname and date of birth, separated by ;."
        ),
        must(day("request_date", "The day of the request.")),
        must(code("request_type", REQUEST_TYPE, "The kind of request.")),
        text("reason", "Why they ask."),
        text("supporting_agency", "Who supports the request."),
        text("target_area", "Where they would like to go."),
        code("priority_band", BAND, "The service's own priority; A is highest."),
        code("status", REQUEST_STATUS, "How the request stands."),
        day("decision_date", "The day it was decided."),
    ),
)

TENANCY = Table(
    feed="housing",
    name="tenancy",
    says="Council tenancies: all live ones at the start of the feed, then changes.",
    key=("tenancy_ref",),
    version="record_version",
    per_authority=True,
    columns=(
        must(text("tenancy_ref", "The tenancy's reference.", "tenancy reference")),
        whole("record_version", "Rises each time the tenancy is sent again; the highest is current."),
        text("household_ref", "The household's reference.", "household reference"),
        must(person_name("tenant_surname", "The tenant's surname.")),
        person_name("tenant_forename", "The tenant's first name."),
        birthday("tenant_dob", "The tenant's date of birth.", "tenant's date of birth"),
        person_name("joint_tenant", "A second tenant's name."),
        must(text("address", "The home.")),
        text("postcode", "The postcode of the home."),
        must(code("tenancy_type", TENANCY_TYPE, "The kind of tenancy.")),
        must(day("start_date", "The first day of the tenancy.")),
        day("end_date", "The last day of the tenancy."),
        person_name("household_members", "The children: first name and surname, separated by ;."),
        number("arrears", "Rent owed, in pounds."),
        day("absence_notified_from", "First day of an absence the tenant gave notice of."),
        day("absence_to", "Last day of that absence."),
        day("lapse_date", "The day on which the tenancy would be lost."),
        code("status", TENANCY_STATUS, "How the tenancy stands."),
        text("note", "The housing officer's note."),
    ),
)
