"""How is a database put back as migrations left it, after a test whose rows everyone could see?

What migrations brought (kinds of moment and of event, rights) is kept in a schema of its own beside the
tables, and comes back with every restoring, whatever a test did to it.
"""

from django.db import connection, transaction

KEPT = "kept_for_tests"
NEVER_TOUCHED = ("django_migrations",)


def keep() -> None:
    """Remember what migrations brought.  Done once, in the template that all tests' databases copy."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {KEPT}")
        for table in _tables():
            cursor.execute(f"SELECT EXISTS (SELECT FROM {table})")
            if cursor.fetchone()[0]:
                cursor.execute(f"CREATE TABLE {KEPT}.{table} AS TABLE {table}")


def restore() -> None:
    """Take everything away but what migrations brought, and let the database's clock run again."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(_tables())}")
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY 1", [KEPT])
        for (table,) in cursor.fetchall():
            cursor.execute(f"INSERT INTO {connection.ops.quote_name(table)} TABLE {KEPT}.{table}")
        cursor.execute(
            "CREATE OR REPLACE FUNCTION kit.now() RETURNS timestamptz LANGUAGE sql VOLATILE"
            " AS 'SELECT clock_timestamp()'"
        )


def _tables() -> list[str]:
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
    return [connection.ops.quote_name(name) for name in names if name not in NEVER_TOUCHED]
