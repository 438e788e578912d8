"""One box that finds a child.  What is typed never stands in an address."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from holdfast.web import links
from holdfast.web.building.search import search as find


@never_cache
@sensitive_post_parameters("q")
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: Any) -> HttpResponse:
    query = request.POST.get("q", "").strip()
    found = find(request.practitioner, query, request.now) if query else None
    context = {"query": query, "found": found, "action": links.page("search"), "now": request.now}
    return render(request, "web/search.html", context)
