"""What does an export of attendance at alternative provision hold?"""

from holdfast.feeds.tables.shape import CodeList, Table, birthday, code, day, must, number, person_name, text

PLACEMENT = CodeList(
    "placement type",
    {
        "S19": "Arranged by the authority",
        "S29A": "Directed off site by the school",
        "DAY6": "From the sixth day of an exclusion",
        "MANAGED": "Managed move",
        "PART": "Part-time off site",
    },
)

ATTENDANCE_AP = Table(
    feed="schools",
    name="attendance_ap",
    says="Attendance at pupil referral units and alternative provision, one row for each placement and week.",
    key=("PlacementRef", "WeekCommencing"),
    per_authority=True,
    columns=(
        must(text("PlacementRef", "The placement's reference.", "placement reference")),
        text("UPN", "Unique pupil number, 13 characters.", "unique pupil number"),
        must(person_name("Surname", "The pupil's surname.")),
        must(person_name("Forename", "The pupil's first name.")),
        birthday("DOB", "The pupil's date of birth.", "date of birth"),
        text("CommissionerURN", "The school that arranged the placement.", "commissioning school"),
        text("ProviderURN", "The provider's number; blank when it is not registered.", "provider number"),
        must(text("ProviderName", "The provider's name.", "provider name")),
        code("PlacementType", PLACEMENT, "On what footing the pupil is there.", "placement type"),
        must(day("PlacementStart", "The first day of the placement.", "placement start")),
        day("PlacementEnd", "The planned last day.", "placement end"),
        must(day("WeekCommencing", "The Monday of the week.", "week commencing")),
        must(number("PlannedHours", "Hours offered in the week.", "planned hours")),
        number("AttendedHours", "Hours attended in the week.", "attended hours"),
        text("AbsenceCode", "The register code for most of the hours missed.", "absence code"),
        text("Comment", "The provider's comment."),
    ),
)
