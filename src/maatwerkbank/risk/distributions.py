# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""From a quantile between 0 and 1 to the number that a distribution has there.

Takes     a distribution as a case file or a reference class declares it; quantiles of any shape.
Gives     numbers of that shape, the mean, and the bounds.
Leaves    where the quantiles come from to `sampling`, what goes together to `dependence`.

Each number depends on its own quantile alone: blocks of draws give the same bits as all at once.
"""

import math

import numpy as np
from scipy.special import ndtri  # type: ignore[import-untyped]

from maatwerkbank.ground.errors import RuleError
from maatwerkbank.parameters.reference_classes import (
    Discrete,
    Distribution,
    Empirical,
    Fixed,
    Lognormal,
    Normal,
    Triangular,
    Uniform,
)
from maatwerkbank.plant.quantities import Floats


def quantile(distribution: Distribution, u: Floats) -> Floats:
    """The number below which the share `u` of all draws lies. (...) [as the distribution]

    Never falls as `u` rises, but for the last bits of a normal or lognormal number, and stays
    within `bounds`.

    Parameters
    ----------
    u : (...) [1]   from 0 to 1; at 0 and at 1 the bounds, which may be infinite

    Raises
    ------
    RuleError       a quantile outside 0 to 1, or not a number
    """
    u = np.asarray(u, dtype=np.float64)
    _check_quantiles(u)
    match distribution:
        case Fixed():
            return np.full(u.shape, distribution.value)
        case Uniform():
            low, high = distribution.low, distribution.high
            return np.asarray(np.clip(low + u * (high - low), low, high))
        case Triangular():
            return _triangular(distribution, u)
        case Normal():
            if distribution.sd == 0:
                return np.full(u.shape, distribution.mean)
            return np.asarray(distribution.mean + distribution.sd * ndtri(u))
        case Lognormal():
            if distribution.sigma == 0:
                return np.full(u.shape, math.exp(distribution.mu))
            return np.asarray(np.exp(distribution.mu + distribution.sigma * ndtri(u)))
        case Discrete():
            values, cumulative = _steps(distribution)
            return values[np.searchsorted(cumulative, u, side="left")]
        case Empirical():
            sample = np.sort(distribution.sample)
            rank = np.ceil(u * len(sample)).astype(np.int64) - 1
            return sample[np.clip(rank, 0, len(sample) - 1)]


def mean(distribution: Distribution) -> float:
    """The mean of all draws. [as the distribution]"""
    match distribution:
        case Fixed():
            return distribution.value
        case Uniform():
            return (distribution.low + distribution.high) / 2
        case Triangular():
            return (distribution.low + distribution.mode + distribution.high) / 3
        case Normal():
            return distribution.mean
        case Lognormal():
            return math.exp(distribution.mu + distribution.sigma**2 / 2)
        case Discrete():
            weights = np.array(distribution.probabilities)
            return float(weights @ np.array(distribution.values) / weights.sum())
        case Empirical():
            return math.fsum(distribution.sample) / len(distribution.sample)


def bounds(distribution: Distribution) -> tuple[float, float]:
    """The lowest and the highest number that a draw can have; may be infinite."""
    match distribution:
        case Fixed():
            return distribution.value, distribution.value
        case Uniform() | Triangular():
            return distribution.low, distribution.high
        case Normal():
            sure = distribution.sd == 0
            return (distribution.mean, distribution.mean) if sure else (-math.inf, math.inf)
        case Lognormal():
            median = math.exp(distribution.mu)
            return (median, median) if distribution.sigma == 0 else (0.0, math.inf)
        case Discrete():
            values, _ = _steps(distribution)
            return float(values[0]), float(values[-1])
        case Empirical():
            return min(distribution.sample), max(distribution.sample)


def _check_quantiles(u: Floats) -> None:
    if u.size and not (u.min() >= 0.0 and u.max() <= 1.0):  # also where one is not a number
        wrong = u[~((u >= 0.0) & (u <= 1.0))][0]
        raise RuleError(
            f"a quantile lies from 0 to 1, and {wrong:g} was asked for.",
            remedy="give shares: 90 per cent is 0.9",
        )


def _triangular(distribution: Triangular, u: Floats) -> Floats:
    low, mode, high = distribution.low, distribution.mode, distribution.high
    width = high - low
    if width == 0:
        return np.full(u.shape, low)
    rising = low + np.sqrt(u * (width * (mode - low)))
    falling = high - np.sqrt((1.0 - u) * (width * (high - mode)))
    # Each side is kept on its own side of the mode, so that rounding never makes the number fall.
    on_the_left = u * width < mode - low
    return np.where(on_the_left, np.minimum(rising, mode), np.clip(falling, mode, high))


def _steps(distribution: Discrete) -> tuple[Floats, Floats]:
    """Values that can occur, from low to high, and the probability of each or a lower one."""
    order = np.argsort(distribution.values, kind="stable")
    values = np.array(distribution.values)[order]
    probabilities = np.array(distribution.probabilities)[order]
    values, probabilities = values[probabilities > 0], probabilities[probabilities > 0]
    cumulative = np.cumsum(probabilities)
    return values, cumulative / cumulative[-1]
