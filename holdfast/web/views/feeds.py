"""What agencies sent, what became of it, and what can be done about it."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from holdfast.access.queries import require_duty
from holdfast.access.terms import Duty
from holdfast.audit.terms import System
from holdfast.feeds import commands, queries
from holdfast.feeds.applying import apply_delivery, apply_rows
from holdfast.feeds.mending import alike_counts, common_faults
from holdfast.kit import clock
from holdfast.web import links
from holdfast.web.building import feed_alike, feed_row
from holdfast.web.building import feeds as building
from holdfast.web.forms.feeds import FeedForm, UploadForm
from holdfast.web.numbers import page_number
from holdfast.web.parts import FormPart, Link
from holdfast.web.views.reading import posted

SMALL = 200  # rows applied while the sender waits; larger files are left to the worker, our choice
LEAD = "It is kept exactly as it is. The same file sent twice changes nothing."


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def feeds(request: Any) -> HttpResponse:
    require_duty(request.practitioner, Duty.FEEDS)
    form = UploadForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return _received(request, form)
    part = FormPart(
        form, links.page("feeds"), "Send this file", "Send a file here", LEAD, key="send", takes_files=True
    )
    page = building.page(request.practitioner, request.now, part)
    return render(request, "web/feeds.html", {"page": page}, status=422 if form.errors else 200)


def _received(request: Any, form: UploadForm) -> HttpResponse:
    content = form.cleaned_data["file"].read()
    delivery, is_new = commands.receive(
        by=request.practitioner, at=request.now, path=form.path, content=content
    )
    if not is_new:
        messages.info(request, "This very file had come before. Nothing was changed.")
    elif delivery.messages.count() <= SMALL:
        apply_delivery(by=System.FEEDS, at=clock.now(), delivery=delivery)
    return redirect("web:delivery", delivery.ref)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def feed(request: Any, name: str) -> HttpResponse:
    state = queries.feed_for(request.practitioner, name)
    if state is None:
        raise Http404
    form = FeedForm.of(state.feed, posted(request))
    if request.method == "POST" and form.is_valid():
        commands.change_feed(by=request.practitioner, at=request.now, feed=state.feed, **form.changes)
        return redirect("web:feed", name)
    page = building.feed(request.practitioner, state, request.now, page_number(request))
    part = FormPart(form, links.page("feed", name), "Keep this", "About this feed", is_quiet=True)
    return render(request, "web/feed.html", {"page": page | {"change": part}})


@never_cache
@require_safe
def delivery(request: Any, ref: str) -> HttpResponse:
    one = queries.delivery_for(request.practitioner, ref)
    if one is None:
        raise Http404
    page = building.delivery(request.practitioner, one, request.now, page_number(request))
    return render(request, "web/delivery.html", {"page": page})


@never_cache
@require_safe
def quarantine(request: Any) -> HttpResponse:
    state = queries.feed_for(request.practitioner, request.GET.get("feed", ""))
    number, most = page_number(request), building.ON_A_PAGE
    found = queries.to_mend(request.practitioner, feed=state.feed if state else None)
    rows = list(found[(number - 1) * most : number * most + 1])
    asked = urlencode({"feed": state.feed.name if state else "", "page": number + 1})
    context = {
        "rows": [building.row_of(message, request.now) for message in rows[:most]],
        "feed": state.feed.label if state else "",
        "common": feed_alike.common(common_faults(request.practitioner, state.feed if state else None)),
        "older": Link("More rows", f"?{asked}") if len(rows) > most else None,
    }
    return render(request, "web/quarantine.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def row(request: Any, ref: str, number: str) -> HttpResponse:
    message = queries.message_for(request.practitioner, ref, number)
    if message is None:
        raise Http404
    form = feed_row.form_for(message, posted(request))
    if request.method == "POST" and form and form.is_valid():
        return _mended(request, message, form)
    page = feed_row.page(message, form, request.now, alike_counts(request.practitioner, message))
    return render(
        request, "web/quarantine_row.html", {"page": page}, status=422 if form and form.errors else 200
    )


def _mended(request: Any, message: Any, form: Any) -> HttpResponse:
    commands.mend(by=request.practitioner, at=request.now, message=message, values=form.values)
    apply_rows(by=System.FEEDS, at=request.now, keys=[message.pk])
    message.refresh_from_db()
    messages.success(request, feed_row.result(message, message.problems.count()))
    return redirect("web:feed_row", message.delivery.ref, message.row)
