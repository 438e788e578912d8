"""How are the comparisons of `comparing.py` said to Splink?

The same levels as SQL macros over list columns, one row a record. `tests/linkage/test_parity.py` holds
the two equal.
"""

from collections.abc import Iterable
from typing import Any

import duckdb
import pyarrow as pa
from splink import SettingsCreator
from splink.comparison_level_library import CustomLevel, ElseLevel
from splink.comparison_library import CustomComparison

from holdfast.linkage import comparing
from holdfast.linkage.comparing import LEVELS, Level
from holdfast.linkage.names import KNOWN
from holdfast.linkage.rules import SHORTEST_STEM, Traits, sound
from holdfast.linkage.terms import Field

_TEXTS = pa.list_(pa.string())
_NAME = pa.struct(
    [
        ("given", pa.string()),
        ("middle", _TEXTS),
        ("whole", pa.string()),
        ("roots", _TEXTS),
        ("family", pa.string()),
        ("parts", _TEXTS),
        ("family_roots", _TEXTS),
        ("words", _TEXTS),
        ("known", pa.bool_()),
        ("common", pa.bool_()),
    ]
)
_SCHEMA = pa.schema(
    [
        ("unique_id", pa.string()),
        ("person", pa.string()),
        ("names", pa.list_(_NAME)),
        ("family_sound", pa.string()),
        ("born", _TEXTS),
        ("years", pa.list_(pa.int32())),
        ("sex", pa.string()),
        *((column, _TEXTS) for column in ("postcodes", "districts", "homes", "streets", "households")),
        *((column, _TEXTS) for column in ("phones", "nhs", "upn", "numbers", "issuers", "tokens")),
    ]
)

_MACROS = f"""
CREATE OR REPLACE MACRO hf_any(a, b) AS list_has_any(a, b);
CREATE OR REPLACE MACRO hf_near(a, b) AS jaro_winkler_similarity(a, b) >= {comparing.CLOSE_FAMILY};
CREATE OR REPLACE MACRO hf_within(a, b) AS length(a.given) >= {comparing.SHORTEST_WITHIN}
    AND (starts_with(b.whole, a.given) OR ends_with(b.whole, a.given));
CREATE OR REPLACE MACRO hf_given(a, b) AS CASE
    WHEN a.given = b.given OR a.whole = b.whole THEN 0
    WHEN hf_any(a.roots, b.roots) THEN 1
    WHEN list_contains(b.middle, a.given) OR list_contains(a.middle, b.given) THEN 1
    WHEN least(length(a.given), length(b.given)) = 1 THEN CASE WHEN a.given[1] = b.given[1] THEN 3 ELSE 4 END
    WHEN least(length(a.given), length(b.given)) >= {SHORTEST_STEM}
        AND (starts_with(a.given, b.given) OR starts_with(b.given, a.given)) THEN 1
    WHEN a.known AND b.known THEN 4
    WHEN least(length(a.given), length(b.given)) >= {comparing.SHORTEST_CLOSE}
        AND (hf_within(a, b) OR hf_within(b, a)) THEN 1
    WHEN least(length(a.given), length(b.given)) >= {comparing.SHORTEST_CLOSE}
        AND damerau_levenshtein(a.given, b.given)
            <= 1 + (least(length(a.given), length(b.given)) >= {comparing.LONG_FORENAME})::INT THEN 2
    ELSE 4 END;
CREATE OR REPLACE MACRO hf_family(a, b) AS CASE
    WHEN a.family = b.family THEN 0
    WHEN hf_any(a.parts, b.parts) OR hf_any(a.family_roots, b.family_roots) THEN 1
    WHEN hf_near(a.family, b.family) THEN 1
    ELSE 2 END;
CREATE OR REPLACE MACRO hf_names(a, b) AS CASE
    WHEN a.given = '' OR a.family = '' OR b.given = '' OR b.family = '' THEN CASE
        WHEN (a.given <> '' AND a.given IN (b.given, b.family))
            OR (a.family <> '' AND a.family IN (b.given, b.family))
            OR hf_any(a.roots, b.roots) THEN 8 ELSE 11 END
    WHEN (a.given = b.given OR a.whole = b.whole) AND (a.family = b.family OR a.words = b.words)
        THEN (a.common AND b.common)::INT
    WHEN a.words = b.words THEN 2
    WHEN hf_family(a, b) = 0 THEN CASE hf_given(a, b) WHEN 1 THEN 3 WHEN 2 THEN 4 WHEN 3 THEN 7 ELSE 10 END
    WHEN hf_family(a, b) = 1 THEN CASE hf_given(a, b) WHEN 0 THEN 5 WHEN 3 THEN 7 WHEN 4 THEN 10 ELSE 6 END
    WHEN hf_given(a, b) <= 1 OR a.given = b.family OR a.family = b.given THEN 9
    WHEN hf_near(a.given, b.family) AND hf_near(a.family, b.given) THEN 6
    ELSE 11 END;
CREATE OR REPLACE MACRO hf_name(l, r) AS
    list_min(list_transform(l, lambda a: list_min(list_transform(r, lambda b: hf_names(a, b)))));
CREATE OR REPLACE MACRO hf_dates(a, b) AS CASE
    WHEN a = b THEN 0
    WHEN a[1:4] = b[1:4] AND a[5:6] = b[7:8] AND a[7:8] = b[5:6] THEN 1
    WHEN abs(a[1:4]::INT - b[1:4]::INT) >= {comparing.GENERATION_YEARS} THEN 6
    WHEN a[1:4] = b[1:4] AND '{comparing.PLACEHOLDER}' IN (a[5:8], b[5:8]) THEN 4
    WHEN damerau_levenshtein(a, b) <= 1 THEN 2
    WHEN (a[1:4] = b[1:4])::INT + (a[5:6] = b[5:6])::INT + (a[7:8] = b[7:8])::INT = 2 THEN 3
    ELSE 7 END;
CREATE OR REPLACE MACRO hf_born(l, r) AS
    list_min(list_transform(l, lambda a: list_min(list_transform(r, lambda b: hf_dates(a, b)))));
CREATE OR REPLACE MACRO hf_years(l, r) AS
    list_min(list_transform(l, lambda a: list_min(list_transform(r, lambda b: abs(a - b)))));
CREATE OR REPLACE MACRO hf_slip(l, r) AS
    list_min(list_transform(l, lambda a:
        list_min(list_transform(r, lambda b: damerau_levenshtein(a, b))))) = 1;
"""

# Where one side says nothing, per field; then the condition of each level that is not the last.
_SILENT = {
    Field.NUMBER: "NOT hf_any(numbers_l, numbers_r) AND NOT hf_any(issuers_l, issuers_r)",
    Field.BORN: "len(years_l) = 0 OR len(years_r) = 0",
    Field.PLACE: "len(postcodes_l) + len(homes_l) + len(streets_l) = 0"
    " OR len(postcodes_r) + len(homes_r) + len(streets_r) = 0",
    Field.SEX: "sex_l IS NULL OR sex_r IS NULL",
}
_DATED = "len(born_l) > 0 AND len(born_r) > 0"
_UNDATED = "(len(born_l) = 0 OR len(born_r) = 0)"


def _once(column: str) -> dict[Level, str]:
    return {Level.SAME: f"hf_any({column}_l, {column}_r)", Level.SLIP: f"hf_slip({column}_l, {column}_r)"}


_AGE_AGREES = LEVELS[Field.BORN].index(Level.AGE_AGREES)
_CONDITIONS: dict[Field, dict[Level, str]] = {
    Field.NHS: _once("nhs"),
    Field.UPN: _once("upn"),
    Field.NUMBER: {Level.SAME: "hf_any(numbers_l, numbers_r)"},
    Field.NAME: {
        level: f"hf_name(names_l, names_r) = {rank}" for rank, level in enumerate(LEVELS[Field.NAME])
    },
    Field.BORN: {
        **{
            level: f"{_DATED} AND hf_born(born_l, born_r) = {rank}"
            for rank, level in enumerate(LEVELS[Field.BORN])
        },
        Level.AGE_AGREES: f"({_DATED} AND hf_born(born_l, born_r) = {_AGE_AGREES})"
        f" OR ({_UNDATED} AND hf_years(years_l, years_r) <= {comparing.AGE_SLACK_YEARS})",
        Level.AGE_DIFFERS: _UNDATED,
    },
    Field.PLACE: {
        Level.HOME: "hf_any(homes_l, homes_r) OR hf_any(households_l, households_r)",
        Level.POSTCODE: "hf_any(postcodes_l, postcodes_r)",
        Level.STREET: "hf_any(streets_l, streets_r)",
        Level.DISTRICT: "hf_any(districts_l, districts_r)",
    },
    Field.PHONE: {Level.SAME: "hf_any(phones_l, phones_r)"},
    Field.SEX: {Level.SAME: "sex_l = sex_r"},
}
_COLUMN = {Field.NAME: "names", Field.PHONE: "phones"}


def prepare(connection: duckdb.DuckDBPyConnection, rows: pa.Table, table: str) -> None:
    """Put the rows and the macros where Splink will look for them."""
    connection.execute(_MACROS).fetchall()
    connection.register(f"{table}_arrow", rows)
    connection.execute(f"CREATE OR REPLACE TABLE {table} AS SELECT * FROM {table}_arrow").fetchall()


def rows(records: Iterable[tuple[Traits, str | None, Iterable[str]]], common: frozenset[str]) -> pa.Table:
    """Return one row a record: its traits, the person it is known to be (or None) and its tokens."""
    return pa.Table.from_pylist(
        [_row(found, person, keys, common) for found, person, keys in records], schema=_SCHEMA
    )


def _row(found: Traits, person: str | None, keys: Iterable[str], common: frozenset[str]) -> dict[str, Any]:
    names = [
        {
            "given": name.given,
            "middle": sorted(name.middle),
            "whole": name.whole,
            "roots": sorted(name.roots),
            "family": name.family,
            "parts": sorted(name.parts),
            "family_roots": sorted(name.family_roots),
            "words": sorted(name.words),
            "known": name.given in KNOWN,
            "common": name.family in common,
        }
        for name in found.spellings
    ]
    lists = (
        "postcodes",
        "districts",
        "homes",
        "streets",
        "households",
        "phones",
        "nhs",
        "upn",
        "numbers",
        "issuers",
    )
    return {
        "unique_id": found.ref,
        "person": person,
        "names": names,
        "family_sound": next((sound(name.family) for name in found.spellings if name.family), None),
        "born": list(found.born_digits),
        "years": list(comparing.birth_years(found)),
        "sex": found.sex,
        "tokens": sorted(keys),
        **{column: sorted(getattr(found, column)) for column in lists},
    }


def settings(prior: float, blocking: Iterable[Any] = ()) -> SettingsCreator:
    """Return the model's shape for Splink, nothing learned yet."""
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=[_comparison(field) for field in LEVELS],
        blocking_rules_to_generate_predictions=list(blocking),
        probability_two_random_records_match=prior,
        retain_intermediate_calculation_columns=True,
        retain_matching_columns=False,
    )


def _comparison(field: Field) -> CustomComparison:
    column = _COLUMN.get(field, field.value)
    silent = _SILENT.get(field, f"len({column}_l) = 0 OR len({column}_r) = 0")
    null = CustomLevel(silent, label_for_charts="says nothing").configure(is_null_level=True)
    *upper, last = LEVELS[field]
    levels = [CustomLevel(_CONDITIONS[field][level], label_for_charts=level.value) for level in upper]
    return CustomComparison(
        output_column_name=field.value,
        comparison_levels=[null, *levels, ElseLevel().configure(label_for_charts=last.value)],
    )
