# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Everything that the draws of one case tell: against numpy, the plain road, and a second run."""

import json
import math
from datetime import date

import numpy as np
import pytest
from tests.risk.example import LATE, MONEY, ONE_SIDED, SOURCED, TONNES, case_file, law, with_sale

from maatwerkbank.economics.lacks import Lack
from maatwerkbank.ground.errors import ParameterError, RuleError
from maatwerkbank.parameters.law import Law
from maatwerkbank.portfolio.cases import case_ids, load_case
from maatwerkbank.risk.blocks import BlocksError
from maatwerkbank.risk.case_risk import CaseRisk, case_risk
from maatwerkbank.risk.sampling import MOST_DRAWS
from maatwerkbank.risk.simulation import Draws, simulate
from maatwerkbank.risk.summary import QUANTILES, NotKnown, Summary

DRAWS = Draws(n=256, seed=3)
POLICY = [
    {"variant": "levy_abolished", "probability": 0.3, **SOURCED},
    {"variant": "levy_no_step", "from": 2031, "probability": 0.2, **SOURCED},
]
EVERYTHING = {
    "installations": with_sale(),
    "awards": [ONE_SIDED],
    "uncertainties": {"figures": [*MONEY[:-1], *TONNES], "delays": LATE, "policy": POLICY},
}


def risk_of(draws: Draws = DRAWS, **changes: object) -> CaseRisk:
    return case_risk(case_file(**changes), {"enacted": law()}, draws, return_share=0.5)


@pytest.fixture(scope="module")
def everything() -> CaseRisk:
    return case_risk(
        case_file(**EVERYTHING),
        {"enacted": law(), "levy_abolished": law("levy_abolished")},
        DRAWS,
        promised_t=50_000.0,
        return_share=0.5,
    )


# ── what is told of an outcome ────────────────────────────────────────────────────────────────


def test_quantiles_mean_and_shortfall_are_those_of_the_draws(everything):
    values = everything.values("enacted", "npv_eur")
    told = everything.leading.outcomes["npv_eur"]

    assert isinstance(told, Summary)
    assert told.mean == pytest.approx(np.mean(values))
    assert told.error_of_mean == pytest.approx(np.std(values, ddof=1) / math.sqrt(256))
    assert told.quantiles == pytest.approx(
        np.quantile(values, QUANTILES, method="inverted_cdf").tolist()
    )
    worst = np.sort(values)[:13]  # 12.8 draws: the last counts in part
    assert told.shortfall == pytest.approx((worst[:12].sum() + 0.8 * worst[12]) / 12.8)


def test_of_a_levy_the_most_is_worst(everything):
    values = everything.values("enacted", "levy_total_eur")
    told = everything.leading.summary("levy_total_eur")

    assert told.worst_is == "most"
    assert told.shortfall > told.at(0.95) - 1e-6
    assert told.shortfall <= values.max()


def test_the_chance_of_a_loss_is_the_share_of_the_draws(everything):
    values = everything.values("enacted", "npv_eur")

    found = everything.leading.below_nil

    assert found.probability == np.mean(values < 0.0)
    assert 0.0 < found.error < 0.04


def test_the_case_as_it_is_has_the_draws_of_a_simulation(everything):
    simulation = simulate([case_file(**EVERYTHING)], {"enacted": law()}, DRAWS)

    for outcome in ("npv_eur", "additional_2030_t", "support_eur", "payback_years"):
        ours = everything.values("enacted", outcome)
        assert np.array_equal(ours, simulation.values("enacted", "voorbeeld", outcome))


def test_the_draw_at_a_quantile_has_that_outcome(everything):
    draw = everything.draw_at("enacted", "npv_eur", 0.5)

    assert everything.values("enacted", "npv_eur")[draw] == everything.leading.summary(
        "npv_eur"
    ).at(0.5)


def test_a_draw_of_an_outcome_that_is_not_known_is_refused():
    risk = case_risk(load_case("yara"), {"enacted": law()}, Draws(n=8))

    with pytest.raises(RuleError, match=r"npv_eur of yara-sluiskil under enacted is not known|npv"):
        risk.draw_at("enacted", "npv_eur", 0.5)


# ── the tables of a draw ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["enacted", "levy_abolished"])
@pytest.mark.parametrize("draw", [0, 7, 100, 131, 255])
def test_the_yearly_tables_of_a_draw_give_the_numbers_of_the_kernel(everything, name, draw):
    outcome = everything.yearly(name, draw)

    npv = everything.values(name, "npv_eur")[draw]
    scale = sum(abs(item.difference).sum() for item in outcome.items)
    assert abs(outcome.npv - npv) <= 1e-12 * scale
    assert outcome.in_year(outcome.additional) == pytest.approx(
        everything.values(name, "additional_2030_t")[draw], rel=1e-12
    )


def test_a_declared_policy_holds_in_its_share_of_the_draws(everything):
    without = case_risk(case_file(**EVERYTHING), {"levy_no_step": law("levy_no_step")}, DRAWS)
    abolished = everything.values("enacted", "levy_total_eur") == everything.values(
        "levy_abolished", "levy_total_eur"
    )

    assert without.laws[0].variant == "levy_no_step"
    assert np.mean(abolished) == pytest.approx(0.3, abs=0.02)


def test_a_draw_that_does_not_exist_is_refused(everything):
    with pytest.raises(RuleError, match="there is no draw 256"):
        everything.yearly("enacted", 256)


# ── over the years ────────────────────────────────────────────────────────────────────────────


def test_the_cash_flow_added_up_ends_at_the_net_present_value(everything):
    fan = everything.leading.cumulative
    told = everything.leading.summary("npv_eur")

    assert tuple(fan.quantiles[:, -1]) == told.quantiles
    assert fan.years == tuple(range(2025, everything.case.last_year + 5))  # at most 4 years late
    assert fan.n_draws == 256


def test_a_price_that_is_published_is_the_same_in_every_draw():
    known = case_risk(case_file(), {"enacted": Law(date(2026, 6, 30), outlook="hold")}, Draws(n=64))
    fan = next(each for each in known.price_fans if each.id == "prices.eua")
    by_year = dict(zip(fan.years, fan.quantiles.T.tolist(), strict=True))

    assert by_year[2025][0] == by_year[2025][-1]
    assert by_year[2035][0] < by_year[2035][-1]


# ── what was promised, when it starts ─────────────────────────────────────────────────────────


def test_the_chance_that_a_promise_is_kept_is_the_share_of_the_draws(everything):
    tonnes = everything.values("enacted", "additional_2030_t")

    assert everything.promise.basis == "given"
    assert everything.leading.promise_kept.probability == np.mean(tonnes >= 50_000.0)


def test_without_a_promise_the_plan_is_held_to_what_it_gives_itself():
    risk = risk_of(uncertainties={"figures": TONNES, "delays": LATE})
    planned = simulate(
        [case_file(uncertainties={})], {"enacted": law()}, Draws(n=1, process=None)
    ).values("enacted", "voorbeeld", "additional_2030_t")[0]

    assert risk.promise.basis == "plan"
    assert risk.promise.tonnes == pytest.approx(planned)


def test_publicly_known_tonnes_are_the_promise():
    known = [
        {
            "result": "additional_2030_t",
            "figure": {"value": 40, "unit": "kt/year", **SOURCED},
            "difference": {"nl": "Gelijk.", "en": "The same."},
        }
    ]
    risk = risk_of(known=known)

    assert (risk.promise.basis, risk.promise.place) == ("known", "known[0]")
    assert risk.promise.tonnes == 40_000.0


def test_a_project_is_late_as_its_slowest_cause(everything):
    start = next(each for each in everything.starts if each.project == "afvang")

    assert start.planned == 2029
    assert start.late.probability > 0.5
    assert start.mean_years_late > 1.0


def test_a_project_that_nothing_delays_is_never_late():
    start = risk_of(uncertainties={}).starts[0]

    assert (start.late.probability, start.late.error, start.mean_years_late) == (0.0, 0.0, 0.0)


# ── the same bytes ────────────────────────────────────────────────────────────────────────────


def test_another_number_of_threads_changes_no_byte():
    draws = Draws(n=6_000, seed=1)
    files = case_file(**EVERYTHING)

    one, two = (
        json.dumps(case_risk(files, {"enacted": law()}, draws, threads=n).as_json(), sort_keys=True)
        for n in (1, 2)
    )

    assert one == two


def test_what_is_asked_beside_the_draws_is_in_the_receipt():
    without = case_risk(case_file(), {"enacted": law()}, Draws(n=8))
    promised = case_risk(case_file(), {"enacted": law()}, Draws(n=8), promised_t=1.0)

    assert without.receipt.number != promised.receipt.number


# ── other prices, other law ───────────────────────────────────────────────────────────────────


def test_regret_is_over_the_same_draws(everything):
    regret = everything.regret
    families = regret.judged.families
    high = simulate(
        [case_file(**EVERYTHING)], {"enacted": law()}, Draws(n=256, seed=3, family="high")
    )

    cells = dict(zip(families, regret.judged.values[0], strict=True))
    assert cells["mid"] == pytest.approx(everything.leading.summary("npv_eur").mean, rel=1e-12)
    assert cells["high"] == pytest.approx(
        high.values("enacted", "voorbeeld", "npv_eur").mean(), rel=1e-12
    )
    assert regret.judged.policies == ("enacted", "levy_abolished")
    assert (regret.judged.regret.min(axis=0) == 0.0).all()


# ── what is not known ─────────────────────────────────────────────────────────────────────────


def test_an_outcome_that_is_not_known_says_what_is_lacking_and_who_can_give_it():
    risk = case_risk(load_case("yara"), {"enacted": law()}, Draws(n=8))

    told = risk.leading.outcomes["npv_eur"]

    assert isinstance(told, NotKnown)
    assert [lack.place for lack in told.lacks] == ["projects[0].grid_cost"]
    assert all(isinstance(each, Lack) and each.why["nl"] and each.ask["en"] for each in told.lacks)
    assert risk.leading.value == "carbon_value_eur"
    assert risk.leading.below_nil is None
    assert risk.leading.money.windfall is None


def test_every_public_case_can_be_told_without_a_number_that_is_none():
    for case in case_ids():
        risk = case_risk(load_case(case), {"enacted": law()}, Draws(n=64), return_share=0.8)
        told = json.dumps(risk.as_json(), allow_nan=False)

        assert '"format": "maatwerkbank-risk-1"' in told


def test_a_firm_without_a_project_has_nothing_to_draw_but_its_levy():
    risk = risk_of(
        Draws(n=64),
        projects=[],
        counterfactual=[],
        awards=[],
        kind="exposure_only",
        uncertainties={},
    )

    assert risk.leading.outcomes["npv_eur"].most == 0.0
    assert risk.leading.waterfall.parts[0].told.mean == 0.0
    assert risk.starts == ()
    json.dumps(risk.as_json(), allow_nan=False)


def test_a_case_in_which_nothing_is_uncertain_has_no_shares_to_tell():
    risk = risk_of(Draws(n=16, process=None), uncertainties={})

    drivers = risk.leading.drivers
    assert drivers.sobol == ()
    assert [each for each in risk.leading.guarantees if each.kind == "price"] == []
    assert risk.leading.summary("npv_eur").varies is False
    assert risk.leading.discoveries[0].trajectory == ()


# ── refusals, before any work ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("draws", "asked", "error", "match"),
    [
        (Draws(n=0), {}, RuleError, "0 draws tell nothing"),
        (Draws(n=-5), {}, RuleError, "-5 draws tell nothing"),
        (Draws(n=MOST_DRAWS + 1), {}, RuleError, "there are 1048576"),
        (Draws(family="hgih"), {}, ParameterError, "no price family 'hgih'"),
        (Draws(process="nl"), {}, ParameterError, "nl"),
        (Draws(), {"promised_t": -1.0}, RuleError, "-1 tonnes cannot be promised"),
        (Draws(), {"promised_t": math.nan}, RuleError, "nan tonnes cannot be promised"),
        (Draws(), {"return_share": 1.5}, RuleError, "a share of 1.5"),
        (Draws(), {"threads": 0}, Exception, "0 threads"),
    ],
)
def test_what_cannot_be_asked_is_refused(draws, asked, error, match):
    with pytest.raises(error, match=match):
        case_risk(case_file(), {"enacted": law()}, draws, **asked)


def test_draws_that_do_not_fit_in_memory_are_refused_with_both_numbers(monkeypatch):
    monkeypatch.setattr("maatwerkbank.risk.blocks.free_memory", lambda: 10_000_000)

    with pytest.raises(BlocksError, match=r"GB is free"):
        case_risk(case_file(), {"enacted": law()}, Draws(n=100_000))


def test_laws_of_different_days_are_refused():
    with pytest.raises(RuleError, match="the laws differ in day"):
        case_risk(
            case_file(),
            {"enacted": law(), "later": Law(date(2026, 1, 1), outlook="hold")},
            Draws(n=8),
        )
