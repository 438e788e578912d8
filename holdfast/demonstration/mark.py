"""Was this database made by `--demo`?  The answer stands on the database itself, so that no other can
pass for one."""

from typing import Any

from django.db import connection

DEMONSTRATION = "Holdfast demonstration"


def read() -> bool:
    """Tell whether `--demo` made this database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
        )
        return str(cursor.fetchone()[0]).startswith(DEMONSTRATION)


def write(words: str = DEMONSTRATION) -> None:
    """Mark this database as made by `--demo`; only the owner of the database can."""
    with connection.cursor() as cursor:
        ops: Any = connection.ops  # PostgreSQL's own know more than the types say
        name = ops.quote_name(connection.settings_dict["NAME"])
        # The server takes no parameters here.
        cursor.execute(ops.compose_sql(f"COMMENT ON DATABASE {name} IS %s", [words]))
