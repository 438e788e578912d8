"""How is a day asked for?  Three boxes, day first, as GOV.UK asks it and as people here write it.

And how is one of many people chosen?
"""

from datetime import date
from html import escape
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from holdfast.web.templatetags.hf_forms import control_attributes

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


class LongSelect(forms.Select):
    """One of a list without groups, written in one go: of hundreds, a template for each takes longer than
    the rest of the page."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        chosen = self.format_value(value) or []
        options = "".join(
            f'<option value="{escape(str(key))}"{" selected" if str(key) in chosen else ""}>'
            f"{escape(str(text))}</option>"
            for key, text in self.choices
        )
        given = control_attributes(self.build_attrs(self.attrs, attrs), "govuk-select")
        return format_html('<select name="{}"{}>{}</select>', name, given, mark_safe(options))
