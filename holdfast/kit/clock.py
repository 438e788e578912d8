"""What time is it, for everything that a promise hangs on?"""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import connection

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    """Return the database's time: one clock for all processes, and one that tests can move."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT kit.now()")
        return cursor.fetchone()[0]
