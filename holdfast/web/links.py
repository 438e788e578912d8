"""What is each page's address?  Pages that are not there yet have none."""

from functools import lru_cache

from django.urls import NoReverseMatch, reverse

REMEMBERED = 10_000  # addresses: a board with a link in every line is asked for every few seconds


@lru_cache(REMEMBERED)
def page(name: str, *args: str) -> str:
    try:
        return reverse(f"web:{name}", args=args)
    except NoReverseMatch:
        return ""


def child(ref: str) -> str:
    return page("child", ref)


def moment(ref: str) -> str:
    return page("moment", ref)
