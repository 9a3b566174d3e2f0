# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The items of the value: they add up in every draw, and each is that of the plain road."""

import numpy as np
import pytest
from tests.risk.example import DOCUMENT, LATE, MONEY, ONE_SIDED, TONNES, TWO_SIDED, case_file, law
from tests.risk.example import with_sale as selling

from maatwerkbank.economics.business_case import Outcome
from maatwerkbank.economics.discounting import net_present_value
from maatwerkbank.portfolio.cases import load_case
from maatwerkbank.risk.case_draws import CaseDraws, case_draws
from maatwerkbank.risk.case_plan import Asked, case_plan
from maatwerkbank.risk.case_risk import case_risk
from maatwerkbank.risk.parts import Valued, items_by_draw
from maatwerkbank.risk.simulation import Draws
from maatwerkbank.risk.summary import NotKnown

DRAWS = Draws(n=256, seed=5)
CASES = {
    "as it is": {},
    "uncertain and late": {"uncertainties": {"figures": [*MONEY, *TONNES], "delays": LATE}},
    "losses elsewhere in the firm": {"losses": "firm", "uncertainties": {"figures": MONEY}},
    "contracts along a price": {
        "awards": [ONE_SIDED, TWO_SIDED],
        "uncertainties": {"figures": TONNES, "delays": LATE},
    },
    "surplus rights that are sold": {
        "installations": selling(),
        "uncertainties": {"figures": TONNES},
    },
}


def drawn(**changes: object) -> CaseDraws:
    asked = Asked(guarantees=False, families=False)
    return case_draws(case_plan(case_file(**changes), {"enacted": law()}, DRAWS, asked))


def items(found: CaseDraws) -> dict[str, np.ndarray]:
    """Every item by draw, by the name of the plain road."""
    without_tax, carbon = found.outcomes("enacted", "items")
    plan = found.plan
    base = dict(zip(plan.base.outcomes, found.outcomes("enacted", "base"), strict=True))
    alone = {
        item: carbon[n] if item[0] == "rights_sale" else without_tax[n]
        for n, item in enumerate(plan.items)
    }
    valued = Valued(
        alone, base["npv_eur"], base["carbon_value_eur"], base["support_discounted_eur"]
    )
    return {carrier or name: values for (name, carrier), values in items_by_draw(valued).items()}


def plain_items(outcome: Outcome) -> dict[str, float]:
    """The discounted lines of one draw under the same names."""

    def worth(*starts: str) -> float:
        lines = [item for item in outcome.items if item.id.startswith(starts)]
        return sum(
            float(net_present_value(item.difference, outcome.discount_rate)) for item in lines
        )

    return {
        "investment": worth("capex"),
        "upkeep": worth("fixed_opex", "variable_opex", "grid_cost", "product_premium"),
        "electricity": worth("energy_electricity"),
        "natural_gas": worth("energy_natural_gas"),
        "co2_transport_storage_porthos": worth("co2_transport_storage"),
        "energy_tax": worth("energy_tax"),
        "allowances": worth("ets"),
        "levy": worth("levy"),
        "rights_sale": worth("rights_sale"),
        "support": worth("support"),
        "tax": worth("tax"),
    }


@pytest.mark.parametrize("changes", CASES.values(), ids=CASES.keys())
def test_the_items_add_up_to_the_value_in_every_draw(changes):
    found = drawn(**changes)

    total = sum(items(found).values())

    npv = found.known("enacted", "npv_eur")
    assert (
        np.abs(total - npv).max() <= 1e-14 * sum(abs(each) for each in items(found).values()).max()
    )


@pytest.mark.parametrize("changes", CASES.values(), ids=CASES.keys())
def test_each_item_is_that_of_the_plain_road(changes):
    found = items(drawn(**changes))
    risk = case_risk(case_file(**changes), {"enacted": law()}, DRAWS)

    for draw in (0, 130, 255):
        plain = plain_items(risk.yearly("enacted", draw))
        scale = sum(map(abs, plain.values()))
        ours = {name: float(values[draw]) for name, values in found.items()}
        unlike = [
            (name, ours.get(name, 0.0), value)
            for name, value in plain.items()
            if abs(ours.get(name, 0.0) - value) > 1e-12 * scale
        ]
        assert unlike == []


def test_the_sheet_ended_after_each_year_builds_up_the_value():
    found = drawn(**CASES["uncertain and late"])

    reached = found.outcomes("enacted", "build_up")  # (year, draw)

    assert np.array_equal(reached[-1], found.known("enacted", "npv_eur"))


def test_each_year_of_the_build_up_is_that_of_the_plain_road():
    changes = CASES["uncertain and late"]
    reached = drawn(**changes).outcomes("enacted", "build_up")
    risk = case_risk(case_file(**changes), {"enacted": law()}, DRAWS)

    for draw in (3, 200):
        outcome = risk.yearly("enacted", draw)
        years = np.arange(len(outcome.years))
        plain = np.cumsum(outcome.cash_flow * (1.0 + outcome.discount_rate) ** -years)
        ours = reached[: len(plain), draw]
        assert np.abs(ours - plain).max() <= 1e-11 * np.abs(outcome.cash_flow).sum()


def test_an_item_that_hangs_on_an_absent_figure_is_not_known_and_the_others_are():
    risk = case_risk(load_case("yara"), {"enacted": law()}, Draws(n=64))

    unknown = {
        part.id: [lack.place for lack in part.told.lacks]
        for part in risk.leading.waterfall.parts
        if isinstance(part.told, NotKnown)
    }

    assert unknown == {"upkeep": ["projects[0].grid_cost"], "tax": ["projects[0].grid_cost"]}
    assert isinstance(risk.leading.waterfall.whole, NotKnown)


def test_the_grant_is_all_that_the_support_of_the_example_is():
    found = items(drawn())
    shares = DOCUMENT["awards"][0]["paid_by_year"]

    assert sum(shares.values()) == pytest.approx(1.0)
    assert (found["support"] > 0.0).all()
