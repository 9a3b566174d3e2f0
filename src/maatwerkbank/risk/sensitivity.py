# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which inputs make an outcome uncertain, and how far does each move it?

Takes      what evaluates outcomes, and the names of the inputs; an input may be a whole price path.
Gives      Sobol indices of first and total order with confidence, and the bars of a tornado.
Leaves out inputs that depend on one another: take those together as one input, or the shares of
           the variance mean nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numba import njit
from numpy.typing import NDArray

from maatwerkbank.ground.errors import RuleError, ShapeError

Floats = NDArray[np.float64]
Stream = Literal["A", "B"]

# ── Sobol indices ───────────────────────────────────────────────────────────────────────────────

_BATCHES = 256  # at most; what is drawn again for the confidence
_REDRAWN = 500


@dataclass(frozen=True)
class Page:
    """n draws to evaluate: every input from stream A, or from B, or one from B and the rest from A.

    `swapped` is the input that comes from B while the rest comes from A; None on the first two.
    """

    name: str
    base: Stream
    swapped: str | None = None

    def stream(self, each: str) -> Stream:
        """The stream from which an input is drawn on this page."""
        return "B" if each == self.swapped else self.base


def group_on(stream: Stream, group: str) -> str:
    """The name under which `sampling.uniforms` draws a group for a stream.

    Stream A is the group itself, so page A holds the draws of the ordinary run.

    >>> group_on("A", "case"), group_on("B", "case")
    ('case', 'case|B')
    """
    return group if stream == "A" else f"{group}|B"


def pages(inputs: Sequence[str]) -> tuple[Page, ...]:
    """Everything that Sobol indices ask to be evaluated: two pages, and one for each input."""
    swapped = (Page(f"A with {name} of B", "A", name) for name in inputs)
    return (Page("A", "A"), Page("B", "B"), *swapped)


@dataclass(frozen=True)
class SobolIndices:
    """Shares of the variance of each outcome.  all (..., input) [1]

    First order: what goes when only this input were known. Total order: what stays when only this
    one were not. An outcome that does not vary, or is not known in every draw, has NaN.
    """

    inputs: tuple[str, ...]
    n_draws: int
    confidence: float
    first: Floats
    first_low: Floats
    first_high: Floats
    total: Floats
    total_low: Floats
    total_high: Floats


def sobol_indices(
    evaluate: Callable[[Page], Floats],
    inputs: Sequence[str],
    n: int,
    seed: int,
    *,
    confidence: float = 0.95,
) -> SobolIndices:
    """How much of the variance comes from each input, alone and with the others?

    First order by Saltelli et al. 2010, table 2 (b), total order by Jansen, idem (f), with the
    mean taken off before; as `scipy.stats.sobol_indices`. Costs n (inputs + 2) evaluations.

    The interval is the percentile interval of a bootstrap that draws batches of n/256 consecutive
    draws again (single draws below n = 256). Draws are spread more evenly than chance would, so
    it is rather too wide than too narrow.

    Parameters
    ----------
    evaluate : gives (..., draw) with n draws for a page; takes each input from the page's stream
    n : draws per page, a power of two; `sampling.uniforms` spreads those evenly
    seed : of the bootstrap; the streams are drawn by whoever evaluates
    """
    _check_design(inputs, n, confidence)
    first_two = np.stack([_outcomes(evaluate(page), page, n) for page in pages(inputs)[:2]])
    shape = first_two.shape[1:-1]
    a, b = first_two.reshape(2, -1, n)
    centre = (a.mean(axis=-1) + b.mean(axis=-1))[:, None] / 2
    a, b = a - centre, b - centre

    n_batches = min(_BATCHES, n)
    by_batch = np.empty((n_batches, 2 * len(inputs) + 4, a.shape[0]))  # (batch, term, outcome)
    for term, terms in enumerate((a, b, a * a, b * b)):
        by_batch[:, term] = terms.reshape(-1, n_batches, n // n_batches).sum(axis=-1).T
    for i, page in enumerate(pages(inputs)[2:]):
        outcomes = _outcomes(evaluate(page), page, n)
        if outcomes.shape[:-1] != shape:
            raise ShapeError(
                f"page '{page.name}' gave outcomes {outcomes.shape[:-1]}, and page A {shape}.",
                remedy="give the same outcomes in the same order on every page",
            )
        crossed, squared = by_batch[:, 4 + i], by_batch[:, 4 + len(inputs) + i]
        _compare(a, b, centre[:, 0], outcomes.reshape(-1, n), crossed, squared)

    once = np.ones((1, n_batches))
    redrawn = _redrawn(seed, n_batches)
    level = centre[:, 0]
    first, total = (each[0] for each in _shares(once, by_batch, n, level))
    tail = (1 - confidence) / 2
    (first_low, first_high), (total_low, total_high) = (
        np.quantile(each, [tail, 1 - tail], axis=0) for each in _shares(redrawn, by_batch, n, level)
    )

    def shaped(share: Floats) -> Floats:
        return np.asarray(np.moveaxis(share.reshape(len(inputs), *shape), 0, -1))

    return SobolIndices(
        tuple(inputs),
        n,
        confidence,
        shaped(first),
        shaped(first_low),
        shaped(first_high),
        shaped(total),
        shaped(total_low),
        shaped(total_high),
    )


def _check_design(inputs: Sequence[str], n: int, confidence: float) -> None:
    if not inputs:
        raise RuleError("no input varies.", remedy="name at least one input")
    if len(set(inputs)) < len(inputs):
        raise RuleError(
            f"an input is named twice: {', '.join(inputs)}.", remedy="name every input once"
        )
    if n < 2 or n & (n - 1):
        raise RuleError(
            f"{n} draws is no power of two.",
            remedy=f"ask for {1 << max(1, n.bit_length() - 1)} or {1 << max(1, n.bit_length())}",
        )
    if not 0 < confidence < 1:
        raise RuleError(
            f"a confidence of {confidence} is not between 0 and 1.", remedy="give 0.95 for 95 %"
        )


def _outcomes(given: Floats, page: Page, n: int) -> Floats:
    outcomes = np.asarray(given, dtype=np.float64)
    if outcomes.ndim == 0 or outcomes.shape[-1] != n:
        raise ShapeError(
            f"page '{page.name}' has {n} draws, and the outcomes have shape {outcomes.shape}.",
            remedy="give one outcome per draw, draws on the last axis",
        )
    return outcomes


def _redrawn(seed: int, n_batches: int) -> Floats:
    """How often each batch comes when as many are drawn with replacement. (redrawn, batch)"""
    generator = np.random.default_rng(abs(2 * seed) + (seed < 0))
    drawn = generator.integers(n_batches, size=(_REDRAWN, n_batches))
    drawn += n_batches * np.arange(_REDRAWN)[:, None]
    counts = np.bincount(drawn.ravel(), minlength=_REDRAWN * n_batches)
    return counts.reshape(_REDRAWN, n_batches).astype(np.float64)


def _shares(weights: Floats, by_batch: Floats, n: int, level: Floats) -> tuple[Floats, Floats]:
    """First and total order when each batch counts so often.  both (row, input, outcome)

    level : (outcome) the mean that was taken off; tells rounding from variance
    """
    n_batches, n_terms, n_outcomes = by_batch.shape
    terms = _weighted_sums(weights, by_batch.reshape(n_batches, -1)).reshape(
        -1, n_terms, n_outcomes
    )
    terms /= n
    n_inputs = (n_terms - 4) // 2
    mean = (terms[:, 0] + terms[:, 1]) / 2
    variance = (terms[:, 2] + terms[:, 3]) / 2 - mean * mean
    # What rounding leaves of a constant is no variance to share out.
    variance[variance <= (1e-14 * np.abs(level)) ** 2] = np.nan
    first = terms[:, 4 : 4 + n_inputs] / variance[:, None]
    total = terms[:, 4 + n_inputs :] / (2 * variance[:, None])
    return first, total


@njit(nogil=True, cache=True)
def _compare(
    a: Floats, b: Floats, centre: Floats, swapped: Floats, crossed: Floats, squared: Floats
) -> None:
    """Sums over batches of `b (swapped - a)` and `(swapped - a)²`; fills (batch, outcome)."""
    n_batches = crossed.shape[0]
    length = a.shape[1] // n_batches
    for outcome in range(a.shape[0]):
        for batch in range(n_batches):
            product, square = 0.0, 0.0
            for draw in range(batch * length, (batch + 1) * length):
                difference = swapped[outcome, draw] - centre[outcome] - a[outcome, draw]
                product += b[outcome, draw] * difference
                square += difference * difference
            crossed[batch, outcome] = product
            squared[batch, outcome] = square


@njit(nogil=True, cache=True)
def _weighted_sums(weights: Floats, sums: Floats) -> Floats:
    """`weights @ sums`, always added in the same order: the same bytes for any thread count."""
    n_rows, n_batches = weights.shape
    found = np.zeros((n_rows, sums.shape[1]))
    for row in range(n_rows):
        for batch in range(n_batches):
            weight = weights[row, batch]
            if weight != 0.0:
                for term in range(sums.shape[1]):
                    found[row, term] += weight * sums[batch, term]
    return found


# ── tornado ─────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Bar:
    """What one input does to an outcome, the others at their median.

    Values in the unit of the input; changes in the unit of the outcome, against the centre. The
    linear part is slope at the median × distance; the rest is what curves, kinks and jumps add.
    """

    name: str
    value_low: float
    value_centre: float
    value_high: float
    change_at_low: float
    change_at_high: float
    linear_at_low: float
    linear_at_high: float

    @property
    def rest_at_low(self) -> float:
        """What the linear part leaves of the change at the low value."""
        return self.change_at_low - self.linear_at_low

    @property
    def rest_at_high(self) -> float:
        """What the linear part leaves of the change at the high value."""
        return self.change_at_high - self.linear_at_high

    @property
    def swing(self) -> float:
        """How far the outcome moves over low, centre and high."""
        reached = (0.0, self.change_at_low, self.change_at_high)
        return float(np.max(reached) - np.min(reached))


@dataclass(frozen=True)
class Tornado:
    """The outcome with every input at its median, and a bar per input, the widest first."""

    centre: float
    low: float
    high: float
    bars: tuple[Bar, ...]


def _quantile_itself(name: str, probability: float) -> float:  # noqa: ARG001
    return probability


def tornado(
    evaluate: Callable[[Floats], Floats],
    inputs: Sequence[str],
    low: float = 0.1,
    high: float = 0.9,
    *,
    value_at: Callable[[str, float], float] = _quantile_itself,
    step: float = 0.01,
) -> Tornado:
    """How far does each input move the outcome on its own?

    Each input goes to its quantiles `low` and `high` with the others at their median. The slope is
    a central difference over `step` of half that way: exact where the outcome is linear in the
    input. An input that moves in whole steps, such as a delay, has no slope: all is rest.

    Parameters
    ----------
    evaluate : gives (point) for values (input, point), all points in one call
    value_at : the value of an input at a quantile; without it values are the quantiles themselves
    """
    if not 0 <= low < 0.5 < high <= 1:
        raise RuleError(
            f"the quantiles {low} and {high} do not lie on either side of the median.",
            remedy="give low below 0.5 and high above 0.5, such as 0.1 and 0.9",
        )
    values = np.array([[value_at(name, at) for at in (low, 0.5, high)] for name in inputs])
    values = values.reshape(-1, 3)
    if not np.isfinite(values).all():
        unbounded = inputs[int(np.argmin(np.isfinite(values).all(axis=1)))]
        raise RuleError(
            f"input '{unbounded}' has no finite value at quantile {low}, 0.5 or {high}.",
            remedy="choose quantiles inside (0, 1)",
        )
    n_inputs = len(inputs)
    centre = values[:, 1]
    reach = step * (values[:, 2] - values[:, 0]) / 2
    shifts = np.array(
        [values[:, 0] - centre, values[:, 2] - centre, -reach, reach]
    )  # (shift, input)
    alone = shifts[:, :, None] * np.eye(n_inputs)  # (shift, point, input)
    points = centre[:, None] + np.concatenate([np.zeros((1, n_inputs)), *alone]).T
    outcomes = np.asarray(evaluate(points), dtype=np.float64)
    if outcomes.shape != (points.shape[1],):
        raise ShapeError(
            f"{points.shape[1]} points were given, and the outcomes have shape {outcomes.shape}.",
            remedy="give one outcome per point",
        )
    at_low, at_high, before, after = outcomes[1:].reshape(4, n_inputs)
    moved = (centre + reach) - (centre - reach)  # as rounded
    slope = np.divide(after - before, moved, out=np.zeros(n_inputs), where=moved != 0)
    bars = [
        Bar(
            name,
            float(values[i, 0]),
            float(values[i, 1]),
            float(values[i, 2]),
            float(at_low[i] - outcomes[0]),
            float(at_high[i] - outcomes[0]),
            float(slope[i] * shifts[0, i]),
            float(slope[i] * shifts[1, i]),
        )
        for i, name in enumerate(inputs)
    ]
    widest_first = sorted(bars, key=lambda bar: (-np.nan_to_num(bar.swing, nan=-1.0), bar.name))
    return Tornado(float(outcomes[0]), low, high, tuple(widest_first))
