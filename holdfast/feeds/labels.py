"""What is an export called on the pages, until somebody calls it something else?"""

LABELS = {
    "hospital/ed": "Hospital emergency departments",
    "housing/requests": "Housing requests",
    "housing/tenancy": "Housing tenancies",
    "nrm/decisions": "NRM decisions",
    "parents/concerns": "Parents’ concerns",
    "police_custody/custody": "Police custody",
    "police_intel/intel": "Police intelligence",
    "police_missing/missing": "Police missing reports",
    "schools/attendance_ap": "Alternative provision attendance",
    "schools/exclusions": "School exclusions",
    "social_care": "Social care",
    "voluntary/contacts": "Outreach contacts",
    "yjs": "Youth justice service",
    "yjs/caseload": "Youth justice work",
    "yjs/court": "Youth justice courts",
}
SHORTENED = {"ssd ": "", "cin ": "child in need "}  # as the Standard Safeguarding Dataset names its objects


def label_of(title: str) -> str:
    """Return "Police custody" for police_custody/custody; an export without a label keeps its own words."""
    if title in LABELS:
        return LABELS[title]
    words = title.replace("_", " ").replace("/", ": ")
    for short, whole in SHORTENED.items():
        words = words.replace(short, whole)
    return words[:1].upper() + words[1:]
