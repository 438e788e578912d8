"""What does a school exclusions export hold?"""

from holdfast.feeds.tables.codes import ETHNICITY_DFE, SEX_MF, YES_NO
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

CATEGORY = CodeList(
    "exclusion category",
    {"PERM": "Permanent exclusion", "SUSP": "Suspension", "LNCH": "Lunchtime suspension"},
)
REASON = CodeList(
    "exclusion reason",
    {
        "PP": "Physical assault against a pupil",
        "PA": "Physical assault against an adult",
        "VP": "Verbal abuse or threats against a pupil",
        "VA": "Verbal abuse or threats against an adult",
        "OW": "Use or threat of an offensive weapon or prohibited item",
        "BW": "Brought a weapon or prohibited item into school",
        "BU": "Bullying",
        "TB": "Bullying or threats online",
        "RA": "Racist abuse",
        "LG": "Abuse about sexual orientation or gender identity",
        "DS": "Abuse about disability",
        "SM": "Sexual misconduct",
        "SB": "Harmful sexual behaviour",
        "MB": "Misogynistic behaviour",
        "AB": "Misandrist behaviour",
        "DR": "Drugs",
        "AR": "Alcohol",
        "SR": "Smoking",
        "VR": "Vaping",
        "DA": "Drugs and alcohol",
        "DM": "Damage",
        "TH": "Theft",
        "LD": "Persistent low-level disruption",
        "CB": "Persistent challenging behaviour",
        "DB": "Persistent or general disruption",
        "MT": "Misuse of social media or technology",
        "MP": "Use of a mobile phone",
        "OS": "Behaviour outside school",
        "PH": "Breach of public health measures",
    },
)
SEN_STATUS = CodeList(
    "special educational needs status",
    {"N": "None", "K": "SEN support", "E": "Education, health and care plan"},
)
GOVERNORS = CodeList("governors' decision", {"UPHELD": "Upheld", "REINSTATED": "Reinstated"})

EXCLUSIONS = Table(
    feed="schools",
    name="exclusions",
    says="Suspensions and permanent exclusions that schools reported to the authority.",
    key=("ExclusionRef",),
    version="RecordVersion",
    per_authority=True,
    columns=(
        must(text("ExclusionRef", "The exclusion's reference.", "exclusion reference")),
        whole(
            "RecordVersion", "Rises when the record is corrected; the highest is current.", "record version"
        ),
        text("UPN", "Unique pupil number, 13 characters.", "unique pupil number"),
        must(person_name("Surname", "The pupil's surname.")),
        must(person_name("Forename", "The pupil's first name.")),
        person_name("PreferredForename", "The name the pupil prefers.", "preferred first name"),
        must(birthday("DOB", "The pupil's date of birth.", "date of birth")),
        code("Sex", SEX_MF, "The pupil's sex."),
        whole("NCYear", "National curriculum year.", "school year"),
        code("Ethnicity", ETHNICITY_DFE, "The pupil's ethnicity as the school records it."),
        text("Postcode", "The pupil's home postcode."),
        must(text("SchoolURN", "The school's unique reference number.", "school number")),
        text("SchoolName", "The school's name.", "school name"),
        must(code("Category", CATEGORY, "Permanent, suspension or lunchtime.")),
        must(code("Reason1", REASON, "The main reason.", "first reason")),
        code("Reason2", REASON, "A second reason.", "second reason"),
        code("Reason3", REASON, "A third reason.", "third reason"),
        must(day("StartDate", "The first day out of school.", "start date")),
        day("EndDate", "The last school day of a suspension.", "end date"),
        number("Sessions", "Half days; blank for a permanent exclusion."),
        code("SENStatus", SEN_STATUS, "Special educational needs.", "SEN status"),
        code("LookedAfter", YES_NO, "Whether the pupil is looked after by an authority.", "looked after"),
        code(
            "GovernorDecision",
            GOVERNORS,
            "What the governors decided, once they have.",
            "governors' decision",
        ),
    ),
)
