"""Which records are somebody else's, and what of people's own work goes with them?"""

from typing import Any

from django import forms

from holdfast.linkage.judging import LONGEST_WHY
from holdfast.web.building import records
from holdfast.who_is_who.splitting import Parts


class SplitForm(forms.Form):
    """Records to choose from, what people wrote, and why.  Some records must stay."""

    leaving = forms.MultipleChoiceField(
        label="Which of these are about somebody else?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one record that is about somebody else"},
    )
    going = forms.MultipleChoiceField(
        label="What of this is about somebody else too?",
        help_text="What people wrote here. What you do not choose stays on this page.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    why = forms.CharField(
        label="How do you know?",
        help_text="The next reader sees this, with your name.",
        max_length=LONGEST_WHY,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say how you know"},
    )

    def __init__(self, *args: Any, parts: Parts, **more: Any) -> None:
        super().__init__(*args, **more)
        fields: dict[str, Any] = self.fields
        fields["leaving"].choices = [
            (piece.record.ref, f"{records.sender(piece.record)}: {records.said(piece.profile)}")
            for piece in parts.pieces
        ]
        fields["going"].choices = [(work.name, f"{work.label}: {work.words}") for work in parts.work]
        if not parts.work:
            del self.fields["going"]

    def clean_leaving(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["leaving"]
        if len(chosen) == len(dict(self.fields["leaving"].choices)):  # type: ignore[attr-defined]
            raise forms.ValidationError("One record at least must stay: it is whose page this is")
        return chosen
