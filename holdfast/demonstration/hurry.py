"""How is the demonstration made quickly, without loosening anything that pages and workers rely on?"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

ONE_AT_A_TIME = 7_263_002  # the number of the lock that keeps two builders apart
GARBAGE_AFTER = 50_000  # new objects between two looks for garbage, our choice


@contextmanager
def hurrying() -> Iterator[None]:
    """Be the only builder, and let this session's commits reach the disk a moment later.

    A power cut may cost the last steps, never half of one: the builder counts its steps in the same
    transactions and goes on from there.  Every other session waits for the disk as always.
    """
    usual = gc.get_threshold()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        cursor.execute("SET synchronous_commit = off")
    gc.freeze()
    gc.set_threshold(GARBAGE_AFTER)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()
        with connection.cursor() as cursor:
            cursor.execute("RESET synchronous_commit")
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ONE_AT_A_TIME])
