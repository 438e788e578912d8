"""What can a sender's system never do, whatever it sends, and is each refusal said in words?"""

import json

import pytest
from django.test import Client

from holdfast.api import bodies
from holdfast.api.urls import api
from holdfast.audit.terms import System
from holdfast.feeds import keys
from holdfast.feeds.applying import apply_waiting
from holdfast.feeds.commands import revoke_key
from holdfast.feeds.models import Delivery, Message, SenderKey
from holdfast.feeds.sending import LARGEST_BODY, MOST_ROWS_SENT
from holdfast.moments.models import Moment
from holdfast.people.models import Child, Person
from tests import make
from tests.api.sender import CUSTODY, NEXT, ROW, Sender, sender

pytestmark = pytest.mark.django_db


@pytest.fixture
def police():
    make.area("701", "Carrow")
    return sender()


def refused(answer, status):
    assert answer.status_code == status, answer.content
    assert set(answer.json()) == {"detail"} and answer.json()["detail"]
    assert answer["Cache-Control"] == "no-store"
    return answer


# --- Without a key, or with another's ------------------------------------------------------------


def test_nobody_without_a_key(police):
    client = Client()
    for headers in ({}, {"Authorization": "Bearer x"}, {"Authorization": f"Basic {police.secret}"}):
        answer = client.post(f"/api/feeds/{CUSTODY}/rows", "[{}]", "application/json", headers=headers)
        assert refused(answer, 401)["WWW-Authenticate"] == "Bearer"
    assert not Delivery.objects.exists()


def test_a_stopped_key_is_refused_on_its_very_next_request(police):
    kept = police.rows(ROW).json()
    revoke_key(by=police.key.made_by, at=make.NOW, key=police.key)
    refused(police.rows(NEXT), 401)
    refused(police.get(kept["address"]), 401)
    assert Delivery.objects.count() == 1


def test_another_feed_is_as_if_it_were_not_there(police):
    other = sender("police_missing/missing")
    theirs = other.rows({"missing_ref": "M/1"}).json()
    same = sender(label="Another system")
    own = same.rows(ROW).json()
    for address in (
        theirs["address"],
        f"/api/feeds/{CUSTODY}/deliveries/{theirs['delivery']}",
        own["address"],  # another key of this very feed
        f"/api/feeds/{CUSTODY}/deliveries/nosuch",
        "/api/feeds/police_missing-missing/quarantine",
        "/api/feeds/no_such-feed/quarantine",
    ):
        assert refused(police.get(address), 404).json() == {
            "detail": "There is no such address for this key."
        }
    refused(police.rows({}, feed="police_missing-missing"), 404)
    assert police.get(f"/api/feeds/{CUSTODY}/quarantine").json()["rows"] == []


def test_a_file_cannot_be_slipped_into_another_feed(police):
    for name in ("missing_2026-11-18.csv", "intel_2026-11-18.csv", "custody_701_2026-11-18.csv", "x.csv"):
        refused(police.file(name, "custody_ref\n"), 422)
    assert police.file("..%2Fpolice_missing%2Fmissing_2026-11-18.csv", "x").status_code == 404
    assert not Delivery.objects.exists()


def test_an_authority_sends_for_itself_alone():
    one, other = sender("yjs/caseload", "701"), sender("yjs/caseload", "702")
    kept = one.rows({"yjs_ref": "Y1"}).json()
    assert Delivery.objects.get().la_code == "701"
    refused(other.get(kept["address"]), 404)
    refused(one.file("caseload_702_2026-11-18.csv", "yjs_ref\n"), 422)
    assert one.file("caseload_701_2026-11-18.csv", "yjs_ref\n").status_code == 202


# --- By construction -------------------------------------------------------------------------------


def test_there_are_four_things_to_ask_and_no_others():
    paths = api.get_openapi_schema()["paths"]
    assert {(method, path.removeprefix("/api")) for path, ways in paths.items() for method in ways} == {
        ("post", "/feeds/{feed}/rows"),
        ("post", "/feeds/{feed}/files/{name}"),
        ("get", "/feeds/{feed}/deliveries/{ref}"),
        ("get", "/feeds/{feed}/quarantine"),
    }


@pytest.mark.parametrize("path", ["/feeds", "/moments/x/end", "/children", "/who-is-who", "/settings"])
def test_a_key_opens_no_page(police, path):
    assert police.client.get(path, headers=police.bearer).status_code in (302, 404)
    assert police.client.post(path, {}, headers=police.bearer).status_code in (302, 403, 404)


def test_no_row_ends_a_moment_joins_people_or_takes_back_a_record(police):
    """Everything that a row could pretend to say, in columns that we know and in those that we do not."""
    police.rows(ROW, {**NEXT, "dob": "04/03/2011"})
    apply_waiting(by=System.FEEDS, at=make.NOW)
    moments, people = Moment.objects.count(), Person.objects.count()
    assert moments == 2
    wishes = {
        "status": "closed", "ended": True, "is_history": True, "withdrawn": "Y", "resolved": "Y",
        "shield": "N", "merge_with": NEXT["custody_ref"], "person": Person.objects.first().ref,
    }  # fmt: skip
    lowered = {**ROW, "outcome": "NFA", "released_at": "18/11/2026 19:30", "appropriate_adult": ""}
    for version, more in enumerate(({}, wishes, {"offence": "Nothing"}, {"dob": "01/01/1970"}), start=2):
        police.rows({**lowered, **more, "record_version": version})
    apply_waiting(by=System.FEEDS, at=make.NOW)
    assert Moment.objects.filter(ending=None, is_history=False).count() == moments
    assert Person.objects.count() == people
    assert Child.objects.count() == 2


# --- What cannot be read, is too much, or comes too fast -------------------------------------------


@pytest.mark.parametrize(
    "body, status",
    [
        ("\x00", 400), (b"\xff\xfe", 400), (b'["\xed\xa0\x80"]', 400), ("[{]", 400),
        ("{}", 422), ("[]", 422), ("[1]", 422), ('[{}, "x"]', 422), ("null", 422), ("[[]]", 422),
        (json.dumps([{}] * (MOST_ROWS_SENT + 1)), 422),
        ("[" * 100_000, 400), ("[" * 5_000 + "]" * 5_000, 400), ("{", 422),
        ("[" + "1" * LARGEST_BODY + "]", 413),
    ],
)  # fmt: skip
def test_what_is_no_list_of_rows_is_not_kept(police, body, status):
    refused(police.rows(body=body), status)
    assert not Delivery.objects.exists()


@pytest.mark.parametrize(
    "row",
    [
        {}, {"custody_ref": ["a"]}, {"custody_ref": {"a": 1}}, {"custody_ref": 10**400},
        {"custody_ref": 1e308}, {"\x00": "\x00"},
        {"custody_ref": "\u202egnp.exe\x00"}, {"custody_ref": "x" * 90_000}, {"custody_ref": "x" * 200_000},
        {"custody_ref": None, "arrested_at": True}, {"Custody Ref": "A", "custody_ref": "B"},
    ],
)  # fmt: skip
def test_a_row_that_makes_no_sense_waits_with_its_reason(police, row):
    kept = police.rows(body=json.dumps([row, ROW]))
    assert kept.status_code == 202, kept.content
    apply_waiting(by=System.FEEDS, at=make.NOW)
    found = police.get(kept.json()["address"]).json()
    assert [one["status"] for one in found["rows"]] == ["quarantined", "applied"]
    assert found["rows"][0]["problems"][0]["reason"]


def test_other_kinds_of_body_are_refused(police):
    refused(police.rows(ROW, content_type="text/csv"), 415)
    refused(
        police.file("custody_2026-11-18.csv", b"--x", content_type="multipart/form-data; boundary=x"), 415
    )
    refused(police.file("custody_2026-11-18.csv", b""), 400)
    refused(police.rows(ROW, **{"Idempotency-Key": "x" * 201}), 422)


def test_a_body_is_never_read_beyond_its_bound(police, monkeypatch):
    monkeypatch.setattr("holdfast.api.operations.LARGEST_FILE", 1_000)
    refused(police.file("custody_2026-11-18.csv", b"x" * 1_001), 413)
    assert police.file("custody_2026-11-18.csv", b"x" * 1_000).status_code == 202
    assert bodies.FORMS


def test_a_flood_of_one_key_is_told_to_wait_and_no_other(police, monkeypatch):
    monkeypatch.setattr(keys, "REQUESTS_A_MINUTE", 6)
    statuses = [police.get(f"/api/feeds/{CUSTODY}/quarantine").status_code for _ in range(9)]
    assert statuses[:7] == [200] * 7 and statuses[8] == 429
    told = refused(police.rows(ROW), 429)
    assert 1 <= int(told["Retry-After"]) <= 10
    assert sender(label="Another").rows(NEXT).status_code == 202
    assert SenderKey.objects.count() == 2


def test_a_file_with_many_rows_is_taken_whole_and_what_follows_waits(police, monkeypatch):
    monkeypatch.setattr(keys, "ROWS_A_MINUTE", 2)
    assert police.rows(*[{"custody_ref": f"A/{n}"} for n in range(6)]).status_code == 202
    told = refused(police.rows(ROW), 429)
    assert 110 <= int(told["Retry-After"]) <= 120
    assert Message.objects.count() == 6


def test_a_file_that_cannot_be_read_is_kept_and_says_so(police):
    kept = police.file("custody_2026-11-18.csv", b"<html>Your session has ended</html>")
    assert kept.status_code == 202
    found = police.get(kept.json()["address"]).json()
    assert found["counts"]["quarantined"] == 1 and found["rows"][0]["row"] == "*"
    assert "web page" in found["rows"][0]["problems"][0]["reason"]
    assert isinstance(police, Sender)
