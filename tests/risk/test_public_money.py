# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Money at risk, windfall and claw-back, worked by hand."""

import numpy as np
import pytest
from tests.risk.example import LATE, MONEY, TONNES, case_file, law

from maatwerkbank.ground.errors import RuleError
from maatwerkbank.risk.case_risk import case_risk
from maatwerkbank.risk.public_money import Paid, at_risk, windfall
from maatwerkbank.risk.simulation import Draws
from maatwerkbank.support.clauses import claw_back


def paid(nominal, npv, npv_without, last=1.0):
    arrays = (np.array(each, dtype=float) for each in (nominal, npv, npv_without))
    return Paid(*arrays, np.full(len(npv), last))


def test_money_at_risk_is_paid_where_the_tonnes_are_not_reached():
    support = np.array([100.0, 100.0, 100.0, 0.0])
    tonnes = np.array([50.0, 40.0, 10.0, 0.0])

    found = at_risk(support, tonnes, promised_t=50.0)

    assert found.expected_eur == 50.0  # two of four draws pay 100 and miss
    assert found.mean_if_missed_eur == 100.0
    assert found.p95_eur == 100.0
    assert found.missed.probability == 0.5


def test_where_nothing_is_missed_nothing_is_at_risk():
    found = at_risk(np.array([100.0]), np.array([50.0]), promised_t=50.0)

    assert (found.expected_eur, found.mean_if_missed_eur) == (0.0, None)


def test_a_windfall_is_what_support_adds_beyond_the_need():
    # Worth -60, -20 and 10 without support, and 80 of support after tax.
    found = windfall(paid([100, 100, 100], [20, 60, 90], [-60, -20, 10]), 50.0, share=None)

    # Needed 60, 20 and 0 of the 80: 20, 60 and 80 are too much.
    assert found.mean_eur == pytest.approx((20 + 60 + 80) / 3)
    assert found.chance.probability == 1.0
    assert found.claw_back is None


def test_without_support_or_with_a_loss_there_is_no_windfall():
    found = windfall(paid([0, 100], [40, -5], [40, -85]), 50.0, share=None)

    assert (found.mean_eur, found.expected_eur) == (None, 0.0)


def test_a_claw_back_takes_the_share_of_the_gap_that_was_not_there():
    # Planned gap 50. Turned out 60: nothing. 20: 30 less, half is 15. A profit: all 50, half 25.
    found = windfall(paid([100, 100, 100], [20, 60, 90], [-60, -20, 10]), 50.0, share=0.5)

    assert found.claw_back.expected_eur == pytest.approx((0 + 15 + 25) / 3)
    assert found.claw_back.taken_back.probability == pytest.approx(2 / 3)
    assert found.claw_back.expected_of_windfall_eur == pytest.approx((0 + 15 + 25) / 3)


def test_a_claw_back_takes_no_more_than_was_paid_as_money_of_the_last_year():
    found = windfall(paid([10], [90], [80], last=0.5), 1_000.0, share=1.0)

    assert found.claw_back.expected_eur == 5.0  # 10 in the last year, half of that now


def test_the_claw_back_is_that_of_the_clause():
    rate, years = 0.08, 12
    planned = np.array([-100.0, *[6.0] * (years - 1)])
    actual = np.array([-100.0, *[9.0] * (years - 1)])
    grant = np.array([60.0, *[0.0] * (years - 1)])
    discount = (1.0 + rate) ** -np.arange(years)

    clause = claw_back(grant, planned_flow=planned, actual_flow=actual, rate=rate, share=0.7)
    ours = windfall(
        paid([60.0], [float(actual @ discount) + 60.0], [float(actual @ discount)], discount[-1]),
        -float(planned @ discount),
        share=0.7,
    )

    assert ours.claw_back.expected_eur == pytest.approx(clause.taken_back[-1] * discount[-1])


def test_the_planned_gap_is_that_of_the_plan_without_delay_or_chance():
    changes = {"uncertainties": {"figures": [*MONEY, *TONNES], "delays": LATE}}
    risk = case_risk(case_file(**changes), {"enacted": law()}, Draws(n=64), return_share=0.5)
    certain = case_risk(case_file(uncertainties={}), {"enacted": law()}, Draws(n=1, process=None))

    gap = -certain.values("enacted", "npv_without_support_eur")[0]
    found = risk.leading.money.windfall.claw_back
    assert found.planned_gap_eur == pytest.approx(max(0.0, gap), rel=1e-9)


@pytest.mark.parametrize("share", [-0.1, 1.1])
def test_a_share_that_is_none_is_refused(share):
    with pytest.raises(RuleError, match="not between 0 and 1"):
        windfall(paid([1], [1], [1]), 1.0, share=share)
