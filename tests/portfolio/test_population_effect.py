# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A population under variants: the register and a made-up Europe, never added up."""

import json
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from tests.docs.test_json_page import assert_same, printed

from maatwerkbank.ground.errors import ParameterError, PortfolioError, RuleError
from maatwerkbank.letter.drawn_effect_text import population_lines
from maatwerkbank.parameters.law import Law
from maatwerkbank.portfolio.population_effect import PopulationEffect, population_effect
from maatwerkbank.risk.population import ASSUMPTIONS, OUTCOMES
from maatwerkbank.risk.simulation import Draws

LETTER = date(2025, 6, 30)
LAW = Law(LETTER, outlook="hold")
ABOLISHED = "levy_abolished"
LAWS = {ABOLISHED: Law(LETTER, variant=ABOLISHED, outlook="hold")}
DRAWS = Draws(n=128, seed=2)
IN_REGISTER = 21


@pytest.fixture(scope="module")
def europe() -> PopulationEffect:
    return population_effect(LAW, LAWS, DRAWS, 60)


@pytest.fixture(scope="module")
def plain(europe):
    return europe.as_json()


def test_the_register_comes_first_and_the_rest_is_made_up(plain):
    register, synthetic = plain["origins"]

    assert (register["origin"], register["installations"]) == ("register", IN_REGISTER)
    assert (synthetic["origin"], synthetic["installations"]) == ("synthetic", 60 - IN_REGISTER)


def test_what_is_made_up_says_so(plain):
    register, synthetic = plain["origins"]

    assert (register["synthetic"], register["label"]) == (False, None)
    assert synthetic["synthetic"]
    assert "none of them exists" in synthetic["label"]["en"]
    assert plain["assumptions"] == list(ASSUMPTIONS)


def test_a_larger_population_leaves_the_register_as_it_is(europe, plain):
    alone = population_effect(LAW, LAWS, DRAWS, IN_REGISTER)

    assert alone.origins == ("register",)
    assert alone.as_json()["origins"][0] == plain["origins"][0]
    assert alone.plan.number != europe.plan.number


def test_a_change_is_variant_minus_law_in_the_same_draw(europe):
    before, after = (europe.values(law, "register", "levy_eur") for law in europe.laws)

    told = europe.told_change(ABOLISHED, "register", "levy_eur")

    assert told.mean == pytest.approx((after - before).mean())
    assert told.most <= 0.0
    assert told.worst_is == "most"


def test_allowances_cost_the_same_under_every_law(europe):
    before, after = (europe.values(law, "synthetic", "ets_cost_eur") for law in europe.laws)

    assert np.array_equal(before, after)


def test_every_installation_of_the_register_is_told_and_adds_up(europe, plain):
    means = [row["laws"][0]["levy_eur_mean"] for row in plain["installations"]]

    assert len(means) == IN_REGISTER
    assert sum(means) == pytest.approx(europe.told("enacted", "register", "levy_eur").mean)
    assert plain["left_out"] == ["NL_106"]


def test_the_page_names_every_key(plain):
    assert_same("effect on a population", printed(plain))
    assert "-0.0," not in json.dumps(plain, allow_nan=False)


def test_a_folder_gives_the_same_answer(plain, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")

    kept = population_effect(LAW, LAWS, DRAWS, 60, out=tmp_path, threads=1)

    table = parquet.read_table(tmp_path / "draws")
    assert kept.as_json() == plain
    assert set(table["synthetic"].to_pylist()) == {True, False}
    assert {*OUTCOMES, "origin", "law", "draw"} <= set(table.column_names)


@pytest.mark.parametrize(
    ("change", "n", "error", "message"),
    [
        ({}, 20, PortfolioError, "a population of 20 is smaller than the register"),
        ({}, 0, PortfolioError, "a population of 0 is smaller"),
        ({}, 2**20 + 1, PortfolioError, "there are points for 1,048,576"),
        ({"n": 0}, 60, RuleError, "0 draws were asked for"),
        ({"family": "hope"}, 60, ParameterError, "no price family 'hope'"),
        ({"process": "luck"}, 60, ParameterError, "no price processes 'luck'"),
    ],
    ids=["too few", "none", "too many", "draws", "family", "process"],
)
def test_what_cannot_be_computed_is_refused_with_a_remedy(change, n, error, message):
    with pytest.raises(error, match=message) as refused:
        population_effect(LAW, LAWS, replace(DRAWS, **change), n)

    assert refused.value.remedy


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nl", ("Verzonnen: 39 installaties", "geen ervan bestaat", "nooit opgeteld")),
        ("en", ("Made up: 39 installations", "none of them exists", "never added up")),
    ],
)
def test_the_lines_keep_register_and_made_up_apart(europe, language, said):
    text = "\n".join(population_lines(europe, language))

    assert all(each in text for each in said)
    assert "Nobian Hengelo" in text  # left out, and named
    assert europe.plan.number in text
