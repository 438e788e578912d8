"""What stands around every page: who you are, where you can go, what you were told."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from holdfast.access.queries import may
from holdfast.access.terms import Duty
from holdfast.kit import clock
from holdfast.paging.queries import my_unseen
from holdfast.people.models import Practitioner
from holdfast.web import clocks, links
from holdfast.web.building.silence import SilentFeed, silent
from holdfast.web.parts import Link
from holdfast.web.signing_in import practitioner_of

SHRED_AFTER = timedelta(days=7)  # our choice: a sheet of paper is out of date by then

# Heading, the name of its page, and the duty without which it is not offered.
NAVIGATION = (
    ("Now", "now", None),
    ("Children", "children", None),
    ("Search", "search", None),
    ("Who is who", "who_is_who", Duty.MATCH),
    ("Feeds", "feeds", Duty.FEEDS),
    ("Rota", "rota", None),
    ("Settings", "settings", Duty.SET_UP),
    ("Account", "account", None),
)


@dataclass(frozen=True)
class Shell:
    is_demonstration: bool
    home_url: str = "/"
    who: str = ""
    role_line: str = ""
    account_url: str = ""
    sign_out_url: str = ""
    happened_url: str = ""
    is_happening: bool = False
    help_line: str = ""
    printed: str = ""
    navigation: list[Link] = field(default_factory=list)
    account_links: list[Link] = field(default_factory=list)
    told: Iterable[Link] = ()
    silent: Iterable[SilentFeed] = ()


def shell(request: Any) -> dict[str, Any]:
    """The context of every page.  One SQL query at most: what this reader was told and has not opened."""
    by, now = getattr(request, "practitioner", None), getattr(request, "now", None)
    if now is None:
        by, now = _signed_in(request), clock.now()
    if by is None:
        return {"now": now, "shell": Shell(is_demonstration=settings.DEMONSTRATION)}
    return {"now": now, "shell": _shell_of(by, now, request.path)}


def _signed_in(request: Any) -> Practitioner | None:
    """Return who asks where no page was reached: for an address that leads nowhere, a form too old."""
    user = getattr(request, "user", None)
    return practitioner_of(user, clock.now()) if user is not None and user.is_authenticated else None


def _shell_of(by: Practitioner, now: datetime, path: str) -> Shell:
    return Shell(
        is_demonstration=settings.DEMONSTRATION,
        who=by.name,
        role_line=f"{role_words(by)}, {by.agency.name}",
        account_url=links.page("account"),
        sign_out_url=links.page("sign_out"),
        happened_url=links.page("happened") if may(by, Duty.TELL) else "",
        is_happening=_is_telling(path),
        help_line=by.agency.duty_phone,
        printed=_printed(by, now),
        navigation=_navigation(by, path),
        told=SimpleLazyObject(lambda: told(by, now)),  # asked for by the pages that show it
        silent=SimpleLazyObject(lambda: silent(by, now)),  # likewise: one SQL query more
    )


def role_words(by: Practitioner) -> str:
    return by.job_title or by.get_role_display()


def told(by: Practitioner, now: datetime) -> list[Link]:
    """Return what this reader was told and has not opened: never whom it is about."""
    return [
        Link(f"At {clocks.moment_words(at, now)} you were told that somebody needs you", links.moment(about))
        for about, at in my_unseen(by)
    ]


def _navigation(by: Practitioner, path: str) -> list[Link]:
    found = [(text, links.page(name)) for text, name, duty in NAVIGATION if duty is None or may(by, duty)]
    return [Link(text, url, is_current=_is_current(url, path)) for text, url in found if url]


def _is_current(url: str, path: str) -> bool:
    if url == "/":
        return path == url or (path.startswith("/moments/") and not _is_telling(path))
    return path == url or path.startswith(url + "/")


def _is_telling(path: str) -> bool:
    """Say whether this is one of the pages of "Something has happened", or its receipt."""
    return path.startswith("/happened") or path.endswith("/sent")


def _printed(by: Practitioner, now: datetime) -> str:
    day, last = now.astimezone(clocks.LONDON).date(), (now + SHRED_AFTER).astimezone(clocks.LONDON).date()
    return (
        f"Printed by {by.name}, {day.day} {day:%B %Y}, {clocks.wall_time(now)}."
        f" Shred by {last.day} {last:%B %Y}."
    )
