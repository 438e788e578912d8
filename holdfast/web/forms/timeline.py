"""Which entries of a timeline are shown?"""

from collections.abc import Mapping
from typing import Any

from django import forms

MANY = forms.CheckboxSelectMultiple


class FilterForm(forms.Form):
    """Kinds and whose records, each with how many entries; nothing chosen means all of them."""

    kind = forms.MultipleChoiceField(label="Show", required=False, widget=MANY)
    whose = forms.MultipleChoiceField(label="Whose words or records", required=False, widget=MANY)

    def __init__(self, *args: Any, kinds: Mapping[str, int], whose: Mapping[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.counts = {"kind": kinds, "whose": whose}
        for name, counts in self.counts.items():
            choices = [(word, f"{word} ({number})") for word, number in counts.items()]
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def chosen(self, name: str) -> set[str]:
        """Return what to show; what is no longer among the choices is passed over."""
        known = set(self.counts[name])
        return (set(self.data.getlist(name)) & known if self.data else set()) or known  # type: ignore[attr-defined]

    def ticked(self) -> "FilterForm":
        """Return the form with a tick at everything that is shown."""
        given = {name: sorted(self.chosen(name)) for name in self.counts}
        return FilterForm(initial=given, kinds=self.counts["kind"], whose=self.counts["whose"])
