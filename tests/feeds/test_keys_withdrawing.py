"""A stolen key wrote rows: is everything it wrote taken back at once, and nobody else's word with it?"""

import json
import random
from datetime import timedelta

import pytest
from django.db import transaction

from holdfast.access.errors import NotAllowed
from holdfast.audit.terms import System
from holdfast.chronology.models import Event
from holdfast.feeds import withdrawing
from holdfast.feeds.applying import apply_waiting
from holdfast.feeds.commands import mend, receive, receive_sent, revoke_key
from holdfast.feeds.models import Delivery, Message
from holdfast.feeds.queries import feed_states, rows_left, to_mend, written_by
from holdfast.feeds.sending import digest_of, read_rows, rows_path
from holdfast.feeds.tables import table_of
from holdfast.feeds.withdrawing import withdraw_written
from holdfast.moments.models import Moment
from holdfast.people.models import AreaResponsibility, Child, FamilyTie, Record
from holdfast.people.terms import Role
from tests import make
from tests.api.sender import BAD, NEXT, ROW, sender
from tests.web.pages import signed_in

pytestmark = pytest.mark.django_db

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
T0 = make.NOW + 60 * MINUTE
HEAD = ",".join(column.name for column in table_of("police_custody", "custody").columns)


@pytest.fixture
def stolen():
    make.area("701", "Carrow")
    return sender().key


@pytest.fixture
def steward():
    return make.practitioner(role=Role.ADMINISTRATOR)


def write(key, at, *rows):
    """Let a key send rows, and let them be applied."""

    body, table = json.dumps(rows).encode(), table_of(*key.feed.name.split("/"))
    token = digest_of("rows", body)
    path = rows_path(table, key.la_code, at.date(), token)
    read = read_rows(body, table, key.la_code, at.date())
    receive_sent(by=key, at=at, read=read, path=path, sha256=digest_of(body), token=token)
    apply_waiting(by=System.FEEDS, at=at)


def by_folder(at, *rows):
    """The same feed's own file, as the true sender's job puts it into the folder."""
    columns = HEAD.split(",")
    lines = [",".join(str(row.get(name, "")) for name in columns) for row in rows]
    content = "\n".join([HEAD, *lines, ""]).encode()
    path = f"police_custody/custody_{at:%Y-%m-%d}.csv"
    receive(by=System.FEEDS, at=at, path=path, content=content)
    apply_waiting(by=System.FEEDS, at=at)


def sweep(by, key, since=T0, at=T0 + 30 * MINUTE):
    revoke_key(by=by, at=at, key=key)
    return withdraw_written(by=by, at=at, key=key, since=since)


def known():
    """What is said of people and of what happened, without when and under which references."""
    return {
        "names": sorted(
            Record.objects.exclude(names=None).values_list("key", "names__given", "names__family")
        ),
        "born": sorted(Record.objects.exclude(birth_dates=None).values_list("key", "birth_dates__born_on")),
        "once": sorted(Record.objects.exclude(names=None).values_list("key", "sex", "ethnicity")),
        "together": sorted(sorted(r.key for r in records) for records in _persons()),
        "events": sorted(
            Event.objects.filter(withdrawn_at=None).values_list("source_ref", "happened_at", "title", "text")
        ),
        "homes": sorted(AreaResponsibility.objects.filter(role="home").values_list("stated_by", "ends_on")),
    }


def _persons():
    found = {}
    for record in Record.objects.exclude(names=None):
        found.setdefault(record.person_id, []).append(record)
    return found.values()


def conserved():
    return all(state.is_conserved for state in feed_states(System.FEEDS))


def test_everything_it_wrote_is_superseded_whatever_it_was(stolen, steward):
    write(stolen, T0 - MINUTE, {**NEXT, "custody_ref": "CW/1/26"})
    write(stolen, T0, ROW, NEXT, BAD)
    write(stolen, T0 + MINUTE, {**ROW, "record_version": 2})
    assert written_by(steward, stolen, T0).count() == 2
    assert sweep(steward, stolen) == 4
    gone = Message.objects.exclude(withdrawn_at=None)
    assert set(gone.values_list("status", flat=True)) == {"superseded"} and gone.count() == 4
    assert Message.objects.filter(withdrawn_at=None, status="applied").count() == 1, "from before the theft"
    assert conserved()
    assert not to_mend(steward).exists()
    assert Delivery.objects.count() == 3, "nothing is deleted"
    assert sweep(steward, stolen) == 0, "once is enough"


def test_what_only_it_said_is_said_no_more(stolen, steward):
    write(stolen, T0, ROW)
    moment = Moment.objects.get()
    sweep(steward, stolen)
    event = Event.objects.get()
    assert event.withdrawn_at == T0 + 30 * MINUTE
    assert event.text, "what it said stays to be read, as taken back"
    assert known() == {"names": [], "born": [], "once": [], "together": [], "events": [], "homes": []}
    moment.refresh_from_db()
    assert (moment.ending, moment.is_history) == (None, False), "a named person ends it"
    assert Child.objects.exists(), "and a child's record that was opened is closed by a person"


def test_whoever_answers_is_told_that_it_was_taken_back(stolen, steward):
    write(stolen, T0, ROW)
    duty = signed_in(make.practitioner(in_area=make.area("701")))
    address = f"/moments/{Moment.objects.get().ref}"
    assert "was taken back" not in duty.get(address).content.decode()
    sweep(steward, stolen)
    shown = duty.get(address).content.decode()
    assert "That was taken back" in shown and "until a named person ends it" in shown


def test_what_the_true_sender_said_counts_again(stolen, steward):
    by_folder(make.NOW, ROW, NEXT)
    before = known()
    poison = {
        **ROW,
        "record_version": 7,
        "surname": "TARN",
        "forenames": "Isla",
        "sex": "F",
        "dob": "01/01/1980",
    }
    write(stolen, T0, {**poison, "offence": "Nothing at all", "arrested_at": "01/11/2026 09:00"})
    assert known() != before
    sweep(steward, stolen)
    assert known() == before
    assert (
        sorted(Message.objects.filter(withdrawn_at=None).values_list("status", flat=True)) == ["applied"] * 2
    )
    assert conserved()


def test_two_people_whom_it_joined_are_two_again(stolen, steward):
    """Poison: a row of its own that gives one person's number the name and birthday of another."""
    by_folder(make.NOW, ROW, NEXT)
    before = known()
    assert len(before["together"]) == 2
    write(stolen, T0, {**NEXT, "custody_ref": "CW/9/26", "nominal_id": ROW["nominal_id"]})
    write(stolen, T0 + MINUTE, {**NEXT, "custody_ref": "CW/10/26", "nominal_id": ROW["nominal_id"]})
    sweep(steward, stolen)
    assert known() == before


def test_a_row_of_the_true_sender_that_came_after_it_stays(stolen, steward):
    write(stolen, T0, {**ROW, "surname": "TARN"})
    by_folder(T0 + MINUTE, {**ROW, "record_version": 2})
    after = known()
    sweep(steward, stolen)
    assert known() == after
    assert Message.objects.get(withdrawn_at=None).status == "applied"
    assert Event.objects.get().withdrawn_at is None


def test_a_repeat_of_what_it_wrote_first_becomes_the_current_word(stolen, steward):
    write(stolen, T0, ROW)
    by_folder(T0 + MINUTE, ROW)
    assert sorted(Message.objects.values_list("status", flat=True)) == ["applied", "duplicate"]
    sweep(steward, stolen)
    assert Message.objects.get(withdrawn_at=None).status == "applied"
    assert Event.objects.get().withdrawn_at is None
    assert known()["names"] == [(Record.objects.get().key, "Rafe", "Okoro")]


def test_what_it_merely_repeated_is_not_its_own(stolen, steward):
    """The true sender's rows of this morning, sent once more by whoever stole the key."""
    other = sender(label="The true system").key
    write(other, T0, ROW)
    write(stolen, T0 + MINUTE, ROW)
    assert sweep(steward, stolen) == 0
    assert Message.objects.get().status == "applied"


def test_the_true_sender_can_say_it_anew(stolen, steward):
    write(stolen, T0, ROW)
    sweep(steward, stolen)
    by_folder(T0 + 60 * MINUTE, ROW)
    assert Message.objects.get(withdrawn_at=None).status == "applied"
    assert Event.objects.get().withdrawn_at is None
    assert known()["once"][0][1] == "M"


def test_rows_that_still_wait_are_never_applied(stolen, steward):
    write(stolen, T0, NEXT)
    Message.objects.update(status="waiting", key="")
    sweep(steward, stolen)
    assert apply_waiting(by=System.FEEDS, at=T0) == 0


def test_broken_off_it_goes_on_when_asked_again(stolen, steward, monkeypatch):
    """All rows count no more at once; what they changed is undone some at a time."""
    by_folder(make.NOW, ROW)
    before = known()
    for minute, offence in enumerate(("One", "Two", "Three")):
        write(stolen, T0 + minute * MINUTE, {**ROW, "record_version": 2, "offence": offence}, NEXT)
    monkeypatch.setattr(withdrawing, "UNDONE_TOGETHER", 2)
    with monkeypatch.context() as breaks:
        breaks.setattr(withdrawing, "_undo_some", lambda at, key: 0)
        assert sweep(steward, stolen) == 6
    assert conserved() and not Message.objects.filter(status="applied").exists()
    assert rows_left(steward, stolen, T0) == 6
    assert sweep(steward, stolen) == 0
    assert known() == before and rows_left(steward, stolen, T0) == 0
    assert Message.objects.get(status="applied").withdrawn_at is None


def test_only_after_the_key_was_stopped_and_only_by_those_who_may(stolen, steward):
    with pytest.raises(ValueError, match="Stop the key first"), transaction.atomic():
        withdraw_written(by=steward, at=T0, key=stolen, since=T0)
    stranger = make.practitioner(role=Role.MENTOR)
    with pytest.raises(NotAllowed), transaction.atomic():
        withdraw_written(by=stranger, at=T0, key=stolen, since=T0)


def test_what_was_taken_back_cannot_be_mended(stolen, steward):
    write(stolen, T0, BAD)
    sweep(steward, stolen)
    with pytest.raises(ValueError, match="taken back"):
        mend(by=steward, at=T0, message=Message.objects.get(), values={"arrested_at": "18/11/2026 10:00"})


def test_a_json_row_can_be_mended(stolen, steward):
    write(stolen, T0, BAD)
    message = mend(
        by=steward, at=T0, message=Message.objects.get(), values={"arrested_at": "18/11/2026 10:00"}
    )
    apply_waiting(by=System.FEEDS, at=T0)
    message.refresh_from_db()
    assert message.status == "applied" and '"arrested_at": "31/11/2026 09:00"' in message.text


NAMES = ({"surname": "OKORO", "forenames": "Rafe"}, {"surname": "TARN", "forenames": "Isla"})
BORN = ("09/06/2010", "04/03/2011", "")
SEXES = ("M", "F", "")


def any_row(draw):
    """A row of one of three arrests, in one of three versions, about one of two names."""
    more = {"dob": draw.choice(BORN), "sex": draw.choice(SEXES), **draw.choice(NAMES)}
    about = {"custody_ref": f"CW/{draw.randint(1, 3)}/26", "record_version": draw.randint(1, 3)}
    return {
        **ROW,
        **more,
        **about,
        "nominal_id": f"N{draw.randint(1, 2)}",
        "offence": f"Reason {draw.random()}",
    }


@pytest.mark.parametrize("seed", range(12))
def test_whatever_it_wrote_and_when_it_is_as_if_it_had_written_nothing(stolen, steward, seed, monkeypatch):
    monkeypatch.setattr(withdrawing, "UNDONE_TOGETHER", 1 + 3 * (seed % 4))
    draw = random.Random(seed)
    sent = [(draw.random() < 0.5, any_row(draw)) for _ in range(12)]
    true = [(at, row) for at, (is_stolen, row) in enumerate(sent) if not is_stolen]
    with transaction.atomic():
        for at, row in true:
            by_folder(T0 + at * DAY, row)
        wanted, rows = known(), statuses()
        transaction.set_rollback(True)
    for at, (is_stolen, row) in enumerate(sent):
        write(stolen, T0 + at * DAY, row) if is_stolen else by_folder(T0 + at * DAY, row)
    sweep(steward, stolen, at=T0 + 100 * DAY)
    assert statuses() == rows
    assert known() == wanted
    assert conserved()


def statuses():
    rows = Message.objects.filter(withdrawn_at=None)
    return sorted(rows.values_list("delivery__path", "row", "status"))


EPISODE = {"cine_referral_id": "R1", "cine_person_id": "P1", "cine_referral_date": "2026-03-01"}


def test_a_home_that_only_it_named_is_nobodys_and_the_one_before_goes_on(steward):
    for code in ("701", "702"):
        make.area(code)
    write(sender("social_care/ssd_cin_episodes", la_code="701").key, make.NOW, EPISODE)
    homes = AreaResponsibility.objects.filter(role="home").order_by("starts_on")
    before = list(homes.values_list("area__code", "ends_on"))
    assert before == [("701", None)]
    stolen = sender("social_care/ssd_cin_episodes", la_code="701", label="Stolen").key
    poison = {**EPISODE, "cine_referral_id": "R2", "cine_referral_date": "2026-06-01"}
    write(stolen, T0, poison)
    write(stolen, T0 + MINUTE, {**EPISODE, "cine_referral_date": "2025-01-01"})
    assert len(homes.values_list("area__code")) == 2
    assert homes.filter(ends_on=None).get().starts_on.month == 6
    sweep(steward, stolen)
    assert list(homes.values_list("area__code", "ends_on")) == before
    assert homes.get().starts_on.isoformat() == "2026-03-01"


CALL = {
    "call_ref": "C1", "call_started_at": "10/11/2026 10:00", "caller_name": "Joy Marsh",
    "caller_relationship": "mother", "child_name": "Theo Marsh", "child_dob": "04/03/2011",
    "worry": "Out late", "urgent": "Y", "consent_to_share": "Y", "call_handler": "Gwen",
}  # fmt: skip


def test_a_tie_that_only_it_named_is_gone(steward):
    make.area("701", "Carrow")
    write(sender("parents/concerns").key, make.NOW, CALL)
    assert [str(tie.kind) for tie in FamilyTie.objects.all()] == ["mother"]
    stolen = sender("parents/concerns", label="Stolen").key
    write(stolen, T0 + DAY, {**CALL, "caller_relationship": "father"}, {**CALL, "call_ref": "C2"})
    assert FamilyTie.objects.count() == 3
    sweep(steward, stolen, at=T0 + 2 * DAY)
    assert [str(tie.kind) for tie in FamilyTie.objects.all()] == ["mother"]
