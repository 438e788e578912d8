"""When was it, when will it be?  A day chosen from a short list, and a time by the wall clock."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django import forms

from holdfast.web.clocks import LONDON, day_words

DAYS_BACK = 14  # our choice: what is told later than that belongs on the timeline, not on the alert path
DAYS_AHEAD = 14  # our choice
WRITTEN = ["%H:%M", "%H.%M", "%H%M"]


class DayAndTime(forms.MultiWidget):
    """A list of days beside a time."""

    template_name = "django/forms/widgets/day_time.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        # A text box: the browser's own clock may count twelve hours, whatever the page's language.
        looks = {"class": "govuk-input--width-5", "inputmode": "numeric", "autocomplete": "off"}
        clock = forms.TimeInput(attrs=looks, format="%H:%M")
        super().__init__({"day": forms.Select(), "time": clock}, attrs)

    def decompress(self, value: datetime | None) -> list[Any]:
        if value is None:
            return [None, None]
        local = value.astimezone(LONDON)
        return [local.date().isoformat(), local.time()]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for label, box in zip(("Day", "Time"), context["widget"]["subwidgets"], strict=True):
            box["box_label"] = label
        return context

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0"


class DayTimeField(forms.MultiValueField):
    """An instant, given as a day from a list and a time of the day in London."""

    widget = DayAndTime

    def __init__(self, days: Iterable[date], today: date, **kwargs: Any) -> None:
        choices = [(day.isoformat(), _named(day, today)) for day in days]
        if not kwargs.get("required", True):
            choices = [("", "No time agreed yet"), *choices]
        fields = [
            forms.ChoiceField(
                choices=choices, error_messages={"invalid_choice": "Choose one of these days."}
            ),
            forms.TimeField(input_formats=WRITTEN, error_messages={"invalid": "Write the time as 19:40."}),
        ]
        super().__init__(fields, require_all_fields=False, **kwargs)
        day: Any = self.widget.widgets[0]
        day.choices = choices

    def compress(self, data_list: list[Any]) -> datetime | None:
        day, at = data_list if data_list else ("", None)
        if not day and not at:
            return None
        if not day or at is None:
            raise forms.ValidationError("Give both the day and the time.", code="incomplete")
        return datetime.combine(date.fromisoformat(day), at, tzinfo=LONDON)


def past_field(now: datetime, **kwargs: Any) -> DayTimeField:
    """A time up to now, filled in with now."""
    today = now.astimezone(LONDON).date()
    days = [today - timedelta(days=back) for back in range(DAYS_BACK + 1)]
    return DayTimeField(days, today, initial=now, **kwargs)


def coming_field(now: datetime, **kwargs: Any) -> DayTimeField:
    """A time from now on, or none agreed yet."""
    today = now.astimezone(LONDON).date()
    days = [today + timedelta(days=ahead) for ahead in range(DAYS_AHEAD + 1)]
    return DayTimeField(days, today, required=False, **kwargs)


def _named(day: date, today: date) -> str:
    near = {0: "Today", -1: "Yesterday", 1: "Tomorrow"}.get((day - today).days)
    return near or day_words(day, today)
