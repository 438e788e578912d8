"""How are the many sources of a timeline laid out at once?  A page has hundreds of them."""

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from holdfast.web.parts import Pair

register = template.Library()


@register.filter
def labelled(pairs: Iterable[Pair]) -> SafeString:
    """Each value after its label in bold; both are plain words, never markup."""
    spans = (f"<span><b>{escape(pair.label)}</b> {escape(pair.value)}</span> " for pair in pairs)
    return mark_safe("".join(spans))
