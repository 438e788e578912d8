"""Who may set a partnership up, and what stays as it was for everyone else?"""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import transaction

from holdfast.access import removing, set_up
from holdfast.access.errors import CannotBeSet, NotAllowed
from holdfast.audit.models import Entry
from holdfast.audit.terms import System
from holdfast.people.models import Agency, Area, Membership, Practitioner, Team
from holdfast.people.terms import AgencyKind, Role
from tests import make
from tests.make import NOW

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def administrator():
    one = make.practitioner(name="Ottoline Frayne", role=Role.ADMINISTRATOR)
    one.user = User.objects.create_user("ottoline")
    one.save()
    return one


@pytest.fixture
def amira():
    return make.practitioner(name="Amira Hassan", in_area=make.area())


def acts(amira):
    """Every act of setting up, with what it would be given."""
    area, team, agency = make.area(), make.team(make.area()), amira.agency
    membership = Membership.objects.get(practitioner=amira)
    person = {"name": "X", "role": Role.MENTOR, "agency": agency}
    about = {"job_title": "", "phone": "", "email": ""}
    partner = {"name": "Y", "kind": AgencyKind.HEALTH, "duty_phone": ""}
    yield set_up.add_area, {"code": "799", "name": "X"}
    yield set_up.change_area, {"area": area, "name": "Y", "gss_code": "", "is_partner": True}
    yield set_up.add_agency, {"name": "X", "kind": AgencyKind.HEALTH}
    yield set_up.change_agency, {"agency": agency, **partner}
    yield set_up.add_team, {"agency": agency, "name": "X"}
    yield set_up.change_team, {"team": team, "name": "Y", "area": None}
    yield set_up.add_person, {**person, "team": team, "username": "xxx"}
    yield set_up.change_person, {"practitioner": amira, **person, **about}
    yield set_up.let_leave, {"practitioner": amira}
    yield set_up.let_return, {"practitioner": amira}
    yield set_up.put_in_team, {"practitioner": amira, "team": make.team()}
    yield set_up.take_from_team, {"membership": membership}
    yield set_up.give_password_token, {"practitioner": amira}
    yield set_up.give_username, {"practitioner": amira, "username": "yyy"}
    yield removing.remove_area, {"area": area}
    yield removing.remove_agency, {"agency": agency}
    yield removing.remove_team, {"team": team}


def everything():
    tables = (Agency, Area, Membership, Practitioner, Team, User)
    return [list(table.objects.order_by("pk").values()) for table in tables]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_nobody_else_changes_anything(role, amira):
    other, given = make.practitioner(role=role), list(acts(amira))
    before = everything()
    for act, more in given:
        with pytest.raises(NotAllowed), transaction.atomic():
            act(by=other, at=NOW, **more)
    assert everything() == before
    assert not Entry.objects.filter(practitioner=other).exists()


def test_each_act_is_written_down_once_and_says_no_more_than_references(administrator, amira):
    given = [pair for pair in acts(amira) if pair[0].__module__ == set_up.__name__]
    set_up.give_username(by=System.SET_UP, at=NOW, practitioner=amira, username="amira")
    for act, more in given:
        before = Entry.objects.count()
        act(by=administrator, at=NOW, **more)
        assert Entry.objects.count() == before + 1, act.__name__
    line = Entry.objects.get(act="set_up.change_person")
    assert (line.about, line.note) == (amira.ref, "email, name, role")


def test_nothing_changed_is_nothing_written(administrator):
    area = make.area()
    given = {"name": area.name, "gss_code": area.gss_code, "is_partner": area.is_partner}
    set_up.change_area(by=administrator, at=NOW, area=area, **given)
    assert not Entry.objects.exists()


@pytest.mark.parametrize("username", ["ab", "a b", "x" * 61, "", "a\nb", "naïve!"])
def test_a_name_to_sign_in_with_can_be_typed(administrator, amira, username):
    with pytest.raises(CannotBeSet) as refused:
        set_up.give_username(by=administrator, at=NOW, practitioner=amira, username=username)
    assert refused.value.field == "username"


def test_one_administrator_of_two_may_leave_and_then_no_other(administrator):
    second = make.practitioner(role=Role.ADMINISTRATOR)
    second.user = User.objects.create_user("second")
    second.save()
    set_up.let_leave(by=administrator, at=NOW, practitioner=second)
    assert not User.objects.get(username="second").is_active
    with pytest.raises(CannotBeSet), transaction.atomic():
        set_up.let_leave(by=administrator, at=NOW + MINUTE, practitioner=administrator)


def test_somebody_who_never_signed_in_is_no_other_administrator(administrator):
    make.practitioner(role=Role.ADMINISTRATOR)
    with pytest.raises(CannotBeSet):
        set_up.let_leave(by=administrator, at=NOW, practitioner=administrator)


def test_what_is_in_use_is_not_taken_away(administrator, amira):
    team = Membership.objects.get(practitioner=amira).team
    for act, given in (
        (removing.remove_team, {"team": team}),
        (removing.remove_agency, {"agency": team.agency}),
        (removing.remove_area, {"area": team.area}),
    ):
        with pytest.raises(CannotBeSet, match="is in use"), transaction.atomic():
            act(by=administrator, at=NOW, **given)
    assert not Entry.objects.exists()


def test_a_team_of_another_agency_is_refused(administrator):
    other = make.agency(name="Another")
    with pytest.raises(CannotBeSet, match="another agency"):
        set_up.add_person(
            by=administrator,
            at=NOW,
            name="X",
            role=Role.MENTOR,
            agency=other,
            team=make.team(),
            username="xxx",
        )
