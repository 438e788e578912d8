"""The children whose pages are open to this reader."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from holdfast.people.models import Area
from holdfast.web.building import children as building
from holdfast.web.numbers import page_number


@never_cache
@require_safe
def children(request: Any) -> HttpResponse:
    area = Area.objects.filter(code=request.GET.get("area", "")).first()
    page = building.page(request.practitioner, request.now, area, page_number(request))
    return render(request, "web/children.html", page)
