"""Which codes does the Standard Safeguarding Dataset use?"""

from holdfast.feeds.tables.shape import CodeList

GENDER = CodeList(
    "gender",
    {"00": "Not known", "01": "Man or boy", "02": "Woman or girl", "09": "Prefers to self-describe"},
)
UPN_UNKNOWN = CodeList(
    "reason for no unique pupil number",
    {
        "UN1": "Not of school age",
        "UN2": "Never at a maintained school in England",
        "UN3": "Educated outside England",
        "UN4": "Newly looked after, not yet known",
        "UN5": "Sources do not agree",
    },
)
PRIMARY_NEED = CodeList(
    "primary need",
    {
        "N1": "Abuse or neglect",
        "N2": "Child's disability",
        "N3": "Parental illness or disability",
        "N4": "Family in acute stress",
        "N5": "Family dysfunction",
        "N6": "Socially unacceptable behaviour",
        "N7": "Low income",
        "N8": "Absent parenting",
    },
)
REFERRAL_SOURCE = CodeList(
    "referral source",
    {
        "1A": "Family",
        "1B": "Acquaintance",
        "1C": "Self",
        "1D": "Other individual",
        "2A": "School",
        "2B": "Education service",
        "3A": "General practitioner",
        "3B": "Health visitor",
        "3C": "School nurse",
        "3D": "Other primary health",
        "3E": "Accident and emergency",
        "3F": "Other health",
        "4": "Housing",
        "5A": "Social care of this authority",
        "5B": "Other service of this authority",
        "5C": "Another authority",
        "5D": "Early help",
        "6": "Police",
        "7": "Other legal agency",
        "8": "Other",
        "9": "Anonymous",
        "10": "Not known",
    },
)
CLOSE_REASON = CodeList(
    "reason for closing",
    {
        "RC1": "Adopted",
        "RC2": "Died",
        "RC3": "Child arrangements order",
        "RC4": "Special guardianship order",
        "RC5": "Moved to another authority",
        "RC6": "Moved to adult services",
        "RC7": "Any other reason",
        "RC8": "After assessment, nothing further",
        "RC9": "After assessment, to early help",
    },
)
MISSING_TYPE = CodeList("episode type", {"M": "Missing", "A": "Away without authorisation"})

# Each group is about the child (A), the parent or carer (B) or another person in the home (C).
_THREE_PEOPLE = {
    "1": "Alcohol misuse",
    "2": "Drug misuse",
    "3": "Domestic abuse",
    "4": "Mental health",
    "5": "Learning disability",
    "6": "Physical disability or illness",
}
_ABOUT = {"A": "the child", "B": "a parent or carer", "C": "another person in the home"}

FACTOR = CodeList(
    "assessment factor",
    {
        **{n + who: f"{what}: {_ABOUT[who]}" for n, what in _THREE_PEOPLE.items() for who in _ABOUT},
        "7A": "Young carer",
        "8B": "Privately fostered, overseas, means to return",
        "8C": "Privately fostered, overseas, means to stay",
        "8D": "Privately fostered, in education in the UK",
        "8E": "Privately fostered, other family arrangement",
        "8F": "Privately fostered, other",
        "9A": "Unaccompanied asylum-seeking child",
        "10A": "Missing",
        "11A": "Child sexual exploitation",
        "12A": "Trafficking",
        "13A": "Gangs",
        "14A": "Socially unacceptable behaviour",
        "15A": "Self-harm",
        "16A": "Neglect",
        "17A": "Emotional abuse",
        "18B": "Physical abuse by another child",
        "18C": "Physical abuse by an adult",
        "19B": "Sexual abuse by another child",
        "19C": "Sexual abuse by an adult",
        "20": "Other",
        "21": "No factor found",
        "22A": "Female genital mutilation",
        "23A": "Abuse linked to faith or belief",
        "24A": "Child criminal exploitation",
    },
)
