"""Which page of a long list is asked for?"""

from typing import Any

LAST_PAGE = 10_000  # beyond this nobody pages


def page_number(request: Any) -> int:
    """Return the number in the address, or the first page for anything that is none."""
    text = request.GET.get("page", "")
    return min(max(int(text), 1), LAST_PAGE) if text.isascii() and text.isdigit() else 1
