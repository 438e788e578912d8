"""Can rows that wait be listed, looked at and mended from the command line, by those who may?"""

import csv
import io
import json
from types import SimpleNamespace

import pytest

from holdfast.audit.models import Entry
from holdfast.audit.terms import System
from holdfast.commandline import quarantine
from holdfast.commandline.errors import BadUsage
from holdfast.feeds.applying import apply_waiting
from holdfast.feeds.commands import receive
from holdfast.feeds.models import Message
from holdfast.people.terms import Role
from tests import make
from tests.web.test_feeds import BAD_DATE, HEAD, PATH

pytestmark = pytest.mark.django_db

ROW = {"file": PATH, "row": "1"}


@pytest.fixture(autouse=True)
def sent():
    receive(by=System.FEEDS, at=make.NOW, path=PATH, content=(HEAD + BAD_DATE).encode())
    apply_waiting(by=System.FEEDS, at=make.NOW)


@pytest.fixture
def analyst():
    return make.practitioner(role=Role.ANALYST, in_area=make.area())


def said(capsys, status=0, by=None, **options):
    assert quarantine.run(SimpleNamespace(by=by, **options)) == status
    return capsys.readouterr().out


def test_what_waits_as_a_table_or_as_json(capsys):
    (line,) = csv.DictReader(io.StringIO(said(capsys, act="list", format="csv")))
    assert (line["file"], line["row"], line["severity"]) == (PATH, "1", "error")
    assert json.loads(said(capsys, act="list", format="json")) == [line]
    assert Entry.objects.filter(act="quarantine.list", note="1 lines").count() == 2


def test_one_row_is_shown_and_that_is_written_down(capsys):
    assert "call_started_at = 31/11/2026 10:00" in said(capsys, act="show", json=False, **ROW)
    shown = json.loads(said(capsys, act="show", json=True, **ROW))
    assert shown["cells"]["child_name"] == "Theo Marsh" and shown["problems"][0]["field"] == "call_started_at"
    assert Entry.objects.filter(act="quarantine.show", note="row 1").count() == 2


def test_mended_it_is_applied_at_once(capsys, analyst):
    values = ["call_started_at=20/11/2026 10:00"]
    assert "row 1 is applied now" in said(capsys, act="mend", by=analyst.ref, values=values, **ROW)
    assert Message.objects.get().status == "applied"


def test_mended_amiss_it_goes_on_waiting_and_the_status_says_so(capsys, analyst):
    values = ["call_started_at=32/11/2026 10:00"]
    assert "is quarantined now" in said(capsys, 1, act="mend", by=analyst.ref, values=values, **ROW)


@pytest.mark.parametrize(
    "values, words", [(["call_started_at"], "FIELD=VALUE"), (["colour=red"], "colour: write FIELD=VALUE")]
)
def test_a_field_that_is_none_changes_nothing(values, words, analyst):
    with pytest.raises(BadUsage, match=words):
        quarantine.run(SimpleNamespace(act="mend", by=analyst.ref, values=values, **ROW))
    assert Message.objects.get().status == "quarantined"


def test_a_row_that_is_not_there_and_a_stranger(capsys):
    with pytest.raises(BadUsage, match="no row 7"):
        quarantine.run(SimpleNamespace(act="show", by=None, json=False, file=PATH, row="7"))
    mentor = make.practitioner(role=Role.MENTOR)
    with pytest.raises(BadUsage, match="may not"):
        quarantine.run(SimpleNamespace(act="list", by=mentor.ref, format="csv"))
    assert Message.objects.get().status == "quarantined"
