"""What do agencies send about the people of a made-up partnership?

Exports as they would arrive: custody, missing episodes (open, then found), exclusions and hospital
attendances.  Seven rows in ten are about children already known, one in ten of those about a child
whom everybody knows.
"""

import csv
import io
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from bench.crowd import AREAS, SEED, Resident, postcode, resident
from holdfast.feeds.tables import table_of

KNOWN_SHARE = 0.7
BUSY_SHARE = 0.1  # of the known rows
BUSY_RECORDS = 20
MOST_BUSY = 40
MOVED_SHARE = 0.1  # of rows about known children give an address that is new to us
DAYS = 15
FIRST_DAY = datetime(2026, 3, 2, tzinfo=UTC)
FHIR = "https://fhir.hl7.org.uk"


@dataclass(frozen=True, slots=True)
class Drop:
    path: str
    arrived_at: datetime
    content: bytes
    rows: int


def drops(size: int, rows: int, days: int = DAYS) -> list[Drop]:
    """Return files with about `rows` rows in all, in the order in which they reach us: as many each day."""
    rng = random.Random(SEED + size)
    # A missing episode is two rows: one when the child is missed, one when the child is found.
    a_day = max(1, round(rows / days / 5))
    found: list[Drop] = []
    late: list[dict[str, object]] = []
    for day in range(days):
        now, numbers = FIRST_DAY + timedelta(days=day), iter(range(day * 1000, day * 1000 + 1000))
        missing = [_missing(_subject(rng, size), now, next(numbers)) for _ in range(a_day)]
        found.append(_csv("police_missing/missing", now, [*late, *missing]))
        late = [_found(row, now) for row in missing]
        custody = [_custody(_subject(rng, size), now, next(numbers)) for _ in range(a_day)]
        found.append(_csv("police_custody/custody", now, custody))
        excluded = [_exclusion(_subject(rng, size), now, next(numbers)) for _ in range(a_day)]
        found.append(_csv("schools/exclusions_981", now, excluded))
        found.append(_bundles(now, [_injury(_subject(rng, size), now, next(numbers)) for _ in range(a_day)]))
    return found


def _subject(rng: random.Random, size: int) -> Resident:
    if rng.random() >= KNOWN_SHARE:
        return _child(rng, size, size + 1, size + 10_000_000)
    if rng.random() < BUSY_SHARE and _busy(size):
        return rng.choice(_busy(size))
    one = _child(rng, size, 1, size + 1)
    if rng.random() < MOVED_SHARE:
        new = postcode(one.la_code, rng.randrange(max(1, size // 40)))
        return Resident(**{**{name: getattr(one, name) for name in one.__slots__}, "postcode": new})
    return one


def _child(rng: random.Random, size: int, first: int, last: int) -> Resident:
    while True:
        one = resident(rng.randrange(first, last), size)
        if one.is_child:
            return one


@lru_cache(maxsize=4)
def _busy(size: int) -> list[Resident]:
    """Return some of the children about whom there are most records."""
    found: list[Resident] = []
    for number in range(1, min(size, 100_000) + 1):
        one = resident(number, size)
        if one.is_child and one.records >= BUSY_RECORDS:
            found.append(one)
        if len(found) == MOST_BUSY:
            break
    return found


# --- Rows ------------------------------------------------------------------------------------------


def _missing(one: Resident, now: datetime, number: int) -> dict[str, object]:
    return {
        "misper_ref": f"BM-{now:%y}-{number:05d}",
        "record_version": 1,
        "nominal_id": one.nominal if number % 2 else "",
        "reported_at": f"{now:%Y-%m-%d} 02:20:00",
        "last_seen_at": f"{now - timedelta(days=1):%Y-%m-%d} 21:10:00",
        "reporter_relationship": "mother",
        "surname": one.family,
        "forenames": one.given,
        "dob": one.born_on.isoformat(),
        "sex": str(one.sex),
        "home_address": f"{one.home}, {AREAS[one.la_code]}",
        "home_postcode": one.postcode,
        "missing_from": "home",
        "in_care": "N",
        "risk_level": "MEDIUM",
        "circumstances": "Not back from town with friends",
        "status": "OPEN",
        "found_at": "",
        "found_place": "",
    }


def _found(row: dict[str, object], now: datetime) -> dict[str, object]:
    area = AREAS["982"] if str(row["misper_ref"])[-1] in "123" else AREAS["981"]
    at = f"{now:%Y-%m-%d} 19:40:00"
    return {**row, "record_version": 2, "status": "CLOSED", "found_at": at, "found_place": area}


def _custody(one: Resident, now: datetime, number: int) -> dict[str, object]:
    return {
        "custody_ref": f"BN/{number:05d}/{now:%y}",
        "record_version": 1,
        "nominal_id": one.nominal if number % 2 else "",
        "arrested_at": f"{now - timedelta(days=1):%d/%m/%Y} 22:15",
        "arrived_at": f"{now - timedelta(days=1):%d/%m/%Y} 23:05",
        "station": f"{AREAS[one.la_code]} Central",
        "surname": one.family.upper(),
        "forenames": one.given,
        "dob": f"{one.born_on:%d/%m/%Y}",
        "sex": str(one.sex),
        "address": f"{one.home}, {AREAS[one.la_code]}",
        "postcode": one.postcode,
        "offence": "Possession with intent to supply",
        "appropriate_adult": "AA scheme",
    }


def _exclusion(one: Resident, now: datetime, number: int) -> dict[str, object]:
    return {
        "ExclusionRef": f"EXB-{now:%y}-{number:05d}",
        "RecordVersion": 1,
        "UPN": one.upn,
        "Surname": one.family,
        "Forename": one.given,
        "DOB": f"{one.born_on:%d/%m/%Y}",
        "Sex": str(one.sex),
        "Postcode": one.postcode,
        "SchoolURN": "990017",
        "SchoolName": "Benford Academy",
        "Category": "PERM" if number % 4 == 0 else "SUSP",
        "Reason1": "DB",
        "StartDate": f"{now:%d/%m/%Y}",
        "Sessions": 4,
    }


def _injury(one: Resident, now: datetime, number: int) -> dict[str, object]:
    came, site = (now - timedelta(hours=3)).isoformat(timespec="seconds"), "https://zq1aa.example.invalid"
    patient, encounter, condition = (f"urn:uuid:{number:08d}-{part}" for part in "pec")
    about = {"reference": patient}
    resources = (
        (patient, _patient(one, site)),
        (
            encounter,
            {
                "resourceType": "Encounter",
                "identifier": [{"system": f"{site}/encounter", "value": f"EDB{now:%y}{number:06d}"}],
                "status": "finished",
                "subject": about,
                "period": {"start": came, "end": now.isoformat(timespec="seconds")},
                "reasonCode": [_coded("http://hl7.org/fhir/sid/icd-10", "X99", "Assault by sharp object")],
                "serviceProvider": {
                    "identifier": {
                        "system": "https://fhir.nhs.uk/Id/ods-organization-code",
                        "value": "ZQ1AA",
                    },
                    "display": "Benford General Hospital",
                },
            },
        ),
        (
            condition,
            {
                "resourceType": "Condition",
                "code": _coded("http://snomed.info/sct", "125643001", "Open wound"),
                "bodySite": [{"text": "left upper arm"}],
                "subject": about,
                "note": [{"text": "Cut closed and dressed."}],
            },
        ),
    )
    entries = [{"fullUrl": url, "resource": resource} for url, resource in resources]
    return {"resourceType": "Bundle", "type": "collection", "timestamp": came, "entry": entries}


def _coded(system: str, code: str, text: str) -> dict[str, object]:
    return {"coding": [{"system": system, "code": code, "display": text}], "text": text}


def _patient(one: Resident, site: str) -> dict[str, object]:
    return {
        "resourceType": "Patient",
        "identifier": [{"system": f"{site}/mrn", "value": one.hospital_number}],
        "name": [{"use": "official", "family": one.family, "given": [one.given]}],
        "gender": "male" if one.sex == "M" else "female",
        "birthDate": one.born_on.isoformat(),
        "address": [{"line": [one.home], "city": AREAS[one.la_code], "postalCode": one.postcode}],
    }


# --- Files -----------------------------------------------------------------------------------------


def _csv(table: str, now: datetime, rows: list[dict[str, object]]) -> Drop:
    export = table_of(*table.partition("_98")[0].split("/"))
    assert export is not None
    columns = [column.name for column in export.columns]
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return Drop(f"{table}_{now:%Y-%m-%d}.csv", now + timedelta(hours=6), text.getvalue().encode(), len(rows))


def _bundles(now: datetime, rows: list[dict[str, object]]) -> Drop:
    lines: Iterator[str] = (json.dumps(row) for row in rows)
    content = "".join(f"{line}\n" for line in lines).encode()
    return Drop(f"hospital/ed_{now:%Y-%m-%d}.ndjson", now + timedelta(hours=6), content, len(rows))
