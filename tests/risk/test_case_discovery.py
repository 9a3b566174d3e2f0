# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where a case fails: its boxes, its tree, and when there is none."""

import json

import numpy as np
import pytest
from tests.risk.example import LATE, MONEY, SOURCED, TONNES, case_file, law, ratio

from maatwerkbank.ground.errors import RuleError
from maatwerkbank.portfolio.cases import load_case
from maatwerkbank.risk.case_discovery import DiscoveryRun, case_discovery
from maatwerkbank.risk.case_risk import case_risk
from maatwerkbank.risk.simulation import Draws

DRAWS = Draws(n=1_024, process=None)
CAPEX = ratio("capex", "projects[0].capex", low=0.2, high=2.5)
UPKEEP = ratio("upkeep", "projects[0].fixed_opex", low=0.95, high=1.05)
POLICY = [{"variant": "levy_abolished", "probability": 0.4, **SOURCED}]


def found(draws: Draws = DRAWS, **asked: object) -> DiscoveryRun:
    uncertainties = asked.pop("uncertainties", {"figures": [CAPEX, UPKEEP]})
    return case_discovery(case_file(uncertainties=uncertainties), "enacted", law(), draws, **asked)


def test_the_box_is_the_figure_that_decides():
    run = found()

    box = run.found.box
    assert box.restricted == ("capex",)
    assert box.density > 0.95
    assert box.coverage >= 0.8
    assert run.found.share == pytest.approx(
        np.mean(run.simulation.values("enacted", "voorbeeld", "npv_eur") < 0)
    )


def test_the_tree_asks_for_it_first():
    leaves = found().found.leaves

    assert {turn.name for turn in leaves[0].path} == {"capex"}
    assert sum(leaf.n_draws for leaf in leaves) == DRAWS.n


def test_the_draws_are_those_of_the_risk_of_the_case():
    uncertainties = {"figures": [CAPEX, UPKEEP]}
    whole = case_risk(case_file(uncertainties=uncertainties), {"enacted": law()}, DRAWS)

    assert whole.leading.discoveries[0] == found().found


def test_delays_count_in_whole_years_and_a_policy_is_nought_or_one():
    run = found(
        uncertainties={"figures": TONNES, "delays": LATE, "policy": POLICY},
        interest="tonnes_missed",
        promised_t=60_000.0,
    )

    drawn = dict(zip([each.id for each in run.found.factors], run.found.drawn, strict=True))
    assert drawn["policy.levy_abolished"] == (0.0, 1.0)
    assert drawn["grid"] == (0.0, 3.0)
    assert run.found.outcome == "additional_2030_t"
    assert run.found.threshold == 60_000.0


def test_prices_are_told_against_their_path():
    run = found(Draws(n=512), uncertainties={"figures": [CAPEX]})

    drawn = dict(zip([each.id for each in run.found.factors], run.found.drawn, strict=True))
    low, high = drawn["prices.eua"]
    assert 0.1 < low < 1.0 < high < 10.0


def test_a_box_by_number_is_shown():
    assert found(number=2).found.chosen == 2


def test_a_box_that_does_not_exist_is_refused():
    with pytest.raises(RuleError, match="there is no box 99"):
        found(number=99)


@pytest.mark.parametrize(("low", "high", "share"), [(0.01, 0.02, 0.0), (30.0, 40.0, 1.0)])
def test_a_plan_that_never_or_always_fails_has_no_box(low, high, share):
    run = found(
        uncertainties={
            "figures": [
                ratio("capex", "projects[0].capex", low=low, high=high),
                ratio("more", "projects[1].capex", low=low, high=high),
            ]
        }
    )

    assert run.found.share == share
    assert (run.found.trajectory, run.found.box, run.found.leaves) == ((), None, ())


def test_a_plan_of_which_nothing_in_money_is_known_says_what_is_lacking():
    run = case_discovery(load_case("alco"), "enacted", law(), Draws(n=64))

    assert run.found is None
    assert "projects[0].capex" in {lack.place for lack in run.lacks}
    json.dumps(run.as_json(), allow_nan=False)


def test_without_promised_tonnes_none_can_be_missed():
    run = case_discovery(load_case("aeb"), "enacted", law(), Draws(n=64), interest="tonnes_missed")

    assert run.found is None
    assert run.promise.basis == "nothing"


def test_many_uncertainties_are_told_without_a_number_that_is_none():
    run = found(Draws(n=256), uncertainties={"figures": [*MONEY, *TONNES], "delays": LATE})

    assert '"format": "maatwerkbank-discovery-1"' in json.dumps(run.as_json(), allow_nan=False)
