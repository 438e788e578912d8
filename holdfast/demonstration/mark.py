"""Was this database made by `--demo`?  The answer stands on the database itself, so that no other can
pass for one."""

from django.db import connection

FOR_DEMONSTRATION = "Holdfast demonstration, not yet filled"
DEMONSTRATION_BUILT = "Holdfast demonstration"


def read() -> str:
    """Return how this database was marked by `--demo`: "", FOR_DEMONSTRATION or DEMONSTRATION_BUILT."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
        )
        mark = str(cursor.fetchone()[0])
    return mark if mark in (FOR_DEMONSTRATION, DEMONSTRATION_BUILT) else ""


def write(words: str) -> None:
    with connection.cursor() as cursor:
        name = connection.ops.quote_name(connection.settings_dict["NAME"])
        cursor.execute(f"COMMENT ON DATABASE {name} IS %s", [words])
