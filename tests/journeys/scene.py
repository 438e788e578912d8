"""A small partnership on one evening: who is on, who works with whom, who is in trouble."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from holdfast.audit.terms import System
from holdfast.feeds.applying import apply_waiting
from holdfast.feeds.commands import receive
from holdfast.linkage.commands import relink
from holdfast.people.models import Agency, Area, Membership, Person, Practitioner, Team
from holdfast.people.terms import AgencyKind, Role
from holdfast.places.models import Postcode
from holdfast.relationships.commands import add_strength, join_team, name_trusted_adult
from holdfast.relationships.terms import NamedBy
from tests import make

EVENING = make.NOW  # Wednesday 18 November 2026, 21:40
MINUTE = timedelta(minutes=1)
CUSTODY = (
    "custody_ref,record_version,nominal_id,arrested_at,arrived_at,station,surname,forenames,alias_details,dob,sex,"
    "ethnicity_16_1,nationality,address,postcode,offence,arrest_location,arrest_easting,arrest_northing,"
    "seized_property,co_detained_refs,appropriate_adult,released_at,outcome,bail_conditions,bail_return_at"
)


@dataclass(frozen=True)
class Scene:
    area: Area
    amira: Practitioner  # on now, a duty manager
    dawit: Practitioner  # on next
    kofi: Practitioner  # a youth worker
    sol: Practitioner  # a youth worker whom Rafe trusts
    noor: Person
    rafe: Person


def evening() -> Scene:
    area = make.area("701", "Carrow")
    agency = Agency.objects.create(
        name="Carrow Children’s Services", kind=AgencyKind.CHILDRENS_SERVICES, duty_phone="01632 960 140"
    )
    team = Team.objects.create(agency=agency, name="Carrow duty", area=area)
    Postcode.objects.create(code="CW3 9WG", area=area, easting=601184, northing=437902)
    amira = worker(team, "Amira Hassan", Role.DUTY_MANAGER, "Duty manager", "01632 960 001")
    dawit = worker(team, "Dawit Tesfaye", Role.DUTY_MANAGER, "Out-of-hours manager", "01632 960 002")
    kofi = worker(team, "Kofi Mensah", Role.YOUTH_WORKER, "Youth worker", "01632 960 003")
    sol = worker(team, "Sol Ferreira", Role.YOUTH_WORKER, "Youth worker", "01632 960 004")
    make.turn(amira, area, time(15), time(23))
    make.turn(dawit, area, time(23), time(15))
    noor = child(area, "Noor Ali", date(2012, 3, 4))
    rafe = child(area, "Rafe Okoro", date(2010, 6, 9))
    around(amira, noor, kofi, "Loves drawing and her little brother. Funny when she feels safe.")
    around(amira, rafe, sol, "Good with engines. Cooks for his nan on Sundays.")
    return Scene(area, amira, dawit, kofi, sol, noor, rafe)


def child(area: Area, name: str, born_on: date) -> Person:
    """A child with an open record, as those who match records know them."""
    made = make.child(area, name=name, born_on=born_on)
    relink(by=System.MATCHER, at=make.LONG_AGO, records=list(made.records.all()))
    return Person.objects.get(pk=made.pk)


def worker(team: Team, name: str, role: Role, job: str, phone: str) -> Practitioner:
    made = Practitioner.objects.create(
        name=name,
        role=role,
        agency=team.agency,
        job_title=job,
        phone=phone,
        email=f"{name.split()[0].lower()}@example.invalid",
    )
    Membership.objects.create(practitioner=made, team=team, starts_at=make.LONG_AGO)
    return made


def around(by: Practitioner, child: Person, trusted: Practitioner, strengths: str) -> None:
    at = EVENING - timedelta(days=40)
    add_strength(by=by, at=at, person=child, sentence=strengths, said_by="Family")
    join_team(by=by, at=at, person=child, practitioner=trusted, purpose="Sees them every week", is_lead=True)
    name_trusted_adult(by=by, at=at, person=child, named_by=NamedBy.CHILD, practitioner=trusted)


def drop(arrived_at: datetime, path: str, *lines: str, is_history: bool = False) -> None:
    """A file as an agency's job puts it into the folder, applied as it arrives."""
    content = "".join(f"{line}\r\n" for line in lines).encode()
    receive(by=System.FEEDS, at=arrived_at, path=path, content=content, is_history=is_history)
    apply_waiting(by=System.FEEDS, at=arrived_at)


def arrest(
    arrived_at: datetime, arrested_at: datetime, ref: str = "CW/02231/26", is_history: bool = False
) -> None:
    """A custody drop as the police send it, applied as it arrives."""
    row = (
        f"{ref},1,N1542939,{arrested_at:%d/%m/%Y %H:%M},{arrested_at + 40 * MINUTE:%d/%m/%Y %H:%M},"
        'Carrow Central,OKORO,Rafe,,09/06/2010,M,B2,British,"62 Larkspur Grove, Carrow",CW3 9WG,'
        "Possession with intent to supply,Mill Lane,601184,437902,,,,,,,"
    )
    path = f"police_custody/custody_{arrived_at:%Y-%m-%d}.csv"
    drop(arrived_at, path, CUSTODY, row, is_history=is_history)
