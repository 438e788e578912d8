"""What is asked of someone who says that something has happened?  S2: as little as possible."""

from datetime import datetime
from typing import Any

from django import forms

from holdfast.web.forms.contact import not_later
from holdfast.web.forms.when import past_field

ADULT_AGE = 18  # footnote 5: a child is anyone who has not yet reached their 18th birthday

ME = "me"
COMPANY = [
    (ME, "I am"),
    ("a parent or carer", "A parent or carer"),
    ("police", "Police"),
    ("hospital or ambulance staff", "Hospital or ambulance staff"),
    ("school staff", "School staff"),
    ("friends", "Friends"),
    ("nobody", "Nobody"),
]


class UnknownChildForm(forms.Form):
    """A child whom no search finds: initials and about how old are enough."""

    name = forms.CharField(
        label="Name or initials",
        help_text="What you know is enough. “K.” will do.",
        max_length=120,
        error_messages={"required": "Give the child’s name or initials."},
    )
    age = forms.IntegerField(
        label="About how old?",
        min_value=0,
        max_value=ADULT_AGE - 1,
        required=False,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-2", "inputmode": "numeric"}),
        error_messages={
            "max_value": "Holdfast is for children: give an age under 18.",
            "min_value": "Give the age in years.",
            "invalid": "Give the age in years, as a number.",
        },
    )


class WhereForm(forms.Form):
    """Filled in with now; nothing but the time has to be answered."""

    where = forms.CharField(
        label="Where?",
        help_text="A place, a street, a postcode. What you know.",
        max_length=200,
        required=False,
    )
    is_there_now = forms.BooleanField(label="The child is there now", required=False, initial=True)
    company = forms.MultipleChoiceField(
        label="Who is with the child?", choices=COMPANY, required=False, widget=forms.CheckboxSelectMultiple
    )
    detail = forms.CharField(
        label="In one line, what happened?", help_text="You can leave this out and say it by phone.",
        max_length=200, required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.fields["happened_at"] = past_field(now, label="When?")
        self.order_fields(["where", "is_there_now", "happened_at"])

    def clean_happened_at(self) -> datetime:
        return not_later(self.cleaned_data["happened_at"], self.now)
