"""How does a template put a component on a page?  Each tag takes one value of `holdfast.web.parts`."""

from datetime import datetime
from typing import Any

from django import template
from django.forms import BoundField

from holdfast.web import clocks
from holdfast.web.parts import Promise

register = template.Library()


@register.inclusion_tag("components/clock.html", takes_context=True)
def clock(context: template.Context, promise: Promise, size: str = "") -> dict[str, Any]:
    """`{% clock promise %}`, `{% clock promise "sm" %}`, `{% clock promise "big" %}`; the page gives `now`."""
    face = clocks.clock(due=promise.due, now=context["now"], towards=promise.towards, label=promise.label)
    return {"face": face, "size": size, "promise": promise}


@register.inclusion_tag("components/button.html", takes_context=True)
def button(context: template.Context, button: Any, style: str = "strong") -> dict[str, Any]:
    """`{% button b %}` is the one strong action; `{% button b "quiet" %}` any other."""
    return {"button": button, "is_quiet": style == "quiet", "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("components/word.html")
def word(text: str, style: str = "") -> dict[str, str]:
    """`{% word "Theo trusts" %}`, also "solid" or "thin": a state of our work, never of a child."""
    return {"text": text, "style": style}


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms: Any) -> dict[str, Any]:
    """`{% error_summary form other_form %}`: nothing at all while every form is without errors."""
    shown = [form for form in forms if form and form.errors]
    problems = [
        (_first_control(field), error) for form in shown for field in form for error in field.errors
    ]
    return {"problems": problems, "general": [error for form in shown for error in form.non_field_errors()]}


def _first_control(field: BoundField) -> str:
    """Return the id that a link to a problem leads to: the control, or the first of several."""
    return f"{field.auto_id}_0" if field.use_fieldset else field.id_for_label


@register.filter
def wall_time(at: datetime) -> str:
    """21:40, in London."""
    return clocks.wall_time(at)


@register.filter
def day(at: datetime, now: datetime) -> str:
    """Thursday 12 November, with the year only when it is not this year."""
    return clocks.day_words(at.astimezone(clocks.LONDON).date(), now.astimezone(clocks.LONDON).date())


@register.filter
def phone_address(number: str) -> str:
    """The number as a `tel:` address."""
    return "tel:" + "".join(mark for mark in number if mark.isdigit() or mark == "+")
