"""Does an export that drifts stop nothing, and is what drifted noticed and told?"""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest

from holdfast.access.errors import NotAllowed
from holdfast.audit.terms import System
from holdfast.feeds.applying import apply_waiting
from holdfast.feeds.commands import receive
from holdfast.feeds.drift import Shape, date_form, drifted, shape_of
from holdfast.feeds.models import Feed, Message
from holdfast.feeds.queries_drift import drift_of, drift_of_each
from holdfast.feeds.tables import table_of
from holdfast.people.terms import Role
from tests import make

CUSTODY = table_of("police_custody", "custody")
NAMES = [column.name for column in CUSTODY.columns]
FIRST = datetime(2025, 11, 3, 6, tzinfo=UTC)
ARREST = {
    "custody_ref": "XH/1/25",
    "record_version": "1",
    "arrested_at": "02/11/2025 22:15",
    "arrived_at": "02/11/2025 23:05",
    "station": "Carrow Central",
    "surname": "MARSH",
    "forenames": "Theo",
    "dob": "04/03/2011",
    "sex": "M",
    "offence": "Possession with intent to supply",
    "outcome": "RUI",
}


def export(*rows, names=NAMES, separator=","):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator)
    writer.writerow(names)
    for row in rows:
        writer.writerow([row.get(name, "") for name in names])
    return out.getvalue()


def arrest(number=1, **more):
    return ARREST | {"custody_ref": f"XH/{number}/25"} | more


# --- Shapes -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text, form",
    [
        ("05/11/2025", "dd/mm/yyyy"),
        ("5/1/2025 22:15", "dd/mm/yyyy"),
        ("05.11.25", "dd.mm.yy"),
        ("05-Nov-2025", "dd-Mon-yyyy"),
        ("05-Nov-25 22:15:00", "dd-Mon-yy"),
        ("5 November 2025", "dd Month yyyy"),
        ("Wed 05/11/2025", "dd/mm/yyyy"),
        ("2025-11-05T22:15:00+00:00", "yyyy-mm-dd"),
        ("soon", ""),
        ("", ""),
    ],
)
def test_the_form_of_a_date(text, form):
    assert date_form(text) == form


def shape(*rows, header=None, encoding="utf-8", names=NAMES):
    text = export(names=names) if header is None else header
    return shape_of(CUSTODY, text, encoding, rows or (ARREST,))


def said(*shapes, known=frozenset({"carrow central"})):
    return [(drift.said, drift.example, drift.first) for drift in drifted(CUSTODY, shapes, known)]


def test_what_is_as_declared_is_no_drift():
    assert said(shape(), shape()) == []


def test_another_order_is_told_once_and_more_columns_are_no_other_order():
    turned = shape(names=NAMES[::-1])
    (order,) = said(shape(), turned, turned)
    assert order[0].startswith("The columns stand in another order") and order[2] == 1
    assert [one[0] for one in said(shape(), shape(names=["Officer", *NAMES]))] == [
        "A column came that we do not use: “Officer”. It is kept with the row."
    ]


def test_a_missing_column_and_another_separator_and_encoding():
    fewer = [name for name in NAMES if name != "nationality"]
    (missing,) = said(shape(), shape(names=fewer))
    assert missing == ("Nationality is no longer sent. The rows are used without it.", "", 1)
    assert said(shape(names=fewer))[0][0].startswith("Nationality is not sent.")
    (separated,) = said(shape(), shape(header=";".join(NAMES)))
    assert "semicolons" in separated[0]
    (written,) = said(shape(), shape(encoding="cp1252"), shape(), shape(encoding="cp1252"))
    assert "Windows-1252" in written[0] and written[2] == 1


def test_dates_codes_and_places():
    new = arrest(dob="04.03.11", outcome="TRANSFERRED", station="Saltby\u202e North")
    found = said(shape(), shape(new))
    assert found == [
        ("Date of birth is written as dd.mm.yy, not as dd/mm/yyyy. It is read.", "04.03.11", 1),
        ("Outcome has a code that is in no list of ours.", "TRANSFERRED", 1),
        ("Custody suite names a place that we do not know.", "Saltby[U+202E] North", 1),
    ]
    assert said(shape(new), shape(new))[0][2] == 0, "before, and so no change"


@pytest.mark.parametrize("header", ["", '"never closed', "\x00,\x00", "a" * 300_000, "," * 600])
def test_no_heading_makes_it_fail(header):
    assert isinstance(shape(header=header), Shape)
    drifted(CUSTODY, [shape(header=header), shape()], frozenset())


# --- Deliveries -------------------------------------------------------------------------------------


@pytest.fixture
def steward():
    return make.practitioner(role=Role.ANALYST, in_area=make.area())


def sent(day, text, la_code=""):
    at = FIRST + timedelta(days=day)
    name = f"police_custody/custody{la_code and '_' + la_code}_{at:%Y-%m-%d}.csv"
    receive(by=System.FEEDS, at=at, path=name, content=text.encode())
    apply_waiting(by=System.FEEDS, at=at)


@pytest.mark.django_db
def test_an_export_that_drifts_stops_nothing_and_is_told(steward):
    sent(0, export(arrest(1), arrest(2)))
    sent(1, export(arrest(3)))
    names = ["Officer", *(name for name in NAMES if name not in ("nationality", "bail_return_at"))][::-1]
    drifted_rows = [
        arrest(4, arrested_at="05-Nov-2025 22:15", dob="04.03.11", station="Saltby North"),
        arrest(5, arrested_at="05.11.25 22:15", dob="04-Mar-11", outcome="TRANSFERRED"),
    ]
    sent(2, export(*drifted_rows, names=names, separator=";"))
    assert set(Message.objects.values_list("status", flat=True)) == {"applied"}
    seen = drift_of(steward, Feed.objects.get())
    assert all(one.since.path.endswith("2025-11-05.csv") for one in seen if one.is_new)
    words = "\n".join(f"{one.drift.said} {one.drift.example}" for one in seen if one.is_new)
    for word in ("another order", "Officer", "Nationality is no longer", "semicolons", "dd-Mon-yyyy",
                 "dd.mm.yy", "TRANSFERRED", "Saltby North"):  # fmt: skip
        assert word in words
    assert "Carrow Central" in "\n".join(one.drift.example for one in seen if not one.is_new)


@pytest.mark.django_db
def test_what_one_authority_sends_is_no_change_of_anothers(steward):
    for day in range(4):
        sent(day, export(arrest(day), names=NAMES if day % 2 else NAMES[::-1]), la_code=f"99{day % 2}")
    assert [one for one in drift_of(steward, Feed.objects.get()) if one.is_new] == []


@pytest.mark.django_db
def test_a_file_that_cannot_be_read_is_no_drift(steward):
    sent(0, export(arrest(1)))
    sent(1, "<html>Your session has ended</html>")
    sent(2, export(arrest(2)))
    assert [
        one for one in drift_of(steward, Feed.objects.get(name="police_custody/custody")) if one.is_new
    ] == []


@pytest.mark.django_db
def test_only_for_those_who_look_after_feeds():
    with pytest.raises(NotAllowed):
        drift_of_each(make.practitioner(role=Role.MENTOR), [])


@pytest.mark.django_db
def test_three_queries_however_many_feeds_and_none_for_what_was_seen(steward, django_assert_max_num_queries):
    sent(0, export(arrest(1)))
    for day in range(1, 5):
        sent(day, export(arrest(day + 1), names=NAMES[::-1]))
    receive(by=System.FEEDS, at=FIRST, path="yjs/court_991_2025-11-03.csv", content=b"x")
    feeds = list(Feed.objects.all())
    with django_assert_max_num_queries(6):
        first = drift_of_each(steward, feeds)
    with django_assert_max_num_queries(5):
        assert drift_of_each(steward, feeds) == first
