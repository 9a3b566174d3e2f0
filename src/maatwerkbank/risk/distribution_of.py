# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""How is one outcome distributed over the draws, and how sure is that?

Takes      the outcome in every draw, all draws counting the same.
Gives      quantiles, exceedance, expected shortfall, probabilities, the mean, and sampling errors.
Leaves out bins: a picture that needs them makes its own.

Where the outcome is not known in some draw (NaN), nothing is known of its distribution: None.
"Never" is known, and may be infinite, such as a payback.

Sampling errors follow the formula for independent draws. Sobol and Latin hypercube draws are
spread more evenly, so for most outcomes the real error is smaller; this is no strict bound.
"""

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from maatwerkbank.ground.errors import RuleError, ShapeError

Floats = NDArray[np.float64]

# A share of draws that is a whole number but for rounding is that number: 0.07 × 100 is not 8.
_ROUNDING = 1e-9


def quantiles(values: ArrayLike, probabilities: ArrayLike) -> tuple[float, ...] | None:
    """The least outcome that is not exceeded in so great a share of the draws, per probability.

    Each is the outcome of a draw, not a value between two: its annual table can be looked up.

    >>> quantiles([40.0, 10.0, 30.0, 20.0], [0.25, 0.5, 1.0])
    (10.0, 20.0, 40.0)
    """
    draws = _draws(values)
    asked = np.atleast_1d(np.asarray(probabilities, dtype=np.float64))
    outside = asked[~((asked >= 0) & (asked <= 1))]
    if outside.size:
        raise RuleError(
            f"a probability of {outside[0]:g} is not between 0 and 1.",
            remedy="give 0.9 for the ninetieth percentile",
        )
    if np.isnan(draws).any():
        return None
    places = np.clip(np.ceil(asked * draws.size - _ROUNDING).astype(np.int64) - 1, 0, None)
    ordered = np.sort(draws)  # sooner done than a partition at several places
    return tuple(float(value) for value in ordered[places])


def exceedance(values: ArrayLike, points: int = 101) -> tuple[Floats, Floats] | None:
    """A curve of outcomes, and the share of draws with that outcome or more.  both (point)

    The points lie evenly over the draws, from the least outcome to the greatest.
    """
    if points < 2:
        raise RuleError(
            f"a curve of {points} points cannot be drawn.", remedy="ask for 2 points or more"
        )
    draws = _draws(values)
    if np.isnan(draws).any():
        return None
    ordered = np.sort(draws)
    outcomes = ordered[np.linspace(0, draws.size - 1, points).round().astype(np.int64)]
    n_below = np.searchsorted(ordered, outcomes, side="left")
    return outcomes, 1 - n_below / draws.size


def expected_shortfall(values: ArrayLike, level: float) -> float | None:
    """The mean of the worst share `level` of the draws, worst being least. [as given]

    Where that share is no whole number of draws, the last one counts in part.

    >>> expected_shortfall([4.0, 1.0, 3.0, 2.0], 0.5)
    1.5
    """
    if not 0 < level <= 1:
        raise RuleError(
            f"a worst share of {level:g} is not above 0 and at most 1.",
            remedy="give 0.05 for the worst twentieth",
        )
    draws = _draws(values)
    if np.isnan(draws).any():
        return None
    n_worst = level * draws.size
    if n_worst <= 1:
        return float(draws.min())
    n_whole = min(int(n_worst + _ROUNDING), draws.size)
    part = max(0.0, n_worst - n_whole) if n_whole < draws.size else 0.0
    ordered = np.partition(draws, min(n_whole, draws.size - 1))
    worst = float(np.sort(ordered[:n_whole]).sum())
    if part > _ROUNDING:
        worst += part * float(ordered[n_whole])
    return worst / n_worst


def probability(
    values: ArrayLike, *, below: float | None = None, at_least: float | None = None
) -> float | None:
    """The share of draws below a threshold, or at least as great as one: name either.

    >>> probability([-1.0, 0.0, 1.0, 2.0], below=0.0)
    0.25
    """
    draws = _draws(values)
    if below is not None and at_least is None:
        hits = draws < below
    elif at_least is not None and below is None:
        hits = draws >= at_least
    else:
        raise RuleError(
            f"below {below} and at least {at_least} were asked for.", remedy="give either, not both"
        )
    return None if np.isnan(draws).any() else float(hits.mean())


def mean(values: ArrayLike) -> float | None:
    """The mean over the draws. [as given]"""
    draws = _draws(values)
    return None if np.isnan(draws).any() else float(draws.mean())


def error_of_mean(values: ArrayLike) -> float | None:
    """One standard error of the mean, as if the draws were independent; None for one draw."""
    draws = _draws(values)
    if draws.size < 2 or not np.isfinite(draws).all():
        return None
    return float(draws.std(ddof=1)) / math.sqrt(draws.size)


def error_of_probability(share: float, n_draws: int) -> float:
    """One standard error of a probability, as if the draws were independent (Wilson 1927).

    Not nil where no draw hits or every one does: that is no proof that it never or always happens.

    >>> round(error_of_probability(0.5, 10_000), 4)
    0.005
    """
    if not 0 <= share <= 1 or n_draws < 1:
        raise RuleError(
            f"a share of {share:g} of {n_draws} draws is none.",
            remedy="give a share between 0 and 1, and at least 1 draw",
        )
    spread = share * (1 - share) / n_draws + 1 / (4 * n_draws**2)
    return math.sqrt(spread) / (1 + 1 / n_draws)


def _draws(values: ArrayLike) -> Floats:
    draws = np.asarray(values, dtype=np.float64)
    if draws.ndim != 1 or draws.size == 0:
        raise ShapeError(
            f"the outcomes have shape {draws.shape}, and one per draw was asked for.",
            remedy="give the outcomes of one case under one law, and at least one draw",
        )
    return draws
