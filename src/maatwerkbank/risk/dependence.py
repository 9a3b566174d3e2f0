# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Quantiles that go together: a Gaussian copula with given rank correlations.

Takes     independent quantiles and Spearman's rank correlation of every two inputs.
Gives     quantiles, each still uniform by itself, that have those rank correlations.
Leaves    dependence in the tails: the Gaussian copula has none.

An input follows only inputs before it, so that adding one at the end never changes the others; and
each draw is computed by itself, so that blocks of draws give the same bits as all at once.
"""

import numpy as np
from scipy.special import ndtr, ndtri  # type: ignore[import-untyped]

from maatwerkbank.ground.errors import RuleError, ShapeError
from maatwerkbank.plant.quantities import Floats
from maatwerkbank.plant.uncertainty import (
    ROUNDING,
    fitting_factor,
    normal_correlations,
    smallest_eigenvalue,
)

# The doubles next to 0 and to 1 that a quantile may have: at 0 and 1 most tails are infinite.
LEAST, MOST = float(np.finfo(np.float64).tiny), 1.0 - 2.0**-53


def dependent(u: Floats, rank_correlation: Floats) -> Floats:
    """Quantiles that go together as asked, each uniform by itself. (input, draw) [1]

    Parameters
    ----------
    u                (input, draw) [1]  independent, between 0 and 1
    rank_correlation (input, input) [1] Spearman's; without any dependence `u` itself comes back

    Raises
    ------
    ShapeError       the matrix is not (input, input)
    RuleError        a quantile of 0 or 1 or beyond; a matrix that is not symmetric with 1 on its
                     diagonal, holds more than 1 or less than -1, or is not positive

    Source           Nelsen (2006), An Introduction to Copulas, 2.3; Spearman to normal by Pearson
    """
    rank_correlation = np.asarray(rank_correlation, dtype=np.float64)
    _check_shapes(u, rank_correlation)
    _check_matrix(rank_correlation)
    if np.array_equal(rank_correlation, np.eye(len(u))):
        return u
    _check_inside(u)
    root = _root(normal_correlations(rank_correlation))
    followers = [row for row in range(len(u)) if root[row, :row].any()]
    needed = np.flatnonzero(root[followers].any(axis=0))
    normal = {int(term): ndtri(u[term]) for term in needed}
    out = u.copy()
    for row in followers:
        # Term by term and not as one product of matrices, whose order of adding up may differ with
        # the number of draws and of threads.
        mixed = np.zeros(u.shape[1])
        for term in np.flatnonzero(root[row]):
            mixed += root[row, term] * normal[int(term)]
        out[row] = np.clip(ndtr(mixed), LEAST, MOST)
    return out


def _root(matrix: Floats) -> Floats:
    """Lower triangular `root` with `root @ root.T == matrix`, as by Cholesky. (input, input)

    An input that others fix entirely (a correlation of 1) has nothing of its own: its pivot is 0,
    where the common routine would give up.
    """
    rest = matrix.copy()
    root = np.zeros_like(matrix)
    for column in range(len(matrix)):
        pivot = rest[column, column]
        if pivot > ROUNDING:
            root[column:, column] = rest[column:, column] / np.sqrt(pivot)
            rest -= np.outer(root[:, column], root[:, column])
    # Each row has length 1 but for rounding; exactly so, every marginal is the normal one. Added up
    # from the left, since a plain sum adds in another order when more inputs come after.
    return np.asarray(root / np.sqrt(np.cumsum(root**2, axis=1)[:, -1:]))


def _check_shapes(u: Floats, rank_correlation: Floats) -> None:
    if u.ndim != 2 or rank_correlation.shape != (len(u), len(u)):
        raise ShapeError(
            f"quantiles of shape {u.shape} and rank correlations of shape "
            f"{rank_correlation.shape} do not belong together.",
            remedy="give (input, draw) and (input, input) with the same inputs in the same order",
        )


def _check_matrix(rank_correlation: Floats) -> None:
    if not (np.abs(rank_correlation) <= 1.0).all():
        raise RuleError(
            "a rank correlation lies from -1 to 1, and one of these does not.",
            remedy="correct the correlation that lies outside, or is not a number",
        )
    if (rank_correlation != rank_correlation.T).any() or (np.diag(rank_correlation) != 1.0).any():
        raise RuleError(
            "these rank correlations are not symmetric with 1 on the diagonal.",
            remedy="give each pair the same correlation both ways round, and each input 1",
        )
    least = smallest_eigenvalue(rank_correlation)
    if least < -ROUNDING:
        raise RuleError(
            "no inputs can have these rank correlations together: the smallest eigenvalue of "
            f"their matrix is {least:.4g}, below nought.",
            remedy=f"multiply all of them by {fitting_factor(rank_correlation):g} or less",
        )


def _check_inside(u: Floats) -> None:
    if u.size and not (u.min() > 0.0 and u.max() < 1.0):  # also where one is not a number
        raise RuleError(
            "a quantile that goes together with others lies between 0 and 1, and one of these "
            "does not.",
            remedy="draw quantiles strictly inside: 0 and 1 stand for an infinite normal number",
        )
