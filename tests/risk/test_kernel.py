# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The kernel against the plain, labelled road: the same numbers in every draw (METHOD §13)."""

import math
from datetime import date

import numpy as np
import pytest
from tests.risk.example import (
    BEYOND_PAID,
    DOCUMENT,
    LATE,
    MONEY,
    ONE_SIDED,
    TONNES,
    TWO_SIDED,
    case_file,
    law,
    with_sale,
)

from maatwerkbank.economics.business_case import Outcome
from maatwerkbank.economics.carbon import BENCHMARK_BOUND
from maatwerkbank.economics.results import results_under
from maatwerkbank.parameters.law import Law
from maatwerkbank.plant.quantities import Picks
from maatwerkbank.portfolio.cases import case_ids, load_case
from maatwerkbank.risk.drawn_inputs import benchmark_shares, drawn_inputs
from maatwerkbank.risk.plain import drawn_outcome
from maatwerkbank.risk.simulation import Draws, Simulation, path_of, simulate

DRAWS = Draws(n=200, seed=0)
SEEN = (0, 3, 50, 131, 199)

CASES = {
    "nothing uncertain but prices": {},
    "uncertain money": {"uncertainties": {"figures": MONEY}},
    "uncertain tonnes": {"uncertainties": {"figures": TONNES}},
    "projects that are late": {"uncertainties": {"delays": LATE}},
    "all at once": {"uncertainties": {"figures": [*MONEY, *TONNES], "delays": LATE}},
    "losses elsewhere in the firm": {
        "losses": "firm",
        "uncertainties": {"figures": MONEY, "delays": LATE},
    },
    "surplus rights that are sold": {
        "installations": with_sale(),
        "uncertainties": {"figures": TONNES, "delays": LATE},
    },
    "a one-sided contract with floor, yearly most and deadline": {
        "awards": [ONE_SIDED],
        "uncertainties": {"figures": TONNES, "delays": LATE},
    },
    "a two-sided contract that lapses": {
        "awards": [*DOCUMENT["awards"], TWO_SIDED],
        "uncertainties": {"figures": MONEY, "delays": LATE},
    },
    "a contract that takes back more than it paid": {
        "awards": [BEYOND_PAID],
        "uncertainties": {"delays": LATE},
    },
    "no project": {"projects": [], "awards": [], "kind": "exposure_only"},
}
VARIANTS = (None, "levy_abolished", "levy_2026", "levy_2023", "grid_cost_as_neighbours")


def plain_outcome(simulation: Simulation, known: Law, n: int, draw: int) -> Outcome:
    """The outcome of one draw of one case on the plain road."""
    plan = simulation.plan
    which = plan.draws.which(draw, 1)
    inputs = drawn_inputs(plan.cases[n], which)
    return drawn_outcome(
        plan.cases[n],
        known,
        multipliers={place: float(each[0]) for place, each in inputs.multipliers.items()},
        years_late={project: int(each[0]) for project, each in inputs.years_late.items()},
        paths=path_of(plan, draw),
        picks=Picks(shares={BENCHMARK_BOUND: float(benchmark_shares(which)[0])}),
    )


def plain_figures(outcome: Outcome, known: Law) -> dict[str, float]:
    """Every outcome of the kernel, from labelled lines."""
    results = results_under(known)
    payback = math.inf if outcome.payback_years is None else float(outcome.payback_years)
    found = {
        "gross_discounted_t": outcome.discounted_tonnes(outcome.gross),
        "additional_discounted_t": outcome.discounted_tonnes(outcome.additional),
        "payback_years": payback if math.isfinite(outcome.npv) else math.nan,
        "support_discounted_eur": sum(
            outcome.discounted_tonnes(item.difference)
            for item in outcome.items
            if item.id.startswith("support_")
        ),
    }
    names = [
        "npv_eur",
        "npv_without_support_eur",
        "carbon_value_eur",
        "gross_2030_t",
        "required_2030_t",
        "additional_2030_t",
        "additional_2030_frozen_path_t",
        "removal_2030_t",
        "levy_total_eur",
        "levy_total_without_eur",
        "levy_to_2030_eur",
        "levy_to_2030_without_eur",
        "support_eur",
    ]
    return found | {name: results[name](outcome) for name in names}


def scale_of(outcome: Outcome) -> dict[str, float]:
    """What a rounding of one part in so many is a part of: all that is added up."""
    items = [np.abs(item.without) + np.abs(item.with_projects) for item in outcome.items]
    euros = float(np.nansum(items)) or 1.0
    tonnes = float(np.nansum(np.abs(outcome.without.total("scope1")))) or 1.0
    return {"eur": euros, "t": tonnes, "years": 1.0}


def differences(simulation: Simulation, laws: dict[str, Law]) -> list[str]:
    """Every outcome that differs by more than 1e-12 of what it is added up from."""
    found = []
    for name, known in laws.items():
        for n, case in enumerate(simulation.plan.cases):
            for draw in SEEN:
                outcome = plain_outcome(simulation, known, n, draw)
                scale = scale_of(outcome)
                for key, value in plain_figures(outcome, known).items():
                    values = simulation.values(name, case.id, key)
                    ours = math.nan if values is None else float(values[draw])
                    if math.isnan(value) and math.isnan(ours):
                        continue
                    close = value == ours or (
                        abs(ours - value) <= 1e-12 * scale[key.rsplit("_", 1)[1]]
                    )
                    if not close:
                        found.append(f"{name} {case.id} {draw} {key}: {ours} and {value}")
    return found


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("changes", CASES.values(), ids=CASES)
def test_both_roads_give_the_same_numbers(changes, variant):
    laws = {"law": law(variant)}

    simulation = simulate([case_file(**changes)], laws, DRAWS)

    assert differences(simulation, laws) == []


def test_both_roads_give_the_same_numbers_for_a_variant_that_comes_later():
    laws = {"later": law("levy_abolished", since=date(2031, 1, 1))}
    uncertain = {"figures": TONNES, "delays": LATE}

    simulation = simulate([case_file(uncertainties=uncertain)], laws, DRAWS)

    assert differences(simulation, laws) == []


def test_both_roads_know_the_same_of_the_public_cases_and_give_the_same_numbers():
    laws = {"as_known": law(), "levy_abolished": law("levy_abolished")}

    simulation = simulate([load_case(each) for each in case_ids()], laws, DRAWS)

    assert [
        each for each in differences(simulation, laws) if "nan" not in each.rsplit(":", 1)[1]
    ] == []


def test_both_roads_find_the_same_internal_rates():
    changes = {"uncertainties": {"figures": [*MONEY, *TONNES], "delays": LATE}}
    known = law()

    simulation = simulate([case_file(**changes)], {"law": known}, DRAWS)

    counts = simulation.values("law", "voorbeeld", "irr_roots")
    rates = simulation.values("law", "voorbeeld", "irr")
    plain = [plain_outcome(simulation, known, 0, draw).internal_rate for draw in range(40)]
    assert counts[:40].tolist() == [len(each.roots) for each in plain]
    expected = [math.nan if each.rate is None else each.rate for each in plain]
    np.testing.assert_allclose(rates[:40], expected, rtol=0, atol=1e-9)
