"""Is the demonstration whole, and if not, how far is it?"""

from holdfast.demonstration.models import Visit


def visits() -> list[Visit]:
    """Return every time somebody opened the demonstration, the earliest first.  One SQL query."""
    return list(Visit.objects.order_by("until"))


def first_visit() -> Visit | None:
    """Return the visit for which the demonstration was made.  One SQL query."""
    return Visit.objects.order_by("until").first()
