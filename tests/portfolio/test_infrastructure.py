# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is public about shared infrastructure, and what a choice makes of it."""

import numpy as np
import pytest

from maatwerkbank.ground.errors import PortfolioError
from maatwerkbank.portfolio.choice.best import choose
from maatwerkbank.portfolio.choice.terms import Limits, Option
from maatwerkbank.portfolio.infrastructure import shared_infrastructure
from maatwerkbank.sources import load_sources
from maatwerkbank.sources.figure import Absent

YEARS = np.arange(2026, 2036)


@pytest.fixture(scope="module")
def shared_by_id():
    return shared_infrastructure()


def capture(case, tonnes, uses):
    """An option that captures from 2030 on and costs nothing."""
    flow = np.where(YEARS >= 2030, tonnes, 0.0)
    return Option(case, case, 2030, np.array([tonnes]), np.zeros(len(YEARS)), uses={uses: flow})


def test_the_five_that_the_cases_share_are_there(shared_by_id):
    assert list(shared_by_id) == [
        "porthos",
        "aramis",
        "hydrogen-network",
        "delta-rhine-corridor",
        "power-grid",
    ]


def test_every_figure_cites_a_source_that_exists(shared_by_id):
    cited = {identity for item in shared_by_id.values() for identity in item.cited()}

    assert len(cited) > 8
    assert cited <= set(load_sources())


def test_the_figures_are_those_of_their_sources_in_house_units(shared_by_id):
    porthos, aramis = shared_by_id["porthos"], shared_by_id["aramis"]

    assert porthos.capacity.scalar() == pytest.approx(2.5e6)
    assert porthos.investment.scalar() == pytest.approx(1.3e9)
    assert (porthos.opening.year, aramis.opening.year) == (2026, 2030)
    assert aramis.capacity.scalar() == pytest.approx(22e6)
    assert aramis.state_contribution.scalar() == pytest.approx(639e6)
    assert aramis.investment.scalar("high") == pytest.approx(7e9)


def test_what_is_not_public_says_why_and_whom_to_ask(shared_by_id):
    grid = shared_by_id["power-grid"]

    assert isinstance(grid.free_capacity, Absent)
    assert "5.116 MW" in grid.free_capacity.why.nl
    assert "TenneT" in grid.free_capacity.ask.en


def test_porthos_has_no_room_and_asks_no_money_that_is_still_to_be_chosen(shared_by_id):
    porthos = shared_by_id["porthos"].for_choice(YEARS)

    limits = Limits(YEARS, np.full(len(YEARS), np.inf), infrastructure=(porthos,))

    assert not porthos.paid_by_state
    assert choose([capture("works", 1e5, "porthos")], limits).options == ()


def test_aramis_is_paid_by_the_state_the_year_before_it_opens(shared_by_id):
    aramis = shared_by_id["aramis"].for_choice(YEARS, pick="high")

    assert aramis.capacity[0] == pytest.approx(7.5e6)
    assert aramis.paid_by_state
    assert aramis.fixed_cost_eur[YEARS == 2029] == pytest.approx(639e6)
    assert aramis.fixed_cost_eur.sum() == pytest.approx(639e6)


def test_aramis_is_built_only_where_the_budget_bears_it(shared_by_id):
    aramis = shared_by_id["aramis"].for_choice(YEARS, pick="high")
    users = [capture("works", 1e6, "aramis"), capture("waste", 5e5, "aramis")]

    rich = Limits(YEARS, np.full(len(YEARS), 640e6), infrastructure=(aramis,))
    poor = Limits(YEARS, np.full(len(YEARS), 638e6), infrastructure=(aramis,))

    assert choose(users, rich).value.built == ("aramis",)
    assert choose(users, poor).options == ()


def test_the_states_part_may_be_spread_over_years(shared_by_id):
    aramis = shared_by_id["aramis"].for_choice(YEARS, paid_in=(2027, 2028, 2029))

    assert aramis.fixed_cost_eur[1:4] == pytest.approx(np.full(3, 213e6))


def test_a_payment_outside_the_years_of_the_choice_is_refused(shared_by_id):
    with pytest.raises(PortfolioError, match=r"paid in \[2024\]"):
        shared_by_id["aramis"].for_choice(YEARS, paid_in=(2024,))


def test_a_figure_that_is_not_public_has_to_be_given(shared_by_id):
    hydrogen = shared_by_id["hydrogen-network"]

    with pytest.raises(PortfolioError, match="not public") as refused:
        hydrogen.for_choice(YEARS)

    assert "ask Hynetwork" in refused.value.remedy
    assert hydrogen.for_choice(YEARS, capacity=500.0).capacity[0] == 500.0


def test_the_grid_can_be_given_whole_for_a_site(shared_by_id):
    grid = shared_by_id["power-grid"].for_choice(
        YEARS, capacity=150.0, opening_year=2028, state_eur=0.0
    )

    assert (grid.opening_year, grid.paid_by_state) == (2028, False)
