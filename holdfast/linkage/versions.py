"""Would another model do better, and what would it change?  For whoever looks after the data.  §4.9.

A model is learned from all records that are held.  It is tried on the pairs that people have judged: on
those its thresholds were chosen by, and on those held back from it.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from holdfast.access.queries import require_duty
from holdfast.access.terms import Duty
from holdfast.audit.commands import record as audit
from holdfast.audit.terms import System
from holdfast.kit.transactions import atomic
from holdfast.linkage import queries
from holdfast.linkage.clustering import Weighed, Weighing, cluster, edges
from holdfast.linkage.commands import compare_again, relink
from holdfast.linkage.current import chosen_name, model_named
from holdfast.linkage.errors import NoSuchVersion, VersionExists
from holdfast.linkage.models import ModelVersion
from holdfast.linkage.rules import traits
from holdfast.linkage.scoring import DEFAULT_MODEL, Model, Thresholds, from_settings
from holdfast.linkage.terms import Judgement as Judged
from holdfast.linkage.terms import Profile, Verdict
from holdfast.people.models import Practitioner, Record

HELD_BACK = 0.3  # of the judged pairs, our choice
FEWEST_JUDGED = 100  # pairs of either kind before thresholds are chosen by them, our choice
SURE = 0.995  # of judged pairs joined unasked must be one person (our choice: the goal of linkage)
MANY = 500  # records compared in one transaction

Pair = tuple[int, int]
Moved = dict[int, tuple[int, int]]  # (person before, person now) by record


@dataclass(frozen=True, slots=True)
class Quality:
    """What a model says of pairs of whom people have said whether they are one person."""

    joined_right: int = 0
    joined_wrong: int = 0
    asked: int = 0
    apart_right: int = 0
    apart_wrong: int = 0

    @property
    def judged(self) -> int:
        return self.joined_right + self.joined_wrong + self.asked + self.apart_right + self.apart_wrong


@dataclass(frozen=True, slots=True)
class Differences:
    """What would be other than it is: by the keys of the persons, each group in order."""

    joined: tuple[tuple[int, ...], ...]
    split: tuple[int, ...]
    held: tuple[int, ...] = ()  # left as they are: a live moment hangs on them

    @property
    def people(self) -> set[int]:
        return {key for group in self.joined for key in group} | set(self.split)


@dataclass(frozen=True, slots=True)
class Trial:
    """A version tried on what people have judged, and against who is who now."""

    name: str
    chosen_by: Quality
    held_back: Quality
    differences: Differences


@atomic
def train_version(*, by: Practitioner | System, at: datetime, name: str) -> ModelVersion:
    """Learn a model from all records; it is kept, and used only once it is chosen.

    Minutes for a hundred thousand records.  Raises NotAllowed or VersionExists.
    """
    from holdfast.linkage.training import train  # Splink and DuckDB: no page needs them

    _require(by)
    if not name or ModelVersion.objects.filter(name=name).exists():
        raise VersionExists(f"There is a version {name} already" if name else "Give the version a name")
    known = queries.profiles(Record.objects.values_list("pk", flat=True))
    stored = train(known.values(), version=name, base=json.loads(DEFAULT_MODEL.read_text(encoding="utf-8")))
    model = _thresholds_by(from_settings(stored), _scored(from_settings(stored), known, is_held_back=False))
    stored["thresholds"] = {"same": model.thresholds.same, "ask": model.thresholds.ask}
    made = ModelVersion.objects.create(
        name=name, content=json.dumps(stored), records=len(known), trained_at=at
    )
    audit(by=by, act="linkage.train", at=at, about=name[:20], note=f"{len(known)} records")
    return made


def every_version() -> list[ModelVersion]:
    """Return the models that were learned here, the oldest first.  One SQL query."""
    return list(ModelVersion.objects.all())


def try_version(by: Practitioner | System, name: str) -> Trial:
    """Return how a version does, and what it would change.  Reads every record; changes nothing."""
    _require(by)
    model = _named(name)
    known = queries.profiles(Record.objects.values_list("pk", flat=True))
    return Trial(
        name or model.version,
        quality(_scored(model, known, is_held_back=False)),
        quality(_scored(model, known, is_held_back=True)),
        differences(model, known),
    )


def use_version(
    *, by: Practitioner | System, at: datetime, name: str, held: Collection[int]
) -> tuple[Differences, Moved]:
    """Weigh by this version from now on, and find out again who is who.

    Persons in `held` stay as they are.  In parts, each whole; what was begun is ended by doing it again.
    Returns what is other now, and which records moved.
    """
    _require(by)
    model = _named(name)
    known = queries.profiles(Record.objects.values_list("pk", flat=True))
    found = differences(model, known)
    _choose(by, at, name)
    keys = sorted(known)
    for start in range(0, len(keys), MANY):
        compare_again(by=System.MATCHER, at=at, records=_records(keys[start : start + MANY]))
    moved: Moved = {}
    stays = {key for group in found.joined if set(group) & set(held) for key in group} | set(held)
    for people in _together(found):
        if not people & stays:
            records = list(Record.objects.filter(person__in=people))
            moved |= relink(by=System.MATCHER, at=at, records=records)
    return replace(found, held=tuple(sorted(found.people & stays))), moved


def quality(scored: Iterable[tuple[Weighed, bool]]) -> Quality:
    """Count what a model says of judged pairs.  Asking is never wrong, but it is work."""
    counts: dict[str, int] = defaultdict(int)
    for one, is_one in scored:
        if one.verdict is Verdict.SAME:
            counts["joined_right" if is_one else "joined_wrong"] += 1
        elif one.verdict is Verdict.ASK:
            counts["asked"] += 1
        else:
            counts["apart_wrong" if is_one else "apart_right"] += 1
    return Quality(**counts)


def differences(model: Model, known: Mapping[int, Profile]) -> Differences:
    """Return which persons a model would join and which it would split, judgements obeyed."""
    by_ref = {profile.ref: key for key, profile in known.items()}
    owners = dict(Record.objects.filter(pk__in=known).values_list("pk", "person"))
    links = [(edge.left, edge.right) for edge in edges(known.values(), model)]
    judged = [
        Judged(known[low].ref, known[high].ref, same)
        for (low, high), same in queries.judged_pairs(known).items()
        if low in known and high in known
    ]
    names = cluster(known.values(), links, Weighing(model), judged)
    groups: dict[str, set[int]] = defaultdict(set)
    found_in: dict[int, set[str]] = defaultdict(set)
    for ref, name in names.items():
        person = owners[by_ref[ref]]
        groups[name].add(person)
        found_in[person].add(name)
    joined = {tuple(sorted(people)) for people in groups.values() if len(people) > 1}
    split = (person for person, names_of in found_in.items() if len(names_of) > 1)
    return Differences(tuple(sorted(joined)), tuple(sorted(split)))


def _scored(model: Model, known: Mapping[int, Profile], *, is_held_back: bool) -> list[tuple[Weighed, bool]]:
    weigh = Weighing(model)
    return [
        (weigh.of(traits(known[low]), traits(known[high])), same)
        for (low, high), same in sorted(queries.judged_pairs(known).items())
        if low in known and high in known and _is_held_back(known[low], known[high]) is is_held_back
    ]


def _is_held_back(one: Profile, other: Profile) -> bool:
    """Say the same of a pair in every run and every database."""
    digest = hashlib.sha256("|".join(sorted((one.ref, other.ref))).encode()).digest()
    return digest[0] < HELD_BACK * 256


def _thresholds_by(model: Model, scored: list[tuple[Weighed, bool]]) -> Model:
    """Return the model with the lowest upper threshold at which judged pairs are joined surely enough."""
    kinds = [is_one for _, is_one in scored]
    if min(kinds.count(True), kinds.count(False)) < FEWEST_JUDGED:
        return model
    ordered = sorted(scored, key=lambda pair: -pair[0].bits)
    same, right = model.thresholds.same, 0
    for count, (one, is_one) in enumerate(ordered, 1):
        right += is_one
        if right / count < SURE:
            break
        same = one.bits
    return replace(model, thresholds=Thresholds(max(same, model.thresholds.ask), model.thresholds.ask))


def _together(found: Differences) -> list[set[int]]:
    """Return the persons that must be looked at in one go."""
    groups: list[set[int]] = [set(group) for group in found.joined] + [{key} for key in found.split]
    whole: list[set[int]] = []
    for group in groups:
        near = [one for one in whole if one & group]
        whole = [one for one in whole if one not in near] + [group.union(*near)]
    return whole


@atomic
def _choose(by: Practitioner | System, at: datetime, name: str) -> None:
    was = chosen_name() or "shipped"
    ModelVersion.objects.update(chosen_at=None)
    ModelVersion.objects.filter(name=name).update(chosen_at=at)
    audit(by=by, act="linkage.use_model", at=at, about=name[:20], note=f"was {was}")


def _records(keys: Collection[int]) -> list[Record]:
    return list(Record.objects.filter(pk__in=keys))


def _named(name: str) -> Model:
    try:
        return model_named(name)
    except ModelVersion.DoesNotExist:
        raise NoSuchVersion(f"There is no version {name}") from None


def _require(by: Practitioner | System) -> None:
    if isinstance(by, Practitioner):
        require_duty(by, Duty.MATCH)
