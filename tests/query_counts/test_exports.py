"""Does a table taken out cost as many SQL queries for a thousand rows as for one?"""

from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from holdfast.commandline import export, quarantine
from holdfast.people.models import FamilyTie
from holdfast.people.terms import Role, Tie
from tests import make
from tests.query_counts import crowds

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

MANY = 1_000


def fill(number, first, by):
    people = crowds.children(number, make.area(), first)
    held = crowds.records(people, crowds.NUMBERED + first)
    others = crowds.records(
        crowds.children(number, make.area(), 2 * crowds.NUMBERED + first), -first - number
    )
    FamilyTie.objects.bulk_create(
        [
            FamilyTie(record=one, other=other, kind=Tie.FAMILY, stated_by="test")
            for one, other in zip(held, others, strict=True)
        ]
    )
    crowds.moments(people, make.area(), by, first)
    crowds.deliveries([crowds.feed()] * number, first)
    for one in people[:1]:
        crowds.around(number, one, by)


def taken(act):
    with CaptureQueriesContext(connection) as queries:
        assert act() == 0
    return len(queries)


ACTS = {
    **{what: lambda by, what=what: export.run(SimpleNamespace(what=what, by=by)) for what in export.TABLES},
    "quarantine": lambda by: quarantine.run(SimpleNamespace(act="list", format="csv", by=None)),
}


@pytest.mark.parametrize("asks", ["the machine's keeper", "a practitioner"])
def test_a_thousand_rows_cost_no_more_queries_than_one(asks, capsys):
    by = make.practitioner(role=Role.ANALYST, in_area=make.area())
    ref = None if asks == "the machine's keeper" else by.ref
    fill(1, 1, by)
    few = {name: taken(lambda act=act: act(ref)) for name, act in ACTS.items()}
    lines = capsys.readouterr().out.count("\n")
    fill(MANY - 1, 2, by)
    crowds.counted()
    many = {name: taken(lambda act=act: act(ref)) for name, act in ACTS.items()}
    assert capsys.readouterr().out.count("\n") > 5 * MANY > lines
    # A long table is fetched in pieces from one open query, each of which Django does not count.
    assert many == few
