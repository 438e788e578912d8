"""How are the entries of a timeline laid out?

A page has up to 150 (`building.story`), each of many small parts: filled in one go they take a ninth of
the time that a template for each of them takes.
"""

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from holdfast.web.parts import Entry, Link, Pair
from holdfast.web.templatetags.hf import another_person

register = template.Library()

# Square mark for moments, ring for all else, and the kind in words.
ENTRY = """<li class="hf-entry{marks}">
  <p class="hf-entry__when"><b>{time}</b> <span>{kind}</span></p>
  <h3 class="hf-entry__title">{title}</h3>
  {sentence}{sources}
</li>"""


@register.filter
def entries(told: Iterable[Entry]) -> SafeString:
    """Each of parts.Entry as an item of a list."""
    return mark_safe("\n".join(map(_entry, told)))


def _entry(entry: Entry) -> str:
    moment = " hf-entry--moment" if entry.is_moment else ""
    withheld = " hf-not-on-paper" if entry.is_withheld_on_paper else ""
    return ENTRY.format(
        marks=moment + withheld,
        time=escape(entry.time),
        kind=escape(entry.kind),
        title=escape(entry.title),
        sentence=_sentence(entry.sentence, entry.link),
        sources=_sources(entry.sources, entry.was),
    )


def _sentence(sentence: str, link: Link | None) -> str:
    if not sentence and not link:
        return ""
    way = f' <a href="{escape(link.url)}">{escape(link.text)}</a>' if link else ""
    return f"<p>{another_person(sentence)}{way}</p>\n  "


def _sources(pairs: Iterable[Pair], was: str) -> str:
    spans = "".join(f"<span><b>{escape(pair.label)}</b> {escape(pair.value)}</span> " for pair in pairs)
    if was:
        spans += f"<span><b>Was</b> <s>{escape(was)}</s></span>"
    return f'<p class="hf-entry__sources">{spans}</p>' if spans else ""
