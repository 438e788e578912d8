"""Whose secret is this, and may they go on at this pace?"""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from holdfast.feeds.errors import TooFast
from holdfast.feeds.models import SenderKey

SECRET_BYTES = 32
MARK = "holdfast_"  # so that a secret is recognised where it should not be, in a file or a letter
MINUTE = timedelta(minutes=1)
REQUESTS_A_MINUTE = 120  # of one key, our choice: one every half second
ROWS_A_MINUTE = 3_000  # of one key, our choice: half of what one worker applies
# A minute's worth may come at once, our choice.  A file with more rows is taken whole; what follows waits.
AT_ONCE = MINUTE

BEGIN = """
INSERT INTO feeds_pace AS pace (key_id, requests_until, rows_until)
VALUES (%(key)s, %(now)s + %(cost)s, %(now)s)
ON CONFLICT (key_id) DO UPDATE SET requests_until = greatest(pace.requests_until, %(now)s) + %(cost)s
WHERE greatest(pace.requests_until, pace.rows_until) <= %(now)s + %(at_once)s
RETURNING key_id
"""
WAIT = """
SELECT greatest(requests_until, rows_until) - (%(now)s + %(at_once)s) FROM feeds_pace WHERE key_id = %(key)s
"""
COUNT_ROWS = """
UPDATE feeds_pace SET rows_until = greatest(rows_until, %(now)s) + %(cost)s WHERE key_id = %(key)s
"""


def new_secret() -> str:
    return MARK + secrets.token_urlsafe(SECRET_BYTES)


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="surrogateescape")).hexdigest()


def holder_of(secret: str) -> SenderKey | None:
    """Return whose secret this is; nobody's once the key was stopped.  Asked anew at each request."""
    keys = SenderKey.objects.select_related("feed")
    return keys.filter(digest=digest(secret), revoked_at=None).first()


def begin_request(key: SenderKey, now: datetime) -> None:
    """Count a request, for all processes together.  Raises TooFast.  One SQL statement.

    What was spent is paid off as time passes; a key that owes more than a minute's worth has to wait.
    """
    cost = MINUTE / REQUESTS_A_MINUTE
    said: dict[str, Any] = {"key": key.pk, "now": now, "at_once": AT_ONCE, "cost": cost}
    with connection.cursor() as cursor:
        cursor.execute(BEGIN, said)
        if cursor.fetchone():
            return
        cursor.execute(WAIT, said)
        (wait,) = cursor.fetchone()
    raise TooFast(max(1, -(-wait // timedelta(seconds=1))))


def count_rows(key: SenderKey, now: datetime, rows: int) -> None:
    """Count the rows that a request brought."""
    said: dict[str, Any] = {"key": key.pk, "now": now, "cost": rows * MINUTE / ROWS_A_MINUTE}
    with connection.cursor() as cursor:
        cursor.execute(COUNT_ROWS, said)
