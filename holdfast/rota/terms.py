"""The words of the rota."""

from enum import StrEnum


class Whom(StrEnum):
    """Who is told at a step.  A step that finds nobody costs no time."""

    ON_NOW = "on_now"
    NEXT_ON = "next_on"
    NAMED = "named"
    EVERYONE = "everyone_on_the_list"
