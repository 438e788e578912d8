"""How does a form control get its GOV.UK classes without every form naming them?"""

from typing import Any

from django import template
from django.forms.utils import flatatt
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def control_attributes(attrs: dict[str, Any], css: str, described_by: str = "") -> SafeString:
    """Return the widget's attributes with `css` added to its classes.

    `described_by` adds the id of a further description, such as the characters left.
    """
    together = dict(attrs)
    together["class"] = " ".join(filter(None, [css, str(attrs.get("class", ""))]))
    described = " ".join(filter(None, [str(attrs.get("aria-describedby") or ""), described_by]))
    if described:
        together["aria-describedby"] = described
    return flatatt(together)


@register.filter
def is_single_checkbox(field: Any) -> bool:
    """True of a yes-or-no box, whose label comes after it."""
    return getattr(field.field.widget, "input_type", "") == "checkbox" and not field.use_fieldset
