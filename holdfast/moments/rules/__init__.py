"""What follows from what happened.  Nothing here reads a clock or a table.

Which happenings are critical moments: `happenings`.  What the clock counts to: `clock`.
"""

from holdfast.moments.rules.clock import (
    MEANINGFUL,
    Clock,
    ClockFacts,
    belongs_to,
    clock_of,
    contact_due,
    first_meaningful,
    window_end,
)
from holdfast.moments.rules.happenings import (
    FURTHEST_APART,
    LARGE_BUTTONS,
    LONGEST_HAPPENING,
    RULES,
    Due,
    EventFacts,
    Telling,
    cause_counts,
    happening_of,
    is_same_happening,
    kinds_from,
    moments_from,
)

__all__ = [
    "Clock",
    "ClockFacts",
    "Due",
    "EventFacts",
    "FURTHEST_APART",
    "LARGE_BUTTONS",
    "LONGEST_HAPPENING",
    "MEANINGFUL",
    "RULES",
    "Telling",
    "belongs_to",
    "cause_counts",
    "clock_of",
    "contact_due",
    "first_meaningful",
    "happening_of",
    "is_same_happening",
    "kinds_from",
    "moments_from",
    "window_end",
]
