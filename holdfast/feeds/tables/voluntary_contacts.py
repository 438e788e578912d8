"""What does the outreach workers' own tracker hold?

A workbook kept by hand: a title, group headings, month rows between the lines, and dates as each
worker types them.  The headings differ from the field names, so each column names its heading.
"""

from holdfast.feeds.tables.shape import Table, age, birthday, day, must, person_name, taken_from, text, whole
from holdfast.feeds.terms import DateStyle, Format

SHEET = "Tracker"

CONTACTS = Table(
    feed="voluntary",
    name="contacts",
    says="Contacts the outreach workers had this week, and earlier lines whose action is not done.",
    key=("no",),
    format=Format.WORKBOOK,
    dates=DateStyle.TYPED_BY_HAND,
    blank_words=frozenset({"?", "-", "n/a", "n/k"}),
    columns=(
        taken_from(
            "No", whole("no", "The line's number; it stays when the line is carried forward.", "number")
        ),
        taken_from("YP", text("initials", "The young person's initials.")),
        taken_from(
            "Name",
            must(person_name("name", "The young person's name, perhaps only a first name or nickname.")),
        ),
        taken_from("D.O.B", birthday("dob", "The date of birth, or about how old.", "date of birth")),
        taken_from("Age", age("age", "The age in years as the worker has it.")),
        taken_from("School / college", text("school", "The school or college.")),
        taken_from("Area", text("area", "Where the young person lives or was met.")),
        taken_from("Date", must(day("contact_date", "The day of the contact.", "date of contact"))),
        taken_from("Worker", text("worker", "The worker who met the young person.")),
        taken_from("How", text("how", "Street, hub, telephone and so on.")),
        taken_from("What happened", text("what_happened", "What happened, in the worker's words.")),
        taken_from("RAG", text("rag", "The worker's own view, red, amber or green in any spelling.")),
        taken_from("Action", text("action", "What is to be done.")),
        taken_from("Who", text("action_who", "Who is to do it.", "who acts")),
        taken_from("By when", day("by_when", "When it is to be done.")),
        taken_from("Done?", text("done", "Whether it is done.")),
        taken_from("CCE?", text("cce", "Whether the worker thinks of criminal exploitation: y, n or ?.")),
        taken_from(
            "Who with", person_name("who_with", "Names or nicknames of those the young person was with.")
        ),
    ),
)
