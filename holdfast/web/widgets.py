"""How is a day asked for?  Three boxes, day first, as GOV.UK asks it and as people here write it."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

BOXES = ("Day", "Month", "Year")
WIDTHS = {"Day": 2, "Month": 2, "Year": 4}  # characters
NO_SUCH_DAY = "There is no such day. Write it as 27 3 2026."


class ThreeBoxes(forms.MultiWidget):
    """Day, month and year, each in its own box."""

    template_name = "django/forms/widgets/three_boxes.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {
            name.lower(): forms.TextInput(attrs={"class": f"govuk-input--width-{WIDTHS[name]}"})
            for name in BOXES
        }
        super().__init__(boxes, attrs)

    def decompress(self, value: date | None) -> list[int | None]:
        return [value.day, value.month, value.year] if value else [None, None, None]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for label, box in zip(BOXES, context["widget"]["subwidgets"], strict=True):
            box["box_label"] = label
        return context

    def id_for_label(self, id_: str) -> str:
        """A problem with the day leads to its first box."""
        return f"{id_}_0"


class DayField(forms.MultiValueField):
    """A day given in three boxes."""

    widget = ThreeBoxes

    def __init__(self, **kwargs: Any) -> None:
        number = {"invalid": NO_SUCH_DAY}
        fields = [forms.IntegerField(error_messages=number) for _ in BOXES]
        super().__init__(fields, **kwargs)

    def compress(self, data_list: list[int]) -> date | None:
        if not data_list:
            return None
        day, month, year = data_list
        try:
            return date(year, month, day)
        except ValueError:
            raise ValidationError(NO_SUCH_DAY, code="invalid") from None
