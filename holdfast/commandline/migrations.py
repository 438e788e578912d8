"""Does the database look as this version of Holdfast needs it?"""

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder


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
