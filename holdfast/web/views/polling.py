"""How does a part of a page keep itself up to date?  It asks; there is an answer only when there is news."""

from datetime import datetime
from typing import Any, Protocol

from django.http import HttpResponse
from django.shortcuts import render

from holdfast.web.clocks import wall_time


class Live(Protocol):
    """A page that knows as of when it is, and the address under which its live part asks again."""

    @property
    def as_at(self) -> datetime: ...

    @property
    def live_url(self) -> str: ...


def has_news(request: Any, page: Live) -> bool:
    """Say whether the reader's part says anything else than `page`: the address carries what it said."""
    return not request.htmx or request.get_full_path() != page.live_url


def live(request: Any, page: Live, whole: str, part: str, name: str) -> HttpResponse:
    """Answer with the whole page, with its live part, or with "nothing new"."""
    if not has_news(request, page):
        headers = {"X-As-At": page.as_at.isoformat(), "X-As-At-Words": wall_time(page.as_at)}
        return HttpResponse(status=204, headers=headers)
    return render(request, part if request.htmx else whole, {name: page})
