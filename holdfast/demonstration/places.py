"""Where does the demonstration happen?  Three areas and a neighbour that exist nowhere, drawn in the sea."""

import random
from functools import cache

from pyproj import Transformer

from holdfast.demonstration.shape import Area, Home, Place, Postcode, School
from holdfast.demonstration.tables import dice, lines, pick, table

# Codes, grid squares (National Grid metres, off the east coast) and postcode areas issued to nobody.
AREAS = (
    Area("981", "E99000981", "Kelderby", True, 560000, 574000, 480000, 492000, "KB", "KB"),
    Area("982", "E99000982", "Wickersholm", True, 574000, 586000, 480000, 492000, "WK", "WK"),
    Area("983", "E99000983", "Oddermouth", True, 562000, 582000, 468000, 480000, "OD", "OD"),
    Area("984", "E99000984", "Yarrendale", False, 590000, 602000, 478000, 490000, "YD", ""),
)
HOSPITAL_CODES = {"981": "ZQ1KB", "982": "ZQ2WK", "983": "ZQ3OD"}
HOSPITALS = {"981": "Kelderby Infirmary", "982": "Wickersholm General", "983": "Oddermouth Cottage Hospital"}
YOUTH = {"981": "Ropery Youth Centre", "982": "Cinderhill Boxing Club", "983": "Lantern Hill Youth Loft"}
UNIT_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"  # a postcode's last two letters: never C I K M O V
POSTCODES_PER_LOCALITY = 4  # our choice
SPREAD_METRES = 450  # how far from its locality's middle anything is: our choice

SECONDARY, COLLEGE, PRIMARY = "Mainstream secondary", "Further education college", "Mainstream primary"
UNIT, SPECIAL, OTHER = "Pupil referral unit", "Special school", "Alternative provision"
SCHOOLS = (  # area, locality's position, name, type
    ("981", 0, "Tansy Bank Academy", SECONDARY),
    ("981", 1, "Quarrymoor High School", SECONDARY),
    ("981", 3, "Fenwick Green School", SECONDARY),
    ("981", 5, "Kelderby College", COLLEGE),
    ("981", 4, "Saltgarth Primary School", PRIMARY),
    ("981", 2, "The Ropeworks (PRU)", UNIT),
    ("981", 4, "Heron House School (SEMH)", SPECIAL),
    ("981", 1, "Quarrymoor Bike Works", OTHER),
    ("982", 0, "Alder Hythe School", SECONDARY),
    ("982", 1, "Wick Common Academy", SECONDARY),
    ("982", 4, "St Osric's RC School", SECONDARY),
    ("982", 3, "Wickersholm College", COLLEGE),
    ("982", 2, "Lowmill Primary School", PRIMARY),
    ("982", 2, "Lowmill Centre (PRU)", UNIT),
    ("982", 0, "Hythe Farm Learning", OTHER),
    ("983", 0, "Odder Quay Academy", SECONDARY),
    ("983", 3, "Lantern Hill School", SECONDARY),
    ("983", 1, "Oddermouth Sixth Form College", COLLEGE),
    ("983", 2, "Marram Primary School", PRIMARY),
    ("983", 4, "Gannet Row Centre (PRU)", UNIT),
    ("983", 0, "The Boatshed", OTHER),
    ("984", 0, "Yarren Bridge School", SECONDARY),
)
UNREGISTERED = "Hythe Farm Learning"  # one provider has no number, as happens


@cache
def _to_wgs84() -> Transformer:
    return Transformer.from_crs(27700, 4326, always_xy=True)


def wgs84(easting: int, northing: int) -> tuple[float, float]:
    """Longitude and latitude of a National Grid position, to about 10 cm."""
    longitude, latitude = _to_wgs84().transform(easting, northing)
    return round(longitude, 6), round(latitude, 6)


def area_named(la_code: str) -> Area:
    return next(area for area in AREAS if area.la_code == la_code)


def _middles(la_code: str) -> list[tuple[str, int, int]]:
    area = area_named(la_code)
    wide, high = area.max_e - area.min_e, area.max_n - area.min_n
    return [
        (
            row["name"],
            area.min_e + int(wide * float(row["east"])),
            area.min_n + int(high * float(row["north"])),
        )
        for row in table("localities")
        if row["la_code"] == la_code
    ]


def postcodes() -> tuple[Postcode, ...]:
    """Some postcodes round each locality.  The same for every seed: places do not move."""
    rng = dice("postcodes")
    found: dict[str, Postcode] = {}
    for area in AREAS:
        for district, (_, east, north) in enumerate(_middles(area.la_code), start=1):
            for _ in range(POSTCODES_PER_LOCALITY):
                inward = f"{rng.randrange(1, 10)}{pick(rng, UNIT_LETTERS)}{pick(rng, UNIT_LETTERS)}"
                code = f"{area.postcode_area}{district} {inward}"
                found[code] = Postcode(code, area.la_code, *_near(rng, east, north))
    return tuple(found.values())


def _near(rng: random.Random, east: int, north: int) -> tuple[int, int]:
    return (
        east + rng.randint(-SPREAD_METRES, SPREAD_METRES),
        north + rng.randint(-SPREAD_METRES, SPREAD_METRES),
    )


def places() -> tuple[Place, ...]:
    rng = dice("places")
    found: list[Place] = []
    for area in AREAS:
        middle_e, middle_n = (area.min_e + area.max_e) // 2, (area.min_n + area.max_n) // 2
        for name, kind, code in _central(area):
            found.append(Place(name, kind, area.la_code, code, *_near(rng, middle_e, middle_n)))
        for locality, east, north in _middles(area.la_code):
            found.append(Place(f"{locality} Park", "park", area.la_code, "", *_near(rng, east, north)))
            found.append(Place(f"{locality} Parade", "shops", area.la_code, "", *_near(rng, east, north)))
    return tuple(found)


def _central(area: Area) -> list[tuple[str, str, str]]:
    station = (f"{area.name} railway station", "rail", "")
    if not area.is_partner:
        return [station]
    return [
        (f"{area.name} Youth Court", "court", ""),
        (f"{area.name} Central", "custody", area.suite),
        (HOSPITALS[area.la_code], "hospital", HOSPITAL_CODES[area.la_code]),
        station,
        (YOUTH[area.la_code], "youth", ""),
    ]


def schools(codes: tuple[Postcode, ...]) -> tuple[School, ...]:
    rng = dice("schools")
    found = []
    for number, (la_code, locality, name, kind) in enumerate(SCHOOLS, start=1):
        near = f"{area_named(la_code).postcode_area}{locality + 1} "
        home = pick(rng, [code for code in codes if code.postcode.startswith(near)])
        urn = "" if name == UNREGISTERED else f"98{1000 + number * 17}"
        estab = str(1120 + number if kind == UNIT else 4700 + number)
        found.append(
            School(urn, la_code, estab, name, kind, home.postcode, home.easting + 20, home.northing + 30)
        )
    return tuple(found)


def home_in(rng: random.Random, la_code: str, codes: tuple[Postcode, ...]) -> Home:
    code = pick(rng, [one for one in codes if one.la_code == la_code])
    street = pick(rng, lines("streets"))
    town = area_named(la_code).name
    return Home(str(rng.randint(1, 140)), street, town, code.postcode, la_code, code.easting, code.northing)
