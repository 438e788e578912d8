"""Is a child found by all that is said of them by now, whoever said it and whenever the record was opened?"""

import pytest
from django.db import connection

from holdfast.audit.terms import System
from holdfast.people.commands import open_child, state_facts
from holdfast.people.models import Child, Person, Record, RecordName
from holdfast.people.rules import AddressFact, Facts, NameFact
from holdfast.people.searching import Wanted, find
from tests import make

pytestmark = pytest.mark.django_db


def found(name: str = "", postcode: str = "") -> list[Person]:
    wanted = Wanted(names=((name, (name,)),) if name else (), postcodes=(postcode,) if postcode else ())
    return find(Person.objects.all(), [wanted], lambda number: Record.objects.none())[1]


def said(person: Person, *facts: NameFact | AddressFact) -> None:
    names = tuple(fact for fact in facts if isinstance(fact, NameFact))
    homes = tuple(fact for fact in facts if isinstance(fact, AddressFact))
    state_facts(
        by=System.FEEDS,
        at=make.LONG_AGO,
        record=person.records.get(),
        stated_by="row 1",
        facts=Facts(names=names, addresses=homes),
    )


def test_only_children():
    make.person(name="Theo Marsh")
    child = make.child(name="Theo Marsh")
    assert found("theo") == [child]


def test_said_later_and_no_longer():
    child = make.child(name="Theo Marsh")
    said(child, NameFact("Zed"), AddressFact("1 High Street", "NM6 9NE"))
    assert found("zed") == found(postcode="NM6 9") == [child]
    said(child, NameFact("Zedd"), AddressFact("1 High Street", "NM7 1AA"))
    assert found(postcode="NM6 9") == []
    assert found(postcode="NM7") == found("zedd") == [child]
    said(child)
    assert found("zedd") == found(postcode="NM7") == []
    assert found("theo") == [child]


def test_opened_later():
    person = make.person(name="Theo Marsh")
    assert found("theo") == []
    open_child(by=System.SET_UP, at=make.LONG_AGO, person=person, why="A test")
    assert found("theo") == [person]
    Child.objects.all().delete()
    assert found("theo") == []


def test_a_record_that_is_somebody_else_s():
    child, other = make.child(name="Theo Marsh"), make.person(name="Zed Holt")
    record = other.records.get()
    Record.objects.filter(pk=record.pk).update(person=child)
    assert found("zed") == [child]
    Record.objects.filter(pk=record.pk).update(person=other)
    assert found("zed") == []
    Child.objects.update(person=other)
    assert found("zed") == [other]
    assert found("theo") == []


def test_a_corrected_name():
    child = make.child(name="Theo Marsh")
    RecordName.objects.update(given="Zed")
    assert found("zed") == [child]
    assert found("theo") == []


def test_made_again():
    child = make.child(name="Theo Marsh")
    said(child, AddressFact("1 High Street", "NM6 9NE"))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM people_childs_name")
        cursor.execute("DELETE FROM people_childs_postcode")
        cursor.execute("SELECT kit.list_children(array_agg(person_id)) FROM people_child")
    assert found("theo") == found(postcode="NM6") == [child]


def test_the_first_way_that_finds_anybody():
    child = make.child(name="Theo Marsh")
    theo, zed = (Wanted(names=((name, (name,)),)) for name in ("theo", "zed"))
    assert find(Person.objects.all(), [zed, theo], lambda number: Record.objects.none()) == (theo, [child])
    assert find(Person.objects.all(), [zed], lambda number: Record.objects.none()) == (zed, [])
    assert find(Person.objects.all(), [], lambda number: Record.objects.none()) == (Wanted(), [])
