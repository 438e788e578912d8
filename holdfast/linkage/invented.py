"""Whom do we learn from before any real record is here? People who do not exist.

The default model is trained on these: households with brothers, sisters, twins and namesakes, each
person seen by several senders with the slips that people make. Our own lists and rates, tuned to no
data set; a fixed seed makes the same people every time.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from holdfast.linkage.names import BOYS, GIRLS
from holdfast.linkage.terms import Identifier, IdentifierKind, Name, NameKind, Profile, Sex

_FAMILIES = """
smith jones taylor brown williams wilson johnson davies patel robinson wright thompson evans walker white
roberts green hall wood jackson clarke khan hussain ali ahmed begum harris lewis martin cooper hill ward
turner moore king baker shah morris mitchell scott adams allen bell miller anderson singh kaur bailey
watson harrison young phillips james collins cook edwards carter richardson parker bennett shaw cox
murphy webb hughes gray stewart simpson marshall ellis hunt price knight mason lloyd barker holmes rogers
butler russell fisher barnes powell stevens palmer matthews jenkins pearson dixon graham fox saunders
payne reynolds gibson west ryan hart wells burton grant stone hamilton ford owen andrews cole kelly
mohamed begum akhtar chowdhury rahman islam uddin miah malik iqbal mahmood hassan osman abdi warsame
farah nguyen tran chen wong li zhang kowalski nowak wisniewski wojcik kaminski lewandowski zielinski
popescu ionescu popa dumitrescu stoica adeyemi okafor okonkwo adebayo ogunleye mensah owusu boateng
asante osei appiah campbell gordon francis reid brathwaite da-costa silva pereira ferreira rossi romano
bianchi ahmadi karimi hosseini haddad nasser saleh sharma gupta mehta desai joshi reddy fernandes o'brien
o'connor o'neill mcdonald mccarthy macdonald byrne walsh doyle gallagher hewitt lockwood pickering
thornton ashworth haigh sykes beaumont kaye dyson armitage hinchliffe crowther greenwood ackroyd
barraclough fairclough entwistle rothwell whittaker duckworth hargreaves pilkington tattersall cartwright
goodwin whitehouse bickerton colclough shufflebotham trevithick penrose nancarrow trelawney bolitho
tremayne chenoweth featherstonehaugh
""".split()
_STREETS = """acacia birch cedar dale elder ferry granby hawthorn ingle juniper kelso laurel mill nelson
orchard park""".split()
_KEYS = {
    "a": "s",
    "e": "r",
    "i": "o",
    "o": "p",
    "n": "m",
    "m": "n",
    "s": "a",
    "t": "y",
    "r": "t",
    "l": "k",
    "h": "j",
}

MOVES = 0.25  # of a person's records show an earlier or later home (our choice)
WRONG_DAY = 0.04  # of dates of birth are mistyped
YEAR_ONLY = 0.01  # of dates are the first of January, because only the year was known
WRONG_NAME = 0.06
WRONG_NUMBER = 0.015
FIRST_NAME_ONLY = 0.03
OTHER_FAMILY = 0.04  # the other parent's name, or half of a double one
KNOWN_AS = 0.05
GIVEN_FORMS = (79, 4, 4, 12, 1)  # of a hundred: in full, initial, cut short, with the middle name, middle
MISSING_DAY = 0.15
MISSING_PLACE = 0.30
SENDERS = ("police", "school", "hospital", "care", "justice", "outreach")


@dataclass(frozen=True, slots=True)
class Invented:
    """One person as they truly are."""

    key: int
    given: str
    middle: str
    family: str
    other_family: str
    born: date
    sex: Sex
    homes: tuple[tuple[str, str], ...]  # (address, postcode), now and before
    nhs: str
    upn: str


def people(count: int, seed: int = 1) -> list[Invented]:
    """Return `count` people in households, children and their parents, some of them twins."""
    rng = random.Random(seed)
    found: list[Invented] = []
    while len(found) < count:
        found.extend(_household(rng, len(found)))
    return found[:count]


def records(crowd: list[Invented], seed: int = 2) -> Iterator[tuple[Profile, str]]:
    """Yield what the senders say of these people, each with the true person's key."""
    rng = random.Random(seed)
    for person in crowd:
        for sender in rng.sample(SENDERS, rng.choice((1, 2, 2, 3, 4))):
            for turn in range(rng.choice((1, 1, 1, 2))):
                yield _record(rng, person, sender, turn), str(person.key)


def _zipf(rng: random.Random, words: list[str]) -> str:
    """The first names of a list are far more frequent than the last."""
    return words[
        min(int(rng.paretovariate(0.6)) - 1, len(words) - 1)
        if rng.random() < 0.6
        else rng.randrange(len(words))
    ]


def _postcode(rng: random.Random) -> str:
    """Some ten households share each of these, as in life."""
    return f"QZ{rng.randint(1, 6)} {rng.randint(1, 9)}{rng.choice('ABDEFG')}X"


def _home(rng: random.Random) -> tuple[str, str]:
    return f"{rng.randint(1, 140)} {rng.choice(_STREETS).title()} Road", _postcode(rng)


def _household(rng: random.Random, start: int) -> list[Invented]:
    family, other, homes = _zipf(rng, _FAMILIES), _zipf(rng, _FAMILIES), (_home(rng), _home(rng))
    parent_born = date(1965, 1, 1) + timedelta(days=rng.randrange(9000))
    out = [_person(rng, start, family, other, parent_born, homes)]
    day = parent_born + timedelta(days=365 * rng.randint(18, 30))
    for _ in range(rng.choice((1, 1, 2, 2, 3, 4))):
        out.append(
            _person(rng, start + len(out), rng.choice((family, family, family, other)), other, day, homes)
        )
        if rng.random() > 0.03:  # otherwise a twin follows
            day += timedelta(days=rng.randint(330, 2000))
    return out


def _person(
    rng: random.Random, key: int, family: str, other: str, born: date, homes: tuple[tuple[str, str], ...]
) -> Invented:
    sex = rng.choice((Sex.MALE, Sex.FEMALE))
    names = BOYS if sex is Sex.MALE else GIRLS
    if rng.random() < 0.04:
        family = f"{family}-{other}"
    return Invented(
        key, _zipf(rng, names), _zipf(rng, names), family, other, born, sex, homes,
        nhs="".join(str(rng.randrange(10)) for _ in range(10)),
        upn=rng.choice("ABCDEFGHJKLMNPQRTUVWXYZ") + "".join(str(rng.randrange(10)) for _ in range(12)),
    )  # fmt: skip


def _slip(rng: random.Random, text: str) -> str:
    """One slip of the fingers: two letters exchanged, one lost, one doubled or a neighbour struck."""
    if len(text) < 3:
        return text
    at = rng.randrange(1, len(text) - 1)
    kind = rng.randrange(4)
    if kind == 0:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    if kind == 1:
        return text[:at] + text[at + 1 :]
    if kind == 2:
        return text[:at] + text[at] + text[at:]
    return text[:at] + _KEYS.get(text[at], text[at]) + text[at + 1 :]


def _slip_digit(rng: random.Random, digits: str) -> str:
    if rng.random() < 0.3:  # somebody else's number
        return digits[0] + "".join(str(rng.randrange(10)) for _ in digits[1:])
    at = rng.randrange(1, len(digits))
    return digits[:at] + str((int(digits[at]) + rng.randint(1, 9)) % 10) + digits[at + 1 :]


def _names(rng: random.Random, person: Invented) -> frozenset[Name]:
    given, family = _given(rng, person), person.family
    if rng.random() < OTHER_FAMILY:
        family = rng.choice((person.other_family, family.split("-")[0]))
    if rng.random() < WRONG_NAME:
        slips = ((_slip(rng, given), family), (given, _slip(rng, family)), (family, given))
        given, family = rng.choice(slips)
    if rng.random() < FIRST_NAME_ONLY:
        return frozenset({Name(given.title(), "", NameKind.SPOKEN)})
    found = {Name(given.title(), family.upper() if rng.random() < 0.3 else family.title())}
    if rng.random() < KNOWN_AS:
        found.add(Name(person.middle.title(), family.title(), NameKind.KNOWN_AS))
    return frozenset(found)


def _given(rng: random.Random, person: Invented) -> str:
    """The forename in full, an initial, cut short, with the middle name or the middle name alone."""
    given = person.given
    forms = (given, given[0], given[: rng.randint(3, 5)], f"{given} {person.middle}", person.middle)
    return rng.choices(forms, weights=GIVEN_FORMS)[0]


def _birth(rng: random.Random, born: date) -> date:
    if rng.random() < YEAR_ONLY:
        return date(born.year, 1, 1)
    chance = rng.random()
    if chance >= WRONG_DAY:
        return born
    if chance < WRONG_DAY / 3 and born.day <= 12:
        return date(born.year, born.day, born.month)
    if chance < WRONG_DAY * 2 / 3:
        return replace_year(born, born.year + rng.choice((-1, 1)))
    return born + timedelta(days=rng.choice((-10, -1, 1, 10, 30)))


def replace_year(born: date, year: int) -> date:
    return date(year, born.month, min(born.day, 28))


def _record(rng: random.Random, person: Invented, sender: str, turn: int) -> Profile:
    address, code = person.homes[rng.random() < MOVES]
    placed, dated = rng.random() >= MISSING_PLACE, rng.random() >= MISSING_DAY
    bare = Profile(ref=f"{person.key:07d}-{sender}-{turn}", source=sender, names=_names(rng, person))
    return replace(
        bare,
        born_on=frozenset({_birth(rng, person.born)} if dated else ()),
        approx_birth_year=None
        if dated or rng.random() < 0.5
        else person.born.year + rng.choice((-1, 0, 0, 1)),
        sex=person.sex if rng.random() > 0.01 else next(sex for sex in Sex if sex is not person.sex),
        postcodes=frozenset({code} if placed else ()),
        addresses=frozenset({address} if placed and rng.random() < 0.7 else ()),
        phones=frozenset(
            {f"07700{rng.choice((0, 0, 1)) * 500000 + person.key % 500000:06d}"} if rng.random() < 0.1 else ()
        ),
        identifiers=frozenset(_identifiers(rng, person, sender, turn)),
    )


def _identifiers(rng: random.Random, person: Invented, sender: str, turn: int) -> Iterator[Identifier]:
    wrong = rng.random() < WRONG_NUMBER
    if sender in ("hospital", "care", "justice") and rng.random() < 0.6:
        yield Identifier(IdentifierKind.NHS, "", _slip_digit(rng, person.nhs) if wrong else person.nhs)
    if sender in ("school", "care", "justice") and rng.random() < 0.7:
        yield Identifier(IdentifierKind.UPN, "", _slip_digit(rng, person.upn) if wrong else person.upn)
    if sender in ("police", "care", "hospital") and rng.random() < 0.8:
        second = turn if rng.random() < 0.15 else 0
        yield Identifier(IdentifierKind.PERSON, sender, f"{person.key:07d}{second}")
