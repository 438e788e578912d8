"""How are the many sources of a timeline laid out at once?  A page has hundreds of them."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from holdfast.web.parts import Pair

register = template.Library()


@register.filter
def labelled(pairs: Iterable[Pair]) -> SafeString:
    """Each value after its label in bold."""
    return format_html_join("", "<span><b>{}</b> {}</span> ", ((pair.label, pair.value) for pair in pairs))
