"""A child's timeline, and its filters on a page of their own for a phone.  S12."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from holdfast.web.building import timeline as building
from holdfast.web.building.of_child import frame, shown
from holdfast.web.views.reading import child_of, note_read


@never_cache
@require_safe
def timeline(request: Any, ref: str, filter_only: bool = False) -> HttpResponse:
    person = child_of(request, ref)
    whole = shown(request.practitioner, person, request.now)
    page = building.page(request.practitioner, whole, request.now, request.GET, filter_only)
    note_read(request, person, "timeline")
    return render(request, "web/timeline.html", frame(whole, request.now, "timeline") | {"page": page})
