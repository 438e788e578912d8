"""Does a row name the people its sender meant, under readable names?"""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.feeds.mentions import READERS, mentions
from holdfast.feeds.mentions.naming import read_name, tidy
from holdfast.feeds.mentions.shape import home, nhs_number, phones, upn
from holdfast.feeds.tables import TABLES, table_of
from holdfast.people.terms import AddressKind, IdentifierKind, NameKind


@pytest.mark.parametrize(
    "sent, shown",
    [
        ("GORDON", "Gordon"),
        ("O'NEILL", "O'Neill"),
        ("MCDONALD", "McDonald"),
        ("DARKO-MENSAH", "Darko-Mensah"),
        ("ŽIGOVÁ", "Žigová"),
        ("McDonald", "McDonald"),
        ("ebo", "Ebo"),
        ("van der Berg", "van der Berg"),
        ("  Kofi   Asante ", "Kofi Asante"),
        ('Joseph\nSee also "note" on file', "Joseph"),
    ],
)
def test_names_are_made_readable(sent, shown):
    assert tidy(sent) == shown


@pytest.mark.parametrize(
    "sent, given, family, initial, nicknames",
    [
        ("Kofi Asante", "Kofi", "Asante", "", ()),
        ("Nate SUTCLIFFE", "Nate", "Sutcliffe", "", ()),
        ("NAYLOR, Reece", "Reece", "Naylor", "", ()),
        ("Harrison R", "Harrison", "", "R", ()),
        ("Conor", "Conor", "", "", ()),
        ("Kofi ('Fizz')", "Kofi", "", "", ("Fizz",)),
        ("Kofi Asante (Fizz)", "Kofi", "Asante", "", ("Fizz",)),
        ('ŽIGA, Mario aka "Munch"', "Mario", "Žiga", "", ("Munch",)),
        ("Mario Ziga aka Munch", "Mario", "Ziga", "", ("Munch",)),
        ('"Rico"', "", "", "", ("Rico",)),
        ("“Rico”", "", "", "", ("Rico",)),
        ("Siobhan O'Neill", "Siobhan", "O'Neill", "", ()),
        ("Piet van der Berg", "Piet", "van der Berg", "", ()),
        ("did not give", "", "", "", ()),
        ("Unknown", "", "", "", ()),
        ("?", "", "", "", ()),
        ("", "", "", "", ()),
    ],
)
def test_a_name_in_one_piece_comes_apart(sent, given, family, initial, nicknames):
    read = read_name(sent)
    assert (read.given, read.family, read.initial, read.nicknames) == (given, family, initial, nicknames)


def test_a_surname_of_two_words_is_known_from_the_household():
    assert read_name("Eleanor Robinson Burscough", "Robinson Burscough").family == "Robinson Burscough"
    assert read_name("Eleanor Robinson Burscough", "Hill").family == "Burscough"


@given(st.text(max_size=40))
def test_no_text_makes_naming_fail(text):
    read = read_name(text)
    assert tidy(tidy(text)) == tidy(text)
    assert len(read.given) <= 130 and len(read.initial) <= 3


def named(feed, table, la_code="991", **values):
    return mentions(table_of(feed, table), values, la_code)


def test_every_export_says_whom_its_rows_name_even_when_they_say_nothing():
    assert set(READERS) == {table.title for table in TABLES}
    for table in TABLES:
        for found in (mentions(table, {}, ""), mentions(table, {c.name: None for c in table.columns}, "")):
            assert all(not m.names and m.born_on is None for m in found), table.title


def test_a_name_given_in_custody_may_not_be_the_persons():
    (doubted,) = named(
        "police_custody", "custody", surname="JAMA", forenames="Zak", alias_details="name not verified"
    )
    assert [name.kind for name in doubted.names] == [NameKind.UNVERIFIED]
    note = "gave name as Isabelle ELLISON"
    (known,) = named(
        "police_custody", "custody", surname="MAHAD", forenames="Yahya", alias_details=note, address="NFA"
    )
    assert [(str(name), name.kind) for name in known.names] == [
        ("Yahya Mahad", NameKind.RECORDED),
        ("Isabelle Ellison", NameKind.ALIAS),
    ]
    assert known.addresses == ()


def test_people_in_intelligence_are_counted_as_they_stand():
    people = [
        'ŽIGA, Mario (09/11/2008) aka "Munch"',
        "Crina (approx 15 yrs)",
        '"Rico"',
        "GAYLE, Tanisha",
        "KHAN, Ali (31/02/2010)",
    ]
    found = named("police_intel", "intel", subjects="; ".join(people))
    assert [m.field for m in found] == [f"subjects[{n}]" for n in range(5)]
    assert [(m.given_names, m.family_name, m.nickname) for m in found] == [
        ("Mario", "Žiga", "Munch"),
        ("Crina", "", ""),
        ("", "", "Rico"),
        ("Tanisha", "Gayle", ""),
        ("Ali", "Khan", ""),
    ]
    assert [(m.born_on, m.approx_age) for m in found] == [
        (date(2008, 11, 9), None),
        (None, 15),
        (None, None),
        (None, None),
        (None, None),
    ]
    assert found[2].names[0].kind == NameKind.NICKNAME


def test_children_of_a_household_live_with_the_applicant():
    grown_up, first, second = named(
        "housing",
        "requests",
        applicant_surname="Hill Top",
        applicant_forename="Ann",
        phone="+44 7700 900548",
        address="4 Plover Court",
        postcode="nm19ej",
        household_ref="HH1",
        household_members="Joe Hill Top 13/09/2009; Wang Hao 15/07/2012",
    )
    assert (grown_up.phone, grown_up.postcode) == ("07700900548", "NM1 9EJ")
    assert (first.field, first.given_names, first.family_name) == ("household_members[0]", "Joe", "Hill Top")
    assert (second.field, second.born_on) == ("household_members[1]", date(2012, 7, 15))
    assert first.addresses == grown_up.addresses
    assert {i.kind for i in first.identifiers} == {IdentifierKind.HOUSEHOLD}


def test_a_condition_names_those_to_be_kept_apart():
    text = "Not to contact Crina Cojocaru, Lenka Žigová or Jermaine Campbell directly or indirectly."
    found = named("yjs", "court", surname="Osei", condition_detail=text)
    assert [(m.field, m.given_names, m.family_name) for m in found[1:]] == [
        ("condition_detail[0]", "Crina", "Cojocaru"),
        ("condition_detail[1]", "Lenka", "Žigová"),
        ("condition_detail[2]", "Jermaine", "Campbell"),
    ]
    assert len(named("yjs", "court", surname="Osei", condition_detail="2100-0600 home address")) == 1


def test_a_call_names_the_child_the_caller_and_a_companion():
    found = named(
        "parents",
        "concerns",
        child_name="Ama M",
        child_age=14,
        caller_name="Efua Mensah",
        caller_phone="07700 900 505",
        caller_relationship="mother",
        address_or_area="NM3 2YE",
        worry="Ama gone again since yesterday, phone off, last seen with Munch",
    )
    assert [m.field for m in found] == ["subject", "caller_name", "worry[0]"]
    assert (found[0].family_initial, found[0].postcode, found[0].address) == ("M", "NM3 2YE", "")
    assert (found[1].relationship, found[1].phone) == ("mother", "07700900505")
    assert found[2].given_names == "Munch"
    assert (
        len(named("parents", "concerns", child_name="Ama", caller_name="did not give", worry="Out late")) == 1
    )


def test_a_tracker_line_names_those_the_young_person_was_with():
    found = named(
        "voluntary", "contacts", name="Ebo Darko-Mensah", no=79, age=12, who_with="Munch & Quiet-O, Lubna"
    )
    assert [(m.field, m.given_names) for m in found] == [
        ("subject", "Ebo"),
        ("network[0]", "Munch"),
        ("network[1]", "Quiet-O"),
        ("network[2]", "Lubna"),
    ]


def test_one_number_of_two_authorities_is_two_numbers():
    (ours,) = named("social_care", "ssd_person", "991", pers_person_id="300628")
    (theirs,) = named("social_care", "ssd_person", "992", pers_person_id="300628")
    (again,) = named("social_care", "ssd_missing", "991", miss_person_id="300628")
    assert ours.identifiers == again.identifiers != theirs.identifiers


def test_an_address_of_the_dataset_is_one_line():
    parts = {
        "ROOM": "",
        "FLAT": "Flat 2",
        "HOUSE": "118",
        "STREET": "Fellside Court",
        "TOWN": "Northmere",
        "UPRN": "",
    }
    (found,) = named(
        "social_care",
        "ssd_address",
        addr_person_id="1",
        addr_address_json=parts,
        addr_address_postcode="NM16YQ",
        addr_address_type="Placement",
        addr_address_start_date=date(2026, 1, 9),
    )
    assert (found.address, found.postcode) == ("Flat 2, 118 Fellside Court, Northmere", "NM1 6YQ")
    assert (found.addresses[0].kind, found.addresses[0].starts_on) == (
        AddressKind.PLACEMENT,
        date(2026, 1, 9),
    )


def test_numbers_that_fail_their_check_name_nobody():
    assert nhs_number("999 000 0018") == nhs_number("9990000018") != ()
    assert nhs_number("9990000019") == nhs_number("99900000") == nhs_number("") == ()
    assert upn("t991401515038") == upn("T991401515038") != ()
    assert upn("A991401515038") == upn("T99140151503") == ()


def test_telephone_numbers_are_written_one_way():
    assert phones("+44 7700 900501; 07700 900 501;07700900908; 12") == ("07700900501", "07700900908")


def test_a_postcode_is_found_inside_an_address():
    assert home("4 Plover Court NM3 2YE")[0].postcode == "NM3 2YE"
    assert home("NFA") == home("") == ()
