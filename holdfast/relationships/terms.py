"""The words of trust and of the team around a child.  §7."""

from enum import StrEnum


class NamedBy(StrEnum):
    """Who says that the child trusts someone: the child's own word is a different thing (§4.7)."""

    CHILD = "child"
    STAFF = "staff"


class Advice(StrEnum):
    DO = "do"
    DO_NOT = "do_not"
