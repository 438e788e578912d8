"""What follows from what the sources say: the name to show, the birth date, the age?"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from holdfast.people.terms import AddressKind, IdentifierKind, NameKind

ADULT_AGE = 18  # footnote 5: a child is anyone who has not yet reached their 18th birthday

# A sender's own record before what somebody said, and never a nickname where there is a name.
NAME_ORDER = (
    NameKind.RECORDED,
    NameKind.KNOWN_AS,
    NameKind.SPOKEN,
    NameKind.PREVIOUS,
    NameKind.ALIAS,
    NameKind.UNVERIFIED,
    NameKind.NICKNAME,
)


@dataclass(frozen=True, slots=True)
class NameFact:
    given: str
    family: str = ""
    kind: NameKind = NameKind.RECORDED

    def __str__(self) -> str:
        return f"{self.given} {self.family}".strip()


@dataclass(frozen=True, slots=True)
class IdentifierFact:
    """`issuer` is empty for national numbers, otherwise the sender within which `value` is unique."""

    kind: IdentifierKind
    value: str
    issuer: str = ""
    is_verified: bool = False


@dataclass(frozen=True, slots=True)
class AddressFact:
    text: str = ""
    postcode: str = ""
    kind: AddressKind = AddressKind.HOME
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """All that one row of a source says about one person."""

    names: tuple[NameFact, ...] = ()
    born_on: date | None = None
    identifiers: tuple[IdentifierFact, ...] = ()
    addresses: tuple[AddressFact, ...] = ()
    phones: tuple[str, ...] = ()
    sex: str = ""
    ethnicity: str = ""
    ethnicity_list: str = ""
    approx_birth_year: int | None = None


def best_name(names: Iterable[NameFact]) -> NameFact | None:
    """Return the name to show: the most formal kind, whole before part, said most often, then by letters."""
    counts = Counter(names)
    if not counts:
        return None
    return min(
        counts,
        key=lambda name: (
            NAME_ORDER.index(name.kind),
            not (name.given and name.family),
            -counts[name],
            str(name),
        ),
    )


def best_birth_date(stated: Iterable[tuple[date, datetime]]) -> date | None:
    """Return the birth date said most often; of equals the one said last; of those the earlier."""
    said = list(stated)
    if not said:
        return None
    counts = Counter(born_on for born_on, _ in said)
    latest = {born_on: max(at for day, at in said if day == born_on) for born_on in counts}
    return max(counts, key=lambda day: (counts[day], latest[day], -day.toordinal()))


def age_on(born_on: date, day: date) -> int:
    """Return whole years; born on 29 February, a birthday falls on 1 March in common years."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def is_child(born_on: date, day: date) -> bool:
    return age_on(born_on, day) < ADULT_AGE


def home_on(homes: Iterable[tuple[date, date | None, str]], day: date) -> str:
    """Return the postcode of the dated address that held on a day, or nothing where sources disagree.

    `homes` are (from, until, postcode).  The one begun last holds; of those begun together, one that
    has an end is the better kept.
    """
    held = [home for home in homes if home[0] <= day and (home[1] is None or home[1] >= day)]
    if not held:
        return ""
    best = max((starts, ends is not None) for starts, ends, _ in held)
    codes = {code for starts, ends, code in held if (starts, ends is not None) == best}
    return codes.pop() if len(codes) == 1 else ""
