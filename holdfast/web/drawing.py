"""How are the components drawn that stand on a board by the hundred?

A board of 121 moments took Django's templates 43 ms of processor, and takes 10 ms as plain strings, once a
minute: every reader's board asks every few seconds.  Whatever is put into one is escaped, unless it was
drawn here.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString

from holdfast.web import clocks
from holdfast.web.parts import Button, MomentCard, Pair, Promise

NOTHING = SafeString("")


def _fill(layout: str, *values: str) -> SafeString:
    """Put values into the places of a layout: `format_html` for what is known to be text."""
    return SafeString(layout.format(*[one if type(one) is SafeString else escape(one) for one in values]))


def _joined(drawn: Iterable[SafeString]) -> SafeString:
    return SafeString("".join(drawn))


# --- A clock: figure, what it is, wall time: always all three -----------------------------------------

CLOCK = """<p class="hf-clock hf-clock--{}{}" data-due="{}" data-towards="{}"{}>
  <span class="hf-clock__figure">{}</span>
  <span class="hf-clock__words">{}</span>
  <span class="hf-clock__wall">{}</span>
</p>"""
PART = '{}<span class="hf-clock__unit">{}</span>'


def clock(promise: Promise, now: datetime, size: str = "") -> SafeString:
    face = clocks.clock(due=promise.due, now=now, towards=promise.towards, label=promise.label)
    return _fill(
        CLOCK,
        face.weight,
        _fill(" hf-clock--{}", size) if size else NOTHING,
        face.due.isoformat(),
        promise.towards,
        _fill(' data-key="{}"', promise.key) if promise.key else NOTHING,
        SafeString(" ".join(_fill(PART, part.figure, part.unit) for part in face.parts)),
        face.words,
        face.wall,
    )


WAITED = '<p class="hf-waited"><b data-since="{}">{}</b> since an agency first knew, {}</p>'


def waited(since: datetime, now: datetime) -> SafeString:
    """How long a child has waited, from when any agency first knew."""
    return _fill(WAITED, since.isoformat(), clocks.counted(since, now), clocks.moment_words(since, now))


# --- A button: the one strong action, or a quiet one --------------------------------------------------

LINK = '<a class="hf-button {}" href="{}"{}>{}</a>'
FORM = """<form method="post" action="{}"{}><input type="hidden" name="csrfmiddlewaretoken" value="{}">
<button class="hf-button{}"{}{}>{}</button></form>"""


def button(shown: Button, is_quiet: bool, token: str) -> SafeString:
    spoken = _fill(' aria-label="{}"', shown.spoken) if shown.spoken else NOTHING
    if not shown.posts:
        return _fill(LINK, "hf-button--quiet" if is_quiet else "is-strong", shown.url, spoken, shown.text)
    return _fill(
        FORM,
        shown.url,
        NOTHING if is_quiet else SafeString(' class="is-strong"'),
        token,
        " hf-button--quiet" if is_quiet else "",
        _fill(' name="{}" value="{}"', shown.name, shown.value) if shown.name else NOTHING,
        spoken,
        shown.text,
    )


# --- Labels and values ---------------------------------------------------------------------------------

PAIR, LED_PAIR = "<dt>{}</dt><dd>{}</dd>", "<dt>{}</dt><dd><b>{}</b>{}</dd>"


def pairs(shown: Iterable[Pair]) -> SafeString:
    drawn = [
        _fill(LED_PAIR, pair.label, pair.lead, pair.value)
        if pair.lead
        else _fill(PAIR, pair.label, pair.value)
        for pair in shown
    ]
    return _fill('<dl class="hf-pairs">{}</dl>', _joined(drawn)) if drawn else NOTHING


# --- One open moment on the board ----------------------------------------------------------------------

MOMENT = """<li class="hf-moment{}">
  <div class="hf-moment__clock">{}</div>
  <div>
    <h3 class="hf-moment__title"><a href="{}">{}</a></h3>
    <p>{}{}</p>
    {}
  </div>
</li>"""
STOPPED = """<p class="hf-clock hf-clock--stopped"><span class="hf-clock__words">Someone has been with the\
 child</span><span class="hf-clock__wall">{}</span></p>"""
ANSWERED = '<p class="hf-answer">Answered by <b>{}</b>{}</p>'
UNANSWERED = '<p class="hf-answer hf-answer--nobody"><b>Nobody has answered yet.</b> {}</p>'


THE_TOKEN = SafeString("\0")  # where a reader's own token goes: nothing that is stored has this letter


def moment(card: MomentCard, now: datetime, token: str) -> SafeString:
    """One open moment, as an item of a list; what is the same for each reader is drawn once a minute."""
    return SafeString(_moment(card, now.replace(second=0, microsecond=0)).replace(THE_TOKEN, escape(token)))


@lru_cache(maxsize=2_048)
def _moment(card: MomentCard, now: datetime) -> SafeString:
    below = (
        _fill('<p class="hf-moment__about">{}</p>', card.sentence) if card.sentence else NOTHING,
        _fill('<p class="hf-soft">{}</p>', card.source) if card.source else NOTHING,
        pairs(card.lines),
        _answer(card),
        _actions(card),
    )
    return _fill(
        MOMENT,
        "" if card.answered_by else " hf-moment--unanswered",
        _clocks(card, now),
        card.url,
        card.title,
        _child(card),
        card.about,
        SafeString("\n    ".join(part for part in below if part)),
    )


def _clocks(card: MomentCard, now: datetime) -> SafeString:
    if card.promise is None:
        first = _fill(STOPPED, card.stopped)
    else:
        first = clock(card.promise, now, "" if card.answered_by else "big")
    return first + waited(card.waits_since, now) if card.waits_since else first


def _child(card: MomentCard) -> SafeString:
    if card.child:
        return _fill('<a href="{}">{}</a>, ', card.child.url, card.child.text)
    return _fill("{}, ", card.child_words) if card.child_words else NOTHING


def _answer(card: MomentCard) -> SafeString:
    if card.answered_by:
        return _fill(ANSWERED, card.answered_by, card.answer_more)
    return _fill(UNANSWERED, card.answer_more)


def _actions(card: MomentCard) -> SafeString:
    drawn = [button(card.action, False, THE_TOKEN)] if card.action else []
    drawn += [button(other, True, THE_TOKEN) for other in card.quiet]
    return _fill('<div class="hf-actions">{}</div>', _joined(drawn)) if drawn else NOTHING


# --- The list that leads to each ------------------------------------------------------------------------

JUMP = '<li><a href="{}">{}{}</a></li>'


def jumps(cards: Iterable[MomentCard]) -> SafeString:
    return _joined(
        _fill(JUMP, card.url, f"{clocks.wall_time(card.promise.due)} " if card.promise else "", card.title)
        for card in cards
    )
