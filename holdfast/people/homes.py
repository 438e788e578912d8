"""From when until when was which area a child's home?"""

from collections.abc import Collection

from holdfast.people.models import AreaResponsibility


def lay_end_to_end(homes: Collection[AreaResponsibility], touched: Collection[AreaResponsibility]) -> None:
    """Let each of one person's homes end where the next begins, whichever was heard of first.

    Saves those that `touched` names or that end elsewhere than before.
    """
    laid = sorted(homes, key=lambda home: (home.starts_on, home.area_id, home.stated_by))
    # The one without an end comes last: only one may be open at a time.
    for home, following in zip(laid, [*laid[1:], None], strict=False):  # there may be none
        ends_on = following.starts_on if following else None
        if home.ends_on != ends_on or home in touched:
            home.ends_on = ends_on
            home.save()
