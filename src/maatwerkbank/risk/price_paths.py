# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What does each carrier cost, by year, in each draw?

Takes     the law, a price set, a price family for the path, price processes for chance, a seed.
Gives     prices in money of each year, shared by all projects and laws of a run (METHOD §11).
Leaves    the processes to `parameters.price_processes`, their fit to `risk.fitting`.

Draws belong to calendar years and carriers, not to a run: another first year, another carrier or
more years change no price that was drawn before. The median over the draws is the family's path,
and the mean lies above it; a carrier that follows others by formula has its path at theirs, and
its own median only about there. Prices do not stray up to the last whole year of the history, and
of allowances up to the last published yearly mean; published means stand in every draw.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri  # type: ignore[import-untyped]

from maatwerkbank.economics.carbon import published_price
from maatwerkbank.economics.frame import PricePaths
from maatwerkbank.ground.errors import ParameterError, ShapeError
from maatwerkbank.parameters.law import Law
from maatwerkbank.parameters.price_families import family as price_family
from maatwerkbank.parameters.price_families import family_path
from maatwerkbank.parameters.price_processes import (
    Drawn,
    Follows,
    Jumps,
    PriceProcesses,
)
from maatwerkbank.parameters.price_processes import process as price_processes
from maatwerkbank.parameters.price_sets import price_set as prices_of
from maatwerkbank.parameters.price_sets import price_set_names
from maatwerkbank.risk.sampling import Method, uniforms

Floats = NDArray[np.float64]
Years = NDArray[np.int64]

EUA = "eua"


@dataclass(frozen=True)
class DrawnPrices:
    """Prices by carrier, year and draw, in money of each year."""

    carriers: tuple[str, ...]
    years: Years
    nominal: Floats  # (carrier, year, draw) [eur per house unit], C-contiguous

    def path(self, draw: int) -> PricePaths:
        """The prices of one draw, to compute its yearly tables with."""
        prices = self.nominal[:, :, draw].copy()
        return PricePaths(self.years, dict(zip(self.carriers, prices, strict=True)))


@dataclass(frozen=True)
class _Draws:
    """Which draws are asked for."""

    seed: int
    first: int
    count: int
    method: Method
    suffix: str

    def uniforms(self, group: str, n_years: int) -> Floats:
        """(year, draw) [1]"""
        return uniforms(
            self.seed,
            f"prices/{group}{self.suffix}",
            n_years,
            first=self.first,
            count=self.count,
            method=self.method,
        )


def drawn_prices(
    law: Law,
    price_set: str,
    carriers: Sequence[str],
    years: Years,
    *,
    family: str = "mid",
    process: str | PriceProcesses | None,
    seed: int,
    first: int,
    count: int,
    method: Method = "sobol",
    suffix: str = "",
) -> DrawnPrices:
    """Prices of `carriers` in the draws `first`, `first + 1`, ...; `process` None: no chance.

    Parameters
    ----------
    years : consecutive; the first is the year before the first of the case, for the levy
    process : the name of shipped price processes, or ones that were just fitted
    suffix : of the groups of `sampling`: other draws for another suffix

    Raises
    ------
    ParameterError   before anything is drawn: an unknown set, family, process or carrier, a price
                     that is absent or not a positive number
    ShapeError       years that do not follow one another, or fewer than one draw
    """
    _check(price_set, years, count)
    processes = price_processes(process) if isinstance(process, str) else process
    needed = _needed(carriers, processes)
    prices, chosen = prices_of(price_set), price_family(family)
    known = {
        carrier: family_path(prices, chosen, carrier, years, law.inflation)[:, np.newaxis]
        for carrier in needed
    }
    if processes:
        draws = _Draws(seed, first, count, method, suffix)
        for carrier, ratio in _straying(processes, needed, years, law, draws).items():
            ratio *= known[carrier]  # noqa: PLW2901  (written over: a copy costs as much time)
            known[carrier] = ratio
    if EUA in known:
        for year, price in _published(law, years).items():
            known[EUA][year - years[0]] = price
    nominal = np.empty((len(carriers), len(years), count))
    for row, carrier in zip(nominal, carriers, strict=True):
        each = processes.carriers[carrier] if processes else None
        row[:] = each.price(known) if isinstance(each, Follows) else known[carrier]
    return DrawnPrices(tuple(carriers), years, nominal)


def _check(price_set: str, years: Years, count: int) -> None:
    """Whether there is anything to draw."""
    if len(years) == 0 or any(later != year + 1 for year, later in pairwise(years)):
        raise ShapeError(
            "prices are drawn for years that follow one another, not for "
            f"{', '.join(map(str, years)) or 'none'}.",
            remedy="give every year from the one before the first of the case to the last",
        )
    if count < 1:
        raise ShapeError(f"{count} draws were asked for.", remedy="ask for at least 1 draw")
    if price_set not in price_set_names():
        raise ParameterError(
            f"there is no price set '{price_set}'.",
            remedy=f"choose from: {', '.join(price_set_names())}",
        )


def _needed(carriers: Sequence[str], processes: PriceProcesses | None) -> list[str]:
    """The carriers with a path of their own that the asked ones are made of, each once."""
    twice = sorted({carrier for carrier in carriers if list(carriers).count(carrier) > 1})
    if twice:
        raise ParameterError(
            f"{', '.join(twice)} is asked for more than once.", remedy="name every carrier once"
        )
    if processes is None:
        return list(carriers)
    needed: dict[str, None] = {}
    for carrier in carriers:
        each = processes.carriers.get(carrier)
        if each is None:
            raise ParameterError(
                f"the price processes '{processes.label.en}' say nothing of '{carrier}'.",
                remedy="declare it there as drawn, as following other carriers or as on its path",
            )
        needed.update(dict.fromkeys(each.of if isinstance(each, Follows) else [carrier]))
    return list(needed)


def _published(law: Law, years: Years) -> dict[int, float]:
    """The yearly means of the allowance price that were published on the run's day. [eur/t]"""
    found = {int(year): published_price(law, int(year)) for year in years}
    return {year: price for year, price in found.items() if price is not None}


def _straying(
    processes: PriceProcesses,
    needed: list[str],
    years: Years,
    law: Law,
    draws: _Draws,
) -> dict[str, Floats]:
    """Price over path of every carrier with chance of its own. (year, draw) [1]

    Innovations are correlated by the Cholesky factor in the order of the file: a carrier needs
    the scores of those above it and no others. The sums are written out, since a matrix product
    may add up in another order for another number of draws.
    """
    drawn = processes.drawn
    n_years = int(years[-1]) - processes.starts_after
    wanted = [carrier for carrier in drawn if carrier in needed]
    if n_years < 1 or not wanted:
        return {}
    factor = np.linalg.cholesky(processes.correlation_matrix())
    order = list(drawn)
    above = order[: order.index(wanted[-1]) + 1]
    scores = [ndtri(draws.uniforms(carrier, n_years)) for carrier in above]
    found = {}
    for carrier in wanted:
        weights = factor[order.index(carrier)]
        innovation = weights[0] * scores[0]
        for weight, score in zip(weights[1:], scores[1:], strict=False):
            if weight != 0.0:
                innovation += weight * score
        still = _years_published(law, processes.starts_after, n_years) if carrier == EUA else 0
        jumps = _jumps(drawn[carrier].jumps, carrier, draws, n_years)
        deviation = _deviation(drawn[carrier], innovation, jumps, still)
        found[carrier] = _over_path(deviation, years, processes.starts_after)
    return found


def _years_published(law: Law, starts_after: int, n_years: int) -> int:
    """How many years after the history have a published mean, or come before one that has."""
    after = _published(law, np.arange(starts_after + 1, starts_after + 1 + n_years))
    return max(after, default=starts_after) - starts_after


def _jumps(jumps: Jumps | None, carrier: str, draws: _Draws, n_years: int) -> Floats | None:
    """The sum of the jumps of a year; None for a carrier without. (year, draw) [1]

    The sum of `n` normal jumps is normal with `n` times the variance: two uniforms are enough.
    """
    if jumps is None:
        return None
    numbers = _poisson(jumps, draws.uniforms(f"{carrier}/jumps", n_years))
    sizes = ndtri(draws.uniforms(f"{carrier}/jump_sizes", n_years))
    return np.asarray(np.sqrt(numbers) * jumps.sd * sizes)


def _poisson(jumps: Jumps, u: Floats) -> Floats:
    """How many jumps: the smallest number whose cumulative probability reaches u."""
    chance = math.exp(-jumps.intensity)
    reached = [chance]
    while chance > 1e-300 and reached[-1] < 1.0 - 1e-16:
        chance *= jumps.intensity / len(reached)
        reached.append(reached[-1] + chance)
    return np.searchsorted(np.array(reached), u).astype(np.float64)


def _deviation(process: Drawn, innovation: Floats, jumps: Floats | None, still: int) -> Floats:
    """Deviation x of the years after the history, written over `innovation`. (year, draw) [1]

    `still` years are known already: x stays 0 in them.
    """
    innovation *= process.innovation_sd
    if jumps is not None:
        innovation += jumps
    innovation[:still] = 0.0
    for year in range(1, len(innovation)):
        innovation[year] += process.decay * innovation[year - 1]
    return innovation


def _over_path(deviation: Floats, years: Years, starts_after: int) -> Floats:
    """Price over path in the years of the run: 1 up to the end of the history. (year, draw)"""
    np.exp(deviation, out=deviation)
    skipped = int(years[0]) - starts_after - 1
    if skipped >= 0:
        return deviation[skipped:]
    before = np.ones((min(-skipped, len(years)), deviation.shape[1]))
    return np.concatenate([before, deviation])
