"""Who is on duty this week, for everyone who works here to see."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from holdfast.web.building import rota as building
from holdfast.web.numbers import page_number
from holdfast.web.queries import areas_for


@never_cache
@require_safe
def rota(request: Any, code: str = "") -> HttpResponse:
    areas = building.partner_areas()
    mine = areas_for(request.practitioner, request.now) or areas
    chosen = next((area for area in areas if area.code == code), None)
    number = page_number(request)
    if (code and chosen is None) or number > building.LAST_WEEK:
        raise Http404
    area = chosen or (mine[0] if mine else None)
    page = building.page(request.practitioner, area, areas, request.now, number)
    return render(request, "web/rota.html", {"page": page})
