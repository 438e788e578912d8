"""How does a template put a component on a page?  Each tag takes one value of `holdfast.web.parts`."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import template
from django.forms import BoundField, Field
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from holdfast.web import clocks, drawing
from holdfast.web.parts import Button, MomentCard, Pair, Promise
from holdfast.web.telephone import shown

register = template.Library()

ANOTHER_PERSON = "another person"
NO_ANSWER = Field.default_error_messages["required"]


@register.simple_tag(takes_context=True)
def clock(context: template.Context, promise: Promise, size: str = "") -> SafeString:
    """`{% clock promise %}`, or with "sm" or "big" after it; the page's context gives `now`."""
    return drawing.clock(promise, context["now"], size)


@register.simple_tag(takes_context=True)
def waited(context: template.Context, since: datetime) -> SafeString:
    """`{% waited since %}`: how long a child has waited by now."""
    return drawing.waited(since, context["now"])


@register.simple_tag(takes_context=True)
def button(context: template.Context, button: Button, style: str = "strong") -> SafeString:
    """`{% button b %}` is the one strong action; `{% button b "quiet" %}` any other."""
    return drawing.button(button, style == "quiet", str(context.get("csrf_token", "")))


@register.simple_tag
def pairs(shown: Iterable[Pair]) -> SafeString:
    """`{% pairs list %}`: labels and values, at most three on a card."""
    return drawing.pairs(shown)


@register.simple_tag(takes_context=True)
def moment(context: template.Context, card: MomentCard) -> SafeString:
    """`{% moment card %}`: one open moment, as an item of a list."""
    return drawing.moment(card, context["now"], str(context.get("csrf_token", "")))


@register.simple_tag
def jumps(cards: Iterable[MomentCard]) -> SafeString:
    """`{% jumps cards %}`: the time and the title of each, as items of a list of links."""
    return drawing.jumps(cards)


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
