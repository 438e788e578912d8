"""What does each kind of agreement weigh? Learned by Splink, written to a model file.

With known people (the invented ones, or pairs a person has judged) m comes from them; without, by
Splink's expectation-maximisation. u comes from random pairs, the few true pairs among them taken out.
"""

import json
import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb
from splink import Linker, block_on
from splink.backends.duckdb import DuckDBAPI

from holdfast.linkage import splink_form
from holdfast.linkage.blocking import tokens
from holdfast.linkage.comparing import Level
from holdfast.linkage.invented import people as invented_people
from holdfast.linkage.invented import records as invented_records
from holdfast.linkage.rules import Traits, traits
from holdfast.linkage.scoring import DEFAULT_MODEL, Model, from_settings
from holdfast.linkage.terms import Field, Profile

COMMON_SHARE = 1 / 250  # of records; a family name more frequent than this counts as common (our choice)
RANDOM_PAIRS = 1e6  # for u
EM_PAIRS = 1e6  # more make training slower, not better
SEED = 1
DEFAULT_VERSION = "invented-2"
DEFAULT_PEOPLE = 12_000
SURE_RECALL = 0.7  # of true pairs agree on birthday and whole name (our choice)

# The default prior: one in this many pairs of records is one person, about a partnership of 20,000 people.
DEFAULT_PRIOR = 1 / 20_000
THRESHOLDS = {"same": 5.0, "ask": -2.0}  # bits: 32 to 1 for one person, 1 to 4 (our choice)

# Two people under one number are mistakes too rare to be learned from a sample; the rates are ours.
SHARED_NUMBER = 1e-6
NEIGHBOURING_NUMBER = 1e-5
_FIXED_U = {
    (Field.NHS, Level.SAME): SHARED_NUMBER,
    (Field.NHS, Level.SLIP): NEIGHBOURING_NUMBER,
    (Field.UPN, Level.SAME): SHARED_NUMBER,
    (Field.UPN, Level.SLIP): NEIGHBOURING_NUMBER,
    (Field.NUMBER, Level.SAME): SHARED_NUMBER,
}
M_FLOOR = 5e-4  # a level never seen among true pairs is rare, not impossible
U_FLOOR = 5e-7


def train(
    profiles: Iterable[Profile],
    *,
    version: str,
    people: Mapping[str, str] | None = None,
    prior: float | None = None,
    base: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return a model file's content; `people` says who each record truly is, where that is known.

    What these records cannot teach (no telephone numbers, say) is taken over from the model file `base`.
    """
    known = people or {}
    records = [(traits(profile), known.get(profile.ref), _keys(profile)) for profile in profiles]
    common = common_families([found for found, _, _ in records])
    logging.getLogger("splink").setLevel(logging.ERROR)  # it tells of every step
    linker = _linker(records, common, prior or DEFAULT_PRIOR)
    linker.training.estimate_u_using_random_sampling(max_pairs=RANDOM_PAIRS, seed=SEED)
    if people:
        linker.training.estimate_m_from_label_column("person")
    else:
        _expectation_maximisation(linker)
    settings = linker.misc.save_model_to_json()
    _tidy(settings, _true_share([person for _, person, _ in records if person], settings), _chances(base))
    return {
        "version": version,
        "records": len(records),
        "common_families": sorted(common),
        "thresholds": THRESHOLDS,
        "splink": settings,
    }


def write(stored: Mapping[str, Any], path: Path) -> Model:
    """Write a model file and return it as the matcher will read it."""
    path.write_text(json.dumps(stored, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return from_settings(stored)


def common_families(records: Iterable[Traits]) -> frozenset[str]:
    """Return the family names so frequent that sharing one says less."""
    counts = Counter(name.family for found in records for name in found.spellings[:1] if name.family)
    return frozenset(name for name, count in counts.items() if count > COMMON_SHARE * sum(counts.values()))


def _keys(profile: Profile) -> list[str]:
    return [f"{token.kind} {token.value}" for token in tokens(profile)]


def _linker(
    records: list[tuple[Traits, str | None, list[str]]], common: frozenset[str], prior: float
) -> Linker:
    connection = duckdb.connect()
    splink_form.prepare(connection, splink_form.rows(records, common), "record_rows")
    source = DuckDBAPI(connection=connection).register("record_rows", dataset_display_name="records")
    return Linker(source, splink_form.settings(prior, [block_on("tokens", arrays_to_explode=["tokens"])]))


def _expectation_maximisation(linker: Linker) -> None:
    """Learn m with no known pair: what a session blocks on it cannot learn, and another session does."""
    same_name = "l.names[1].given = r.names[1].given AND l.names[1].family = r.names[1].family"
    rules = ("l.born[1] = r.born[1] AND l.family_sound = r.family_sound", same_name)
    linker.training.estimate_probability_two_random_records_match(
        [f"l.born[1] = r.born[1] AND {same_name}"], recall=SURE_RECALL
    )
    for rule in rules:
        linker.training.estimate_parameters_using_expectation_maximisation(rule, max_pairs=EM_PAIRS)


def _true_share(known: list[str], settings: Mapping[str, Any]) -> float:
    """Return the share of true pairs among random ones, which must not count as chance agreement."""
    if not known:
        return float(settings["probability_two_random_records_match"])
    pairs = sum(count * (count - 1) for count in Counter(known).values())
    return pairs / max(1, len(known) * (len(known) - 1))


Chances = dict[tuple[Field, Level], tuple[float, float]]  # m and u


def _levels(settings: Mapping[str, Any]) -> Iterator[tuple[tuple[Field, Level], dict[str, Any]]]:
    for comparison in settings["comparisons"]:
        for level in comparison["comparison_levels"]:
            if not level.get("is_null_level"):
                yield (Field(comparison["output_column_name"]), Level(level["label_for_charts"])), level


def _chances(base: Mapping[str, Any] | None) -> Chances:
    levels = _levels(base["splink"]) if base else ()
    return {which: (level["m_probability"], level["u_probability"]) for which, level in levels}


def _tidy(settings: dict[str, Any], true_share: float, base: Chances) -> None:
    """Take the true pairs out of u, and give every level a weight."""
    for which, level in _levels(settings):
        m, u = level.get("m_probability"), level.get("u_probability")
        if which in base and (m is None or u is None):  # never seen here: the odds of `base` are kept
            m, u = base[which]
        m = m or 0.0
        u = (u or 0.0) - true_share * m
        level["m_probability"] = max(m, M_FLOOR)
        level["u_probability"] = _FIXED_U.get(which, max(u, U_FLOOR))


def train_default() -> Model:
    """Train the shipped model anew, on people who do not exist; a minute on two cores."""
    found = list(invented_records(invented_people(DEFAULT_PEOPLE)))
    known = {profile.ref: person for profile, person in found}
    return write(train([one for one, _ in found], version=DEFAULT_VERSION, people=known), DEFAULT_MODEL)


if __name__ == "__main__":
    train_default()
