"""Which values may a coded column hold, and what do they mean?"""

from holdfast.feeds.tables.shape import CodeList

YES_NO = CodeList("yes or no", {"Y": "Yes", "N": "No"})
YES_NO_PART = CodeList("consent", {"Y": "Yes", "N": "No", "P": "In part"})
YES_NO_NA = CodeList("yes, no or not applicable", {"Y": "Yes", "N": "No", "NA": "Not applicable"})

# Every partnership has its own: the context of a check says which.
OUR_AUTHORITIES = CodeList("authorities of this partnership", {})

SEX = CodeList("sex", {"M": "Male", "F": "Female", "U": "Not known"})
SEX_MF = CodeList("sex", {"M": "Male", "F": "Female"})
FHIR_GENDER = CodeList(
    "administrative gender",
    {"male": "Male", "female": "Female", "other": "Other", "unknown": "Not known"},
)

ETHNICITY_16_1 = CodeList(
    "self-defined ethnicity (16+1)",
    {
        "W1": "White British",
        "W2": "White Irish",
        "W9": "Other White",
        "M1": "White and Black Caribbean",
        "M2": "White and Black African",
        "M3": "White and Asian",
        "M9": "Other mixed",
        "A1": "Indian",
        "A2": "Pakistani",
        "A3": "Bangladeshi",
        "A9": "Other Asian",
        "B1": "Black Caribbean",
        "B2": "Black African",
        "B9": "Other Black",
        "O1": "Chinese",
        "O9": "Other",
        "NS": "Not stated",
    },
)

ETHNICITY_DFE = CodeList(
    "Department for Education ethnicity",
    {
        "WBRI": "White British",
        "WIRI": "White Irish",
        "WIRT": "Traveller of Irish heritage",
        "WROM": "Gypsy or Roma",
        "WOTH": "Other White",
        "MWBC": "White and Black Caribbean",
        "MWBA": "White and Black African",
        "MWAS": "White and Asian",
        "MOTH": "Other mixed",
        "AIND": "Indian",
        "APKN": "Pakistani",
        "ABAN": "Bangladeshi",
        "CHNE": "Chinese",
        "AOTH": "Other Asian",
        "BCRB": "Black Caribbean",
        "BAFR": "Black African",
        "BOTH": "Other Black",
        "OOTH": "Other",
        "REFU": "Refused",
        "NOBT": "Not yet obtained",
    },
)

ETHNICITY_NHS = CodeList(
    "NHS ethnic category",
    {
        "A": "White British",
        "B": "White Irish",
        "C": "Other White",
        "D": "White and Black Caribbean",
        "E": "White and Black African",
        "F": "White and Asian",
        "G": "Other mixed",
        "H": "Indian",
        "J": "Pakistani",
        "K": "Bangladeshi",
        "L": "Other Asian",
        "M": "Black Caribbean",
        "N": "Black African",
        "P": "Other Black",
        "R": "Chinese",
        "S": "Other",
        "Z": "Not stated",
        "99": "Not known",
    },
)

NHS_NUMBER_STATUS = CodeList(
    "NHS number verification status",
    {
        "01": "Present and verified",
        "02": "Present, not traced",
        "03": "Trace required",
        "04": "Traced, no match or several",
        "05": "Trace to be resolved",
        "06": "Trace in progress",
        "07": "Not present, no trace required",
        "08": "Trace postponed",
    },
)
