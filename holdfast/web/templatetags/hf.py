"""How does a template put a component on a page?  Each tag takes one value of `holdfast.web.parts`."""

from datetime import datetime
from typing import Any

from django import template
from django.forms import BoundField, Field
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from holdfast.web import clocks
from holdfast.web.parts import Promise
from holdfast.web.telephone import shown

register = template.Library()

ANOTHER_PERSON = "another person"
NO_ANSWER = Field.default_error_messages["required"]


@register.inclusion_tag("components/clock.html", takes_context=True)
def clock(context: template.Context, promise: Promise, size: str = "") -> dict[str, Any]:
    """`{% clock promise %}`, or with "sm" or "big" after it; the page's context gives `now`."""
    face = clocks.clock(due=promise.due, now=context["now"], towards=promise.towards, label=promise.label)
    return {"face": face, "size": size, "promise": promise}


@register.inclusion_tag("components/waited.html", takes_context=True)
def waited(context: template.Context, since: datetime) -> dict[str, Any]:
    """`{% waited since %}`: how long a child has waited by now."""
    now = context["now"]
    return {
        "since": since,
        "length": clocks.counted(since, now),
        "wall": clocks.moment_words(since, now),
    }


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
        (_first_control(field), worded(error, field))
        for form in shown
        for field in form
        for error in field.errors
    ]
    return {"problems": problems, "general": [error for form in shown for error in form.non_field_errors()]}


@register.filter
def worded(error: str, field: BoundField) -> str:
    """Say which question lacks an answer where the form has no words of its own for it."""
    if error != NO_ANSWER:
        return error
    return f"Answer this: {field.label}" if field.label.endswith("?") else f"{field.label} is missing"


@register.filter
def another_person(sentence: str) -> SafeString:
    """Set "another person" in bold: someone whom this reader may not see, without link or count."""
    return mark_safe(conditional_escape(sentence).replace(ANOTHER_PERSON, f"<b>{ANOTHER_PERSON}</b>"))


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


@register.filter
def phone(number: str) -> str:
    """The number in groups that never break across lines."""
    return shown(number)
