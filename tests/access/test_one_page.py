"""Is leave to see a child asked for once a page, and anew on the next?"""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from holdfast.access.models import Grant
from holdfast.access.queries import may_see, one_page
from holdfast.people.terms import Role
from tests import make

pytestmark = pytest.mark.django_db


def asked(by, person, now=make.NOW):
    with CaptureQueriesContext(connection) as queries:
        found = may_see(by, person, now)
    return found, len(queries) > 0


def test_leave_is_asked_for_once_while_a_page_is_read():
    worker, child = make.practitioner(role=Role.YOUTH_WORKER), make.child()
    make.granted(worker, child)
    with one_page():
        assert asked(worker, child) == (True, True)
        assert asked(worker, child) == (True, False)
    assert asked(worker, child) == (True, True)


def test_leave_of_one_reader_for_one_child_at_one_time_is_nobody_elses():
    worker, other = make.practitioner(role=Role.YOUTH_WORKER), make.practitioner(role=Role.YOUTH_WORKER)
    child, sibling = make.child(), make.child()
    make.granted(worker, child)
    with one_page():
        assert may_see(worker, child, make.NOW)
        assert not may_see(other, child, make.NOW)
        assert not may_see(worker, sibling, make.NOW)
        assert asked(worker, child, make.NOW + timedelta(seconds=1)) == (True, True)


def test_a_refusal_is_never_remembered_and_the_next_page_asks_anew():
    worker, child = make.practitioner(role=Role.YOUTH_WORKER), make.child()
    with one_page():
        assert not may_see(worker, child, make.NOW)
        make.granted(worker, child)
        assert may_see(worker, child, make.NOW)
    Grant.objects.filter(practitioner=worker).update(ends_at=make.NOW)
    with one_page():
        assert not may_see(worker, child, make.NOW)
