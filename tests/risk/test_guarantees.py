# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a guarantee changes: prices that are held, delays that do not happen, contracts."""

from copy import deepcopy

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.risk.example import LATE, MONEY, ONE_SIDED, TONNES, case_file, delay, law

from maatwerkbank.portfolio.cases import load_case
from maatwerkbank.risk.case_draws import CaseDraws, as_planned, case_draws, outcomes
from maatwerkbank.risk.case_plan import Asked, CasePlan, case_plan
from maatwerkbank.risk.case_risk import CaseRisk, case_risk
from maatwerkbank.risk.drawn_inputs import Inputs
from maatwerkbank.risk.guarantees import Guarantee, delay_guarantees, without_causes
from maatwerkbank.risk.simulation import Draws, as_lanes, simulate

DRAWS = Draws(n=512, seed=2)
CHANGES = {"uncertainties": {"figures": [*MONEY, *TONNES], "delays": LATE}}


def drawn(draws: Draws = DRAWS, **changes: object) -> CaseDraws:
    asked = Asked(items=False, families=False, fans=False)
    return case_draws(case_plan(case_file(**changes), {"enacted": law()}, draws, asked))


def risk(draws: Draws = DRAWS, **changes: object) -> CaseRisk:
    return case_risk(case_file(**changes), {"enacted": law()}, draws)


def named(found: CaseRisk, kind: str, *of: str) -> Guarantee:
    return next(each for each in found.leading.guarantees if (each.kind, each.of) == (kind, of))


# ── a price that is held ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("changes", [{}, CHANGES, {"awards": [ONE_SIDED]}])
def test_a_held_price_never_lowers_the_mean_value(changes):
    found = drawn(**changes)
    before = found.known("enacted", "npv_eur")

    gains = [found.outcomes("enacted", "held")[0, 2 * n] - before for n in range(3)]

    assert found.plan.held == ("electricity", "eua", "natural_gas")
    assert [gain.mean() > 0.0 for gain in gains] == [True, True, True]


def test_a_held_price_lowers_no_draw_of_a_plan_that_stays_on_its_side():
    found = drawn(uncertainties={"figures": MONEY})
    before = found.known("enacted", "npv_eur")

    gains = [found.outcomes("enacted", "held")[0, 2 * n] - before for n in range(3)]

    assert min(gain.min() for gain in gains) >= -1e-9 * np.abs(before).max()


def test_what_is_gained_is_what_the_guarantor_pays_less_tax():
    found = drawn(losses="firm")
    before = found.known("enacted", "npv_eur")

    for n, _ in enumerate(found.plan.held):
        held = found.outcomes("enacted", "held")  # (outcome, guise, draw)
        gained, paid = held[0, 2 * n] - before, held[-1, 2 * n + 1]
        assert gained == pytest.approx((1.0 - 0.258) * paid, rel=1e-9)


def test_a_held_price_moves_no_tonnes_and_no_levy():
    found = risk(**CHANGES)

    price = [each for each in found.leading.guarantees if each.kind == "price"]

    assert {each.of for each in price} == {("electricity",), ("eua",), ("natural_gas",)}
    assert {each.additional_2030_change_t for each in price} == {0.0}
    assert all(each.paid_eur > 0.0 and each.below_nil_change <= 0.0 for each in price)


def test_a_price_without_chance_needs_no_guarantee():
    found = risk(Draws(n=16, process=None))

    assert [each for each in found.leading.guarantees if each.kind == "price"] == []


def test_of_a_plan_without_a_known_value_only_allowances_can_be_told():
    found = case_risk(load_case("yara"), {"enacted": law()}, Draws(n=64))

    assert [each.of for each in found.leading.guarantees] == [("eua",)]
    assert found.leading.guarantees[0].outcome == "carbon_value_eur"
    assert found.leading.guarantees[0].mean_change_eur > 0.0
    assert found.leading.guarantees[0].paid_eur is None


# ── a contract along a price ──────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def contract() -> CasePlan:
    """The example with a one-sided contract without floor or most, losses set off at once."""
    award = deepcopy(ONE_SIDED)
    award["amount"]["value"] = 5_000
    for key in ("floor", "most_a_year", "carried_over"):
        del award["contract"][key]
    changes = {"losses": "firm", "awards": [award], "uncertainties": {}}
    return case_plan(
        case_file(**changes), {"enacted": law()}, Draws(n=2, process=None), Asked(families=False)
    )


@given(
    level=st.floats(0.5, 2.5),
    spread=st.floats(0.0, 0.6),
    wider=st.floats(0.0, 0.35),
)
@settings(max_examples=40, deadline=None)
def test_a_mean_preserving_spread_never_lowers_the_value_of_a_one_sided_contract(
    contract, level, spread, wider
):
    narrow, wide = (
        _worth_of_contract(contract, level, each) for each in (spread, min(0.95, spread + wider))
    )

    assert wide >= narrow - 1e-6 * max(1.0, abs(narrow))


def test_a_spread_that_crosses_the_strike_adds_value(contract):
    assert _worth_of_contract(contract, 2.0, 0.6) > _worth_of_contract(contract, 2.0, 0.0)


def _worth_of_contract(plan: CasePlan, level: float, spread: float) -> float:
    """What the firm has by the contract where allowances are that much dearer or cheaper than
    `level` times their path, either with chance one half.
    """
    planned = as_planned(plan)
    times = np.array([level * (1.0 - spread), level * (1.0 + spread)])
    prices = np.repeat(plan.path[:, :, np.newaxis], 2, axis=2)
    eua = plan.carriers.index("eua")
    prices[eua] = np.where(
        plan.could[eua][:, np.newaxis], plan.path[eua][:, np.newaxis] * times, prices[eua]
    )
    both = type(planned)(
        Inputs({}, {}, {}), np.full(2, 0.5), np.ones(2), as_lanes(plan.base, prices)
    )
    found = dict(zip(plan.base.outcomes, outcomes(plan.base, "enacted", both)[:, 0], strict=True))
    return float((found["npv_eur"] - found["npv_without_support_eur"]).mean())


# ── delays that do not happen ─────────────────────────────────────────────────────────────────


def test_without_its_causes_the_draws_are_those_of_a_case_without_them():
    found = risk(**CHANGES)
    without = simulate(
        [case_file(**CHANGES)],
        {"enacted": law()},
        DRAWS,
        without_delays=["grid", "permit", "co2_storage"],
    )
    change = without.values("enacted", "voorbeeld", "npv_eur") - found.values("enacted", "npv_eur")

    whole = named(found, "delay", "grid", "permit", "co2_storage")
    assert whole.mean_change_eur == pytest.approx(change.mean(), rel=1e-9)
    assert whole.additional_2030_change_t > 0.0


def test_infrastructure_on_time_is_grid_hydrogen_and_storage_together():
    found = risk(**CHANGES)

    kinds = [(each.kind, each.of) for each in found.leading.guarantees if each.kind != "price"]

    assert kinds == [
        ("delay", ("grid", "permit", "co2_storage")),
        ("delay", ("grid",)),
        ("delay", ("permit",)),
        ("delay", ("co2_storage",)),
        ("infrastructure", ("grid", "co2_storage")),
    ]


def test_a_case_without_delays_has_none_to_take_away():
    assert delay_guarantees(case_file(uncertainties={}).case) == ()


def test_the_slowest_other_cause_still_counts():
    delays = [delay("grid", "afvang", [3]), delay("permit", "afvang", [1], cause="permit")]
    case = case_file(uncertainties={"delays": delays}).case
    values = {"grid": np.array([3.0]), "permit": np.array([1.0])}
    inputs = Inputs({}, {"afvang": np.array([3.0])}, values)

    assert without_causes(case, inputs, ["grid"]).years_late["afvang"].tolist() == [1.0]
    assert without_causes(case, inputs, ["grid", "permit"]).years_late["afvang"].tolist() == [0.0]
