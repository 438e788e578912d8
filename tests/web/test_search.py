"""Does one box find a child, however a name is spelt and whatever number is known?"""

from datetime import date

import pytest

from holdfast.audit.models import Entry
from holdfast.audit.terms import System
from holdfast.people.commands import state_facts
from holdfast.people.rules import AddressFact, Facts, IdentifierFact, NameFact
from holdfast.people.terms import IdentifierKind, NameKind, Role
from tests import make
from tests.web.pages import cost, signed_in

pytestmark = pytest.mark.django_db


def told(child, **facts):
    record = child.records.first()
    state_facts(by=System.FEEDS, at=make.LONG_AGO, record=record, stated_by="more", facts=Facts(**facts))


@pytest.fixture
def katherine():
    child = make.child(make.area(), name="Katherine Smith-Rowe", born_on=date(2011, 3, 27))
    told(
        child,
        names=(NameFact("Tiz", "", NameKind.NICKNAME),),
        addresses=(AddressFact("4 Plover Court", "NM6 9NE"),),
        identifiers=(
            IdentifierFact(IdentifierKind.NHS, "9994765919"),
            IdentifierFact(IdentifierKind.UPN, "A123456789012"),
            IdentifierFact(IdentifierKind.REFERENCE, "CUS/26/00417", "police"),
        ),
    )
    make.event(child.records.first(), source_ref="701:EX-2291", source="schools/exclusions")
    return child


@pytest.fixture
def client():
    return signed_in(make.practitioner(in_area=make.area()))


@pytest.mark.parametrize(
    "words, why",
    [
        ("Katherine", "Same first name"),
        ("katie smith", "A form of the same first name: Katherine"),
        ("Cathryn Smyth", "Same sounding family name"),
        ("Smithrowe", "Same family name"),
        ("kath", "begins so"),
        ("Katherien", "Same sounding first name"),
        ("Katherime", "spelt nearly alike"),
        ("Tiz", "nickname"),
        ("27 3 2011", "Born 27 March 2011"),
        ("27/03/11", "Born 27 March 2011"),
        ("27.3.2011", "Born 27 March 2011"),
        ("27th March 2011", "Born 27 March 2011"),
        ("27th of march 2011", "Born 27 March 2011"),
        ("27 Mar 11", "Born 27 March 2011"),
        ("2011-03-27", "Born 27 March 2011"),
        ("27032011", "Born 27 March 2011"),
        ("Sunday 27 March 2011", "Born 27 March 2011"),
        ("NM6", "Known at NM6 9NE"),
        ("nm6 9", "Known at NM6 9NE"),
        ("nm69ne", "Known at NM6 9NE"),
        ("999 476 5919", "NHS number 9994765919"),
        ("9994765919", "NHS number 9994765919"),
        ("A1234 5678 9012", "Unique pupil number"),
        ("cus/26/00417", "Custody reference CUS/26/00417"),
        ("EX 2291", "reference EX2291"),
        ("smith 27 3 2011 NM6", "Born 27 March 2011. Known at NM6 9NE"),
    ],
)
def test_found(client, katherine, words, why):
    page = client.post("/search", {"q": words}).content.decode()
    assert "Katherine Smith-Rowe" in page
    assert why in page


@pytest.mark.parametrize(
    "words", ["Margaret", "27 3 2012", "NM7", "9994765911", "katherine NM7", "Smith 28 3 2011", "Lee", "the"]
)
def test_not_found(client, katherine, words):
    assert "Katherine Smith-Rowe" not in client.post("/search", {"q": words}).content.decode()


def test_nobody_else_s_children(katherine):
    stranger = signed_in(make.practitioner(role=Role.MENTOR))
    page = stranger.post("/search", {"q": "Katherine"}).content.decode()
    assert "No one whom you may see was found." in page


def test_words_are_not_kept(client, katherine):
    client.post("/search", {"q": "Katherine Smith"})
    entry = Entry.objects.get(act="web.search")
    assert katherine.ref in entry.note
    assert "ather" not in f"{entry.about} {entry.note}".lower()
    client.post("/search", {"q": "KATHERINE  smith"})
    assert Entry.objects.filter(act="web.search", about=entry.about).count() == 2


def test_an_address_finds_nothing(client, katherine):
    assert "Smith-Rowe" not in client.get("/search?q=Katherine").content.decode()


def test_a_closed_line_finds_nobody(katherine):
    """A mentor on the team may not read police lines, so their reference leads nowhere."""
    mentor = make.practitioner(role=Role.MENTOR)
    make.granted(mentor, katherine)
    make.event(katherine.records.first(), kind="intelligence", source_ref="INT-7781")
    page = signed_in(mentor).post("/search", {"q": "INT-7781"}).content.decode()
    assert "Smith-Rowe" not in page


def test_as_many_queries_for_many(client):
    make.child(make.area(), name="Ann Marsh")
    few = cost(client, "/search", {"q": "Marsh"})
    for number in range(45):
        make.child(make.area(), name=f"Ann{number} Marsh")
    assert cost(client, "/search", {"q": "Marsh"}) == few


def test_the_very_name_among_many_alike(client):
    """A hundred and twenty names that sound alike do not hide the one that was asked for."""
    for number in range(120):
        make.child(make.area(), name=f"Ann{number} Marshe")
    make.child(make.area(), name="Zoe Marsh")
    page = client.post("/search", {"q": "Marsh"}).content.decode()
    assert "Zoe Marsh<" in page
    assert "More people may fit than are shown." in page
