"""What does a reviewer answer about two records?"""

from django import forms

from holdfast.linkage.judging import LONGEST_WHY
from holdfast.linkage.terms import Opinion

ANSWERS = (
    (Opinion.SAME, "One person"),
    (Opinion.DIFFERENT, "Two people"),
    (Opinion.NOT_SURE, "Not sure: somebody else should look as well"),
)


class AnswerForm(forms.Form):
    """One of three answers; whoever asks for a second opinion says what is unclear."""

    opinion = forms.ChoiceField(
        label="What do you say?",
        choices=[(one.value, said) for one, said in ANSWERS],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether they are one person, two, or that you are not sure"},
    )
    why = forms.CharField(
        label="What decided it?",
        help_text="The next reader sees this. You may leave it empty if the table above says it all.",
        max_length=LONGEST_WHY,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, object]:
        said = super().clean() or {}
        if said.get("opinion") == Opinion.NOT_SURE and not said.get("why"):
            self.add_error("why", "Say what is unclear, for whoever looks next")
        return said
