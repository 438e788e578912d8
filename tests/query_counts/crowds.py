"""Rows by the thousand, written as tables in one statement each: what a page makes of them is the test."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from django.db import connection

from holdfast.access.models import Grant
from holdfast.access.terms import Via
from holdfast.chronology.models import Correction, Event, Participant
from holdfast.chronology.terms import Role
from holdfast.feeds.models import Delivery, Feed, Message, Problem
from holdfast.identification.models import OpenQuestion
from holdfast.linkage.models import Edge, JudgedPair, Judgement, Question
from holdfast.linkage.terms import Opinion, Verdict
from holdfast.moments.models import Answer, Assignment, Contact, Kind, Moment
from holdfast.moments.terms import Accepted, Meeting
from holdfast.paging import models as paging
from holdfast.paging.terms import Channel
from holdfast.people.models import (
    Agency,
    Area,
    AreaResponsibility,
    Child,
    Membership,
    Person,
    Practitioner,
    Record,
    RecordAddress,
    RecordBirthDate,
    RecordIdentifier,
    RecordName,
    Team,
)
from holdfast.people.terms import AgencyKind, AreaRole, IdentifierKind
from holdfast.relationships.models import Approach, Strength, TeamMember, TrustedAdult, Voice
from holdfast.relationships.terms import Advice, NamedBy
from holdfast.rota.models import Step, Turn
from holdfast.rota.terms import Whom
from tests import make

NOW = datetime.now(UTC)  # pages read the real clock
AGO = NOW - timedelta(days=30)
NUMBERED = 500_000  # so that names made on the way meet no others
BORN = date(NOW.year - 15, 3, 4)


def children(number: int, area: Area, first: int = 0) -> list[Person]:
    """Open children whose home is `area`: a record each, a name, a birthday, a number, an address."""
    people = Person.objects.bulk_create([Person(made_at=AGO) for _ in range(number)])
    Child.objects.bulk_create([Child(person=one, opened_at=AGO, why="A test") for one in people])
    AreaResponsibility.objects.bulk_create(
        [
            AreaResponsibility(
                person=one, area=area, role=AreaRole.HOME, starts_on=AGO.date(), stated_by="test"
            )
            for one in people
        ]
    )
    records(people, first)
    return people


def records(people: Sequence[Person], first: int = 0) -> list[Record]:
    """A record of each of these people, who may be one person many times."""
    agency = make.agency()
    made = Record.objects.bulk_create(
        [
            Record(source=f"test/{n % 7}", key=f"k{first + n}", person=one, agency=agency, made_at=AGO)
            for n, one in enumerate(people)
        ]
    )
    said = {"stated_by": "test", "stated_at": AGO}
    RecordName.objects.bulk_create(
        [
            RecordName(record=one, kind="recorded", given=f"Ann{first + n}", family="Marsh", **said)
            for n, one in enumerate(made)
        ]
    )
    RecordBirthDate.objects.bulk_create([RecordBirthDate(record=one, born_on=BORN, **said) for one in made])
    RecordIdentifier.objects.bulk_create(
        [
            RecordIdentifier(
                record=one, kind=IdentifierKind.PERSON, issuer="test", value=f"P{one.pk}", **said
            )
            for one in made
        ]
    )
    RecordAddress.objects.bulk_create(
        [
            RecordAddress(record=one, kind="home", text="4 Mill Lane", postcode="ZZ1 1AA", **said)
            for one in made
        ]
    )
    return made


def edges(held: Sequence[Record]) -> None:
    keys = sorted(one.pk for one in held)
    Edge.objects.bulk_create(
        [
            Edge(low_id=low, high_id=high, bits=20.0, verdict=Verdict.SAME, model="test")
            for low, high in zip(keys, keys[1:], strict=False)
        ]
    )


def questions(people: Sequence[Person], first: int = 0) -> None:
    """Each of these people may be one with somebody else, and nobody has said; of each second one somebody
    said something before."""
    others = records([Person.objects.create(made_at=AGO) for _ in people], first + NUMBERED)
    pairs = [(one.records.earliest("pk"), other) for one, other in zip(people, others, strict=True)]
    by = make.practitioner()
    Edge.objects.bulk_create(
        [Edge(low=low, high=high, bits=1.0, verdict=Verdict.ASK, model="test") for low, high in pairs]
    )
    Question.objects.bulk_create([Question(low=low, high=high, asked_at=AGO) for low, high in pairs])
    said = Judgement.objects.bulk_create(
        [Judgement(opinion=Opinion.NOT_SURE, by=by, at=AGO, why="Unclear") for _ in pairs[::2]]
    )
    JudgedPair.objects.bulk_create(
        [
            JudgedPair(judgement=one, low=low, high=high)
            for one, (low, high) in zip(said, pairs[::2], strict=True)
        ]
    )


def events(number: int, record: Record, by: Practitioner, first: int = 0) -> list[Event]:
    """Events of one child, each with another who took part, and a correction."""
    others = records([Person.objects.create(made_at=AGO)] * number, first + NUMBERED)
    agency, area = make.agency(), make.area()
    made = Event.objects.bulk_create(
        [
            Event(
                kind_id="arrest", source="test/events", source_ref=f"e{first + n}", agency=agency,
                told_by=by, title="Something happened", happened_at=NOW - timedelta(minutes=n + 1),
                agency_knew_at=NOW, known_at=NOW, told_at=NOW, area=area, home_area=area,
                source_evaluation="1", assessment="A", handling="P",
            )
            for n in range(number)
        ]
    )  # fmt: skip
    Participant.objects.bulk_create(
        [Participant(event=one, record=record, role=Role.HARMED) for one in made]
        + [
            Participant(event=one, record=other, role=Role.CAUSED_HARM, field="other")
            for one, other in zip(made, others, strict=True)
        ]
    )
    Correction.objects.bulk_create(
        [Correction(event=one, field="the place", was="A", became="B", known_at=NOW) for one in made]
    )
    return made


def moments(people: Sequence[Person], area: Area, by: Practitioner, first: int = 0) -> list[Moment]:
    """An open moment of each: paged, seen, answered, given to someone who has tried to go."""
    told = Event.objects.bulk_create(
        [
            Event(
                kind_id="arrest", source="test/moments", source_ref=f"m{first + n}", agency=make.agency(),
                title="Arrested", happened_at=AGO, agency_knew_at=AGO, known_at=AGO, told_at=AGO, area=area,
            )
            for n in range(len(people))
        ]
    )  # fmt: skip
    made = Moment.objects.bulk_create(
        [
            Moment(
                kind_id="arrest", person=one, area=area, happening=f"h{first + n}", event=event,
                told_by=by if n % 2 else None,  # a person tells of one, an agency's export of the next
                happened_at=AGO, agency_knew_at=AGO, known_at=AGO, raised_at=AGO,
            )
            for n, (one, event) in enumerate(zip(people, told, strict=True))
        ]
    )  # fmt: skip
    pages = paging.Page.objects.bulk_create(
        [paging.Page(about=one.ref, area=area, raised_at=AGO, answered_at=NOW) for one in made]
    )
    sent = {"round": 0, "practitioner": by, "channel": Channel.IN_APP, "made_at": AGO, "due_at": AGO}
    paging.Delivery.objects.bulk_create(
        [paging.Delivery(page=page, handed_at=AGO, seen_at=NOW, **sent) for page in pages]
    )
    Answer.objects.bulk_create([Answer(moment=one, by=by, at=NOW) for one in made])
    Assignment.objects.bulk_create([Assignment(moment=one, to=by, by=by, at=NOW) for one in made])
    contacts([(one.person, one) for one in made], by)
    return made


def contacts(of: Sequence[tuple[Person, Moment | None]], by: Practitioner) -> None:
    Contact.objects.bulk_create(
        [
            Contact(
                person=person, moment=moment, by=by, at=NOW - timedelta(minutes=n + 1), recorded_at=NOW,
                meeting=Meeting.ATTEMPTED, accepted=Accepted.NOT_OFFERED, next_at=NOW + timedelta(days=1),
            )
            for n, (person, moment) in enumerate(of)
        ]
    )  # fmt: skip


def around(number: int, person: Person, by: Practitioner) -> None:
    """All that stands on one child's page, many times over; colleagues of many agencies."""
    told = {"person": person, "recorded_by": by}
    said = {"said_by": "Someone", "said_at": AGO}
    Strength.objects.bulk_create([Strength(sentence="Swims", **told, **said) for _ in range(number)])
    Approach.objects.bulk_create(
        [Approach(advice=Advice.DO, sentence="Ring first", **told, **said) for _ in range(number)]
    )
    Voice.objects.bulk_create(
        [Voice(words="I like it", told_to="A", said_at=AGO, **told) for _ in range(number)]
    )
    TrustedAdult.objects.bulk_create(
        [
            TrustedAdult(name="Lin", named_by=NamedBy.CHILD, starts_at=AGO, ends_at=NOW, **told)
            for _ in range(number)
        ]
    )
    TeamMember.objects.bulk_create(
        [
            TeamMember(person=person, practitioner=one, purpose="A test", starts_at=AGO)
            for one in colleagues(number, make.area(), NUMBERED + TeamMember.objects.count())
        ]
    )
    OpenQuestion.objects.bulk_create(
        [
            OpenQuestion(person=person, question="Where?", owner=by, asked_by=by, asked_at=AGO)
            for _ in range(number)
        ]
    )


def kinds(number: int, first: int) -> None:
    promise = {"answer_within": timedelta(minutes=5), "contact_within": timedelta(hours=1)}
    Kind.objects.bulk_create(
        [
            Kind(code=f"k{first + n}", label=f"Kind {first + n}", sentence="Why.", **promise)
            for n in range(number)
        ]
    )


def areas(number: int, first: int) -> None:
    Area.objects.bulk_create([Area(code=f"A{first + n}", name=f"Area {first + n}") for n in range(number)])


def colleagues(number: int, area: Area, first: int = 0) -> list[Practitioner]:
    """Practitioners, each of an agency and a team of their own, and on the rota."""
    agencies = Agency.objects.bulk_create(
        [Agency(name=f"Agency {first + n}", kind=AgencyKind.SCHOOL) for n in range(number)]
    )
    teams = Team.objects.bulk_create([Team(agency=one, area=area, name="Team") for one in agencies])
    made = Practitioner.objects.bulk_create(
        [Practitioner(name=f"W {first + n}", role="mentor", agency=one) for n, one in enumerate(agencies)]
    )
    Membership.objects.bulk_create(
        [Membership(practitioner=p, team=t, starts_at=AGO) for p, t in zip(made, teams, strict=True)]
    )
    return made


def turns(people: Sequence[Practitioner], area: Area) -> None:
    Turn.objects.bulk_create(
        [
            Turn(
                area=area, practitioner=one, weekday=n % 7, starts=time(0), until=time(0), first_on=AGO.date()
            )
            for n, one in enumerate(people)
        ]
    )
    first = Step.objects.filter(area=area).count() + 1
    Step.objects.bulk_create(
        [
            Step(area=area, number=n, whom=Whom.NAMED, practitioner=one, wait=timedelta(minutes=5))
            for n, one in enumerate(people, first)
        ]
    )


def grants(people: Sequence[Person], to: Practitioner) -> None:
    Grant.objects.bulk_create(
        [Grant(practitioner=to, person=one, via=Via.TEAM, reason="A test", starts_at=AGO) for one in people]
    )


def feed(name: str = "parents/concerns") -> Feed:
    said = {"label": name, "expected_every": timedelta(days=3)}
    return Feed.objects.get_or_create(name=name, defaults=said)[0]


def feeds(number: int, first: int) -> list[Feed]:
    names = [f"feed/{first + n}" for n in range(number)]
    return Feed.objects.bulk_create(
        [Feed(name=name, label=name, expected_every=timedelta(days=3)) for name in names]
    )


def deliveries(of: Sequence[Feed], first: int = 0) -> list[Delivery]:
    """A file of each of these feeds, which may be one feed many times, with a row to be mended."""
    made = Delivery.objects.bulk_create(
        [
            Delivery(
                feed=one, path=f"parents/concerns_{first + n}.csv", sha256=f"{one.pk} {first + n}",
                drop_on=AGO.date(), arrived_at=AGO + timedelta(minutes=n), header="call_ref,call_started",
            )
            for n, one in enumerate(of)
        ]
    )  # fmt: skip
    quarantined(made)
    return made


def quarantined(of: Sequence[Delivery], first: int = 0) -> None:
    rows = Message.objects.bulk_create(
        [
            Message(delivery=one, row=str(first + n), text="C1,yesterday", status="quarantined")
            for n, one in enumerate(of)
        ]
    )
    Problem.objects.bulk_create(
        [
            Problem(message=one, field=field, code="date", reason="not a date", is_error=True)
            for one in rows
            for field in ("call_started", "call_ref")
        ]
    )


def counted() -> None:
    """Let PostgreSQL look at what was written, as it does by itself after a while: plans suit the sizes."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
