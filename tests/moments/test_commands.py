"""Told, raised once, answered, assigned, with the child, ended: and what each leaves behind."""

from datetime import date, timedelta

import pytest
from django.db import transaction

from holdfast.access.errors import NotAllowed
from holdfast.access.queries import may_see
from holdfast.audit.models import Entry
from holdfast.audit.terms import System
from holdfast.chronology.terms import EventKind
from holdfast.moments import commands, queries
from holdfast.moments.commands import SomeoneNotFound
from holdfast.moments.errors import CannotBeSaid, MomentOver, NoSuchMoment
from holdfast.moments.models import Kind, Moment
from holdfast.moments.terms import Accepted, Meeting, MomentKind
from holdfast.paging.models import Page
from holdfast.people.models import Child, Person
from holdfast.people.terms import Role
from tests import make
from tests.make import NOW

pytestmark = pytest.mark.django_db
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def duty(area=None):
    return make.practitioner(in_area=area or make.area())


def tell(by, child, kind=MomentKind.ARREST, at=NOW, **more):
    return commands.tell(by=by, at=at, kind=kind, child=child, **more)


def consider(record, event, at=NOW, is_surely_child=False, is_history=False):
    return commands.consider(
        by=System.FEEDS,
        at=at,
        events=[event] if event else [],
        people={record.person_id},
        surely_of_children={event.pk} if is_surely_child else (),
        is_history=is_history,
    )


# --- Told by a feed ----------------------------------------------------------------------------------


def test_an_arrest_is_a_moment_with_its_times_and_a_page():
    amira, record = duty(), make.record()
    event = make.event(record, happened_at=NOW - 3 * HOUR, agency_knew_at=NOW - 2 * HOUR)
    (moment,) = consider(record, event)
    (shown,) = queries.live_moments(amira, NOW)
    assert shown.moment == moment and moment.kind_id == "arrest"
    assert (moment.happened_at, moment.agency_knew_at) == (NOW - 3 * HOUR, NOW - 2 * HOUR)
    assert moment.known_at == moment.raised_at == NOW
    assert shown.clock.since == NOW - 2 * HOUR and shown.clock.due == NOW + 15 * MINUTE
    assert shown.page.answered_at is None and shown.page.next_at == NOW
    assert shown.child.name == "Theo" and shown.may_open_child
    assert Entry.objects.filter(act="moments.raise", person_ref=record.person.ref).count() == 1
    child = Child.objects.get(person=record.person)
    assert child.provisional_until == NOW + timedelta(days=28)


def test_versions_and_later_rows_raise_it_once_and_keep_the_earliest_times():
    record = make.record()
    amira = duty()
    event = make.event(record, source_ref="C1", agency_knew_at=NOW - HOUR)
    (first,) = consider(record, event)
    again = make.event(
        record, source_ref="C1", agency_knew_at=NOW - 2 * HOUR, at=NOW + HOUR, happened_at=NOW - 2.5 * HOUR
    )
    assert consider(record, again, at=NOW + HOUR) == [first]
    (shown,) = queries.live_moments(amira, NOW + HOUR)
    assert shown.moment.agency_knew_at == NOW - 2 * HOUR
    assert shown.moment.known_at == NOW
    assert shown.moment.happened_at == NOW - 2.5 * HOUR  # as the source now says
    assert Page.objects.count() == 1


def test_without_an_age_it_waits_until_one_is_known():
    make.area()
    record = make.record(born_on=None)
    event = make.event(record)
    assert consider(record, event) == []
    other = make.record(born_on=date(2011, 3, 4))
    other.person = record.person
    other.save()
    (moment,) = consider(other, None, at=NOW + HOUR)
    assert (moment.known_at, moment.raised_at) == (NOW, NOW + HOUR)
    assert consider(other, None, at=NOW + 2 * HOUR) == []


def test_a_source_for_children_needs_no_birth_date():
    make.area()
    record = make.record(born_on=None)
    assert consider(record, make.event(record), is_surely_child=True)


def test_an_adult_has_no_moment_and_no_page_here():
    record = make.record(born_on=date(1990, 1, 1))
    assert consider(record, make.event(record), is_surely_child=True) == []
    assert not Child.objects.exists() and not Page.objects.exists()


def test_history_is_never_open_and_pages_nobody():
    amira, record = duty(), make.record()
    (moment,) = consider(record, make.event(record), is_history=True)
    assert queries.live_moments(amira, NOW) == []
    assert not Page.objects.exists()
    (shown,) = queries.moments_of(amira, record.person, NOW)
    assert not shown.clock.is_running
    with pytest.raises(MomentOver), transaction.atomic():
        commands.answer(by=amira, at=NOW, moment=moment)


def test_found_out_of_area_is_known_when_the_finding_arrives():
    record = make.record()
    make.area("701"), make.area("702")
    about = {"kind": EventKind.MISSING, "source_ref": "M1", "home_area_code": "701"}
    lost = make.event(record, happened_at=NOW - 9 * HOUR, at=NOW - 8 * HOUR, **about)
    assert consider(record, lost, at=NOW - 8 * HOUR) == []
    found = make.event(
        record, happened_at=NOW - 9 * HOUR, ended_at=NOW - 2 * HOUR, area_code="702", at=NOW, **about
    )
    (moment,) = consider(record, found)
    assert moment.happened_at == NOW - 2 * HOUR
    assert moment.agency_knew_at == NOW - 2 * HOUR
    assert moment.known_at == NOW


def test_the_home_area_answers_and_where_it_happened_if_home_is_not_a_partner():
    home, away, outside = make.area("701"), make.area("702"), make.area("799", is_partner=False)
    child, visitor = make.child(home), make.child(outside)
    for person, area in ((child, home), (visitor, away)):
        record = person.records.first()
        (moment,) = consider(record, make.event(record, area_code="702"))
        assert moment.area == area
        assert may_see(make.practitioner(in_area=area), person, NOW)


def test_a_withdrawn_event_raises_nothing_and_closes_nothing():
    amira, record = duty(), make.record()
    event = make.event(record, source_ref="C1")
    consider(record, event)
    back = make.event(record, source_ref="C1", is_withdrawn=True)
    consider(record, back)
    assert len(queries.live_moments(amira, NOW)) == 1
    never = make.event(record, source_ref="C2", is_withdrawn=True, happened_at=NOW - timedelta(days=9))
    assert consider(record, never) == []


# --- Told by a person --------------------------------------------------------------------------------


def test_something_has_happened():
    area = make.area()
    amira, jo, child = duty(area), make.practitioner(role=Role.YOUTH_WORKER), make.child(area)
    make.granted(jo, child)
    said = {"where": "Bus station", "with_whom": "Sol", "is_there_now": True, "detail": "Taken at six"}
    moment = tell(jo, child, **said)
    (shown,) = queries.live_moments(amira, NOW)
    assert shown.moment == moment and moment.told_by == jo
    assert {name: getattr(moment, name) for name in said} == said
    assert moment.event.title == "Arrested" and moment.event.text == "Taken at six"
    assert queries.recent_children(jo, NOW)[0].person == child
    assert [entry.practitioner for entry in Entry.objects.filter(act="moments.raise")] == [jo]


def test_a_form_sent_twice_is_one_moment():
    jo, child = duty(), make.child()
    assert tell(jo, child, token="form1") == tell(jo, child, token="form1", at=NOW + MINUTE)
    someone = SomeoneNotFound("N. K.", age=14)
    assert tell(jo, someone, token="form2") == tell(jo, someone, token="form2")
    assert Moment.objects.count() == 2 and Person.objects.count() == 2


def test_a_child_nobody_finds_is_told_of_by_initials():
    area = make.area()
    navigator = make.practitioner(role=Role.HEALTH_NAVIGATOR, in_area=area)
    moment = tell(navigator, SomeoneNotFound("N. K.", age=14), kind=MomentKind.INJURY, area=area)
    assert may_see(navigator, moment.person, NOW)
    (shown,) = queries.live_moments(duty(area), NOW)
    assert shown.child.full_name == "N. K."
    assert moment.person.child.provisional_until


def test_person_and_feed_tell_of_one_arrest():
    jo, child = duty(), make.child()
    record = child.records.first()
    told = tell(jo, child, at=NOW)
    event = make.event(record, happened_at=NOW - HOUR, agency_knew_at=NOW - HOUR / 2, at=NOW + 9 * HOUR)
    assert consider(record, event, at=NOW + 9 * HOUR) == [told]
    told.refresh_from_db()
    assert (told.agency_knew_at, told.known_at, told.happened_at) == (NOW - HOUR / 2, NOW, NOW)
    assert Page.objects.count() == 1


def test_feed_first_then_person():
    jo, child = duty(), make.child()
    record = child.records.first()
    (raised,) = consider(record, make.event(record))
    assert tell(jo, child) == raised


def test_what_a_person_tells_never_goes_into_a_moment_that_is_over():
    jo, child = duty(), make.child()
    first = tell(jo, child)
    commands.end_moment(by=jo, at=NOW + MINUTE, moment=first, why="Home with his aunt")
    assert tell(jo, child, at=NOW + HOUR) != first
    record = make.child(name="Noor Khan").records.first()
    (history,) = consider(record, make.event(record), is_history=True)
    assert tell(jo, record.person) != history


def test_a_stranger_tells_nothing_and_leaves_nothing():
    stranger, child = make.practitioner(role=Role.MENTOR), make.child()
    clerk = make.practitioner(role=Role.ADMINISTRATOR)
    before = Entry.objects.count()
    for by in (stranger, clerk):
        with pytest.raises(NotAllowed), transaction.atomic():
            tell(by, child)
    assert not Moment.objects.exists() and not Page.objects.exists()
    assert Entry.objects.count() == before


@pytest.mark.parametrize(
    "wrong",
    [{"kind": "no_such"}, {"kind": MomentKind.NRM_DECISION}, {"happened_at": NOW + MINUTE}],
)
def test_what_cannot_be_said(wrong):
    jo, child = duty(), make.child()
    with pytest.raises(CannotBeSaid), transaction.atomic():
        tell(jo, child, **wrong)
    with pytest.raises(CannotBeSaid), transaction.atomic():
        tell(jo, SomeoneNotFound("  "))


# --- Answered, assigned, with the child, ended ---------------------------------------------------------


def test_an_answer_stops_the_telling_and_not_the_clock():
    amira, child = duty(), make.child()
    moment = tell(amira, child)
    answered = commands.answer(by=amira, at=NOW + MINUTE, moment=moment)
    assert (answered.by, answered.was_first) == (amira, True)
    shown = queries.moment_for(amira, moment.ref, NOW + MINUTE)
    assert shown.page.answered_at == NOW + MINUTE and shown.page.next_at is None
    assert shown.clock.is_running and shown.clock.due == NOW + 2 * HOUR
    assert Entry.objects.filter(act="moments.answer", about=moment.ref).count() == 1


def test_the_second_to_answer_is_told_who_was_first():
    area = make.area()
    amira, bea = duty(area), duty(area)
    moment = tell(amira, make.child(area))
    commands.answer(by=amira, at=NOW, moment=moment)
    second = commands.answer(by=bea, at=NOW + MINUTE, moment=moment)
    assert (second.by, second.at, second.was_first) == (amira, NOW, False)
    assert Entry.objects.filter(act="moments.answer_second", practitioner=bea).exists()
    assert queries.moment_for(bea, moment.ref, NOW).answer.by == amira


def test_who_is_asked_to_go_may_open_the_record_and_is_told():
    amira, sol = duty(), make.practitioner(role=Role.YOUTH_WORKER)
    child = make.child()
    moment = tell(amira, child)
    assert not may_see(sol, child, NOW)
    commands.assign(by=amira, at=NOW, moment=moment, to=sol)
    assert may_see(sol, child, NOW)
    shown = queries.moment_for(sol, moment.ref, NOW)
    assert shown.assigned_to == sol and shown.answer.by == amira
    assert {told.practitioner for told in shown.page.told} == {sol}


def test_the_clock_stops_at_the_first_meaningful_contact():
    amira, child = duty(), make.child()
    moment = tell(amira, child)
    given = {"by": amira, "person": child, "moment": moment}
    commands.record_contact(at=NOW + HOUR, meeting=Meeting.ATTEMPTED, note="No reply", **given)
    assert queries.moment_for(amira, moment.ref, NOW + HOUR).clock.is_running
    contact = commands.record_contact(
        at=NOW + 3 * HOUR,
        met_at=NOW + 2 * HOUR,
        meeting=Meeting.SEEN_ALONE,
        childs_words="I want to go home",
        offered="A lift, and breakfast",
        accepted=Accepted.YES,
        **given,
    )
    shown = queries.moment_for(amira, moment.ref, NOW + 3 * HOUR)
    assert not shown.clock.is_running and shown.clock.stopped_at == NOW + 2 * HOUR
    assert queries.contacts_of(amira, child, NOW)[0] == contact
    assert queries.live_moments(amira, NOW)[0].moment == moment  # open until a named person ends it


def test_a_moment_ends_once_with_a_reason_and_nothing_more_is_done_in_it():
    amira, child = duty(), make.child()
    moment = tell(amira, child)
    with pytest.raises(CannotBeSaid), transaction.atomic():
        commands.end_moment(by=amira, at=NOW, moment=moment, why=" ")
    commands.end_moment(by=amira, at=NOW + HOUR, moment=moment, why="Sol is with him")
    assert queries.live_moments(amira, NOW) == []
    assert queries.moment_for(amira, moment.ref, NOW).ending.why == "Sol is with him"
    for act in (
        lambda: commands.answer(by=amira, at=NOW, moment=moment),
        lambda: commands.end_moment(by=amira, at=NOW, moment=moment, why="Again"),
        lambda: commands.assign(by=amira, at=NOW, moment=moment, to=amira),
    ):
        with pytest.raises(MomentOver), transaction.atomic():
            act()


def test_a_stranger_finds_no_moment_and_leaves_nothing():
    stranger, amira = make.practitioner(role=Role.MENTOR), duty()
    clerk = make.practitioner(role=Role.ADMINISTRATOR)
    moment = tell(amira, make.child())
    before = Entry.objects.count()
    with pytest.raises(NoSuchMoment):
        queries.moment_for(stranger, moment.ref, NOW)
    for by, error in ((stranger, NoSuchMoment), (clerk, NotAllowed)):
        for act in (
            lambda by=by: commands.answer(by=by, at=NOW, moment=moment),
            lambda by=by: commands.end_moment(by=by, at=NOW, moment=moment, why="x"),
            lambda by=by: commands.assign(by=by, at=NOW, moment=moment, to=by),
        ):
            with pytest.raises(error), transaction.atomic():
                act()
    with pytest.raises(NotAllowed), transaction.atomic():
        commands.record_contact(by=stranger, at=NOW, person=moment.person, meeting=Meeting.SEEN_ALONE)
    assert Entry.objects.count() == before
    assert queries.moment_for(amira, moment.ref, NOW).answer is None


def test_a_contact_needs_an_offer_to_be_accepted_and_the_same_child():
    amira, child, other = duty(), make.child(), make.child(name="Noor Khan")
    moment = tell(amira, child)
    seen = {"by": amira, "at": NOW, "meeting": Meeting.SEEN_ALONE}
    for wrong in (
        {"person": child, "accepted": Accepted.YES},
        {"person": child, "met_at": NOW + MINUTE},
        {"person": other, "moment": moment},
        {"person": child, "moment": moment, "met_at": NOW - timedelta(days=1)},
    ):
        with pytest.raises(CannotBeSaid), transaction.atomic():
            commands.record_contact(**seen, **wrong)


# --- Kinds -----------------------------------------------------------------------------------------------


def test_a_partnership_adds_a_kind_and_changes_a_promise():
    clerk, amira = make.practitioner(role=Role.ADMINISTRATOR), duty()
    added = commands.add_kind(
        by=clerk,
        at=NOW,
        label="Back from a placement",
        sentence="You see this because …",
        contact_within=4 * HOUR,
    )
    assert added in queries.kinds_to_tell()
    moment = tell(amira, make.child(), kind=added.code)
    commands.change_kind_settings(by=clerk, at=NOW, kind=added, answer_within=5 * MINUTE, contact_within=HOUR)
    assert queries.moment_for(amira, moment.ref, NOW).clock.due == NOW + 5 * MINUTE
    for wrong in ({"answer_within": 2 * HOUR}, {"answer_within": 0 * HOUR}):
        with pytest.raises(CannotBeSaid), transaction.atomic():
            commands.change_kind_settings(by=clerk, at=NOW, kind=added, contact_within=HOUR, **wrong)
    with pytest.raises(NotAllowed), transaction.atomic():
        commands.change_kind_settings(
            by=amira, at=NOW, kind=added, answer_within=5 * MINUTE, contact_within=HOUR
        )


def test_the_kinds_that_ship_are_there_and_what_was_changed_stays():
    Kind.objects.filter(pk="arrest").update(label="Held")
    Kind.objects.filter(pk="remand").delete()
    assert commands.ensure_kinds(by=System.SET_UP, at=NOW) == 1
    assert Kind.objects.get(pk="arrest").label == "Held"
    large = [kind.told_as for kind in queries.kinds_to_tell()][:6]
    assert large == [
        "Hurt", "Arrested", "Missing", "Out of school", "Threatened or afraid", "Something else",
    ]  # fmt: skip
