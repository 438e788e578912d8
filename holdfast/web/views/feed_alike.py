"""All rows with the very same fault, mended in one go."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from holdfast.feeds import queries
from holdfast.feeds.mending import alike, apply_mended, mend_alike
from holdfast.feeds.models import Message
from holdfast.kit import clock
from holdfast.web.building import feed_alike as building
from holdfast.web.forms.feeds import MendForm
from holdfast.web.views.feeds import SMALL
from holdfast.web.views.reading import posted


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rows_alike(request: Any, ref: str, field: str, number: str) -> HttpResponse:
    message = queries.message_for(request.practitioner, ref, number)
    form = building.form_for(message, field, posted(request)) if message else None
    if message is None or form is None:
        raise Http404
    if request.method == "POST" and form.is_valid():
        return _mended(request, message, form)
    rows = alike(request.practitioner, message, [field])
    page = building.page(message, field, form, rows, request.now)
    return render(request, "web/feed_rows_alike.html", {"page": page}, status=422 if form.errors else 200)


def _mended(request: Any, message: Message, form: MendForm) -> HttpResponse:
    outcome = mend_alike(by=request.practitioner, at=request.now, message=message, values=form.values)
    is_later = len(outcome.mended) > SMALL
    statuses = {} if is_later else apply_mended(clock.now(), outcome.mended)
    messages.success(request, building.result(outcome, statuses, is_later))
    return redirect("web:feed_row", message.delivery.ref, message.row)
