"""Is a list of keys of any length one and the same statement?"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from holdfast.people.models import Person, Record
from tests import make

pytestmark = pytest.mark.django_db


def test_a_list_of_any_length():
    people = [make.person() for _ in range(3)]
    keys = [person.pk for person in people]
    assert set(Person.objects.filter(pk__among=keys[:2])) == set(people[:2])
    assert set(Record.objects.filter(person__among={keys[0]})) == set(people[0].records.all())
    assert set(Person.objects.filter(ref__among=(person.ref for person in people))) == set(people)
    assert not Person.objects.filter(pk__among=[]).exists()
    assert not Person.objects.filter(ref__among=[]).exists()


def test_one_statement():
    texts = {Person.objects.filter(pk__among=keys).query.sql_with_params()[0] for keys in ([1], [1, 2, 3])}
    assert len(texts) == 1
    with CaptureQueriesContext(connection) as asked:
        list(Person.objects.filter(pk__among=[]))
    assert len(asked) == 1
