"""What is each page's address?  Pages that are not there yet have none."""

from django.urls import NoReverseMatch, reverse


def page(name: str, *args: str) -> str:
    try:
        return reverse(f"web:{name}", args=args)
    except NoReverseMatch:
        return ""


def child(ref: str) -> str:
    return page("child", ref)


def moment(ref: str) -> str:
    return page("moment", ref)
