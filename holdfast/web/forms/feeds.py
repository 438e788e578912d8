"""What is asked of whoever looks after the feeds: a file, the values to mend, whose export it is?"""

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any

from django import forms

from holdfast.feeds.labels import label_of
from holdfast.feeds.models import Feed, Message, Problem
from holdfast.feeds.reading.files import LARGEST_FILE
from holdfast.feeds.tables import TABLES, Column, Table
from holdfast.people.models import Agency, Area

LONGEST_VALUE = 4000  # characters of one value, our choice
LONG_TEXT = 80  # characters: beyond this a value gets a larger box
BY_NAME = ""
NO_AREA = "No area is set yet, so nobody could be told. Set one under Settings, then send the file again."


class UploadForm(forms.Form):
    """One file, as an agency made it."""

    export = forms.ChoiceField(label="Which export is it?", required=False)
    file = forms.FileField(
        label="The file", help_text="Exactly as the agency made it: do not open and save it."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(table.title, label_of(table.title)) for table in TABLES]
        self.fields["export"].choices = [(BY_NAME, "See from the file"), *named]  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        sent = self.cleaned_data["file"]
        if sent.size > LARGEST_FILE:
            raise forms.ValidationError(
                f"The file is larger than {LARGEST_FILE // 1_000_000} MB. Send it in parts."
            )
        return sent

    def clean(self) -> dict[str, Any]:
        if not Area.objects.filter(is_partner=True).exists():
            raise forms.ValidationError(NO_AREA)
        return super().clean() or {}

    @property
    def path(self) -> str:
        """Return where the file would have stood in the drop folder."""
        name = self.cleaned_data["file"].name.replace("\\", "/").rpartition("/")[2]
        feed, _, table = self.cleaned_data["export"].partition("/")
        if not feed:
            return f"sent_here/{name}"[:240]
        return f"{feed}/{name if name.startswith(table) else f'{table}_{name}'}"[:240]


class MendForm(forms.Form):
    """One field for each value to mend, with the value as sent, what is wrong and what is allowed."""

    def __init__(
        self,
        *args: Any,
        table: Table,
        message: Message,
        cells: Mapping[str, str],
        only: Collection[str] = (),
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        wrong = {problem.field: problem for problem in message.problems.all() if problem.field}
        # What is wrong with a row as a whole may lie in any of its values.
        columns = [c for c in table.columns if c.name in wrong] if wrong else list(table.columns)
        for column in columns:
            if not only or column.name in only:
                sent = cells.get(column.name, "")
                self.fields[column.name] = _field(column, sent, wrong.get(column.name))

    @property
    def values(self) -> dict[str, str]:
        return {name: value.strip() for name, value in self.cleaned_data.items()}


def _field(column: Column, sent: str, problem: Problem | None) -> forms.Field:
    more: dict[str, Any] = {
        "label": column.label[0].upper() + column.label[1:],
        "help_text": problem.reason if problem else column.says,
        "required": column.mandatory,
        "initial": sent,
    }
    if column.codes and column.codes.meanings and not sent.startswith(("[", "{")):
        listed = [(code, f"{code}: {meaning}") for code, meaning in column.codes.meanings.items()]
        none = "Choose one" if column.mandatory else "Not known"
        return forms.ChoiceField(choices=[("", none), *listed], **more)
    area = forms.Textarea(attrs={"rows": 3}) if len(sent) > LONG_TEXT else forms.TextInput()
    return forms.CharField(max_length=LONGEST_VALUE, widget=area, **more)


class FeedForm(forms.Form):
    label = forms.CharField(label="What to call it", max_length=120)
    agency = forms.ModelChoiceField(
        Agency.objects.all(), label="Whose export is it?", required=False, empty_label="Several agencies’"
    )
    days = forms.IntegerField(
        label="Expected every so many days",
        help_text="After this long without a word it is called silent.",
        min_value=1,
        max_value=366,
    )
    is_active = forms.BooleanField(label="Still expected", required=False)

    @classmethod
    def of(cls, feed: Feed, data: Any = None) -> "FeedForm":
        held = {
            "label": feed.label,
            "agency": feed.agency_id,
            "days": max(1, feed.expected_every // timedelta(days=1)),
            "is_active": feed.is_active,
        }
        return cls(data, initial=held)

    @property
    def changes(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        given["expected_every"] = timedelta(days=given.pop("days"))
        return given
