# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The law cases of rules/co2_heffing.py, and what it refuses."""

from functools import partial

import numpy as np
import pytest

from maatwerkbank.ground.errors import RuleError, ShapeError
from maatwerkbank.rules import co2_heffing
from maatwerkbank.rules.co2_heffing import Installatie, Volgorde

ETS, AVI = Installatie.ETS, Installatie.AVI
OUDSTE = Volgorde.OUDSTE_EERST

CASES = "co2_heffing.yaml"
RULES = co2_heffing


def test_the_law_case_holds(outcome, expected):
    assert outcome == expected


def test_nobody_sells_rights_that_cover_its_own_emission():
    with pytest.raises(RuleError, match="5 t below its own emission"):
        co2_heffing.overdracht(
            [[120.0], [80.0]],
            0,
            1,
            [25.0],
            jaarvracht=[[100.0], [100.0]],
            installaties=[ETS, ETS],
            avi_apart=[False],
        )


def test_an_incinerator_sells_to_an_ets_installation_until_2025_only():
    trade = partial(
        co2_heffing.overdracht,
        [[120.0], [80.0]],
        0,
        1,
        [20.0],
        jaarvracht=[[100.0], [100.0]],
        installaties=[AVI, ETS],
    )

    assert trade(avi_apart=[False]).tolist() == [[100.0], [100.0]]
    with pytest.raises(RuleError, match="incinerators trade among themselves only"):
        trade(avi_apart=[True])


def test_a_year_without_trade_is_no_trade_across_the_border():
    after = co2_heffing.overdracht(
        [[120.0, 120.0], [80.0, 80.0]],
        0,
        1,
        [20.0, 0.0],
        jaarvracht=[[100.0, 100.0], [100.0, 100.0]],
        installaties=[AVI, ETS],
        avi_apart=[False, True],
    )

    assert after.tolist() == [[100.0, 120.0], [100.0, 80.0]]


def test_a_negative_transfer_is_refused():
    with pytest.raises(RuleError, match="negative"):
        co2_heffing.opbrengst_verkoop(10.0, -1.0, 40.0)


def test_more_than_the_surplus_cannot_be_sold():
    with pytest.raises(RuleError, match="may transfer only the rights above that"):
        co2_heffing.opbrengst_verkoop([10.0, 10.0], [10.0, 10.5], 40.0)


def test_installations_must_fit_the_arrays():
    with pytest.raises(ShapeError, match="1 installations are named for arrays with 2"):
        co2_heffing.overdracht_binnen_onderneming(
            [[1.0], [1.0]], [[1.0], [1.0]], [ETS], avi_apart=[False]
        )


def test_years_must_fit_the_arrays():
    with pytest.raises(ShapeError, match="2 years and 2 orders of set-off for arrays with 3"):
        settle([2025, 2026], [OUDSTE, OUDSTE])


def test_years_must_rise():
    with pytest.raises(ShapeError, match="do not rise"):
        settle([2025, 2027, 2026], [OUDSTE, OUDSTE, OUDSTE])


def test_a_kind_of_installation_that_does_not_exist_gets_no_tariff():
    with pytest.raises(ValueError, match="is not a valid Installatie"):
        co2_heffing.netto_tarief(87.90, 70.0, "ETS")


def test_the_arguments_stay_as_they_were():
    rights = np.array([[130.0, 130.0], [30.0, 30.0]])
    base = np.array([20.0, 0.0])

    co2_heffing.overdracht_binnen_onderneming(
        [[100.0, 100.0], [50.0, 50.0]], rights, [ETS, ETS], avi_apart=[False, False]
    )
    co2_heffing.verrekening(
        [0.0, 10.0],
        base,
        [5.0, 5.0],
        [2024, 2025],
        volgorde=[OUDSTE, OUDSTE],
        eerste_jaar=None,
        laatste_jaar=None,
    )

    assert rights.tolist() == [[130.0, 130.0], [30.0, 30.0]]
    assert base.tolist() == [20.0, 0.0]


def settle(years, volgorde):
    return co2_heffing.verrekening(
        [0.0, 0.0, 5.0],
        [5.0, 5.0, 0.0],
        [1.0, 1.0, 1.0],
        years,
        volgorde=volgorde,
        eerste_jaar=None,
        laatste_jaar=None,
    )
