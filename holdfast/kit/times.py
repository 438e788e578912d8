"""How are times read from the database?  By Python's own compiled reader of ISO 8601.

Django's loader takes 3 µs a time, which was 3 of the 33 ms of a board of 121 moments; this takes 0.5 µs.
"""

from datetime import UTC, datetime
from typing import Any

from django.db.backends.postgresql.psycopg_any import BaseTzLoader, get_adapters_template


class TimeLoader(BaseTzLoader):
    timezone = UTC  # Django asks its loader for it, and puts its own in place of one that differs

    def load(self, data: Any) -> datetime:
        try:
            at = datetime.fromisoformat(str(data, "ascii"))
        except ValueError:  # infinity, or a year of five digits: psycopg says which
            return super().load(data)
        return at if at.tzinfo is UTC else at.astimezone(UTC)


get_adapters_template(True, UTC).register_loader("timestamptz", TimeLoader)
