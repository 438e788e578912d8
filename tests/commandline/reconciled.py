"""How far do our tables agree with those that the practice exports' answers give?"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import comb

Line = dict[str, str]
Place = tuple[str, str, str]  # file, row, field

PROOF = {"upn", "nhs", "ref", "nominal"}  # identifiers: each suffices to know a row's person
# Of these kinds the sources give only a date.
DATED = {"permanent_exclusion", "first_court", "remand", "nrm_decision"}


def place(line: Line) -> Place:
    return line["file"], line["row"], line["field"]


def problems(lines: Iterable[Line]) -> set[tuple[str, str, str, str]]:
    return {(a["file"], a["row"], a["field"].casefold(), a["severity"]) for a in lines}


def is_enough(basis: str) -> bool:
    """Say whether a row says enough to know whose it is: a name and one more thing, or an identifier."""
    said = set(basis.split("+"))
    return bool(said & PROOF) or ("name" in said and len(said) > 1)


@dataclass(frozen=True)
class Pairs:
    """Over pairs of rows: how many we put together rightly, how many at all, and how many there are."""

    right: int
    ours: int
    true: int

    @property
    def precision(self) -> float:
        return self.right / self.ours

    @property
    def recall(self) -> float:
        return self.right / self.true


def pairs(rows: Iterable[Line], truth: Iterable[Line]) -> Pairs:
    ours = {place(line): line["person"] for line in rows}
    held: dict[str, Counter[str]] = defaultdict(Counter)
    true: Counter[str] = Counter()
    for line in truth:
        if place(line) in ours and is_enough(line["basis"]):
            held[ours[place(line)]][line["person_id"]] += 1
            true[line["person_id"]] += 1
    return Pairs(
        sum(comb(number, 2) for person in held.values() for number in person.values()),
        sum(comb(person.total(), 2) for person in held.values()),
        sum(comb(number, 2) for number in true.values()),
    )


def names(rows: Iterable[Line], truth: Iterable[Line]) -> dict[str, str]:
    """Return, for each person of ours, who that is in the answers: whoever most of their rows are of."""
    known = {place(line): line["person_id"] for line in truth}
    held: dict[str, Counter[str]] = defaultdict(Counter)
    for line in rows:
        if line["person"] and place(line) in known:
            held[line["person"]][known[place(line)]] += 1
    return {person: counts.most_common(1)[0][0] for person, counts in held.items()}


Happening = tuple[str, str, str]  # kind, person of the answers, when


def happening(kind: str, person: str, at: str) -> Happening:
    return kind, person, at[:10] if kind in DATED else at


@dataclass(frozen=True)
class Moments:
    """What is wrong with the moments raised; empty where nothing is."""

    missed: list[Line]
    twice: list[Happening]
    unfounded: list[Happening]  # of unusable or undelivered rows alone
    beyond: list[Happening]  # of the kinds in the answers, and not in them
    known_otherwise: list[tuple[Happening, str, str]]


def moments(ours: Iterable[Line], truth: list[Line], who: dict[str, str]) -> Moments:
    kinds = {line["type"] for line in truth}
    raised: dict[Happening, list[Line]] = defaultdict(list)
    for line in ours:
        if line["kind"] in kinds:
            raised[happening(line["kind"], who.get(line["person"], ""), line["happened_at"])].append(line)
    told = {happening(one["type"], one["person_id"], one["happened_at"]): one for one in truth}
    founded = {key: one for key, one in told.items() if one["expect"] in ("must", "may")}
    return Moments(
        missed=[one for key, one in founded.items() if one["expect"] == "must" and key not in raised],
        twice=[key for key, lines in raised.items() if len(lines) > 1],
        unfounded=[key for key in raised if key in told and key not in founded],
        beyond=[key for key in raised if key not in told],
        known_otherwise=[
            (key, raised[key][0]["known_at"], one["known_at"])
            for key, one in founded.items()
            if key in raised and raised[key][0]["known_at"] != one["known_at"]
        ],
    )
