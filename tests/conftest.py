"""What every test starts from: a migrated database of its own, copied, not made."""

import os
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.test import TransactionTestCase

from holdfast.kit import embedded_postgres
from tests import restoring, server

TEMPLATE = "holdfast_template_"
IN_FULL = bool(os.environ.get("HOLDFAST_TEST_ALL"))  # set by ./test --all
EXAMPLES = 2_000  # of each property in full, our choice; by default Hypothesis's own 100

hypothesis.settings.register_profile("sampled", deadline=None)
hypothesis.settings.register_profile("in full", deadline=None, max_examples=EXAMPLES)
hypothesis.settings.load_profile("in full" if IN_FULL else "sampled")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what ./test only samples; the sample itself bears no such mark."""
    if IN_FULL:
        return
    for item in items:
        if item.get_closest_marker("heavy"):
            item.add_marker(pytest.mark.skip(reason="takes minutes: run by ./test --all (HOLDFAST_TEST_ALL)"))


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    """Replace pytest-django's: copy a migrated template instead of migrating for each run."""
    # Django would flush what migrations brought along with what a test wrote.
    TransactionTestCase._fixture_teardown = lambda case: restoring.restore()
    with server.running_server() as address, server.slot() as number:
        databases, mine = server.Databases(address), f"test_holdfast_{number}"
        with django_db_blocker.unblock(), databases.alone():
            databases.drop(mine)
            databases.create(mine, like=_template(databases, address))
            _use(address, mine)
        yield
        with django_db_blocker.unblock():
            connections.close_all()
        databases.drop(mine)
        databases.connection.close()


def _template(databases: server.Databases, address: dict[str, Any]) -> str:
    """Return the name of an unused database with today's migrations applied, making it if need be."""
    template = TEMPLATE + server.migrations_digest()
    if template not in databases.names(TEMPLATE):
        unfinished = f"unfinished_{template}"
        databases.drop(unfinished)
        databases.create(unfinished)
        _use(address, unfinished)
        call_command("migrate", verbosity=0, interactive=False)
        restoring.keep()
        connections.close_all()
        for stale in databases.names(TEMPLATE):
            databases.drop(stale)
        databases.rename(unfinished, template)
    return template


def _use(address: dict[str, Any], name: str) -> None:
    connection.close()
    known = {"user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    connection.settings_dict.update(
        {known[key]: str(value) for key, value in address.items() if key in known}
    )
    connection.settings_dict["NAME"] = name


@pytest.fixture
def seen_by_all(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Let other connections and processes see what the test writes; afterwards it is taken away again."""
    with django_db_blocker.unblock():
        yield
        restoring.restore()


@pytest.fixture
def database_url(seen_by_all: None) -> str:
    """The address of this run's database as its owner, for tests that start processes."""
    found = connection.settings_dict
    secret = f":{found['PASSWORD']}" if found["PASSWORD"] else ""
    return f"postgresql://{found['USER']}{secret}@/{found['NAME']}?host={found['HOST']}&port={found['PORT']}"


@pytest.fixture
def as_application(db: None) -> None:
    """Act with the application's rights, not with the owner's, until the test's transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {embedded_postgres.APPLICATION}")
