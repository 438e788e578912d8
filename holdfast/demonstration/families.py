"""Who are the children, and who is in their families?"""

from datetime import date, timedelta
from functools import cache

from holdfast.demonstration.places import home_in
from holdfast.demonstration.shape import About, Adult, Child, Home, Postcode, School
from holdfast.demonstration.tables import dice, pick, table

# 16+1 code -> which list of adults' names is likely in the family.
NAMES_OF = {
    "W1": "white", "W2": "irish", "M1": "caribbean", "M2": "african", "M3": "southasian", "M9": "white",
    "A1": "indian", "A2": "southasian", "A3": "southasian", "B1": "caribbean", "B2": "african",
    "B9": "caribbean", "O1": "chinese", "O9": "arab", "NS": "white",
}  # fmt: skip
SOUTHERN = {"Carvalho", "Santangelo"}
UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"  # 23 check letters of a unique pupil number
NHS_RANGE = "999"  # NHS numbers that begin so are never issued
PHONES = 1000  # 07700 900000 to 900999 are set aside for stories
MONTH = timedelta(days=30.4375)
TWO_PARENT_SHARE = 0.55  # our choice
EHC_SHARE = 0.2  # our choice
COLLEGE_AGE = 16


def nhs_number(serial: int) -> str:
    """The serial-th valid NHS number of the range that is never issued."""
    for body in range(serial * 2, serial * 2 + 2):
        digits = f"{NHS_RANGE}{body:06d}"
        check = 11 - sum(int(digit) * (10 - place) for place, digit in enumerate(digits)) % 11
        if check != 10:
            return f"{digits}{0 if check == 11 else check}"
    raise ValueError(f"No valid number for {serial}")


def unique_pupil_number(la_code: str, estab: str, serial: int) -> str:
    digits = f"{la_code}{estab}20{serial:03d}"
    total = sum(int(digit) * weight for weight, digit in enumerate(digits, start=2))
    return UPN_LETTERS[total % len(UPN_LETTERS)] + digits


def born(today: date, years: int, months: int, nth: int) -> date:
    """A day of birth `years` and `months` before today, moved by a few days so that no two match."""
    day = today - timedelta(days=365.25 * years) - months * MONTH
    return day - timedelta(days=nth % 9)


def children(
    today: date, seed: int, codes: tuple[Postcode, ...], schools: tuple[School, ...]
) -> tuple[Child, ...]:
    cast = table("cast")
    homes = _homes(seed, codes)
    found = []
    for nth, row in enumerate(cast):
        first_of_household = next(n for n, one in enumerate(cast) if one["household"] == row["household"])
        twin = row["age"] == cast[first_of_household]["age"]
        dob = born(today, int(row["age"]), int(row["months"]), first_of_household if twin else nth)
        found.append(_child(row, nth, dob, seed, today, homes[row["household"]], schools))
    return tuple(found)


def _homes(seed: int, codes: tuple[Postcode, ...]) -> dict[str, Home]:
    return {
        row["household"]: home_in(dice(seed, "home", row["household"]), row["la_code"], codes)
        for row in table("cast")
    }


def _child(
    row: dict[str, str], nth: int, dob: date, seed: int, today: date, home: Home, schools: tuple[School, ...]
) -> Child:
    rng = dice(seed, "child", row["key"])
    school = _school(row, schools, nth)
    return Child(
        key=row["key"],
        forename=row["forename"],
        surname=row["surname"],
        known_as=row["known_as"],
        sex=row["sex"],
        ethnicity=row["ethnicity"],
        dob=dob,
        la_code=row["la_code"],
        household=row["household"],
        home=home,
        adults=_adults(row, seed, today),
        school=school,
        upn=unique_pupil_number(row["la_code"], school.estab, nth + 1),
        nhs_number=nhs_number(101 + nth * 7),
        police_number=f"N98{20000 + nth * 37}",
        yjs_ref=f"Y98{3000 + nth * 11}",
        social_care_ref=str(980000 + nth * 3),
        in_care=row["in_care"] == "Y",
        has_ehc_plan=rng.random() < EHC_SHARE,
        story=tuple((part[0], int(part[1:])) for part in row["story"].split()),
    )


def _school(row: dict[str, str], schools: tuple[School, ...], nth: int) -> School:
    kind = "Further education college" if int(row["age"]) >= COLLEGE_AGE else "Mainstream secondary"
    options = [one for one in schools if one.la_code == row["la_code"] and one.type == kind]
    return options[nth % len(options)]


@cache
def _eldest(household: str) -> dict[str, str]:
    return next(row for row in table("cast") if row["household"] == household)


def _adults(row: dict[str, str], seed: int, today: date) -> tuple[Adult, ...]:
    """One or two grown-ups of a household, the same for every child in it."""
    eldest = _eldest(row["household"])
    rng = dice(seed, "adults", row["household"])
    group = _group(eldest)
    names = next(one for one in table("adult_names") if one["group"] == group)
    about = next(one for one in table("about") if one["key"] == eldest["key"])
    named = {about["trust_relation"]: about["trust_name"].split(" ")[0]}
    number = int(row["household"][1:])
    found = []
    for nth, (relationship, sex) in enumerate((("mother", "F"), ("father", "M"))):
        options = [
            name for name in names["women" if sex == "F" else "men"].split(" ") if name not in named.values()
        ]
        forename = named.get(relationship) or pick(rng, options)
        dob = born(today, rng.randint(34, 52), rng.randrange(12), number)
        if nth and rng.random() > TWO_PARENT_SHARE and relationship not in named:
            break
        serial = number * 2 + nth
        found.append(
            Adult(
                key=f"{row['household']}a{nth + 1}",
                forename=forename,
                surname=eldest["surname"],
                sex=sex,
                ethnicity=eldest["ethnicity"],
                dob=dob,
                relationship=relationship,
                phone=f"07700 900{(300 + serial * 3) % PHONES:03d}",
                nhs_number=nhs_number(2001 + serial * 5),
                household=row["household"],
            )
        )
    return tuple(found)


def _group(row: dict[str, str]) -> str:
    if row["ethnicity"] == "W9":
        return "southern" if row["surname"] in SOUTHERN else "eastern"
    return NAMES_OF[row["ethnicity"]]


def about() -> tuple[tuple[str, About], ...]:
    return tuple(
        (row["key"], About(**{k: v for k, v in row.items() if k != "key"})) for row in table("about")
    )
