"""What do the pages say while a new demonstration is being made?"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from holdfast.demonstration.queries import first_visit

ASKS_AGAIN = "still"  # the part of its address by which a waiting page asks


class UntilMade:
    """Answer everything with how far the demonstration is, until it is whole.

    Only a start that makes a new demonstration puts this among the middleware: a story half told
    would show children without those who look after them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.is_made = False

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self.is_made:
            first = first_visit()
            self.is_made = first is not None and first.is_told
            if not self.is_made:
                return _being_made(request, first.done if first else 0, first.steps if first else 0)
        if ASKS_AGAIN in request.GET:  # a page that still shows how far it was: open what was asked for
            return HttpResponse(headers={"HX-Refresh": "true"})
        return self.get_response(request)


def _being_made(request: HttpRequest, done: int, steps: int) -> HttpResponse:
    page = render(request, "demonstration/being_made.html", {"done": done, "steps": steps})
    page["Cache-Control"] = "no-store"
    return page
