"""What does an export of calls from parents and carers hold?"""

from holdfast.feeds.tables.codes import YES_NO, YES_NO_PART
from holdfast.feeds.tables.shape import Table, age, birthday, code, moment, must, person_name, text

CONCERNS = Table(
    feed="parents",
    name="concerns",
    says="Calls from parents and carers, typed by the call handler during the call.",
    key=("call_ref",),
    date_example="dd/mm/yyyy hh:mm",
    columns=(
        must(text("call_ref", "The call's reference.", "call reference")),
        must(moment("call_started_at", "When the call began.", "start of the call")),
        moment("call_ended_at", "When the call ended.", "end of the call"),
        person_name("caller_name", "Who called; may be withheld."),
        text("caller_relationship", "What the caller is to the child."),
        text("caller_phone", "The caller's telephone number."),
        must(person_name("child_name", "The child's name as the caller says it.")),
        age("child_age", "The child's age in years."),
        birthday("child_dob", "The child's date of birth, often not asked.", "child's date of birth"),
        text("school", "The child's school."),
        text("address_or_area", "An address, street, postcode or town."),
        must(text("worry", "What the caller said.")),
        text("started_when", "Since when."),
        code("urgent", YES_NO, "Whether the call handler thinks it urgent."),
        code("consent_to_share", YES_NO_PART, "Whether the caller agrees to sharing."),
        text("call_handler", "Who took the call."),
    ),
)
