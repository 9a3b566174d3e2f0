# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Do the files of parameters, variants, outlooks and prices have the shape that they promise?

Takes the YAML files as they lie in the package. Gives one finding list per rule, over all files.
Leaves out what the engine makes of them: that is tested beside the engine.
"""

import csv
import io
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

import maatwerkbank

PACKAGE = Path(maatwerkbank.__file__).parent
PARAMETERS = PACKAGE / "parameters"
DATA = PARAMETERS / "data"
BENCHMARKS = "eu_ets/benchmark/"

TOP_KEYS = {"label", "description", "unit", "price_basis", "statements"}
TOP_OPTIONAL = {"indexed_by", "rounding", "traits"}
STATEMENT_KEYS = {"known_from", "status", "source", "values"}
STATEMENT_OPTIONAL = {"price_year", "step", "until", "carries_on", "required", "note"}
STEP_KEYS = {"add", "until", "goes_on", "floor"}
VARIANT_KEYS = {"label", "because", "source", "from"}
VARIANT_CHANGES = {"removes", "as_known_on", "sets"}
OVERRIDE_KEYS = {"values", "until", "carries_on", "step", "price_basis", "price_year", "seen"}
SEEN = {"official", "press", "derived", "unverified", "database"}
STATUS = {"enacted", "proposed", "scenario"}
PRICE_BASIS = {"stated", "nominal", "none"}
CBAM_GOOD = {"cbam_good": True}

Content = dict[str, Any]


def read(path: Path) -> Content:
    content: Content = yaml.safe_load(path.read_text("utf-8"))
    return content


@cache
def parameters() -> dict[str, Content]:
    paths = sorted(DATA.rglob("*.yaml"))
    return {path.relative_to(DATA).with_suffix("").as_posix(): read(path) for path in paths}


@cache
def folder(kind: str) -> dict[str, Content]:
    return {path.stem: read(path) for path in sorted((PARAMETERS / kind).glob("*.yaml"))}


def statements() -> Iterator[tuple[str, Content]]:
    for name, content in parameters().items():
        for statement in content["statements"]:
            yield f"{name} known from {statement['known_from']}", statement


@cache
def source_ids() -> set[str]:
    return {
        identity for path in (PACKAGE / "sources/data").glob("*.yaml") for identity in read(path)
    }


def cited() -> Iterator[tuple[str, str, str]]:
    """Where, which source, and how seen, of every citation in the four kinds of file."""
    for where, statement in statements():
        yield where, statement["source"]["id"], statement["source"]["seen"]
    for name, variant in folder("variants").items():
        yield name, variant["source"]["id"], variant["source"]["seen"]
    for name, outlook in folder("outlooks").items():
        yield name, outlook["inflation"]["source"], outlook["inflation"]["seen"]
    for name, prices in folder("price_sets").items():
        for carrier, price in prices["prices"].items():
            yield f"{name}: {carrier}", price["source"], price["seen"]


def texts() -> Iterator[tuple[str, Any]]:
    for name, content in parameters().items():
        yield f"{name}: label", content["label"]
        yield f"{name}: description", content["description"]
    for where, statement in statements():
        yield f"{where}: note", statement.get("note", {"nl": "-", "en": "-"})
    for kind in ("variants", "outlooks", "price_sets"):
        for name, content in folder(kind).items():
            yield f"{name}: label", content["label"]
            yield f"{name}: because", content["because"]


def parameters_that_break(rule: Callable[[Content], bool]) -> list[str]:
    return [name for name, content in parameters().items() if not rule(content)]


def files_that_break(kind: str, rule: Callable[[Content], bool]) -> list[str]:
    return [name for name, content in folder(kind).items() if not rule(content)]


def overrides_that_break(rule: Callable[[str, Content], bool]) -> list[tuple[str, str]]:
    """The variant and the parameter of every override that breaks `rule`."""
    return [
        (variant, name)
        for variant, content in folder("variants").items()
        for name, override in content.get("sets", {}).items()
        if not rule(name, override)
    ]


def citations_that_break(rule: Callable[[str, str], bool]) -> list[str]:
    return [where for where, identity, seen in cited() if not rule(identity, seen)]


def texts_that_break(rule: Callable[[dict[str, str]], bool]) -> list[str]:
    return [where for where, text in texts() if not rule(text)]


def benchmarks() -> dict[str, list[Any]]:
    """The values of every benchmark, in the order of its periods."""
    return {
        name.removeprefix(BENCHMARKS): [
            value for s in content["statements"] for value in s["values"].values()
        ]
        for name, content in parameters().items()
        if name.startswith(BENCHMARKS)
    }


def periods_of_benchmarks() -> set[tuple[int, ...]]:
    return {
        tuple(day.year for s in content["statements"] for day in s["values"])
        for name, content in parameters().items()
        if name.startswith(BENCHMARKS)
    }


def transcribed(table: str) -> list[list[Any]]:
    """The same values as in `benchmarks`, from the table of the acts, sorted by their text."""
    rows = csv.DictReader(io.StringIO(table))
    return sorted((_row(row) for row in rows), key=str)


def _row(row: dict[str, str]) -> list[Any]:
    bounds = {
        "low": float(row["lower_bound_2026_2030"]),
        "high": float(row["upper_bound_2026_2030"]),
    }
    latest = float(row["value_2026_2030"]) if row["value_2026_2030"] else bounds
    return [float(row["value_2013_2020"]), float(row["value_2021_2025"]), latest]


def price_years_fit(content: Content) -> bool:
    stated = content["price_basis"] == "stated"
    return all(("price_year" in s) == stated for s in content["statements"])


def override_has_its_price_level(name: str, override: Content) -> bool:
    basis = override.get("price_basis", parameters()[name]["price_basis"])
    return basis != "stated" or "price_year" in override


def in_order(price: Content) -> bool:
    ranges = [value for value in price["by_year"].values() if isinstance(value, dict)]
    return all(r["low"] <= r.get("central", r["low"]) <= r["high"] for r in ranges)


def where_not(rule: Callable[[Content], bool]) -> list[str]:
    """The statements that break `rule`."""
    return [where for where, statement in statements() if not rule(statement)]


def keys_fit(content: Content, needed: set[str], optional: set[str]) -> bool:
    return needed <= set(content) <= needed | optional


def last_year(statement: Content) -> int:
    """The last year about which a statement speaks; none before that of its last value."""
    stated = max(day.year for day in statement["values"])
    step = statement.get("step", {"until": stated})
    return int(statement.get("until", step["until"]))


def ends_once(statement: Content) -> bool:
    """A statement says at most once how long it speaks: a step, an end, or no end."""
    return len({"step", "until", "carries_on"} & set(statement)) <= 1


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_value(value: Any) -> bool:
    """A number, nothing that anybody could read, or an interval that is not a point."""
    if isinstance(value, dict):
        return set(value) == {"low", "high"} and value["low"] < value["high"]
    return value is None or is_number(value)


def test_parameter_files_have_no_other_keys_than_the_agreed_ones() -> None:
    assert parameters_that_break(lambda c: keys_fit(c, TOP_KEYS, TOP_OPTIONAL)) == []


def test_statements_have_no_other_keys_than_the_agreed_ones() -> None:
    assert where_not(lambda s: keys_fit(s, STATEMENT_KEYS, STATEMENT_OPTIONAL)) == []


def test_citations_in_statements_have_no_other_keys_than_the_agreed_ones() -> None:
    assert where_not(lambda s: keys_fit(s["source"], {"id", "place", "seen"}, {"version"})) == []


def test_steps_have_no_other_keys_than_the_agreed_ones() -> None:
    none = {"add": 0.0, "until": 2030}

    assert where_not(lambda s: keys_fit(s.get("step", none), {"add", "until"}, STEP_KEYS)) == []


def test_statements_stand_in_the_order_in_which_they_became_known() -> None:
    def ordered(content: Content) -> bool:
        days = [statement["known_from"] for statement in content["statements"]]
        return days == sorted(days)

    assert parameters_that_break(ordered) == []


def test_values_stand_in_the_order_of_their_dates_and_are_never_empty() -> None:
    assert where_not(lambda s: list(s["values"]) == sorted(s["values"]) != []) == []


def test_every_day_is_a_whole_date() -> None:
    assert where_not(lambda s: {type(d) for d in [s["known_from"], *s["values"]]} == {date}) == []


def test_every_value_is_a_number_an_interval_or_openly_unread() -> None:
    assert where_not(lambda s: all(map(is_value, s["values"].values()))) == []


def test_a_value_that_nobody_read_says_where_it_can_be_read_and_no_other_does() -> None:
    assert where_not(lambda s: (None in s["values"].values()) == ("required" in s)) == []


def test_a_statement_says_at_most_once_how_long_it_speaks() -> None:
    assert where_not(ends_once) == []


def test_no_statement_ends_before_its_last_value() -> None:
    assert where_not(lambda s: last_year(s) >= max(s["values"]).year) == []


def test_every_status_is_one_of_three() -> None:
    assert where_not(lambda s: s["status"] in STATUS) == []


def test_every_price_basis_is_one_of_three() -> None:
    assert parameters_that_break(lambda c: c["price_basis"] in PRICE_BASIS) == []


def test_stated_amounts_have_a_price_year_and_no_others_do() -> None:
    assert parameters_that_break(price_years_fit) == []


def test_amounts_of_money_have_a_price_basis_and_others_have_none() -> None:
    wrong = parameters_that_break(
        lambda c: c["unit"].startswith("EUR") == (c["price_basis"] != "none")
    )

    assert wrong == []


def test_no_unit_is_empty() -> None:
    assert parameters_that_break(lambda c: bool(c["unit"].strip())) == []


def test_every_index_is_a_parameter_and_only_stated_amounts_have_one() -> None:
    wrong = parameters_that_break(
        lambda c: (
            "indexed_by" not in c
            or (c["indexed_by"] in parameters() and c["price_basis"] == "stated")
        )
    )

    assert wrong == []


def test_every_text_is_there_in_dutch_and_in_english() -> None:
    assert texts_that_break(lambda t: set(t) == {"nl", "en"} and all(t.values())) == []


def test_every_cited_source_is_known() -> None:
    assert citations_that_break(lambda identity, _: identity in source_ids()) == []


def test_every_citation_says_how_the_value_was_seen() -> None:
    assert citations_that_break(lambda _, seen: seen in SEEN) == []


def test_there_are_fifty_four_benchmarks_of_three_periods_each() -> None:
    assert len(benchmarks()) == 54
    assert periods_of_benchmarks() == {(2013, 2021, 2026)}


def test_forty_one_benchmarks_of_2026_are_bounds_and_not_values() -> None:
    latest = [type(values[-1]) for values in benchmarks().values()]

    assert latest.count(dict) == 41


def test_eight_benchmarks_of_2021_lie_above_the_most_that_the_law_allows_for_2026() -> None:
    # at least 0.3 % a year over twenty years: at most 94 % of the value of 2013-2020
    above = {name for name, (first, then, _) in benchmarks().items() if then > 0.94 * first}

    assert above == {
        "hot_metal",
        "pre_bake_anode",
        "aluminium",
        "white_cement_clinker",
        "sintered_dolime",
        "plaster",
        "ammonia",
        "steam_cracking",
    }


def test_benchmarks_agree_with_the_table_that_was_transcribed_from_the_acts(shared: Path) -> None:
    table = (shared / "data/eu_ets_benchmarks/benchmark_values.csv").read_text("utf-8")

    assert transcribed(table) == sorted(benchmarks().values(), key=str)


def test_the_trait_of_a_benchmark_is_whether_it_is_a_cbam_good() -> None:
    wrong = parameters_that_break(lambda c: c.get("traits", CBAM_GOOD) == CBAM_GOOD)

    assert wrong == []


@pytest.mark.parametrize("kind", ["variants", "outlooks", "price_sets"])
def test_there_is_at_least_one_file_of_each_kind(kind: str) -> None:
    assert folder(kind)


def test_variants_have_no_other_keys_than_the_agreed_ones() -> None:
    assert files_that_break("variants", lambda c: keys_fit(c, VARIANT_KEYS, VARIANT_CHANGES)) == []


def test_every_variant_changes_something() -> None:
    assert files_that_break("variants", lambda c: bool(VARIANT_CHANGES & set(c))) == []


def test_variants_override_existing_parameters() -> None:
    assert overrides_that_break(lambda name, _: name in parameters()) == []


def test_overrides_have_no_other_keys_than_the_agreed_ones() -> None:
    assert overrides_that_break(lambda _, o: keys_fit(o, {"values"}, OVERRIDE_KEYS)) == []


def test_overrides_of_stated_amounts_name_a_price_year_or_are_nominal() -> None:
    assert overrides_that_break(override_has_its_price_level) == []


def test_what_a_variant_takes_as_known_on_another_day_is_a_chapter_of_parameters() -> None:
    chapters = {name.split("/")[0] for name in parameters()}

    wrong = files_that_break("variants", lambda c: set(c.get("as_known_on", {})) <= chapters)

    assert wrong == []


def test_price_ranges_are_in_order() -> None:
    wrong = files_that_break("price_sets", lambda c: all(map(in_order, c["prices"].values())))

    assert wrong == []


def test_the_public_price_set_holds_the_carriers_of_the_public_cases() -> None:
    prices = folder("price_sets")["public-2025-06-30"]["prices"]

    assert {"eua", "natural_gas", "electricity", "co2_transport_storage_porthos"} <= set(prices)
