"""Who lives in a made-up partnership of any size, and what have agencies sent about them before?

Every person follows from their number alone, so that the rows of a bench can speak of people loaded
long ago.  Our own lists and rates; a few names are everybody's and most are rare, as in life.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import accumulate, product

from holdfast.linkage.names import BOYS, GIRLS
from holdfast.linkage.terms import Identifier, IdentifierKind, Name, Profile, Sex

SEED = 2611
AREAS = {"981": "Benford", "982": "Benmouth", "983": "Benwick"}
LETTERS = {"981": "QA", "982": "QB", "983": "QC"}  # of the areas' postcodes
PEOPLE_A_POSTCODE = 40
FIRST_BORN, LAST_BORN = date(1962, 1, 1), date(2020, 12, 31)
CHILDREN_BORN = date(2009, 6, 1)  # under 18 on the day of the bench's rows, whatever the day
CHILD_SHARE = 0.5
NOMINAL_SHARE = 0.6  # of custody rows carry the force's number for the person
LOADED_AT = datetime(2026, 1, 5, 6, tzinfo=UTC)
# How many records people have: most have one, two in a thousand are known to everybody.
RECORDS = ((1, 0.75), (2, 0.15), (4, 0.098), (25, 0.002))

_STARTS = """ash barn birch black brad bram brook burn cald carl chad chil clay cob cole cran crow cross dal
den dray dun east el fal farn fen field flax ford frost gale gar glen gold gran gray green had hal ham hart
hatch haw hazel heath hel hen hol horn hul hurst ing kel ken kil king lang lark lin lock mal mar mel mid mil
mor nor oak old pem pen per pick pop quar rad rams red ridge rip rose rud rush sal sand sed shel sher sil
stan stock sut swan tar thorn til tor tre up wal war wat wel whit wil win wood wrex yar""".split()
_ENDS = """ley ton ham ford well worth field by wick croft man son dale gate er ridge stone brook low
shaw bourne combe more house side way""".split()
_STREETS = """acacia alder beech bramble cedar clover daisy elder fern garland hazel iris juniper larch
maple myrtle nettle olive poplar quince rowan sorrel thistle vetch willow yew""".split()
FAMILIES = [f"{start}{end}".title() for start, end in product(_STARTS, _ENDS)]


@dataclass(frozen=True, slots=True)
class Resident:
    """One person as they truly are."""

    number: int
    given: str
    family: str
    sex: Sex
    born_on: date
    home: str
    postcode: str
    la_code: str
    records: int

    @property
    def is_child(self) -> bool:
        return self.born_on >= CHILDREN_BORN

    @property
    def nominal(self) -> str:
        return f"Q{self.number:08d}"

    @property
    def upn(self) -> str:
        return f"A9{self.number:011d}"

    @property
    def hospital_number(self) -> str:
        return f"H{self.number:08d}"


@lru_cache(maxsize=8)
def _weights(count: int, flat: int) -> list[float]:
    """The n-th name of a list is as frequent as 1 / (n + flat)."""
    return list(accumulate(1 / (place + flat) for place in range(count)))


def _drawn(rng: random.Random, names: list[str], flat: int) -> str:
    return rng.choices(names, cum_weights=_weights(len(names), flat))[0]


def resident(number: int, size: int) -> Resident:
    """Return the person of this number in a partnership of `size` people; beyond it, a newcomer."""
    rng = random.Random(SEED * 1_000_003 + number)
    sex = Sex.MALE if rng.random() < 0.5 else Sex.FEMALE
    first = CHILDREN_BORN if rng.random() < CHILD_SHARE else FIRST_BORN
    la_code = rng.choice(list(AREAS))
    code = rng.randrange(max(1, size // PEOPLE_A_POSTCODE))
    return Resident(
        number=number,
        given=_drawn(rng, BOYS if sex is Sex.MALE else GIRLS, 5).title(),
        family=_drawn(rng, FAMILIES, 20),
        sex=sex,
        born_on=first + timedelta(days=rng.randrange((LAST_BORN - first).days)),
        home=f"{rng.randrange(1, 120)} {rng.choice(_STREETS).title()} Road",
        postcode=postcode(la_code, code),
        la_code=la_code,
        records=rng.choices([count for count, _ in RECORDS], [share for _, share in RECORDS])[0],
    )


def postcode(la_code: str, number: int) -> str:
    """Return one of an area's postcodes: 99 districts of 9 x 20 x 20."""
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    district, rest = number % 99 + 1, number // 99
    sector, unit = rest % 9 + 1, rest // 9
    return f"{LETTERS[la_code]}{district} {sector}{letters[unit // 20 % 20]}{letters[unit % 20]}"


def postcodes(size: int) -> Iterator[tuple[str, str]]:
    """Yield every postcode of a partnership with the code of its area."""
    for la_code in AREAS:
        for number in range(max(1, size // PEOPLE_A_POSTCODE)):
            yield postcode(la_code, number), la_code


@dataclass(frozen=True, slots=True)
class Held:
    """One record that we hold of a resident, keyed as a feed would key it."""

    source: str
    key: str
    stated_by: str
    profile: Profile


def records(one: Resident) -> Iterator[Held]:
    """Yield what agencies have said of someone: the hospital and social care in one record each, the
    police and schools in one for each row."""
    rng = random.Random(SEED * 2_000_003 + one.number)
    offered = ["social_care", "hospital", "police", "schools"] if one.is_child else ["police", "hospital"]
    rng.shuffle(offered)
    for nth in range(one.records):
        feed = offered[nth] if nth < len(offered) else "police"
        yield _RECORDS[feed](one, nth, rng)


def _social_care(one: Resident, nth: int, rng: random.Random) -> Held:
    issuer, value = f"social_care/{one.la_code}", f"P{one.number:08d}"
    return _held(one, "social_care", f"{issuer}:{value}", Identifier(IdentifierKind.PERSON, issuer, value))


def _hospital(one: Resident, nth: int, rng: random.Random) -> Held:
    found = Identifier(IdentifierKind.PERSON, "ZQ1AA", one.hospital_number)
    return _held(one, "hospital", f"ZQ1AA:{one.hospital_number}", found)


def _police(one: Resident, nth: int, rng: random.Random) -> Held:
    ref = f"BQ/{one.number:08d}/{nth:02d}"
    numbers = [Identifier(IdentifierKind.REFERENCE, "police", ref)]
    if rng.random() < NOMINAL_SHARE:
        numbers.append(Identifier(IdentifierKind.NOMINAL, "police", one.nominal))
    return _held(one, "police_custody/custody", f"{ref} subject", *numbers)


def _schools(one: Resident, nth: int, rng: random.Random) -> Held:
    key = f"{one.la_code}:EX{one.number:08d}{nth:02d} subject"
    return _held(one, "schools/exclusions", key, Identifier(IdentifierKind.UPN, "", one.upn))


_RECORDS = {"social_care": _social_care, "hospital": _hospital, "police": _police, "schools": _schools}


def _held(one: Resident, source: str, key: str, *numbers: Identifier) -> Held:
    profile = Profile(
        ref=f"{source}|{key}",
        source=source,
        names=frozenset({Name(one.given, one.family)}),
        born_on=frozenset({one.born_on}),
        sex=one.sex,
        postcodes=frozenset({one.postcode}),
        addresses=frozenset({one.home}),
        identifiers=frozenset(numbers),
    )
    return Held(source, key, f"bench:{key}"[:160], profile)
