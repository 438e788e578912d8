"""Our scores are Splink's: the same levels, the same bits."""

import json

import duckdb
import pytest
from splink import Linker
from splink.backends.duckdb import DuckDBAPI

from holdfast.linkage import splink_form
from holdfast.linkage.blocking import tokens
from holdfast.linkage.invented import people, records
from holdfast.linkage.rules import traits
from holdfast.linkage.scoring import DEFAULT_MODEL, load, score_traits

BITS = 0.01  # the difference allowed, our choice
PEOPLE = 1_400


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_scores_equal_splinks() -> None:
    model = load()
    known = {found.ref: found for found, _ in records(people(PEOPLE, seed=11), seed=12)}
    rows = [(traits(one), None, [f"{t.kind} {t.value}" for t in tokens(one)]) for one in known.values()]
    connection = duckdb.connect()
    splink_form.prepare(connection, splink_form.rows(rows, model.common_families), "record_rows")
    settings = json.loads(DEFAULT_MODEL.read_text(encoding="utf-8"))["splink"]
    source = DuckDBAPI(connection=connection).register("record_rows", dataset_display_name="records")
    found = Linker(source, settings).inference.predict().as_record_list()
    assert len(found) >= 10_000
    apart = [
        (row["unique_id_l"], row["unique_id_r"])
        for row in found
        if abs(
            score_traits(traits(known[row["unique_id_l"]]), traits(known[row["unique_id_r"]]), model).bits
            - row["match_weight"]
        )
        > BITS
    ]
    assert not apart
