"""How likely are two records one person, and what in them says so?

The Fellegi-Sunter sum over the levels of `comparing.py`, with the m and u probabilities that Splink
wrote into the model file. The same sum in Splink gives the same bits; a test holds them equal.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from math import log2
from pathlib import Path
from typing import Any

from holdfast.linkage.comparing import LEVELS, Level, compare
from holdfast.linkage.rules import Traits, traits
from holdfast.linkage.terms import Field, Profile, Reason, Score

DEFAULT_MODEL = Path(__file__).with_name("model.json")
LIKELIHOOD_FLOOR = 1e-9  # no level is impossible; log2 of it is the most one field may say


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Bits at or above which records are one person, and above which a person is asked."""

    same: float
    ask: float


@dataclass(frozen=True, slots=True)
class Model:
    """Weights in bits per level, and what they were learned from."""

    version: str
    prior_bits: float
    weights: Mapping[tuple[Field, Level], float]
    common_families: frozenset[str]
    thresholds: Thresholds


def load(path: Path = DEFAULT_MODEL) -> Model:
    """Read a model file written by `training.write`."""
    return from_settings(json.loads(path.read_text(encoding="utf-8")))


def from_settings(stored: Mapping[str, Any]) -> Model:
    """Build a model from Splink's settings and the few things Splink has no place for."""
    settings = stored["splink"]
    prior = settings["probability_two_random_records_match"]
    weights = {
        (Field(comparison["output_column_name"]), Level(level["label_for_charts"])): _bits(level)
        for comparison in settings["comparisons"]
        for level in comparison["comparison_levels"]
        if not level.get("is_null_level")
    }
    missing = {(field, level) for field, levels in LEVELS.items() for level in levels} - set(weights)
    if missing:
        raise ValueError(f"The model has no weight for {sorted(missing)}")
    return Model(
        version=stored["version"],
        prior_bits=log2(prior / (1 - prior)),
        weights=weights,
        common_families=frozenset(stored["common_families"]),
        thresholds=Thresholds(**stored["thresholds"]),
    )


def _bits(level: Mapping[str, Any]) -> float:
    return log2(max(level["m_probability"], LIKELIHOOD_FLOOR) / max(level["u_probability"], LIKELIHOOD_FLOOR))


def score(a: Profile, b: Profile, model: Model) -> Score:
    """Return how many bits speak for one person; the order of the two makes no difference."""
    return score_traits(traits(a), traits(b), model)


def score_traits(a: Traits, b: Traits, model: Model) -> Score:
    """As `score`, for callers who keep the traits of many records."""
    return score_levels(compare(a, b, model.common_families), model)


def score_levels(levels: Mapping[Field, Level], model: Model) -> Score:
    return Score(bits_of(levels, model), tuple(_reasons(levels, model)))


def bits_of(levels: Mapping[Field, Level], model: Model) -> float:
    weights = model.weights
    return model.prior_bits + sum(weights[pair] for pair in levels.items())


def _reasons(levels: Mapping[Field, Level], model: Model) -> list[Reason]:
    return [
        Reason(field, level.value, model.weights[field, level], _WORDS[field, level])
        for field, level in levels.items()
        if (field, level) in _WORDS
    ]


def explain(score: Score) -> list[str]:
    """Return the reasons in words, the weightiest first."""
    ordered = sorted(score.reasons, key=lambda reason: (-abs(reason.bits), reason.field))
    return [f"{reason.words} ({'for' if reason.bits >= 0 else 'against'})" for reason in ordered]


_WORDS: dict[tuple[Field, Level], str] = {
    (Field.NHS, Level.SAME): "Same NHS number",
    (Field.NHS, Level.SLIP): "NHS numbers differ by one slip",
    (Field.NHS, Level.DIFFERENT): "Two different NHS numbers",
    (Field.UPN, Level.SAME): "Same unique pupil number",
    (Field.UPN, Level.SLIP): "Unique pupil numbers differ by one slip",
    (Field.UPN, Level.DIFFERENT): "Two different unique pupil numbers",
    (Field.NUMBER, Level.SAME): "Same number at the same sender",
    (Field.NUMBER, Level.DIFFERENT): "Two different numbers at the same sender",
    (Field.NAME, Level.SAME): "Same name",
    (Field.NAME, Level.SAME_COMMON): "Same name, one that many people have",
    (Field.NAME, Level.EXCHANGED): "Forename and family name exchanged",
    (Field.NAME, Level.VARIANT): "Same family name; one forename can stand for the other",
    (Field.NAME, Level.CLOSE_GIVEN): "Same family name; forenames spelt nearly alike",
    (Field.NAME, Level.CLOSE_FAMILY): "Same forename; family names nearly alike or sharing a part",
    (Field.NAME, Level.CLOSE_BOTH): "Both names nearly alike",
    (Field.NAME, Level.INITIAL): "Same family name; one record has only an initial",
    (Field.NAME, Level.PARTIAL): "One record has only part of a name, and that agrees",
    (Field.NAME, Level.OTHER_FAMILY): "Same forename, different family names",
    (Field.NAME, Level.OTHER_GIVEN): "Same family name, different forenames",
    (Field.NAME, Level.DIFFERENT): "Different names",
    (Field.BORN, Level.SAME): "Same date of birth",
    (Field.BORN, Level.EXCHANGED): "Date of birth differs by a day/month swap",
    (Field.BORN, Level.SLIP): "Date of birth differs by one digit",
    (Field.BORN, Level.TWO_PARTS): "Two of day, month and year of birth agree",
    (Field.BORN, Level.AGE_AGREES): "Age agrees with the date of birth",
    (Field.BORN, Level.AGE_DIFFERS): "Age does not agree with the date of birth",
    (Field.BORN, Level.GENERATION): "Born a generation apart",
    (Field.BORN, Level.DIFFERENT): "Different dates of birth",
    (Field.PLACE, Level.HOME): "Same home",
    (Field.PLACE, Level.POSTCODE): "Same postcode",
    (Field.PLACE, Level.STREET): "Same street, but no more of the address",
    (Field.PLACE, Level.DISTRICT): "Same postcode district, but no more of the address",
    (Field.PLACE, Level.DIFFERENT): "Different addresses",
    (Field.PHONE, Level.SAME): "Same telephone number",
    (Field.PHONE, Level.DIFFERENT): "Different telephone numbers",
    (Field.SEX, Level.SAME): "Same sex recorded",
    (Field.SEX, Level.DIFFERENT): "Different sex recorded",
}
