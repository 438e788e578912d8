"""What do the police send?  Custody, missing episodes and sanitised intelligence."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from holdfast.demonstration.shape import Child, Happening, Partnership, Place, Row
from holdfast.demonstration.stories import ARREST, INTELLIGENCE, MISSING, THREAT, WINDOW, Story
from holdfast.demonstration.tables import lines, pick, table
from holdfast.demonstration.writing import iso_time, later, sent, uk_date, uk_time

CUSTODY, LOST, INTEL = ("police_custody", "custody"), ("police_missing", "missing"), ("police_intel", "intel")
ADULT_ARRESTS = 18  # grown-ups brought to custody in 90 days: our choice
PLACE_LINES = 12  # intelligence lines naming a place and nobody, in 90 days: our choice
FALSE_NAME = {"c27": ("REDFERN", "Kyle")}  # a child who first gave another name


@dataclass(frozen=True)
class Arrest:
    at: datetime
    released_at: datetime
    la_code: str
    place: str
    offence: str
    surname: str
    forename: str
    number: str
    dob: date
    sex: str
    ethnicity: str
    address: str
    postcode: str
    child: Child | None
    visit: datetime | None
    false_name: tuple[str, str] | None = None


def custody(story: Story) -> Iterator[Row]:
    for ref, arrest in _numbered(story):
        yield _custody_row(story, ref, arrest, 1)
        if arrest.released_at <= story.until:
            yield _custody_row(story, ref, arrest, 2)


def custody_refs(story: Story) -> dict[str, list[tuple[datetime, str]]]:
    """Each child's arrests with their custody references, the earliest first."""
    refs: dict[str, list[tuple[datetime, str]]] = {}
    for ref, arrest in _numbered(story):
        if arrest.child:
            refs.setdefault(arrest.child.key, []).append((arrest.at, ref))
    return refs


@cache
def _numbered(story: Story) -> tuple[tuple[str, Arrest], ...]:
    arrests = [_of_child(story, one) for one in story.of(ARREST)] + list(_of_adults(story))
    arrests.sort(key=lambda one: (one.at, one.surname))
    counts: Counter[str] = Counter()
    found = []
    for arrest in arrests:
        suite = story.partnership.area(arrest.la_code).suite
        counts[suite] += 1
        found.append((f"{suite}/{400 + counts[suite]:05d}/{arrest.at:%y}", arrest))
    return tuple(found)


def _of_child(story: Story, one: Happening) -> Arrest:
    child = story.partnership.child(one.child)
    assert one.ends_at is not None
    false_name = FALSE_NAME.get(child.key) if one.number == 1 else None
    return Arrest(
        one.at, one.ends_at, child.la_code, one.place, one.what, child.surname, child.forename,
        child.police_number, child.dob, child.sex, child.ethnicity, f"{child.home.line}, {child.home.town}",
        child.home.postcode, child, one.visit, false_name,
    )  # fmt: skip


def _of_adults(story: Story) -> Iterator[Arrest]:
    partnership = story.partnership
    window = 0
    while story.starts + window * WINDOW < story.until:
        for nth in range(ADULT_ARRESTS):
            rng = story.dice("adult", window, nth)
            names = pick(rng, table("adult_names"))
            at = later(story.starts + window * WINDOW, minutes=rng.randrange(WINDOW.days * 24 * 60))
            area = pick(rng, [area for area in partnership.areas if area.is_partner])
            code = pick(rng, [one for one in partnership.postcodes if one.la_code == area.la_code])
            place = pick(rng, partnership.places_of(area.la_code, "shops"))
            is_man = rng.random() < 0.75
            if at > story.until:
                continue
            yield Arrest(
                at, later(at, minutes=rng.randint(240, 1200)), area.la_code, place.name,
                pick(rng, lines("arrests")), pick(rng, lines("surnames")),
                pick(rng, names["men" if is_man else "women"].split(" ")),
                f"N98{50000 + window * 100 + nth}", partnership.today - timedelta(days=rng.randint(7300,
                18000)),
                "M" if is_man else "F", "NS",
                f"{rng.randint(1, 140)} {pick(rng, lines('streets'))}, {area.name}",
                code.postcode, None, None,
            )  # fmt: skip
        window += 1


def _custody_row(story: Story, ref: str, arrest: Arrest, version: int) -> Row:
    rng = story.dice("custody", ref)
    place = _place(story.partnership, arrest.place)
    released = arrest.released_at if version == 2 else None
    surname, forename, note, number = arrest.surname.upper(), arrest.forename, "", arrest.number
    if arrest.false_name and version == 1:
        (surname, forename), note, number = arrest.false_name, "Identity not verified", ""
    elif arrest.false_name:
        note = f"First gave the name {arrest.false_name[1]} {arrest.false_name[0].title()}"
    outcome = pick(rng, ("RUI", "PCBAIL", "CHARGED-BAIL", "NFA", "CR", "O22"))
    on_bail = version == 2 and outcome in ("PCBAIL", "CHARGED-BAIL")
    arrived = later(arrest.at, minutes=rng.randint(18, 55))
    property_seized = pick(rng, ("", "", "Two phones", "One phone, £85 cash", "Rucksack and train tickets"))
    values = (
        ref, version, number, uk_time(arrest.at), uk_time(arrived),
        f"{story.partnership.area(arrest.la_code).name} Central", surname, forename, note,
        uk_date(arrest.dob),
        arrest.sex, arrest.ethnicity, "British", arrest.address, arrest.postcode, arrest.offence,
        arrest.place,
        place.easting, place.northing, property_seized, "", _appropriate_adult(arrest), uk_time(released),
        outcome if released else "", f"Not to enter {arrest.place}" if on_bail else "",
        uk_time(later(arrest.released_at, days=28)) if on_bail and outcome == "PCBAIL" else "",
    )  # fmt: skip
    child = arrest.child.key if arrest.child else ""
    ready = arrest.released_at if version == 2 else arrived
    visit = arrest.visit if version == 1 else None
    moment = "arrest" if child else ""
    return sent(CUSTODY, "", ready, ref, values, version=version, child=child, moment=moment, visit=visit)


def _appropriate_adult(arrest: Arrest) -> str:
    if not arrest.child:
        return ""
    if arrest.child.in_care or not arrest.child.adults:
        return "AA scheme"
    adult = arrest.child.adults[0]
    return f"{adult.name} ({adult.relationship})"


def missing(story: Story) -> Iterator[Row]:
    for nth, one in enumerate(story.of(MISSING), start=1):
        ref = f"MP-{one.at:%y}-{nth + 110:05d}"
        assert one.ends_at is not None
        yield _missing_row(story, ref, one, 1)
        if one.ends_at <= story.until:
            yield _missing_row(story, ref, one, 2)


def _missing_row(story: Story, ref: str, one: Happening, version: int) -> Row:
    child = story.partnership.child(one.child)
    rng = story.dice("missing", ref)
    found = one.ends_at if version == 2 else None
    at_home = one.place == "Home address"
    place = None if at_home else _place(story.partnership, one.place)
    spot = (child.home.easting, child.home.northing) if place is None else (place.easting, place.northing)
    adult = child.adults[0]
    reporter = ("Children's home", "carer") if child.in_care else (adult.name, adult.relationship)
    values = (
        ref, version, child.police_number if rng.random() < 0.4 else "", iso_time(one.at),
        iso_time(later(one.at, minutes=-rng.randint(40, 240))), *reporter, child.surname.upper(),
        child.forename,
        child.known_as, child.dob.isoformat(), child.sex, child.ethnicity,
        f"{child.home.line}, {child.home.town}", child.home.postcode,
        "placement" if child.in_care else "home", "Y" if child.in_care else "N",
        pick(rng, ("MEDIUM", "MEDIUM", "HIGH")), pick(rng, lines("circumstances")),
        "CLOSED" if found else "OPEN", iso_time(found), one.place if found else "", *(spot if found else ("",
        "")),
        pick(rng, ("police", "family", "rail staff", "came home")) if found else "", "",
        pick(rng, lines("returns")) if found else "",
    )  # fmt: skip
    moment = "missing_found_out_of_area" if found and one.la_code not in ("", child.la_code) else ""
    is_news = one.visit is not None and (found is not None or _still_away(one))
    ready = found or later(one.at, minutes=15)
    return sent(LOST, "", ready, ref, values, version=version, child=child.key, moment=moment,
        visit=one.visit if is_news else None,
    )  # fmt: skip


def _still_away(one: Happening) -> bool:
    return one.visit is not None and one.ends_at is not None and one.ends_at > one.visit


def intelligence(story: Story) -> Iterator[Row]:
    items: list[tuple[datetime, Happening | None]] = []
    items += [(one.at, one) for one in story.of(INTELLIGENCE, THREAT)]
    items += [(at, None) for at in _place_lines(story)]
    items.sort(key=lambda item: (item[0], item[1].child if item[1] else ""))
    for nth, (at, one) in enumerate(items, start=1):
        ref = f"INT{at:%Y}98{nth:04d}"
        if one is None:
            yield _place_line(story, ref, at)
        elif one.kind == THREAT:
            yield _threat(story, ref, one)
        else:
            yield _line_about(story, ref, one)


def _place_lines(story: Story) -> Iterator[datetime]:
    window = 0
    while story.starts + window * WINDOW < story.until:
        for nth in range(PLACE_LINES):
            rng = story.dice("place line", window, nth)
            at = later(story.starts + window * WINDOW, minutes=rng.randrange(WINDOW.days * 24 * 60))
            if at <= story.until:
                yield at
        window += 1


def _place_line(story: Story, ref: str, at: datetime) -> Row:
    rng = story.dice(ref)
    place = pick(rng, [one for one in story.partnership.places if one.kind in ("park", "shops", "rail")])
    vehicle = pick(rng, ("", "", "dark hatchback, part index KB2", "white van with a ladder rack"))
    values = (
        ref, 1, "INT", uk_time(later(at, hours=9)), uk_time(at), pick(rng, "123"), pick(rng, "BCD"), "P", "",
        pick(rng, lines("intelligence_places")).format(place=place.name), "", "", vehicle, place.name,
        place.easting, place.northing, "",
    )  # fmt: skip
    return sent(INTEL, "", later(at, hours=9), ref, values)


def _line_about(story: Story, ref: str, one: Happening) -> Row:
    child = story.partnership.child(one.child)
    rng = story.dice(ref)
    place = _place(story.partnership, one.place)
    subject = f"{child.surname.upper()}, {child.forename} ({uk_date(child.dob)})"
    if child.known_as:
        subject += f' aka "{child.known_as}"'
    if rng.random() < 0.25:
        subject = f"{child.called} (approx {child.age_on(one.at.date())} yrs)"
    conditions = "Speak to the originator before any action is taken" if rng.random() < 0.4 else ""
    phone = f"07700 900{rng.randrange(1000):03d}" if rng.random() < 0.3 else ""
    text = pick(rng, lines("intelligence")).format(first=child.called, place=place.name)
    values = (
        ref, 1, "INT", uk_time(later(one.at, hours=14)), uk_time(one.at), pick(rng, "122"), pick(rng, "BCCD"),
        "C" if conditions else "P", conditions, text, subject, phone, "", place.name, place.easting,
        place.northing, "",
    )  # fmt: skip
    return sent(INTEL, "", later(one.at, hours=14), ref, values, child=child.key)


def _threat(story: Story, ref: str, one: Happening) -> Row:
    child = story.partnership.child(one.child)
    given = later(one.at, minutes=25)
    text = (
        f"Threat to life warning given in person to {child.name} and {child.adults[0].name}. Assessed as "
        "real and immediate. Family advised to stay away from home tonight. Children's services told."
    )
    values = (
        ref, 1, "TTL", uk_time(later(one.at, minutes=50)), uk_time(given), "1", "B", "C",
        "Not to be shared further without the authority of the duty inspector", text,
        f"{child.surname.upper()}, {child.forename} ({uk_date(child.dob)})", "", "", "", "", "", "",
    )  # fmt: skip
    ready = later(one.at, minutes=50)
    return sent(INTEL, "", ready, ref, values, child=child.key, moment="threat_to_life", visit=one.visit)


def _place(partnership: Partnership, name: str) -> Place:
    return next(place for place in partnership.places if place.name == name)
