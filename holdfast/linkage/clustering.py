"""Which records make up one person?

A pure function of the records, their scores and people's judgements: the order in which records came
plays no part. Strongest evidence joins first; two groups are not joined while any record of one and any
of the other are forbidden to be one person. A record that fits two different people about equally well
joins neither.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import lru_cache, partial

from holdfast.linkage.blocking import candidate_pairs
from holdfast.linkage.comparing import Level, compare
from holdfast.linkage.guards import (
    NAMES_THAT_AGREE,
    conflicting,
    judge,
    shares_identity,
    shares_number,
)
from holdfast.linkage.rules import Traits, traits
from holdfast.linkage.scoring import Model, bits_of, score_levels
from holdfast.linkage.terms import Edge, Field, Judgement, Profile, Verdict

# A record must speak for one person this much more than for another before it is given to either (our choice:
# eight times as likely).
MARGIN_BITS = 3.0

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Weighed:
    """What two records are to each other."""

    levels: Mapping[Field, Level]
    bits: float
    verdict: Verdict


class Weighing:
    """What pairs of records are to each other under one model.

    `remember` is how many pairs are kept: live, the same few records are compared again with every row.
    """

    def __init__(self, model: Model, remember: int = 0) -> None:
        self.model = model
        self.of: Callable[[Traits, Traits], Weighed] = (
            lru_cache(maxsize=remember)(self._weigh) if remember else self._weigh
        )

    def _weigh(self, a: Traits, b: Traits) -> Weighed:
        levels = compare(a, b, self.model.common_families)
        bits = bits_of(levels, self.model)
        return Weighed(levels, bits, judge(levels, bits, a, b, self.model))


_MISSPELT = (True, Level.CLOSE_GIVEN)  # one person, the forename a slip away
_OTHER_DAYS = (Level.DIFFERENT, Level.GENERATION, Level.AGE_DIFFERS)


class Bar(Enum):
    """Whether two records may be one person unasked; each pair is asked about many times."""

    NONE = auto()
    UNLESS_WITNESSED = auto()
    ALWAYS = auto()


class Pairs:
    """Verdicts on pairs of records, people's judgements included."""

    def __init__(
        self, known: Mapping[str, Traits], weighing: Weighing, judgements: Iterable[Judgement]
    ) -> None:
        self.known = known
        self._weighing = weighing
        self._judged = {_pair(j.left, j.right): j.same for j in judgements}
        self._found: dict[Pair, Weighed] = {}
        self._bars: dict[Pair, Bar] = {}

    def judged(self, a: str, b: str) -> bool | None:
        return self._judged.get(_pair(a, b))

    def weighed(self, a: str, b: str) -> Weighed:
        pair = _pair(a, b)
        if pair not in self._found:
            self._found[pair] = self._weighing.of(self.known[pair[0]], self.known[pair[1]])
        return self._found[pair]

    def verdict(self, a: str, b: str) -> tuple[Verdict, float]:
        found = self.weighed(a, b)
        judged = self.judged(a, b)
        meant = found.verdict if judged is None else Verdict.SAME if judged else Verdict.NEVER
        return meant, found.bits

    def levels(self, a: str, b: str) -> Mapping[Field, Level]:
        return self.weighed(a, b).levels

    def forbids(self, a: str, b: str, witnesses: Iterable[str]) -> bool:
        """Two records that may not be one person unasked, and no witness that bears the names of both."""
        pair = _pair(a, b)
        bar = self._bars.get(pair)
        if bar is None:
            bar = self._bars[pair] = self._bar(*pair)
        if bar is Bar.UNLESS_WITNESSED:
            return not any(self._bridges(witness, a, b) for witness in witnesses)
        return bar is Bar.ALWAYS

    def _bar(self, a: str, b: str) -> Bar:
        judged = self.judged(a, b)
        if judged:
            return Bar.NONE
        if judged is False or conflicting(self.levels(a, b), self.known[a], self.known[b]):
            return Bar.ALWAYS
        return Bar.UNLESS_WITNESSED if self.verdict(a, b)[0] is Verdict.NEVER else Bar.NONE

    def _bridges(self, witness: str, a: str, b: str) -> bool:
        """A record shows why two names differ: it bears both, or one is a misspelling of its own."""
        if witness in (a, b) or self.levels(a, b).get(Field.BORN) in _OTHER_DAYS:
            return False
        same = [self.verdict(witness, other)[0] is Verdict.SAME for other in (a, b)]
        if all(same) and self._two_names(witness):
            return True
        names = [self.levels(witness, other).get(Field.NAME) for other in (a, b)]
        ours, theirs = zip(same, names, strict=True)
        return (ours == _MISSPELT and theirs[1] in NAMES_THAT_AGREE) or (
            theirs == _MISSPELT and ours[1] in NAMES_THAT_AGREE
        )

    def _two_names(self, ref: str) -> bool:
        return len({name.given for name in self.known[ref].spellings if not name.doubted}) > 1

    def doubtful(self, ref: str) -> bool:
        return all(name.doubted for name in self.known[ref].spellings)

    def number_only(self, a: str, b: str) -> bool:
        """A sender's number joins them, though their names differ: a false name given in custody."""
        differ = self.levels(a, b).get(Field.NAME) in (Level.OTHER_GIVEN, Level.DIFFERENT)
        return self.by_number(a, b) and differ and self.judged(a, b) is None

    def by_number(self, a: str, b: str) -> bool:
        return self.judged(a, b) is not False and not self.known[a].numbers.isdisjoint(self.known[b].numbers)


def _pair(a: str, b: str) -> Pair:
    return (a, b) if a < b else (b, a)


def edges(profiles: Iterable[Profile], model: Model) -> list[Edge]:
    """Return every candidate pair with its score and verdict."""
    everyone = list(profiles)
    known = {profile.ref: traits(profile) for profile in everyone}
    return [edge(known[a], known[b], model) for a, b in sorted(candidate_pairs(everyone))]


def edge(a: Traits, b: Traits, model: Model) -> Edge:
    """Return what two records are to each other, with the reasons."""
    levels = compare(a, b, model.common_families)
    score = score_levels(levels, model)
    left, right = _pair(a.ref, b.ref)
    return Edge(left, right, score, judge(levels, score.bits, a, b, model))


def cluster(
    profiles: Iterable[Profile],
    links: Iterable[Pair],
    weighing: Weighing,
    judgements: Iterable[Judgement] = (),
) -> dict[str, str]:
    """Return for each record the person it belongs to, named by the first of that person's refs.

    `links` are the pairs that were found to be one person, or more: each is weighed again here.
    """
    known = {profile.ref: traits(profile) for profile in profiles}
    judged = [one for one in judgements if one.left in known and one.right in known]
    first = _first_alike(known, judged)
    pairs = Pairs({ref: known[ref] for ref in first.values()}, weighing, judged)
    groups = _groups(_links(links, first, judged, pairs), Counter(first.values()), pairs)
    return {ref: min(groups[first[ref]]) for ref in known}


def _groups(links: set[Pair], copies: Mapping[str, int], pairs: Pairs) -> dict[str, set[str]]:
    number_only = {link for link in links if pairs.number_only(*link)}
    odd = _odd(links, copies, pairs)
    plain = [link for link in links - number_only if not odd.intersection(link)]
    unsure = _unsure(plain, pairs)
    groups = {ref: {ref} for ref in pairs.known}
    for a, b in sorted(plain, key=partial(_strength, pairs)):
        if not unsure.intersection((a, b)) or _beyond_doubt(a, b, pairs):
            _join(groups, a, b, pairs)
    _attach(groups, odd, links, pairs)
    return groups


def _first_alike(known: Mapping[str, Traits], judgements: Iterable[Judgement]) -> dict[str, str]:
    """Return for each record the first that says just the same and bears the same number, often itself.

    A school sends a child's row every week: a hundred equal records are compared as one.
    """
    judged = {ref for one in judgements for ref in (one.left, one.right)}
    seen: dict[Traits, str] = {}
    first: dict[str, str] = {}
    for ref in sorted(known):
        own = known[ref]
        is_numbered = bool(own.numbers or own.nhs or own.upn)
        may_repeat = is_numbered and ref not in judged
        first[ref] = seen.setdefault(replace(own, ref=""), ref) if may_repeat else ref
    return first


def _links(
    links: Iterable[Pair], first: Mapping[str, str], judgements: list[Judgement], pairs: Pairs
) -> set[Pair]:
    """Return the pairs that are one person by score or by judgement."""
    found = {_pair(first[a], first[b]) for a, b in links}
    found.update(_pair(j.left, j.right) for j in judgements if j.same)
    return {(a, b) for a, b in found if a != b and pairs.verdict(a, b)[0] is Verdict.SAME}


def _strength(pairs: Pairs, pair: Pair) -> tuple[bool, bool, float, Pair]:
    """Sort key: judgements, then a sender's own numbers, then bits; refs break ties."""
    a, b = pair
    return (pairs.judged(a, b) is not True, not pairs.by_number(a, b), -pairs.verdict(a, b)[1], pair)


def _beyond_doubt(a: str, b: str, pairs: Pairs) -> bool:
    levels = pairs.levels(a, b)
    return pairs.judged(a, b) is True or shares_number(levels) or shares_identity(levels)


def _odd(links: Iterable[Pair], copies: Mapping[str, int], pairs: Pairs) -> set[str]:
    """Return records that share a number with others yet bear another name: a false name given in custody.

    Whoever has fewer on their side is the odd one; where it is one against one, the name the sender doubts.
    """
    against = {ref: 1 - count for ref, count in copies.items()}
    for a, b in links:
        if pairs.by_number(a, b):
            sign = 1 if pairs.number_only(a, b) else -1
            against[a] += sign * copies[b]
            against[b] += sign * copies[a]
    return {ref for ref, balance in against.items() if balance > 1 or (balance == 1 and pairs.doubtful(ref))}


def _unsure(links: Iterable[Pair], pairs: Pairs) -> set[str]:
    """Return records that fit two different people about equally well."""
    near: dict[str, list[str]] = defaultdict(list)
    for a, b in links:
        near[a].append(b)
        near[b].append(a)
    return {ref for ref, others in near.items() if len(others) > 1 and _torn(ref, others, pairs)}


def _torn(ref: str, others: list[str], pairs: Pairs) -> bool:
    bits = {other: pairs.verdict(ref, other)[1] for other in others if not _beyond_doubt(ref, other, pairs)}
    best = sorted(bits, key=lambda other: (-bits[other], other))
    for i, a in enumerate(best):
        for b in best[i + 1 :]:
            if bits[a] - bits[b] >= MARGIN_BITS:
                break
            if pairs.forbids(a, b, (ref,)):
                return True
    return False


def _join(groups: dict[str, set[str]], a: str, b: str, pairs: Pairs) -> None:
    ours, theirs = groups[a], groups[b]
    if ours is theirs or _kept_apart(ours, theirs, pairs):
        return
    ours |= theirs
    for ref in theirs:
        groups[ref] = ours


def _kept_apart(ours: set[str], theirs: set[str], pairs: Pairs) -> bool:
    return any(pairs.forbids(a, b, ours | theirs) for a in ours for b in theirs)


def _attach(groups: dict[str, set[str]], odd: set[str], links: Iterable[Pair], pairs: Pairs) -> None:
    """Give a record that stands alone under its name to the person whose number it bears.

    Odd ones first, so that a false name never takes a person along; the larger group receives.
    """
    mine = [link for link in links if pairs.by_number(*link)]
    for a, b in sorted(mine, key=lambda link: (not odd.intersection(link), _strength(pairs, link))):
        alone = [ref for ref in (a, b) if len(groups[ref]) == 1]
        if groups[a] is groups[b] or not alone:
            continue
        record = min(alone, key=lambda ref: (ref not in odd, not pairs.doubtful(ref), ref))
        host = b if record == a else a
        if not any(pairs.judged(record, other) is False for other in groups[host]):
            groups[host].add(record)
            groups[record] = groups[host]
