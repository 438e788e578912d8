"""The live board.  S3."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from holdfast.audit.commands import record as audit
from holdfast.web.building.now import board
from holdfast.web.views.polling import has_news, live

LONGEST_NOTE = 300  # characters, the column's length


@never_cache
@require_safe
def now(request: Any) -> HttpResponse:
    """The board, and the part of it that asks again; one audit line for what was newly shown."""
    page = board(request.practitioner, request.now, request.GET.get("area", ""))
    if has_news(request, page) and page.refs:
        refs = " ".join(page.refs)[:LONGEST_NOTE]
        audit(by=request.practitioner, act="web.read_board", at=request.now, note=refs)
    return live(request, page, "web/now.html", "web/now_live.html", "board")
