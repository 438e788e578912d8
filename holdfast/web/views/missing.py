"""What does a page say that does not exist, to somebody who has signed in and to anyone else?"""

from typing import Any

from django.http import HttpResponse
from django.views.defaults import page_not_found

from holdfast.kit import clock
from holdfast.web.signing_in import practitioner_of


def missing(request: Any, exception: Exception) -> HttpResponse:
    """Answer an address that leads nowhere, with the ways that are open to whoever asked."""
    user = getattr(request, "user", None)
    if request.practitioner is None and user is not None and user.is_authenticated:
        request.now = clock.now()
        request.practitioner = practitioner_of(user, request.now)
    return page_not_found(request, exception)
