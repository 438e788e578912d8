"""Do the exported tables hold what was kept, in the columns promised, and for the right eyes?"""

import csv
import io
from datetime import timedelta
from types import SimpleNamespace

import pytest

from holdfast.audit.models import Entry
from holdfast.audit.terms import System
from holdfast.commandline import export
from holdfast.commandline.errors import BadUsage
from holdfast.people.commands import TieStatement, tie_family
from holdfast.people.terms import Role, Tie
from holdfast.relationships.commands import join_team, leave_team, name_trusted_adult
from holdfast.relationships.terms import NamedBy
from tests import make

pytestmark = pytest.mark.django_db


def lines(capsys, what, by=None):
    assert export.run(SimpleNamespace(what=what, format="csv", by=by)) == 0
    return list(csv.DictReader(io.StringIO(capsys.readouterr().out)))


def mother_of(child):
    record, other = child.records.get(), make.record(name="Ada Marsh", born_on=None)
    for _ in range(2):
        tie_family(
            by=System.FEEDS,
            at=make.NOW,
            ties=[TieStatement(record, other, Tie.MOTHER, "parents/concerns")],
        )
    return other.person


@pytest.mark.parametrize(
    "what, columns",
    [
        ("rows", "feed file row field reference version status person"),
        ("moments", "moment kind person happened_at agency_knew_at known_at raised_at paged_at"),
        ("links", "kind person other source grade starts_at expires_at"),
        ("people", "person record source"),
    ],
)
def test_the_columns_are_those_promised(capsys, what, columns):
    assert export.run(SimpleNamespace(what=what, format="csv", by=None)) == 0
    assert capsys.readouterr().out == columns.replace(" ", ",") + "\n"
    assert Entry.objects.get(act=f"export.{what}").note == "0 lines"


def test_links_have_source_grade_and_expiry(capsys):
    child, worker = make.child(), make.practitioner(in_area=make.area())
    mother = mother_of(child)
    name_trusted_adult(by=worker, at=make.NOW, person=child, named_by=NamedBy.CHILD, name="Coach Lin")
    join_team(by=worker, at=make.NOW, person=child, practitioner=worker, purpose="Meets her", is_lead=True)
    leave_team(by=worker, at=make.NOW + timedelta(days=2), person=child, practitioner=worker)
    tie, trusted, lead = lines(capsys, "links")
    assert (tie["kind"], tie["person"], tie["other"]) == ("mother", child.ref, mother.ref)
    assert (tie["source"], tie["grade"], tie["expires_at"]) == ("parents/concerns", "", "")
    assert (trusted["kind"], trusted["grade"], trusted["source"]) == ("trusted_adult", "child", "typed here")
    assert trusted["other"] and trusted["other"] not in (mother.ref, worker.ref)
    assert (lead["kind"], lead["other"]) == ("team_lead", worker.ref)
    assert (lead["starts_at"], lead["expires_at"]) == ("2026-11-18T21:40+00:00", "2026-11-20T21:40+00:00")


def test_a_tie_within_one_person_is_none(capsys):
    child = make.child()
    mother_of(child)
    other = child.records.get().ties.get().other
    other.person = child
    other.save()
    assert lines(capsys, "links") == []


def test_a_practitioner_gets_only_people_they_may_see(capsys):
    """The mother has no page here, so the tie to her is not theirs to take out either."""
    child, far = make.child(), make.area("702")
    mother = mother_of(child)
    here, there = (make.practitioner(role=Role.ANALYST, in_area=area) for area in (make.area(), far))
    name_trusted_adult(by=here, at=make.NOW, person=child, named_by=NamedBy.STAFF, practitioner=here)
    assert [line["kind"] for line in lines(capsys, "links", here.ref)] == ["trusted_adult"]
    assert {line["person"] for line in lines(capsys, "people", here.ref)} == {child.ref}
    assert lines(capsys, "links", there.ref) == lines(capsys, "people", there.ref) == []
    assert {line["person"] for line in lines(capsys, "people")} == {child.ref, mother.ref}
    assert Entry.objects.filter(act="export.links", practitioner=there).exists()


def test_who_does_not_look_after_feeds_is_refused(capsys):
    with pytest.raises(BadUsage, match="may not"):
        lines(capsys, "people", make.practitioner(role=Role.MENTOR).ref)
    assert capsys.readouterr().out == ""


def test_each_relationship_is_read_without_a_query_of_its_own(capsys, django_assert_max_num_queries):
    for number in range(6):
        child = make.child(name=f"Child {number}")
        mother_of(child)
    with django_assert_max_num_queries(6):
        assert len(lines(capsys, "links")) == 6
