"""The words of the audit: who acted when nobody was signed in."""

from enum import StrEnum


class System(StrEnum):
    """Named actors that are not people; each has grants like anyone."""

    FEEDS = "feeds"
    MATCHER = "matcher"
    PAGER = "pager"
    SET_UP = "set_up"
