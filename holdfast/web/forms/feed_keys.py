"""What is asked of whoever gives an agency's system a key, or takes back what a key wrote?"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms

from holdfast.feeds.labels import label_of
from holdfast.feeds.tables import TABLES
from holdfast.kit.clock import LONDON
from holdfast.people.models import Area
from holdfast.web.forms.when import DayTimeField

LONGEST_LIST = 366  # days to choose from, our choice


class KeyForm(forms.Form):
    """Who is to send what."""

    feed = forms.ChoiceField(label="Which export may it send?")
    label = forms.CharField(
        label="Who holds it, and which system is it?",
        help_text="Such as: Carrow Police, custody system",
        max_length=120,
    )
    la_code = forms.ModelChoiceField(
        Area.objects.filter(is_partner=True),
        label="For which authority?",
        required=False,
        empty_label="Not for a single one",
        to_field_name="code",
    )

    def __init__(self, *args: Any, feed: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tables = [table for table in TABLES if feed in ("", table.title)]
        choices = [(table.title, label_of(table.title)) for table in tables]
        self.fields["feed"].choices = choices if feed else [("", "Choose"), *choices]  # type: ignore[attr-defined]
        if feed:
            self.fields["feed"].widget = forms.HiddenInput()
            self.fields["feed"].initial = feed
        if not any(table.per_authority for table in tables):
            del self.fields["la_code"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        table = next((table for table in TABLES if table.title == given.get("feed")), None)
        area = given.get("la_code")
        if table and "la_code" in self.fields and table.per_authority != bool(area):
            needs = "Each authority sends its own: choose whose." if table.per_authority else NOT_ONE
            self.add_error("la_code", needs)
        return given

    @property
    def given(self) -> dict[str, str]:
        area = self.cleaned_data.get("la_code")
        kept = {name: self.cleaned_data[name] for name in ("feed", "label")}
        return kept | {"la_code": area.code if area else ""}


NOT_ONE = "This export is not sent by each authority: choose none."


class SinceForm(forms.Form):
    """Since when?"""

    def __init__(self, data: Any, made_at: datetime, now: datetime) -> None:
        super().__init__(data)
        since = DayTimeField(_days(made_at, now), now.astimezone(LONDON).date(), initial=made_at)
        since.label = "Since when was it not only its holder’s?"
        self.fields["since"] = since


def _days(made_at: datetime, now: datetime) -> Sequence[Any]:
    first, last = made_at.astimezone(LONDON).date(), now.astimezone(LONDON).date()
    count = min((last - first).days + 1, LONGEST_LIST)
    return [last - timedelta(days=back) for back in range(count)]


class TakeBackForm(forms.Form):
    since = forms.DateTimeField(widget=forms.HiddenInput())
