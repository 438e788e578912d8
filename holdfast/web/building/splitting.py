"""What goes where, if some of a child's records are about somebody else?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from holdfast.people.models import Practitioner
from holdfast.web import clocks, links
from holdfast.web.building import records
from holdfast.web.building.words import today
from holdfast.web.parts import Link, Pair
from holdfast.who_is_who.queries import notices_for
from holdfast.who_is_who.splitting import Parts, Piece

MOST_TOLD = 5  # of what a record told, our choice: the timeline has all


@dataclass(frozen=True)
class Half:
    """One side of a split: its records with what hangs on them, and what people wrote."""

    title: str
    records: list[Pair]
    work: list[str]


def halves(parts: Parts, leaving: Iterable[str], going: Iterable[str], now: datetime) -> list[Half]:
    """Return what stays and what goes, as it would be."""
    gone, moved = set(leaving), set(going)
    return [
        Half(
            title,
            [_piece(piece, now) for piece in parts.pieces if (piece.record.ref in gone) is goes],
            [f"{work.label}: {work.words}" for work in parts.work if (work.name in moved) is goes],
        )
        for title, goes in (("Stays on this page", False), ("Goes to somebody else’s", True))
    ]


def _piece(piece: Piece, now: datetime) -> Pair:
    told = [f"{title}, {_day(at, now)}" for title, at in piece.events[:MOST_TOLD]]
    more = len(piece.events) - len(told)
    if more > 0:
        told.append(f"and {more} more")
    raised = [f"Critical moment: {label}, {_day(at, now)}" for label, at in piece.moments]
    with_it = "; ".join([*raised, *told]) or "Nothing happened that it tells of."
    return Pair(records.sender(piece.record), f". With it: {with_it}", lead=records.said(piece.profile))


def _day(at: datetime, now: datetime) -> str:
    return clocks.day_words(at.astimezone(clocks.LONDON).date(), today(now))


def notices(by: Practitioner, now: datetime) -> list[Link]:
    """Return what this reader is told of records that moved: never whom it is about."""
    return [
        Link(
            f"At {clocks.moment_words(one.made_at, now)} records left a page you have relied on",
            links.child(one.person.ref),
        )
        for one in notices_for(by, now)
    ]
