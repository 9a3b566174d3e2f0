# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""EU ETS: how many allowances an installation gets for free, and what its emissions then cost.

Law        Directive 2003/87/EC; free-allocation rules (FAR) Del. Reg. 2019/331 as amended by
           2024/873; activity levels Impl. Reg. 2019/1842 as amended by 2025/772; benchmarks
           Impl. Reg. 2021/447 and 2026/1412.
Takes      activity levels, benchmark values, dated factors and a price, as arguments.
Gives      allowances and euros, in the shape that comes in: (year,), (draw, year), ...
Leaves out monitoring, the registry, new entrants, and the special formulas of single products;
           `coverage.yaml` lists what is not modelled.

In reading order: annual_rate, benchmark_value; historical_activity_level and its yearly change;
sub_installation_allocation, free_allocation, ets_cost; and the conditions for the last 20 %.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from maatwerkbank.ground.errors import RuleError
from maatwerkbank.ground.rounding import rounded_half_up

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

# FAR art. 22.2 (to 2025): what power from the grid was taken to emit, t CO2 per MWh.
_INDIRECT_T_PER_MWH = 0.376

_FIRST_YEAR_OF_MEDIAN = 2026
_WITHHELD = 0.20

# A change is compared at this many decimals: 0.80 of a level is a change of exactly 20 %, although
# 1 - 0.80 in doubles is not.
_DECIMALS_OF_CHANGE = 9


# --- benchmark values: Directive art. 10a(2), Reg. 2021/447, Reg. 2026/1412 --------------------


@dataclass(frozen=True)
class BenchmarkPeriod:
    """How the values of one allocation period follow from those of 2013-2020.

    The rate is what the best installations improved each year over `observed_years`, kept within
    `lowest_rate` and `highest_rate`; the value goes down by it for `extrapolated_years`.
    """

    observed_years: int
    extrapolated_years: int
    lowest_rate: float
    highest_rate: float


BENCHMARKS_2021_2025 = BenchmarkPeriod(9, 15, 0.002, 0.016)
BENCHMARKS_2026_2030 = BenchmarkPeriod(14, 20, 0.003, 0.025)


def annual_rate(start: ArrayLike, average_best_10pct: ArrayLike, period: BenchmarkPeriod) -> Floats:
    """How fast does a benchmark go down each year?  (any axes) [1/year]

    Parameters
    ----------
    start : [allowances per unit]  the value of 2013-2020
    average_best_10pct : [t per unit]  mean of the 10 % most efficient installations

    Source        Reg. 2021/447 recital 3 (0.2-1.6 %); Directive art. 10a(2)(c) (0.3-2.5 %).
    """
    improvement = 1.0 - np.divide(average_best_10pct, start)
    rate: Floats = np.clip(
        improvement / period.observed_years, period.lowest_rate, period.highest_rate
    )
    return rate


def benchmark_value(
    start: ArrayLike, annual_rate: ArrayLike, period: BenchmarkPeriod, *, decimals: int
) -> Floats:
    """Which benchmark value is printed for a period?  (any axes) [allowances per unit]

    >>> float(benchmark_value(0.286, 0.025, BENCHMARKS_2026_2030, decimals=3))  # coke
    0.143

    Source        Directive art. 10a(2); printed half-up, see `ground.rounding`.
    """
    cut = period.extrapolated_years * np.asarray(annual_rate, dtype=np.float64)
    return rounded_half_up(np.asarray(start, dtype=np.float64) * (1.0 - cut), decimals)


def benchmark_bounds(start: ArrayLike, decimals: int) -> tuple[Floats, Floats]:
    """Between which values must a benchmark of 2026-2030 lie?  two times [allowances per unit]

    For a value that was not seen: an interval, never a value.

    >>> lowest, highest = benchmark_bounds(0.702, 3)  # steam cracking
    >>> float(lowest), float(highest)
    (0.351, 0.66)

    Source        Directive art. 10a(2)(c): 0.3 to 2.5 % a year, for twenty years.
    """
    period = BENCHMARKS_2026_2030
    return (
        benchmark_value(start, period.highest_rate, period, decimals=decimals),
        benchmark_value(start, period.lowest_rate, period, decimals=decimals),
    )


def benchmark_moved_with(
    start: ArrayLike, reference_start: ArrayLike, reference_value: ArrayLike, *, decimals: int
) -> Floats:
    """Which value has a benchmark that must follow another?  (any axes) [allowances per unit]

    In 2021-2025 aromatics, hydrogen and synthesis gas follow the refinery products.

    Source        Directive art. 10a(2)(e), as Reg. 2021/447 carried it out.
    """
    ratio = np.divide(reference_value, reference_start)
    return rounded_half_up(np.asarray(start, dtype=np.float64) * ratio, decimals)


# --- activity levels: FAR art. 15, Reg. 2019/1842 ----------------------------------------------


def historical_activity_level(levels: ArrayLike, *, period_first_year: int) -> Floats:
    """On which activity level does an allocation period rest?  (...) [unit of the product]

    For 2021-2025 the mean, from 2026 the median of the baseline years that were operated.

    Parameters
    ----------
    levels : (..., year) [unit]  baseline years; nan for a year without operation
    period_first_year : first year of the allocation period: 2021, 2026, ...

    Raises
    ------
    RuleError     fewer than two baseline years were operated, or the period is before 2021

    Source        FAR art. 15.3-15.6; 15.7 for a short operation.
    """
    baseline = np.asarray(levels, dtype=np.float64)
    if period_first_year < 2021:
        raise RuleError(
            f"the allocation period that starts in {period_first_year} has other rules; "
            "these hold from 2021.",
            remedy="ask for a period that starts in 2021 or later",
        )
    operated = np.count_nonzero(~np.isnan(baseline), axis=-1)
    if np.any(operated < 2):
        raise RuleError(
            f"a sub-installation has {int(np.min(operated))} operated year(s) in its baseline; "
            "a mean or median needs two (FAR art. 15.7).",
            remedy="use the activity level of the first calendar year after its start",
        )
    middle = np.nanmedian if period_first_year >= _FIRST_YEAR_OF_MEDIAN else np.nanmean
    level: Floats = np.asarray(middle(baseline, axis=-1), dtype=np.float64)
    return level


def expected_activity_level(
    historic_efficiency: ArrayLike, production: ArrayLike, remaining: ArrayLike = 0.0
) -> Floats:
    """Which heat, fuel or process emission goes with this production?  (..., year) [TJ or t]

    Saving energy leaves it as it was, producing less does not.

    Parameters
    ----------
    historic_efficiency : (..., product, 1) or (..., product, year) [TJ or t per unit]  in the
        years of the historical activity level
    production : (..., product, year) [unit of each product]
    remaining : (..., year) [TJ or t]  what belongs to no such product: exported heat, new products

    Source        Reg. 2019/1842 Annex I, added by 2025/772 (the equation is an image there; its
                  terms are described in words).
    """
    expected: Floats = np.multiply(historic_efficiency, production).sum(axis=-2) + remaining
    return expected


def governing_activity_level(
    hal: ArrayLike, two_year_means: ArrayLike, expected_means: ArrayLike
) -> Floats:
    """Which level decides on the allocation of heat, fuel and process?  (..., year) [TJ or t]

    From 2026: the expected level, but only where the level itself differs more than 15 % from
    the historical one; the operator has nothing to show below that.

    Parameters
    ----------
    hal : (...) [TJ or t]
    two_year_means, expected_means : (..., year) [TJ or t]  of the two years before each year

    Source        Reg. 2019/1842 art. 5.1 second part, 5.1a, 5.3, as amended by 2025/772.
    """
    history = np.asarray(hal, dtype=np.float64)[..., np.newaxis]
    moved = _interval(_ratio(hal, two_year_means)) != 0.0
    return np.where(moved, expected_means, history)


def activity_level_factor(
    hal: ArrayLike,
    two_year_means: ArrayLike,
    *,
    preliminary_allocation: ArrayLike,
    minimum_allowances: float,
    minimum_on_return: bool,
) -> Floats:
    """Which share of its initial allocation does a sub-installation get?  (..., year) [1]

    A change of more than 15 % counts in full. After that the share moves only when the change
    leaves its interval of 5 % (15-20, 20-25, ...), and goes back to 1 at 15 % or less. An
    adjustment of fewer allowances than the minimum is not made.

    Parameters
    ----------
    hal : (...) [unit]  historical activity level
    two_year_means : (..., year) [unit]  mean of the two years before each year; in a row. For
        heat, fuel and process emissions from 2026: by `governing_activity_level`
    preliminary_allocation : as `hal`, or as `two_year_means` [allowances/year]  at `hal`, with
        the factors of the year for carbon leakage and CBAM
    minimum_allowances : 100, from 2026 300
    minimum_on_return : whether going back to 1 needs the minimum too: from 2026 (art. 6a)

    Source        Reg. 2019/1842 art. 5.1-5.3, 6a. "Nearest 5 % interval" is read as an interval
                  that may be left on either side; the size of an adjustment is counted from the
                  share that holds (art. 6a speaks of adjustments under 5.3 too, which end at 1).
    """
    ratio = _ratio(hal, two_year_means)
    initial = np.broadcast_to(_by_year(preliminary_allocation, ratio), ratio.shape)
    interval = _interval(ratio)
    share, of_interval = np.ones(ratio.shape[:-1]), np.zeros(ratio.shape[:-1])
    shares = np.empty(ratio.shape)
    for year in range(ratio.shape[-1]):
        now = interval[..., year]
        target = np.where(now == 0.0, 1.0, ratio[..., year])
        size = np.round(np.abs(target - share) * initial[..., year], _DECIMALS_OF_CHANGE - 3)
        free_of_minimum = (now == 0.0) & (not minimum_on_return)
        adjusts = (now != of_interval) & ((size >= minimum_allowances) | free_of_minimum)
        share = np.where(adjusts, target, share)
        of_interval = np.where(adjusts, now, of_interval)
        shares[..., year] = share
    return shares


def _ratio(hal: ArrayLike, levels: ArrayLike) -> Floats:
    """Levels as a share of the historical one.  (..., year) [1]"""
    history = np.asarray(hal, dtype=np.float64)[..., np.newaxis]
    if np.any(history <= 0.0):
        raise RuleError(
            f"a historical activity level is {float(history.min())}; a change is a share of it.",
            remedy="leave a sub-installation without history out: it is new (art. 5.5)",
        )
    ratio: Floats = np.divide(levels, history)
    return ratio


def _interval(ratio: Floats) -> Floats:
    """In which 5 % interval lies a change?  0 up to 15 %, then 1 for 15-20 %, 2 for 20-25 %, ...;
    below nil for a fall.
    """
    change = np.round(ratio - 1.0, _DECIMALS_OF_CHANGE)
    steps = np.round((np.abs(change) - 0.15) / 0.05, _DECIMALS_OF_CHANGE)
    interval: Floats = np.sign(change) * np.maximum(0.0, np.ceil(steps))
    return interval


def _by_year(value: ArrayLike, like: Floats) -> Floats:
    """A value without an axis of years, given one; a value that has it stays as it is."""
    given = np.asarray(value, dtype=np.float64)
    return given if given.ndim == like.ndim else given[..., np.newaxis]


# --- allocation: FAR art. 16 -------------------------------------------------------------------


def sub_installation_allocation(
    hal: ArrayLike,
    benchmark: ArrayLike,
    carbon_leakage_factor: ArrayLike,
    cbam_factor: ArrayLike,
) -> Floats:
    """What does a product, heat or fuel sub-installation get?  (..., year) [allowances]

    Parameters
    ----------
    hal : (..., year) [unit]  historical level, times `activity_level_factor` where it changed
    benchmark : (year,) [allowances per unit]
    carbon_leakage_factor : (year,) [1]  1 at risk; else 0.3 falling to 0 (FAR Annex V)
    cbam_factor : (year,) [1]  for goods of Reg. 2023/956; 1 for any other

    >>> float(sub_installation_allocation(1_000, 31.2, 0.3, 1.0))  # heat, not at risk, 2026
    9360.0

    Source        FAR art. 16.2, 16.3, 16.4, 16.4a.
    """
    factors = np.multiply(carbon_leakage_factor, cbam_factor)
    allowances: Floats = np.multiply(hal, benchmark) * factors
    return allowances


def process_allocation(
    hal: ArrayLike,
    process_factor: ArrayLike,
    carbon_leakage_factor: ArrayLike,
    cbam_factor: ArrayLike,
) -> Floats:
    """What does a process-emissions sub-installation get?  (..., year) [allowances]

    As `sub_installation_allocation`, with a share of its own emissions (0.97, from 2028 0.91) in
    place of a benchmark.

    Source        FAR art. 16.2.e, 16.3, 16.4, 16.4a.
    """
    return sub_installation_allocation(hal, process_factor, carbon_leakage_factor, cbam_factor)


def free_allocation(
    sub_allocations: ArrayLike, cscf: ArrayLike, conditionality: ArrayLike = 1.0
) -> Floats:
    """How many allowances does the installation get?  (..., year) [allowances]

    Parameters
    ----------
    sub_allocations : (..., sub, year) [allowances]; a deduction (heat from nitric acid, flared
        waste gas: art. 16.5) is a negative one
    cscf : (year,) [1]  cross-sectoral correction factor; 1 for an installation of which more
        than 60 % of the allocation is better than the best 10 %
    conditionality : (year,) [1]  by `conditionality_factor`

    Leaves out    rounding to whole allowances
    Source        FAR art. 16.6, 16.8, 22a, 22b.
    """
    preliminary = np.asarray(sub_allocations, dtype=np.float64).sum(axis=-2)
    allowances: Floats = preliminary * np.asarray(cscf) * np.asarray(conditionality)
    return allowances


def ets_cost(emissions: ArrayLike, allocation: ArrayLike, price: ArrayLike) -> Floats:
    """What do the emissions cost under the ETS?  (..., year) [eur]

    Negative when allowances are left over: they are worth their price.

    Source        Directive art. 12.3 (surrender); METHOD §4.
    """
    cost: Floats = np.subtract(emissions, allocation) * np.asarray(price)
    return cost


def direct_share(
    direct: ArrayLike,
    heat: ArrayLike,
    electricity_mwh: ArrayLike,
    *,
    applies: ArrayLike = True,
) -> Floats:
    """Which share of a benchmark is given where fuel and power are exchangeable?  (..., year) [1]

    `(direct + heat) / (direct + heat + power * 0.376)`, for the fourteen benchmarks of FAR
    Annex I.2 in allocations up to 2025. From 2026 the article is gone: electrifying costs no
    allocation.

    Parameters
    ----------
    direct, heat : (..., year) [t]  direct emissions; emissions of net imported heat
    electricity_mwh : (..., year) [MWh]
    applies : (year,) true up to 2025

    Raises
    ------
    RuleError     all three are nil where the article applies: there is no share

    Source        FAR art. 22, deleted by Reg. 2024/873 art. 1(11).
    """
    from_power = np.multiply(electricity_mwh, _INDIRECT_T_PER_MWH)
    own, total, counts = np.broadcast_arrays(
        np.add(direct, heat, dtype=np.float64),
        np.add(direct, heat) + from_power,
        np.asarray(applies, dtype=bool),
    )
    if np.any(counts & (total <= 0.0)):
        raise RuleError(
            "a sub-installation has no direct emissions, no heat and no power: it has no share.",
            remedy="give the emissions and the power use of the baseline years",
        )
    share: Floats = np.divide(own, total, out=np.ones_like(total), where=counts)
    return share


# --- the last 20 %: FAR art. 22a-22c -----------------------------------------------------------


def recommendation_excused(
    payback_years: ArrayLike,
    cost: ArrayLike,
    *,
    turnover: ArrayLike,
    profit: ArrayLike,
    value_withheld: ArrayLike,
    otherwise_excused: ArrayLike = False,
) -> Bools:
    """May a recommendation of the energy audit stay undone?  (..., recommendation) [yes or no]

    Yes when it pays back in more than three years, or costs more than 5 % of the turnover, 25 %
    of the profit, or half of what would be withheld in a year.

    Parameters
    ----------
    payback_years : (..., recommendation) [year]
    cost : (..., recommendation) [eur]  investment
    turnover, profit : [eur/year]  of the installation, mean of three years
    value_withheld : [eur/year]  the 20 %, at the mean auction price
    otherwise_excused : true where equal cuts were made by other means (c), the energy is not
        saved in the industrial process (d), the conditions for the work did not occur yet (e), or
        the recommendation is not of the first four years of the baseline (f)

    Source        FAR art. 22a.1, second part, a-f.
    """
    price_tag = np.asarray(cost, dtype=np.float64)
    too_dear = (
        (price_tag > 0.05 * np.asarray(turnover))
        | (price_tag > 0.25 * np.asarray(profit))
        | (price_tag > 0.50 * np.asarray(value_withheld))
    )
    excused: Bools = (
        np.greater(payback_years, 3.0) | too_dear | np.asarray(otherwise_excused, dtype=bool)
    )
    return excused


def meets_audit_condition(done: ArrayLike, excused: ArrayLike) -> Bools:
    """Is every recommendation of the audit done or excused?  (...) [yes or no]

    Both (..., recommendation). Without any recommendation: yes.

    Source        FAR art. 22a.1.
    """
    settled = np.asarray(done, dtype=bool) | np.asarray(excused, dtype=bool)
    return np.asarray(settled.all(axis=-1))


def needs_climate_neutrality_plan(
    above_80th_percentile: ArrayLike, share_of_allocation: ArrayLike
) -> Bools:
    """Must the installation have a climate-neutrality plan to keep its 20 %?  (...) [yes or no]

    Yes when a product sub-installation was above the 80th percentile of its benchmark in 2016
    and 2017 and gives more than 20 % of the preliminary allocation of 2021-2025.

    Both (..., sub).

    Source        FAR art. 22b.1, 22b.2.
    """
    weighs = np.greater(share_of_allocation, 0.20)
    return np.asarray((np.asarray(above_80th_percentile, dtype=bool) & weighs).any(axis=-1))


def conditionality_factor(audit_met: ArrayLike, plan_met: ArrayLike) -> Floats:
    """Which share of the final allocation is paid out?  (..., year) [1]

    20 % less where the audit condition or the condition of the plan is not met; only once where
    both are not.

    Parameters
    ----------
    audit_met : by `meets_audit_condition`
    plan_met : true where no plan is needed, or plan and milestones are verified

    >>> float(conditionality_factor(False, False))
    0.8

    Source        FAR art. 22a.1, 22b.1, 22c.
    """
    both = np.asarray(audit_met, dtype=bool) & np.asarray(plan_met, dtype=bool)
    return np.where(both, 1.0, 1.0 - _WITHHELD)
