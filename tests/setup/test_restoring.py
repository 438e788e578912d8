"""Does a test whose rows everyone can see leave the database as migrations left it?"""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from holdfast.chronology.models import Kind as EventKind
from holdfast.kit.clock import now
from holdfast.moments.kinds import DEFAULT_KINDS
from holdfast.moments.models import Kind
from holdfast.people.models import Person
from tests import make, restoring

LABELS = {kind.code: kind.label for kind in DEFAULT_KINDS}


def spoil() -> None:
    make.event(make.child().records.get())
    Kind.objects.filter(code="arrest").update(label="Something else")
    Kind.objects.exclude(code="arrest").delete()
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION kit.now() RETURNS timestamptz LANGUAGE sql VOLATILE"
            " AS 'SELECT timestamptz ''2020-01-01 12:00+00'''"
        )


def is_as_migrations_left_it() -> bool:
    return (
        dict(Kind.objects.values_list("code", "label")) == LABELS
        and EventKind.objects.exists()
        and not Person.objects.exists()
        and abs(now() - datetime.now(UTC)) < timedelta(minutes=1)
    )


def test_what_migrations_brought_comes_back(seen_by_all):
    assert is_as_migrations_left_it()
    spoil()
    assert not is_as_migrations_left_it()
    restoring.restore()
    assert is_as_migrations_left_it()
    spoil()  # the fixture puts it right, for the next test


@pytest.mark.django_db(transaction=True)
def test_a_test_with_transactions_of_its_own_may_spoil_everything():
    assert is_as_migrations_left_it()
    spoil()


@pytest.mark.django_db(transaction=True)
def test_the_next_one_finds_all_as_it_was():
    assert is_as_migrations_left_it()
