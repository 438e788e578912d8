"""Raise a page, answer it, tell one more person, note who has seen it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from holdfast.audit.commands import record as audit
from holdfast.audit.commands import record_each
from holdfast.audit.terms import System
from holdfast.kit.transactions import atomic
from holdfast.paging.models import Delivery, Page, PageStep
from holdfast.paging.terms import Channel
from holdfast.people.models import Area, Practitioner
from holdfast.rota.queries import ladder

WAKE = "holdfast_paging"  # the channel of the hint; a lost hint costs one poll, never a page


@atomic
def raise_page(*, by: Practitioner | System, at: datetime, about: str, area: Area) -> Page:
    """Promise, in the caller's transaction, that a named person will answer `about`."""
    return raise_pages(by=by, at=at, wanted=[(about, area)])[0]


@atomic
def raise_pages(*, by: Practitioner | System, at: datetime, wanted: Sequence[tuple[str, Area]]) -> list[Page]:
    """Promise, in the caller's transaction, that a named person will answer each (about, area).

    Four SQL statements and one for each area, however many pages.
    """
    if not wanted:
        return []
    pages = Page.objects.bulk_create(
        [Page(about=about, area=area, raised_at=at, next_due_at=at) for about, area in wanted]
    )
    ladders = {area.pk: ladder(area) for area in {area.pk: area for _, area in wanted}.values()}
    PageStep.objects.bulk_create(
        [
            PageStep(
                page=page, number=number, whom=step.whom, practitioner_id=step.practitioner, wait=step.wait
            )
            for page in pages
            for number, step in enumerate(ladders[page.area_id], start=1)
        ]
    )
    record_each(by=by, act="paging.raise_page", at=at, lines=[(about, "", "") for about, _ in wanted])
    _wake()
    return pages


@atomic
def answer_page(*, by: Practitioner, at: datetime, about: str) -> bool:
    """Stop telling people about this; return whether it was still unanswered."""
    page = Page.objects.select_for_update().filter(about=about, answered_at=None).first()
    if page is None:
        return False
    page.answered_at, page.next_due_at = at, None
    page.save(update_fields=["answered_at", "next_due_at"])
    audit(by=by, act="paging.answer_page", at=at, about=about)
    return True


@atomic
def tell_one(*, by: Practitioner, at: datetime, about: str, practitioner: Practitioner) -> None:
    """Send one person the page though someone has answered it: they were asked to go."""
    page = Page.objects.select_for_update().filter(about=about).first()
    if page is None:
        return
    page.next_number += 1  # a round of its own
    page.save(update_fields=["next_number"])
    Delivery.objects.bulk_create(deliveries(page, page.next_number - 1, [practitioner], at))
    audit(by=by, act="paging.tell_one", at=at, about=about, note=practitioner.ref)
    _wake()


@atomic
def see_page(*, by: Practitioner, at: datetime, about: str) -> int:
    """Note that `by` has seen what they were told; return how many messages that was."""
    unseen = Delivery.objects.filter(page__about=about, practitioner=by, seen_at=None)
    seen = unseen.update(seen_at=at)
    if seen:
        audit(by=by, act="paging.see_page", at=at, about=about)
    return seen


def deliveries(page: Page, round: int, people: list[Practitioner], at: datetime) -> list[Delivery]:
    """Return the messages of one step, not yet kept: everyone in the app, and by e-mail who has an address.

    The in-app row is itself the handing over; an e-mail still has to reach its provider.
    """
    return [
        Delivery(
            page=page,
            round=round,
            practitioner=person,
            channel=channel,
            made_at=at,
            due_at=at,
            handed_at=at if channel == Channel.IN_APP else None,
        )
        for person in people
        for channel in ([Channel.IN_APP, Channel.EMAIL] if person.email else [Channel.IN_APP])
    ]


def _wake() -> None:
    """Hint to the workers that something is due; they hear it when this transaction commits."""
    with connection.cursor() as cursor:
        cursor.execute(f"NOTIFY {WAKE}")
