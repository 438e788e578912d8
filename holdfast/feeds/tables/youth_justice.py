"""What do a youth justice service's caseload and court exports hold?"""

from holdfast.feeds.tables.codes import ETHNICITY_16_1, SEX_MF, YES_NO
from holdfast.feeds.tables.shape import (
    CodeList,
    Table,
    birthday,
    code,
    day,
    must,
    person_name,
    place_name,
    text,
    whole,
)

INTERVENTION = CodeList(
    "intervention",
    {
        "PREVENTION": "Prevention",
        "TURNAROUND": "Turnaround",
        "YC": "Youth caution",
        "YCC": "Youth conditional caution",
        "CR": "Community resolution",
        "REFERRAL ORDER": "Referral order",
        "YRO": "Youth rehabilitation order",
        "YRO-ISS": "Youth rehabilitation order with intensive supervision",
        "DTO": "Detention and training order",
        "BAIL SUPPORT": "Bail support",
        "REMAND": "Remand",
        "PRE-COURT": "Before court",
    },
)
THREE_LEVELS = CodeList("level", {"LOW": "Low", "MEDIUM": "Medium", "HIGH": "High"})
FOUR_LEVELS = CodeList("level", {"LOW": "Low", "MEDIUM": "Medium", "HIGH": "High", "VERY HIGH": "Very high"})
HEARING = CodeList(
    "hearing type",
    {
        "FIRST": "First hearing of this matter",
        "REVIEW": "Review",
        "TRIAL": "Trial",
        "SENTENCE": "Sentence",
        "BAIL": "Bail",
        "DISCONTINUED": "Discontinued",
    },
)
PLEA = CodeList("plea", {"G": "Guilty", "NG": "Not guilty", "NI": "Not indicated"})
RESULT = CodeList(
    "result",
    {
        "ADJ": "Adjourned",
        "CD": "Conditional discharge",
        "RO": "Referral order",
        "YRO": "Youth rehabilitation order",
        "DTO": "Detention and training order",
        "WD": "Withdrawn",
        "DIS": "Dismissed",
        "FINE": "Fine",
    },
)
ORDER = CodeList(
    "order type",
    {
        "RO": "Referral order",
        "YRO": "Youth rehabilitation order",
        "YRO-ISS": "Youth rehabilitation order with intensive supervision",
        "DTO": "Detention and training order",
        "CD": "Conditional discharge",
    },
)
REMAND = CodeList(
    "remand status",
    {
        "UB": "Unconditional bail",
        "CB": "Conditional bail",
        "RLAA": "Remanded to local authority accommodation",
        "RYDA": "Remanded to youth detention accommodation",
    },
)
CONDITION = CodeList(
    "condition type",
    {
        "CURFEW-TAG": "Curfew with a tag",
        "CURFEW": "Curfew",
        "EXCLUSION-ZONE": "Keep out of an area",
        "NON-ASSOCIATION": "Do not contact named people",
        "RESIDENCE": "Live at an address",
        "NO-UNSUPERVISED-TRAVEL": "Do not travel alone",
    },
)

CASELOAD = Table(
    feed="yjs",
    name="caseload",
    says="Children the youth justice service works with: a row when work opens and whenever it changes.",
    key=("yjs_ref",),
    version="record_version",
    per_authority=True,
    columns=(
        must(text("yjs_ref", "The child's number in this service.", "youth justice number")),
        whole("record_version", "Rises each time the row is sent again; the highest is current."),
        must(person_name("surname", "The child's surname.")),
        must(person_name("forenames", "The child's first names.")),
        person_name("alias", "A nickname."),
        birthday("dob", "The child's date of birth.", "date of birth"),
        code("sex", SEX_MF, "The child's sex."),
        code("ethnicity_16_1", ETHNICITY_16_1, "How the child described their ethnicity.", "ethnicity"),
        text("upn", "Unique pupil number.", "unique pupil number"),
        text("nhs_number", "NHS number, grouped 3 3 4.", "NHS number"),
        text("address", "The child's address."),
        text("postcode", "The postcode of that address."),
        code("looked_after", YES_NO, "Whether the child is looked after by an authority."),
        text("referral_source", "Who asked the service to help."),
        must(code("intervention", INTERVENTION, "What the service is doing.")),
        must(day("opened", "The day work opened.", "opening date")),
        day("closed", "The day work closed.", "closing date"),
        text("case_manager", "The worker responsible.", "worker responsible"),
        code("first_time_entrant", YES_NO, "Whether this is the child's first time in the justice system."),
        code("likelihood_reoffending", THREE_LEVELS, "The service's own assessment."),
        code("rosh", FOUR_LEVELS, "The service's own assessment of serious harm.", "risk of serious harm"),
        code("safety_wellbeing", FOUR_LEVELS, "The service's own assessment.", "safety and wellbeing"),
        text("education_status", "How the child is in education now."),
        day("first_court_date", "The child's first appearance ever, if any.", "first court date"),
    ),
)

COURT = Table(
    feed="yjs",
    name="court",
    says="Court results. Line 0 is the hearing; further lines are the conditions in force or ending.",
    key=("hearing_ref", "line_no"),
    version="record_version",
    per_authority=True,
    columns=(
        must(text("hearing_ref", "The hearing's reference.", "hearing reference")),
        whole("line_no", "0 for the hearing, 1 and on for its conditions.", "line number"),
        whole("record_version", "Rises each time the line is sent again; the highest is current."),
        must(text("yjs_ref", "The child's number in this service.", "youth justice number")),
        must(person_name("surname", "The child's surname.")),
        person_name("forenames", "The child's first names."),
        birthday("dob", "The child's date of birth.", "date of birth"),
        place_name("court", "The court."),
        must(day("hearing_date", "The day of the hearing.")),
        must(code("hearing_type", HEARING, "What the hearing was for.")),
        text("offence", "The charge, in short."),
        day("offence_date", "The day it is said to have happened."),
        text("linked_custody_ref", "The police custody reference.", "linked custody reference"),
        code("plea", PLEA, "The plea."),
        code("result_code", RESULT, "What the court decided.", "result"),
        text("result_text", "What the court decided, in words.", "result in words"),
        code("order_type", ORDER, "The order made, if any."),
        day("order_start", "The first day of the order."),
        day("order_end", "The last day of the order."),
        code("remand_status", REMAND, "On what footing the child waits."),
        code("condition_type", CONDITION, "The kind of condition."),
        text("condition_detail", "Hours, area, or the names of people not to be contacted."),
        day("condition_start", "The first day of the condition."),
        day("condition_end", "The last day; blank while in force."),
        text("condition_end_reason", "Why it ended."),
        day("next_hearing_date", "The next hearing."),
    ),
)
