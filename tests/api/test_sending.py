"""Is what a sender's system sends kept before it is told so, and can she see what became of it?"""

import pytest

from holdfast.audit.terms import System
from holdfast.chronology.models import Event
from holdfast.feeds.applying import apply_waiting
from holdfast.feeds.models import Delivery, Message
from holdfast.feeds.queries_drift import drift_of
from holdfast.moments.models import Moment
from tests import make
from tests.api.sender import BAD, NEXT, ROW, sender

pytestmark = pytest.mark.django_db


@pytest.fixture
def police():
    make.area("701", "Carrow")
    return sender()


def test_rows_are_kept_applied_later_and_accounted_for(police):
    answer = police.rows(ROW, BAD)
    assert answer.status_code == 202, answer.content
    said = answer.json()
    assert (said["rows"], said["is_new"]) == (2, True)
    assert answer["Cache-Control"] == "no-store" and not answer.cookies
    assert set(Message.objects.values_list("status", flat=True)) == {"waiting"}, "the answer never waits"
    waiting = police.get(said["address"]).json()
    assert waiting["counts"]["waiting"] == 2
    apply_waiting(by=System.FEEDS, at=make.NOW)
    found = police.get(said["address"]).json()
    assert found["counts"] == {
        "received": 2, "waiting": 0, "applied": 1, "duplicate": 0, "superseded": 0, "quarantined": 1
    }  # fmt: skip
    (problem,) = found["rows"][1]["problems"]
    assert problem["field"] == "arrested_at"
    assert "31/11/2026 09:00" in problem["reason"]
    assert Event.objects.get().title == "Arrested, and taken to Carrow Central"
    assert Moment.objects.get().kind_id == "arrest"
    refused = police.get("/api/feeds/police_custody-custody/quarantine").json()
    assert [(row["delivery"], row["row"]) for row in refused["rows"]] == [(said["delivery"], "2")]


def test_each_row_is_kept_exactly_as_it_was_sent(police):
    police.rows(body='[ {"custody_ref":"A/1" ,"extra": [1]} , {"Custody Ref": "A/2"}]')
    assert list(Message.objects.order_by("pk").values_list("text", flat=True)) == [
        '{"custody_ref":"A/1" ,"extra": [1]}', '{"Custody Ref": "A/2"}'
    ]  # fmt: skip


def test_the_same_again_is_the_same_sending(police):
    first, again = police.rows(ROW), police.rows(ROW)
    assert (first.status_code, again.status_code) == (202, 200)
    assert again.json() == first.json() | {"is_new": False}
    other = police.rows(NEXT)
    assert other.json()["delivery"] != first.json()["delivery"]
    assert Delivery.objects.count() == 2


def test_a_sending_can_have_a_name_of_its_own(police):
    first = police.rows(ROW, **{"Idempotency-Key": "job-1"})
    assert police.rows(ROW, **{"Idempotency-Key": "job-1"}).status_code == 200
    assert police.rows(NEXT, **{"Idempotency-Key": "job-1"}).status_code == 409
    second = police.rows(ROW, **{"Idempotency-Key": "job-2"})
    assert second.status_code == 202, "said again after something else, it counts again"
    assert first.json()["delivery"] != second.json()["delivery"]
    apply_waiting(by=System.FEEDS, at=make.NOW)
    assert sorted(Message.objects.values_list("status", flat=True)) == ["applied", "duplicate"]


def test_an_export_that_drifts_stops_nothing_and_is_noticed(police):
    by = police.key.made_by
    police.rows(ROW)
    assert not [seen for seen in drift_of(by, police.key.feed) if "column" in seen.drift.said.lower()]
    drifted = {
        "Officer Collar No": "1234", "SURNAME": "TARN", "forenames": "Isla", "Custody-Ref": "CW/7/26",
        "arrested_at": "05-Nov-2026 10:00", "station": "Northgate", "offence": "Affray",
    }  # fmt: skip
    kept = police.rows(drifted).json()
    apply_waiting(by=System.FEEDS, at=make.NOW)
    assert police.get(kept["address"]).json()["counts"]["applied"] == 1
    assert Event.objects.get(source_ref="CW/7/26").happened_at.isoformat().startswith("2026-11-05T10:00")
    said = " ".join(seen.drift.said + seen.drift.example for seen in drift_of(by, police.key.feed))
    assert "Officer Collar No" in said and "dd-Mon-yyyy" in said and "Northgate" in said


def test_a_refused_row_is_sent_again_mended(police):
    police.rows(BAD)
    apply_waiting(by=System.FEEDS, at=make.NOW)
    again = police.rows({**BAD, "arrested_at": "30/11/2025 09:00"}).json()
    apply_waiting(by=System.FEEDS, at=make.NOW)
    assert police.get(again["address"]).json()["counts"]["applied"] == 1
