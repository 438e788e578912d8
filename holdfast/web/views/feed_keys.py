"""The keys with which agencies' systems send rows: make one, stop one, take back what one wrote.  S12."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from holdfast.access.queries import require_duty
from holdfast.access.terms import Duty
from holdfast.feeds import commands, queries
from holdfast.feeds.models import SenderKey
from holdfast.feeds.tables import TABLES
from holdfast.feeds.withdrawing import withdraw_written
from holdfast.web.building import feed_keys as building
from holdfast.web.forms.feed_keys import KeyForm, SinceForm, TakeBackForm
from holdfast.web.views.reading import posted


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: Any, name: str = "") -> HttpResponse:
    require_duty(request.practitioner, Duty.FEEDS)
    if name and name not in {table.title for table in TABLES}:
        raise Http404
    form = KeyForm(posted(request), feed=name)
    if request.method == "POST" and form.is_valid():
        made, secret = commands.make_key(by=request.practitioner, at=request.now, **form.given)
        return _key_page(request, made, secret)
    page = building.page(request.practitioner, name, form, request.now)
    return render(request, "web/feed_keys.html", {"page": page}, status=422 if form.errors else 200)


@never_cache
@require_safe
def key(request: Any, ref: str) -> HttpResponse:
    return _key_page(request, _found(request, ref))


@never_cache
@require_POST
def stop(request: Any, ref: str) -> HttpResponse:
    commands.revoke_key(by=request.practitioner, at=request.now, key=_found(request, ref))
    messages.success(request, "Stopped. Its next request is turned away.")
    return redirect("web:feed_key", ref)


@never_cache
@require_POST
def take_back(request: Any, ref: str) -> HttpResponse:
    form, found = TakeBackForm(request.POST), _found(request, ref)
    if not form.is_valid():
        return redirect("web:feed_key", ref)
    by, at, since = request.practitioner, request.now, form.cleaned_data["since"]
    commands.revoke_key(by=by, at=at, key=found)
    count = withdraw_written(by=by, at=at, key=found, since=since)
    messages.success(request, building.result(count))
    return redirect("web:feed_key", ref)


def _found(request: Any, ref: str) -> SenderKey:
    found = queries.key_for(request.practitioner, ref)
    if found is None:
        raise Http404
    return found


def _key_page(request: Any, found: SenderKey, secret: str = "") -> HttpResponse:
    form = SinceForm(request.GET if "since_day" in request.GET else None, found.made_at, request.now)
    since: datetime = form.cleaned_data["since"] if form.is_valid() else found.made_at
    page = building.of_key(request.practitioner, found, request.now, since, form, secret)
    return render(request, "web/feed_key.html", {"page": page}, status=422 if form.errors else 200)
