"""Is a key one sender's leave for one feed, until it is stopped?"""

from datetime import timedelta

import pytest
from django.db import transaction

from holdfast.access.errors import NotAllowed
from holdfast.audit.models import Entry
from holdfast.feeds import keys
from holdfast.feeds.commands import make_key, revoke_key
from holdfast.feeds.errors import TooFast
from holdfast.feeds.models import SenderKey
from holdfast.feeds.queries import key_for, keys_of
from holdfast.people.terms import Role
from tests import make

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def steward():
    return make.practitioner(role=Role.ADMINISTRATOR)


def made(by, name="police_custody/custody", **more):
    return make_key(by=by, at=make.NOW, feed=name, label="Records system", **more)


def test_the_secret_is_kept_nowhere(steward):
    key, secret = made(steward)
    assert secret.startswith("holdfast_") and len(secret) > 50
    held = SenderKey.objects.filter(pk=key.pk).values().get()
    assert not any(secret in str(value) for value in held.values())
    assert keys.holder_of(secret) == key
    assert keys.holder_of(secret + "x") is None and keys.holder_of("") is None
    assert not any(secret in entry.note for entry in Entry.objects.all())


def test_a_stopped_key_is_nobodys_from_then_on(steward):
    key, secret = made(steward)
    later = make.NOW + SECOND
    revoke_key(by=steward, at=later, key=key)
    assert keys.holder_of(secret) is None
    again = revoke_key(by=make.practitioner(role=Role.ANALYST), at=later + SECOND, key=key)
    assert (again.revoked_at, again.revoked_by) == (later, steward), "who stopped it first stands"
    assert Entry.objects.filter(act="feeds.revoke_key", about=key.ref).count() == 1


def test_only_those_who_look_after_feeds(steward):
    stranger = make.practitioner(role=Role.MENTOR)
    key, _ = made(steward)
    for refused in (
        lambda: made(stranger),
        lambda: revoke_key(by=stranger, at=make.NOW, key=key),
        lambda: keys_of(stranger),
        lambda: key_for(stranger, key.ref),
    ):
        with pytest.raises(NotAllowed), transaction.atomic():
            refused()


def test_a_key_names_its_authority_where_each_sends_its_own(steward):
    key, _ = made(steward, "yjs/caseload", la_code="701")
    assert key.la_code == "701"
    for name, la_code in (("yjs/caseload", ""), ("police_custody/custody", "701"), ("unknown/unknown", "")):
        with pytest.raises(ValueError), transaction.atomic():
            made(steward, name, la_code=la_code)


def test_the_keys_of_a_feed_those_in_force_first(steward):
    old, new = made(steward)[0], made(steward)[0]
    made(steward, "police_missing/missing")
    revoke_key(by=steward, at=make.NOW, key=new)
    assert [state.key for state in keys_of(steward, "police_custody/custody")] == [old, new]


def test_requests_are_bounded_and_paid_off_as_time_passes(steward):
    key, _ = made(steward)
    for _ in range(keys.REQUESTS_A_MINUTE + 1):
        keys.begin_request(key, make.NOW)
    with pytest.raises(TooFast) as told:
        keys.begin_request(key, make.NOW)
    assert told.value.wait == 1
    keys.begin_request(key, make.NOW + SECOND)
    other, _ = made(steward)
    keys.begin_request(other, make.NOW)


def test_many_rows_are_taken_and_then_have_to_be_waited_for(steward):
    key, _ = made(steward)
    keys.begin_request(key, make.NOW)
    keys.count_rows(key, make.NOW, 3 * keys.ROWS_A_MINUTE)
    with pytest.raises(TooFast) as told:
        keys.begin_request(key, make.NOW)
    assert told.value.wait == 120
    with pytest.raises(TooFast):
        keys.begin_request(key, make.NOW + 119 * SECOND)
    keys.begin_request(key, make.NOW + 120 * SECOND)
