# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Internal rates of the kernel against those of one cash flow at a time, wherever they lie."""

import numpy as np
import pytest
from numpy.typing import NDArray

from maatwerkbank.economics.discounting import RATES, internal_rate
from maatwerkbank.risk.kernel.batch import LANES, OUTCOMES
from maatwerkbank.risk.kernel.internal_rates import RATE_ROWS, fill_rates

Floats = NDArray[np.float64]
YEARS = 25
FACTORS = np.sort(1.0 / (1.0 + RATES))


def found_by_kernel(flows: Floats) -> tuple[Floats, Floats]:
    """Rate and number of rates of each draw. `flows` (year, LANES)."""
    found = np.full((len(OUTCOMES), LANES), -7.0)
    room = np.full((RATE_ROWS, LANES), np.nan)  # what another draw left there plays no part
    packed = np.full_like(flows, np.nan)
    fill_rates(flows.copy(), len(flows), FACTORS, found, packed, room)
    return found[OUTCOMES.index("irr")], found[OUTCOMES.index("irr_roots")]


def invested(returns: Floats, cost: float = 3.0) -> Floats:
    """Paid in two years, and returns after that."""
    flows = returns.copy()
    flows[:2] = -cost
    return flows


def flows_of(kind: str) -> Floats:
    chance = np.random.default_rng(7)
    positive = chance.uniform(0.1, 1.0, (YEARS, LANES)) * chance.lognormal(0.0, 1.0, LANES)
    flows = {
        "paid back, or never": invested(positive),
        "hardly anything comes back": invested(0.02 * positive),
        "a great deal comes back": invested(40.0 * positive),
        "years with nothing before, between and after": invested(
            positive * (chance.uniform(size=(YEARS, LANES)) > 0.6), 1.0
        ),
        "a cost at the end": invested(positive),
        "now up, now down": chance.normal(0.0, 1.0, (YEARS, LANES)),
        "in millions": 1e7 * invested(positive),
        "all of these in one block": np.where(
            np.arange(LANES) % 3 == 0,
            chance.normal(0.0, 1.0, (YEARS, LANES)),
            invested(chance.lognormal(0.0, 2.0, LANES) * positive),
        ),
    }[kind]
    if kind == "years with nothing before, between and after":
        flows[YEARS - 8 :] = 0.0
        flows = np.concatenate([np.zeros((3, LANES)), flows])
    if kind == "a cost at the end":
        flows[-1] = -chance.uniform(0.0, 30.0, LANES)
    return flows


KINDS = (
    "paid back, or never",
    "hardly anything comes back",
    "a great deal comes back",
    "years with nothing before, between and after",
    "a cost at the end",
    "now up, now down",
    "in millions",
    "all of these in one block",
)


@pytest.mark.parametrize("kind", KINDS)
def test_it_finds_the_rates_of_every_draw(kind: str):
    flows = flows_of(kind)

    rates, counts = found_by_kernel(flows)

    plain = [internal_rate(flows[:, draw]) for draw in range(LANES)]
    assert counts.tolist() == [len(each.roots) for each in plain]
    expected = [np.nan if each.rate is None else each.rate for each in plain]
    np.testing.assert_allclose(rates, expected, rtol=0, atol=1e-9)


def test_the_kinds_lie_below_and_above_nil_and_beyond():
    rates = np.concatenate([found_by_kernel(flows_of(kind))[0] for kind in KINDS])
    counts = np.concatenate([found_by_kernel(flows_of(kind))[1] for kind in KINDS])

    assert np.nanmin(rates) < -0.3
    assert np.nanmax(rates) > 1.0
    assert set(counts.tolist()) >= {0.0, 1.0, 2.0}


def test_a_draw_gets_the_same_rate_to_the_bit_whatever_the_others_are():
    flows = flows_of("all of these in one block")
    alone = np.zeros_like(flows)
    alone[:, 17] = flows[:, 17]

    rates, counts = found_by_kernel(flows)
    rate_alone, count_alone = found_by_kernel(alone)

    assert counts[17] == count_alone[17] == 1.0
    assert rates[17].hex() == rate_alone[17].hex()
