"""What does somebody write down who was with a child, or tried to be?  S6."""

from datetime import datetime
from typing import Any

from django import forms

from holdfast.moments.terms import Accepted, Meeting
from holdfast.web.forms.when import coming_field, past_field

MEETINGS = [
    (Meeting.SEEN_ALONE, "Yes, alone"),
    (Meeting.SEEN_WITH_OTHERS, "Yes, with others there"),
    (Meeting.SPOKE, "No, but we spoke by phone"),
]
TRIED = (Meeting.ATTEMPTED, "No, I tried")
ANSWERS = [
    (Accepted.YES, "Yes"),
    (Accepted.NOT_YET, "Not yet"),
    (Accepted.NO, "No"),
    (Accepted.NOT_OFFERED, "Nothing was offered"),
]
LONGEST_WORDS = 4000  # characters, our choice


class ContactForm(forms.Form):
    """Someone was with the child.  Everything but how they met can wait."""

    choices = MEETINGS

    meeting = forms.ChoiceField(label="Was the child seen?", widget=forms.RadioSelect)
    where = forms.CharField(label="Where", max_length=200, required=False)
    childs_words = forms.CharField(
        label="What the child said",
        help_text="In their words, in any language. Leave it empty if they said nothing they want kept.",
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    offered = forms.CharField(label="What was offered", max_length=300, required=False)
    accepted = forms.ChoiceField(
        label="Did the child say yes to it?",
        choices=ANSWERS,
        initial=Accepted.NOT_OFFERED,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label="Anything else the next person needs",
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.fields["meeting"].choices = self.choices  # type: ignore[attr-defined]
        self.fields["met_at"] = past_field(now, label="When")
        self.fields["next_at"] = coming_field(now, label="When will someone be with the child next?")
        self.order_fields(["meeting", "met_at"])

    def clean_met_at(self) -> datetime:
        return not_later(self.cleaned_data["met_at"], self.now)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        was_offered = said.get("accepted") != Accepted.NOT_OFFERED
        if was_offered and "accepted" in said and not said.get("offered", "").strip():
            self.add_error("offered", "Say what was offered, or choose that nothing was.")
        if "accepted" in said and said.get("offered", "").strip() and not was_offered:
            self.add_error("accepted", "Say whether the child said yes to what was offered.")
        return said


class AnyContactForm(ContactForm):
    """A contact or an attempt, outside a moment."""

    choices = [*MEETINGS, TRIED]


class AttemptForm(forms.Form):
    """Somebody tried to reach the child.  The clock runs on."""

    note = forms.CharField(
        label="What you tried, and what came of it",
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say in a few words what you tried."},
    )
    where = forms.CharField(label="Where", max_length=200, required=False)

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.fields["met_at"] = past_field(now, label="When")
        self.fields["next_at"] = coming_field(now, label="When will someone try next?")
        self.order_fields(["note", "met_at"])

    def clean_met_at(self) -> datetime:
        return not_later(self.cleaned_data["met_at"], self.now)

    def clean(self) -> dict[str, Any]:
        return {**(super().clean() or {}), "meeting": Meeting.ATTEMPTED}


def not_later(at: datetime, now: datetime) -> datetime:
    if at > now:
        raise forms.ValidationError("This time is still to come. Give the time it happened.")
    return at
