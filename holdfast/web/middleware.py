"""Who is asking, and at what time?  Every page passes through here."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.defaults import page_not_found

from holdfast.access.errors import NotAllowed
from holdfast.access.queries import one_page
from holdfast.audit.commands import record as audit
from holdfast.kit import clock
from holdfast.moments.errors import NoSuchMoment
from holdfast.web.signing_in import practitioner_of

READS = ("GET", "HEAD")
View = Callable[..., HttpResponse]


def open_to_all(view: View) -> View:
    """Mark a view that answers people who have not signed in."""
    view.is_open_to_all = True  # type: ignore[attr-defined]
    return view


class WhoIsAsking:
    """Give each request its practitioner and its time; send everyone else to sign in.

    A stranger to a page is told that there is none, and the attempt is written down.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.practitioner, request.now = None, None  # type: ignore[attr-defined]
        if request.method not in READS:
            return self.get_response(request)
        with one_page():
            return self.get_response(request)

    def process_view(
        self, request: Any, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        request.now = clock.now()
        user = request.user
        request.practitioner = practitioner_of(user, request.now) if user.is_authenticated else None
        if request.practitioner or getattr(view, "is_open_to_all", False):
            return None
        return _to_sign_in(request)

    def process_exception(self, request: Any, error: Exception) -> HttpResponse | None:
        if not isinstance(error, NotAllowed | NoSuchMoment) or request.practitioner is None:
            return None
        # The view's transaction has been undone by now, so that neither waits for the other.
        where = request.resolver_match.view_name if request.resolver_match else ""
        audit(by=request.practitioner, act="web.denied", at=clock.now(), note=where)
        return page_not_found(request, Http404())


def _to_sign_in(request: Any) -> HttpResponse:
    address = settings.LOGIN_URL
    if request.method == "GET" and not request.htmx and request.path != "/":
        address += "?" + urlencode({"next": request.get_full_path()})
    if request.htmx:
        # A part of a page cannot show the sign-in page: the whole page goes there.
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)
