"""What would Splink do with the same records, set up as its own tutorials do?  The baseline of linkage.

Seven columns, its stock comparisons and blocking rules, expectation-maximisation, connected components at a
probability of 0.95: no rule for twins, no sender's numbers but those of people.
"""

import logging
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

import duckdb
import pyarrow
import splink.comparison_library as stock
from splink import Linker, SettingsCreator, block_on
from splink.backends.duckdb import DuckDBAPI

from holdfast.linkage.rules import traits
from holdfast.linkage.terms import Profile

SAME = 0.95  # probability
RULES = (
    ("born", "family"),
    ("born", "given"),
    ("given", "family"),
    ("family", "postcode"),
    ("born", "postcode"),
    ("nhs",),
    ("number",),
)
PAIRS = 1e6
PART = 100_000  # rows
COLUMNS = ("given", "family", "born", "postcode", "sex", "nhs", "number")


def plain_people(profiles: Sequence[Profile]) -> dict[str, str]:
    """Return for each record the person Splink puts it with."""
    logging.getLogger("splink").setLevel(logging.ERROR)  # it tells of every step
    linker = _trained(profiles)
    pairs = linker.inference.predict(threshold_match_probability=0.5)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, SAME)
    return {row["unique_id"]: str(row["cluster_id"]) for row in clusters.as_record_list()}


def _trained(profiles: Sequence[Profile]) -> Linker:
    connection = duckdb.connect()
    plain_table(connection, "plain_rows", (plain_row(profile) for profile in profiles))
    source = DuckDBAPI(connection=connection).register("plain_rows", dataset_display_name="plain")
    linker = Linker(source, plain_settings())
    train = linker.training
    train.estimate_probability_two_random_records_match([block_on("born", "given", "family")], recall=0.7)
    train.estimate_u_using_random_sampling(max_pairs=PAIRS, seed=1)
    for columns in (("born",), ("given", "family")):
        train.estimate_parameters_using_expectation_maximisation(block_on(*columns), max_pairs=PAIRS)
    return linker


def plain_settings() -> SettingsCreator:
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            stock.JaroWinklerAtThresholds("given", [0.9, 0.7]),
            stock.JaroWinklerAtThresholds("family", [0.9, 0.7]),
            stock.DamerauLevenshteinAtThresholds("born", [1, 2]),
            stock.ExactMatch("postcode"),
            stock.ExactMatch("sex"),
            stock.ExactMatch("nhs"),
            stock.ExactMatch("number"),
        ],
        blocking_rules_to_generate_predictions=[block_on(*columns) for columns in RULES],
    )


def plain_table(connection: duckdb.DuckDBPyConnection, name: str, rows: Iterable[dict[str, Any]]) -> None:
    """Make a table of rows, in parts: a million of them are more than fits twice."""
    schema = pyarrow.schema([(column, pyarrow.string()) for column in ("unique_id", *COLUMNS)])
    connection.execute(f"CREATE TABLE {name} ({', '.join(f'{column} VARCHAR' for column in schema.names)})")
    left = iter(rows)
    while part := list(islice(left, PART)):
        connection.register("plain_part", pyarrow.Table.from_pylist(part, schema=schema))
        connection.execute(f"INSERT INTO {name} SELECT * FROM plain_part")
        connection.unregister("plain_part")


def plain_row(profile: Profile) -> dict[str, Any]:
    found = traits(profile)
    name = found.spellings[0] if found.spellings else None
    return {
        "unique_id": profile.ref,
        "given": (name.given or None) if name else None,
        "family": (name.family or None) if name else None,
        "born": found.born[0].isoformat() if found.born else None,
        "postcode": min(found.postcodes, default=None),
        "sex": found.sex,
        "nhs": min(found.nhs, default=None),
        "number": min(found.numbers, default=None),
    }
