"""What can be done in a moment besides taking it: give it to someone, end it."""

from typing import Any

from django import forms

from holdfast.people.models import Practitioner


class AssignForm(forms.Form):
    to = forms.ChoiceField(
        label="Who goes to the child?",
        help_text="They are told at once, and may open the child’s page.",
        error_messages={"required": "Choose who goes.", "invalid_choice": "Choose someone from the list."},
    )

    def __init__(self, *args: Any, people: list[Practitioner], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.ref: person for person in people}
        said = [(person.ref, f"{person.name}, {_does(person)}") for person in people]
        self.fields["to"].choices = [("", "Choose a person"), *said]  # type: ignore[attr-defined]

    def clean_to(self) -> Practitioner:
        return self.people[self.cleaned_data["to"]]


class EndForm(forms.Form):
    why = forms.CharField(
        label="What is true now?",
        help_text="For example: “Home with his aunt. Sol sees him tomorrow at 10.”",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say what is true now: it is what the next person reads."},
    )


def _does(person: Practitioner) -> str:
    return f"{(person.job_title or person.get_role_display()).lower()}, {person.agency.name}"
