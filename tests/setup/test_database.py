"""Is the database what the rest relies on?"""

import pytest
from django.db import ProgrammingError, connection

from holdfast.kit import embedded_postgres

pytestmark = pytest.mark.sql


def one(statement: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def test_the_extensions_are_there(db):
    found = one("SELECT array_agg(extname) FROM pg_extension")
    assert set(embedded_postgres.EXTENSIONS) <= set(found)


def test_the_application_reads_and_writes_what_a_migration_made(as_application):
    one("INSERT INTO django_content_type (app_label, model) VALUES ('a', 'b') RETURNING 1")
    assert one("SELECT current_user") == embedded_postgres.APPLICATION


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (a int)",
        "DROP TABLE django_session",
        "ALTER TABLE django_session DISABLE TRIGGER ALL",
    ],
)
def test_the_application_owns_nothing(as_application, statement):
    with pytest.raises(ProgrammingError, match="permission denied|must be owner"):
        one(statement)


def test_the_application_is_bound_by_policies(db):
    rights = one(
        f"SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = '{embedded_postgres.APPLICATION}'"
    )
    assert rights is False
