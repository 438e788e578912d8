"""What is the invented partnership made of?  Plain values: no tables, no clock, no disk."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True)
class Area:
    la_code: str
    gss_code: str
    name: str
    is_partner: bool
    min_e: int
    max_e: int
    min_n: int
    max_n: int
    postcode_area: str
    suite: str  # the letters that begin this area's custody references; blank for the neighbour


@dataclass(frozen=True)
class Place:
    name: str
    kind: str  # court, custody, hospital, park, rail, shops or youth
    la_code: str
    org_code: str
    easting: int
    northing: int


@dataclass(frozen=True)
class School:
    urn: str  # blank for a provider that is not registered
    la_code: str
    estab: str
    name: str
    type: str
    postcode: str
    easting: int
    northing: int


@dataclass(frozen=True)
class Postcode:
    postcode: str
    la_code: str
    easting: int
    northing: int


@dataclass(frozen=True)
class Home:
    house: str
    street: str
    town: str
    postcode: str
    la_code: str
    easting: int
    northing: int

    @property
    def line(self) -> str:
        return f"{self.house} {self.street}"


@dataclass(frozen=True)
class Adult:
    key: str
    forename: str
    surname: str
    sex: str
    ethnicity: str
    dob: date
    relationship: str
    phone: str
    nhs_number: str
    household: str

    @property
    def name(self) -> str:
        return f"{self.forename} {self.surname}"


@dataclass(frozen=True)
class Child:
    key: str
    forename: str
    surname: str
    known_as: str
    sex: str
    ethnicity: str  # 16+1 code
    dob: date
    la_code: str
    household: str
    home: Home
    adults: tuple[Adult, ...]
    school: School
    upn: str
    nhs_number: str
    police_number: str
    yjs_ref: str
    social_care_ref: str
    in_care: bool
    has_ehc_plan: bool
    story: tuple[tuple[str, int], ...]  # how often each kind of thing happens in 90 days

    @property
    def name(self) -> str:
        return f"{self.forename} {self.surname}"

    @property
    def called(self) -> str:
        return self.known_as or self.forename

    def age_on(self, day: date) -> int:
        return day.year - self.dob.year - ((day.month, day.day) < (self.dob.month, self.dob.day))

    def times(self, letter: str) -> int:
        return dict(self.story).get(letter, 0)


@dataclass(frozen=True)
class About:
    """What people would tell you first about a child, and in the child's own words."""

    strength: str
    likes: str
    trust_by: str  # child, staff, nobody, or blank when nobody has asked yet
    trust_name: str  # a practitioner's key, or the name of someone in the family
    trust_relation: str
    words: str


@dataclass(frozen=True)
class Agency:
    key: str
    name: str
    kind: str
    la_code: str  # blank for an agency of all three areas


@dataclass(frozen=True)
class Team:
    key: str
    agency: str
    name: str


@dataclass(frozen=True)
class Practitioner:
    key: str
    forename: str
    surname: str
    agency: str
    team: str
    la_code: str
    role: str
    phone: str

    @property
    def name(self) -> str:
        return f"{self.forename} {self.surname}"


@dataclass(frozen=True)
class Shift:
    """One line of an area's weekly rota; a shift that ends before it starts runs past midnight."""

    la_code: str
    weekday: int  # Monday is 0
    starts: time
    ends: time
    order: int  # 1 is rung first
    practitioner: str


@dataclass(frozen=True)
class Partnership:
    name: str
    seed: int
    today: date  # the day the demonstration was first made: every story hangs from it
    areas: tuple[Area, ...]
    places: tuple[Place, ...]
    postcodes: tuple[Postcode, ...]
    schools: tuple[School, ...]
    agencies: tuple[Agency, ...]
    teams: tuple[Team, ...]
    practitioners: tuple[Practitioner, ...]
    rota: tuple[Shift, ...]
    children: tuple[Child, ...]
    about: tuple[tuple[str, About], ...]

    def area(self, la_code: str) -> Area:
        return next(area for area in self.areas if area.la_code == la_code)

    def child(self, key: str) -> Child:
        return next(child for child in self.children if child.key == key)

    def practitioner(self, key: str) -> Practitioner:
        return next(one for one in self.practitioners if one.key == key)

    def about_child(self, key: str) -> About:
        return dict(self.about)[key]

    def places_of(self, la_code: str, kind: str) -> list[Place]:
        return [place for place in self.places if place.la_code == la_code and place.kind == kind]


@dataclass(frozen=True)
class Happening:
    """One thing that happens in a story, before any agency writes it down."""

    kind: str  # a letter of the story: see stories.py
    child: str
    at: datetime
    ends_at: datetime | None = None
    place: str = ""
    la_code: str = ""  # the area where it ends, when that matters
    what: str = ""
    number: int = 0  # counts happenings of this kind for this child
    visit: datetime | None = None  # set on what is going on right now: the visit it was made for


@dataclass(frozen=True)
class Row:
    """One record of one agency, ready to go out with its next drop."""

    feed: str
    table: str
    la_code: str  # blank for senders that serve all areas
    ready_at: datetime
    key: str  # the sender's own reference
    values: Mapping[str, object]  # heading -> value, in the order of the headings
    version: int = 1
    child: str = ""
    moment: str = ""  # the kind of critical moment it tells of, if any
    visit: datetime | None = None
