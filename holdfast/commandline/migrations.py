"""Does the database look as this version of Holdfast needs it?"""

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

# How a database made by `--demo` is marked, on the database itself, so that no other can pass for one.
FOR_DEMONSTRATION = "Holdfast demonstration, not yet filled"
DEMONSTRATION_BUILT = "Holdfast demonstration"


def pending() -> int:
    """Return how many migrations have yet to be applied."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def apply() -> int:
    """Bring the database up to date and return how many migrations that took."""
    number = pending()
    if number:
        call_command("migrate", verbosity=0, interactive=False)
    return number


def is_new() -> bool:
    return not MigrationRecorder(connection).has_table()


def demonstration() -> str:
    """Return how this database was marked by `--demo`: "", FOR_DEMONSTRATION or DEMONSTRATION_BUILT."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
        )
        mark = str(cursor.fetchone()[0])
    return mark if mark in (FOR_DEMONSTRATION, DEMONSTRATION_BUILT) else ""


def mark(words: str) -> None:
    with connection.cursor() as cursor:
        name = connection.ops.quote_name(connection.settings_dict["NAME"])
        cursor.execute(f"COMMENT ON DATABASE {name} IS %s", [words])
