"""Does `holdfast match` say whom a record would be linked to, why, and nothing to a stranger?"""

import io
import json
from types import SimpleNamespace

import pytest

from holdfast.audit.models import Entry
from holdfast.audit.terms import System
from holdfast.commandline import main, match
from holdfast.commandline.errors import BadUsage
from holdfast.linkage.commands import relink
from holdfast.linkage.models import Edge, Token
from holdfast.people.models import Person, Record
from holdfast.people.terms import Role
from tests import make

pytestmark = pytest.mark.django_db

THEO = {"names": [{"given": "Theo", "family": "Marsh"}], "born_on": "2011-03-04"}


@pytest.fixture
def theo():
    person = make.child()
    relink(by=System.MATCHER, at=make.NOW, records=list(Record.objects.filter(person=person)))
    return person


def asked(monkeypatch, capsys, given, by=None, as_json=True):
    text = given if isinstance(given, bytes) else json.dumps(given).encode()
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(text)))
    assert match.run(SimpleNamespace(json=as_json, by=by)) == 0
    said = capsys.readouterr().out
    return json.loads(said) if as_json else said


def test_a_record_of_the_same_name_and_birthday_would_be_linked_with_reasons(monkeypatch, capsys, theo):
    answer = asked(monkeypatch, capsys, THEO)
    assert answer["person"] == theo.ref and answer["would_be"] == "linked"
    (alike,) = answer["alike"]
    assert alike["verdict"] == "same" and alike["bits"] >= answer["threshold_bits"]["same"]
    words = {reason["field"]: (reason["words"], reason["bits"] > 0) for reason in alike["reasons"]}
    assert words["born"] == ("Same date of birth", True)
    assert set(words) == {"name", "born"}
    total = answer["prior_bits"] + sum(reason["bits"] for reason in alike["reasons"])
    assert alike["bits"] == pytest.approx(total, abs=0.05)


def test_its_own_words_for_people(monkeypatch, capsys, theo):
    said = asked(monkeypatch, capsys, THEO, as_json=False)
    assert said.startswith(f"Would be linked to {theo.ref}.") and "Same date of birth" in said


def test_a_first_name_alone_links_to_nobody(monkeypatch, capsys, theo):
    answer = asked(monkeypatch, capsys, {"names": [{"given": "Theo"}]})
    assert answer["person"] is None and answer["would_be"] == "new"


def test_it_agrees_with_what_linking_then_does(monkeypatch, capsys, theo):
    would_be = asked(monkeypatch, capsys, THEO)["person"]
    record = make.record()
    relink(by=System.MATCHER, at=make.NOW, records=[record])
    record.refresh_from_db()
    assert record.person.ref == would_be


def test_nothing_changes_but_the_audit(monkeypatch, capsys, theo):
    tables = (Person, Record, Token, Edge)
    before = [table.objects.count() for table in tables]
    asked(monkeypatch, capsys, THEO)
    assert [table.objects.count() for table in tables] == before
    line = Entry.objects.get(act="linkage.match")
    assert line.system == System.MATCHER and theo.ref in line.note


def test_someone_who_may_not_see_the_child_hears_of_nobody(monkeypatch, capsys, theo):
    elsewhere = make.practitioner(role=Role.ANALYST, in_area=make.area("702"))
    answer = asked(monkeypatch, capsys, THEO, by=elsewhere.ref)
    assert answer["person"] is None and answer["alike"] == []
    here = make.practitioner(role=Role.ANALYST, in_area=make.area())
    assert asked(monkeypatch, capsys, THEO, by=here.ref)["person"] == theo.ref
    assert Entry.objects.get(act="linkage.match", practitioner=here).note.endswith(theo.ref)


def test_who_does_not_look_after_feeds_is_refused(monkeypatch, capsys, theo):
    worker = make.practitioner(role=Role.YOUTH_WORKER)
    with pytest.raises(BadUsage, match="may not"):
        asked(monkeypatch, capsys, THEO, by=worker.ref)
    with pytest.raises(BadUsage, match="nobody here"):
        asked(monkeypatch, capsys, THEO, by="somebody")


@pytest.mark.parametrize(
    "given, words",
    [
        (b"", "cannot be read"),
        (b"[]", "Expected `object`"),
        (b'{"name": "Theo"}', "`name`"),
        (b'{"names": [{"given": 1}]}', r"\$.names\[0\].given"),
        (b'{"names": [{"given": "Theo", "kind": "pet"}]}', r"\$.names\[0\].kind"),
        (b'{"names": [], "born_on": "04/03/2011"}', r"\$.born_on"),
        (b'{"sex": "boy"}', r"\$.sex"),
        (b'{"identifiers": [{"kind": "nhs"}]}', "`value`"),
        (b'{"born_on": "2011-03-04"}', "names nobody"),
        (b"\xff\xfe", "cannot be read"),
    ],
)
def test_what_cannot_be_read_is_named(given, words):
    with pytest.raises(BadUsage, match=words):
        match.read(given)


def test_bad_usage_ends_with_two(monkeypatch, capsys):
    """Through the table of commands, as it is typed; the database is the test's own."""
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(b"{}")))
    monkeypatch.setenv("DATABASE_URL", "not asked for anything")
    monkeypatch.setenv("HOLDFAST_DATABASE_ROLE", "application")
    assert main.main(["match", "--json"]) == 2
    assert "names nobody" in capsys.readouterr().err
