"""Makers: the rows a test starts from.  Plain functions, nothing random, nothing hidden."""

import itertools
from datetime import date, datetime, time, timedelta
from typing import Any

from holdfast.access.commands import grant
from holdfast.access.terms import Via
from holdfast.audit.terms import System
from holdfast.chronology.commands import tell_event
from holdfast.chronology.rules import EventFacts
from holdfast.chronology.terms import EventKind, Precision
from holdfast.kit.clock import LONDON
from holdfast.linkage.commands import relink
from holdfast.people.commands import keep_record, make_responsible, open_child, state_facts
from holdfast.people.models import Agency, Area, Membership, Person, Practitioner, Record, Team
from holdfast.people.rules import Facts, NameFact
from holdfast.people.terms import AgencyKind, AreaRole, IdentifierKind, Role
from holdfast.rota.models import Turn

# A Wednesday in November: no clock change near, evening in London and in UTC alike.
NOW = datetime(2026, 11, 18, 21, 40, tzinfo=LONDON)
LONG_AGO = NOW - timedelta(days=400)

_number = itertools.count(1)


def area(code: str = "701", name: str = "", is_partner: bool = True) -> Area:
    return Area.objects.get_or_create(
        code=code, defaults={"name": name or f"Area {code}", "is_partner": is_partner}
    )[0]


def agency(
    kind: AgencyKind = AgencyKind.CHILDRENS_SERVICES, name: str = "Quayside Children's Services"
) -> Agency:
    return Agency.objects.get_or_create(name=name, defaults={"kind": kind})[0]


def team(in_area: Area | None = None, name: str = "") -> Team:
    name = name or f"Duty {in_area.code if in_area else 'everywhere'}"
    return Team.objects.get_or_create(agency=agency(), name=name, defaults={"area": in_area})[0]


def practitioner(
    name: str = "",
    role: Role = Role.DUTY_MANAGER,
    in_area: Area | None = None,
    email: str | None = None,
    left_at: datetime | None = None,
) -> Practitioner:
    number = next(_number)
    made = Practitioner.objects.create(
        name=name or f"Worker {number}",
        role=role,
        agency=agency(),
        email=f"worker{number}@example.invalid" if email is None else email,
        left_at=left_at,
    )
    if in_area:
        Membership.objects.create(practitioner=made, team=team(in_area), starts_at=LONG_AGO)
    return made


def record(name: str = "Theo Marsh", born_on: date | None = date(2011, 3, 4), key: str = "") -> Record:
    made = keep_record(by=System.FEEDS, at=LONG_AGO, source="test/people", key=key or f"p{next(_number)}")
    given, _, family = name.partition(" ")
    facts = Facts(names=(NameFact(given, family),), born_on=born_on)
    state_facts(by=System.FEEDS, at=LONG_AGO, record=made, stated_by="test", facts=facts)
    return made


def numbered(of: Record, value: str, kind: IdentifierKind = IdentifierKind.NHS) -> Record:
    """Let a record bear a number, and find out again whose it is."""
    of.identifiers.create(kind=kind, issuer="", value=value, stated_by="test", stated_at=LONG_AGO)
    relink(by=System.MATCHER, at=NOW, records=[of])
    of.refresh_from_db()
    return of


def born(number: int) -> date:
    """A birthday of its own for each number."""
    return date(2009, 1, 2) + timedelta(days=7 * number)


def live_moment(of: Record) -> Any:
    """A critical moment that an agency's row about this record raises now."""
    from holdfast.moments.commands import consider, ensure_kinds
    from holdfast.moments.models import Moment

    ensure_kinds(by=System.SET_UP, at=NOW)
    told = event(of)
    surely = {told.pk}
    consider(
        by=System.FEEDS, at=NOW, events=[told], people={of.person_id}, surely_of_children=surely,
        is_history=False,
    )  # fmt: skip
    return Moment.objects.get(event=told)


def person(**about: Any) -> Person:
    return record(**about).person


def child(in_area: Area | None = None, **about: Any) -> Person:
    """A child with an open record whose home is `in_area`."""
    made = person(**about)
    open_child(by=System.SET_UP, at=LONG_AGO, person=made, why="A test")
    make_responsible(
        by=System.SET_UP,
        at=LONG_AGO,
        person=made,
        area=in_area or area(),
        role=AreaRole.HOME,
        starts_on=LONG_AGO.date(),
        stated_by="test",
    )
    return made


def granted(to: Practitioner, of: Person) -> None:
    grant(by=System.SET_UP, at=LONG_AGO, person=of, practitioner=to, via=Via.TEAM, reason="A test")


def turn(
    who: Practitioner,
    in_area: Area,
    starts: time = time(0),
    until: time = time(0),
    weekdays: range = range(7),
    first_on: date = date(2025, 1, 1),
) -> None:
    """Put someone on the rota; without hours, round the clock."""
    for weekday in weekdays:
        Turn.objects.create(
            area=in_area, practitioner=who, weekday=weekday, starts=starts, until=until, first_on=first_on
        )


def event(
    of: Record,
    kind: EventKind = EventKind.ARREST,
    happened_at: datetime = NOW - timedelta(hours=2),
    at: datetime = NOW,
    **more: Any,
) -> Any:
    """An event as an agency's export tells it; `at` is when the row reached us."""
    ref = more.pop("source_ref", f"e{next(_number)}")
    facts = EventFacts(
        kind=kind,
        source=more.pop("source", "test/events"),
        source_ref=ref,
        title=more.pop("title", "Something happened"),
        happened_at=happened_at,
        agency_knew_at=more.pop("agency_knew_at", happened_at),
        precision=more.pop("precision", Precision.MINUTE),
        **more,
    )
    return tell_event(by=System.FEEDS, at=at, facts=facts, records={"subject": of}, agency=agency())
