"""Can keys be made, listed, stopped and swept where there is no screen?"""

import json
from types import SimpleNamespace

import pytest
from django.db import transaction

from holdfast.audit.terms import System
from holdfast.commandline import feed_key
from holdfast.commandline.errors import BadUsage
from holdfast.feeds.applying import apply_waiting
from holdfast.feeds.keys import holder_of
from holdfast.feeds.models import Message, SenderKey
from holdfast.people.terms import Role
from tests import make
from tests.api.sender import NEXT, ROW, Sender

pytestmark = pytest.mark.django_db
CUSTODY = {"feed": "police_custody/custody", "label": "Carrow Police", "authority": ""}


@pytest.fixture
def steward():
    make.area("701", "Carrow")
    return make.practitioner(role=Role.ADMINISTRATOR)


def said(capsys, by, as_json=True, **options):
    assert feed_key.run(SimpleNamespace(by=by.ref, json=as_json, **options)) == 0
    printed = capsys.readouterr().out
    return json.loads(printed) if as_json else printed


def test_made_used_listed_and_swept(capsys, steward):
    made = said(capsys, steward, act="make", **CUSTODY)
    key = SenderKey.objects.get(ref=made["key"])
    assert holder_of(made["secret"]) == key
    assert Sender(key, made["secret"]).rows(ROW, NEXT).status_code == 202
    apply_waiting(by=System.FEEDS, at=make.NOW)
    (line,) = said(capsys, steward, act="list")
    assert (line["feed"], line["sent"], line["state"]) == ("police_custody/custody", 1, "in force")
    swept = said(capsys, steward, act="sweep", key=key.ref, since=make.LONG_AGO)
    assert swept == {"key": key.ref, "rows": 2}
    assert set(Message.objects.values_list("status", flat=True)) == {"superseded"}
    assert "stopped 20" in said(capsys, steward, as_json=False, act="list")


def test_stopped(capsys, steward):
    made = said(capsys, steward, act="make", **CUSTODY)
    assert "is stopped" in said(capsys, steward, as_json=False, act="stop", key=made["key"])
    assert holder_of(made["secret"]) is None


def test_what_cannot_be_asked(capsys, steward):
    mentor = make.practitioner(role=Role.MENTOR)
    for by, words, options in (
        (steward, "no known export", {"act": "make", **CUSTODY, "feed": "x/y"}),
        (steward, "There is no key", {"act": "stop", "key": "nosuch"}),
        (mentor, "may not", {"act": "list"}),
    ):
        with pytest.raises(BadUsage, match=words), transaction.atomic():
            said(capsys, by, **options)
    assert feed_key._time("2026-11-18T21:40") == make.NOW
