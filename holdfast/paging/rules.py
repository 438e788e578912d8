"""Which step comes next, and when is a message tried again?  §8.2.

Nothing here ever says "stop": a page ends only when a named person answers.
"""

from datetime import timedelta

# All our choice.  A lease is longer than a provider normally needs, so that a worker that died is
# replaced within half a minute and one that is slow is not sent over twice without need.
LEASE = timedelta(seconds=30)
FIRST_RETRY = timedelta(seconds=1)
LONGEST_RETRY = timedelta(seconds=60)
# When a whole ladder finds nobody, look again soon: someone may have been put on the rota.
NOBODY_FOUND = timedelta(seconds=60)


def retry_after(attempts: int) -> timedelta:
    """Return how long to wait after this many failed attempts: doubling, then every minute for ever."""
    doublings = min(max(attempts - 1, 0), 10)
    return min(FIRST_RETRY * 2**doublings, LONGEST_RETRY)


def step_index(number: int, steps: int) -> int:
    """Return which of a ladder's steps the `number`th is, counting from 1 and starting again for ever."""
    return (number - 1) % steps
