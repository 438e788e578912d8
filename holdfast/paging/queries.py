"""Who has been told, when, and what became of it?"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Min, Q, QuerySet

from holdfast.paging.models import Delivery, Page
from holdfast.paging.terms import Channel
from holdfast.people.models import Practitioner


@dataclass(frozen=True, slots=True)
class Told:
    """One message.  `handed_at` says that a provider took it: neither "delivered" nor "seen"."""

    practitioner: Practitioner
    channel: Channel
    round: int
    made_at: datetime
    handed_at: datetime | None
    seen_at: datetime | None
    attempts: int
    problem: str


@dataclass(frozen=True, slots=True)
class PageState:
    raised_at: datetime
    answered_at: datetime | None
    next_at: datetime | None  # when the next people are told; empty once answered
    told: tuple[Told, ...]  # in the order in which they were told

    @property
    def calling(self) -> tuple[str, ...]:
        """The names of those told last: whose phone is ringing."""
        latest = max((told.round for told in self.told), default=0)
        return tuple(dict.fromkeys(told.practitioner.name for told in self.told if told.round == latest))

    @property
    def first_seen(self) -> Told | None:
        seen = [told for told in self.told if told.seen_at]
        return min(seen, key=lambda told: told.seen_at, default=None)  # type: ignore[arg-type,return-value]


TIMES = ("raised_at", "answered_at", "next_due_at")
MESSAGE = ("practitioner", "channel", "round", "made_at", "handed_at", "seen_at", "attempts", "problem")


def states_of(about: Iterable[str]) -> dict[str, PageState]:
    """Return the state of each page by what it is about.  Two SQL queries, however many.

    Read as plain values: a busy board has hundreds of messages, to the same few people.
    """
    found = Page.objects.filter(about__among=about)
    found = found.order_by("deliveries__round", "deliveries__made_at", "deliveries__pk")
    rows = list(found.values_list("about", *TIMES, *(f"deliveries__{name}" for name in MESSAGE)))
    people = {
        one.pk: one for one in Practitioner.objects.filter(pk__among={row[4] for row in rows if row[4]})
    }
    times: dict[str, tuple[Any, Any, Any]] = {}
    told: dict[str, list[Told]] = defaultdict(list)
    for name, raised_at, answered_at, next_at, practitioner, channel, *rest in rows:
        times[name] = raised_at, answered_at, next_at
        if practitioner:  # a page of which nobody has been told yet has none
            told[name].append(Told(people[practitioner], Channel(channel), *rest))
    return {name: PageState(*found_times, tuple(told[name])) for name, found_times in times.items()}


def told_about(by: Practitioner) -> QuerySet[Page, str]:
    """Return what `by` has been told about: the references of pages, as part of another query."""
    return Page.objects.filter(deliveries__practitioner=by).order_by().values_list("about", flat=True)


def who_was_told(by: Practitioner, about: str) -> list[Told]:
    """Return every message about one thing, in the order in which people were told.  One SQL query.

    The caller has asked whether `by` may see what it is about.
    """
    rows = Delivery.objects.filter(page__about=about).select_related("practitioner")
    return [_told(row) for row in rows.order_by("round", "made_at", "pk")]


def my_unseen(by: Practitioner) -> list[tuple[str, datetime]]:
    """Return what `by` has been told and has not yet seen or seen answered, the oldest first.  One query."""
    waiting = Q(page__answered_at=None) | Q(made_at__gte=F("page__answered_at"))
    rows = Delivery.objects.filter(waiting, practitioner=by, seen_at=None)
    told = rows.values_list("page__about").annotate(first=Min("made_at")).order_by("first")
    return [(about, first) for about, first in told]


def paged_at(about: Iterable[str]) -> dict[str, datetime]:
    """Return when someone was first paged: a provider took a message, or someone saw it here.  One query."""
    rows = Delivery.objects.filter(page__about__in=list(about)).values("page__about")
    rows = rows.annotate(
        handed=Min("handed_at", filter=~Q(channel=Channel.IN_APP)), seen=Min("seen_at")
    ).order_by()
    found = {row["page__about"]: [t for t in (row["handed"], row["seen"]) if t] for row in rows}
    return {ref: min(times) for ref, times in found.items() if times}


def _told(row: Delivery) -> Told:
    return Told(
        practitioner=row.practitioner,
        channel=Channel(row.channel),
        round=row.round,
        made_at=row.made_at,
        handed_at=row.handed_at,
        seen_at=row.seen_at,
        attempts=row.attempts,
        problem=row.problem,
    )
