"""What is burning?  The live board, by clock alone.  S3."""

import hashlib
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache

from holdfast.feeds.queries import silent_feeds
from holdfast.moments.queries import MomentShown, live_moments
from holdfast.people.models import Area, Practitioner
from holdfast.relationships.queries import trusted_names
from holdfast.web import clocks, links
from holdfast.web.building import duty
from holdfast.web.building.cards import REACHABLE, card
from holdfast.web.building.splitting import notices
from holdfast.web.context import told
from holdfast.web.parts import DutyCell, Link, MomentCard
from holdfast.web.queries import areas_for

MOST_NAMED = 2  # silent feeds in one sentence, our choice: all of them stand on the page of the feeds


@dataclass(frozen=True)
class Board:
    as_at: datetime
    counts: str
    fresh: str
    moments: list[MomentCard]
    duty: list[DutyCell] = field(default_factory=list)
    areas: list[Link] = field(default_factory=list)
    told: list[Link] = field(default_factory=list)
    looked: str = ""
    live_url: str = ""
    refs: tuple[str, ...] = ()


def board(by: Practitioner, now: datetime, area_code: str = "") -> Board:
    """Return all that the board shows.  A constant number of SQL queries, however many moments."""
    areas = areas_for(by, now)
    chosen = next((area for area in areas if area.code == area_code), None)
    shown = live_moments(by, now, chosen)
    trusts = trusted_names(by, {one.moment.person_id for one in shown if one.may_open_child})
    made = Board(
        as_at=now,
        counts=counts(shown),
        fresh=feeds_words(by, now),
        moments=[card(by, one, trusts.get(one.moment.person_id, ""), now) for one in shown],
        duty=duty.cells(by, [chosen] if chosen else areas, now),
        areas=_area_links(areas, chosen),
        told=[*told(by, now), *notices(by, now)],
        looked=f"Looked at {clocks.wall_time(now)} by {by.name}.",
        refs=tuple(one.moment.ref for one in shown),
    )
    address = links.page("now_live") + f"?seen={digest(made)}" + (f"&area={chosen.code}" if chosen else "")
    return Board(**{**made.__dict__, "live_url": address})


def counts(shown: list[MomentShown]) -> str:
    """Return "5 live moments. 1 has no answer."."""
    open_now, unanswered = len(shown), sum(one.answer is None for one in shown)
    live = f"{open_now} live moment{'' if open_now == 1 else 's'}."
    if not unanswered:
        return live
    return f"{live} {unanswered} {'has' if unanswered == 1 else 'have'} no answer."


def feeds_words(by: Practitioner, now: datetime) -> str:
    """Say which feeds are silent; a silent feed is shown wherever somebody relies on it."""
    silent = sorted(silent_feeds(by, now), key=lambda one: one.last_heard_at, reverse=True)
    if not silent:
        return "All feeds arriving."
    if len(silent) > MOST_NAMED:
        return f"{len(silent)} feeds are silent, among them {silent[0].label}."
    said = [f"{one.label}, last heard {clocks.short_moment(one.last_heard_at, now)}" for one in silent]
    return f"All feeds arriving except {' and '.join(said)}."


def digest(board: Board) -> str:
    """Return a short name for what the board says, leaving out what only the time changes."""
    said = {**board.__dict__, "as_at": "", "looked": "", "live_url": ""}
    said["moments"] = [_said(card) for card in board.moments]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


@lru_cache(maxsize=2_048)
def _said(card: MomentCard) -> str:
    return repr(replace(card, lines=tuple(line for line in card.lines if line.label != REACHABLE)))


def _area_links(areas: list[Area], chosen: Area | None) -> list[Link]:
    if len(areas) < 2:
        return []
    here = links.page("now")
    every = Link("All areas", here, is_current=chosen is None)
    return [every, *(Link(area.name, f"{here}?area={area.code}", area == chosen) for area in areas)]
