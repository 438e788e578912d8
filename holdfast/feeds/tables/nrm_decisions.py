"""What does an export of National Referral Mechanism decisions hold?"""

from holdfast.feeds.tables.codes import OUR_AUTHORITIES, SEX
from holdfast.feeds.tables.shape import (
    CodeList,
    Table,
    birthday,
    code,
    day,
    moment,
    must,
    person_name,
    text,
    whole,
)

STAGE = CodeList("decision stage", {"RG": "Reasonable grounds", "CG": "Conclusive grounds"})
DECISION = CodeList(
    "decision",
    {
        "POSITIVE": "Positive",
        "NEGATIVE": "Negative",
        "SUSPENDED": "Suspended",
        "WITHDRAWN": "Withdrawn",
    },
)
COUNTY_LINES = CodeList("county lines", {"Y": "Yes", "N": "No", "S": "Suspected", "NK": "Not known"})
BODY = CodeList(
    "deciding body",
    {
        "SCA": "Single Competent Authority",
        "IECA": "Immigration Enforcement Competent Authority",
        "LA PANEL": "Local authority panel",
    },
)

DECISIONS = Table(
    feed="nrm",
    name="decisions",
    says="Decisions of the National Referral Mechanism told to the first responder, adults included.",
    key=("nrm_ref", "decision_stage"),
    version="record_version",
    columns=(
        must(text("nrm_ref", "The referral's reference.", "NRM reference")),
        whole("record_version", "Rises each time the decision is sent again; the highest is current."),
        must(person_name("surname", "The person's surname.")),
        person_name("forenames", "The person's first names."),
        birthday("dob", "The person's date of birth.", "date of birth"),
        code("sex", SEX, "The person's sex."),
        text("nationality", "The person's nationality."),
        text("referring_organisation", "Who referred the person."),
        text("first_responder", "The worker who referred."),
        must(day("referral_date", "The day of the referral.")),
        code("la_code", OUR_AUTHORITIES, "The authority at the time of the referral.", "authority"),
        text("exploitation_types", "The kinds of exploitation, in the form's words."),
        code("county_lines", COUNTY_LINES, "Whether county lines are involved."),
        must(code("decision_stage", STAGE, "Which of the two decisions this is.")),
        must(code("decision", DECISION, "What was decided.")),
        must(day("decision_date", "The day of the decision.")),
        moment("notified_at", "When the first responder was told.", "time notified"),
        code("decision_body", BODY, "Who decided.", "deciding body"),
        text("reason", "The reason given."),
    ),
)
