# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What do the draws say of one outcome of a case, and if nothing, what is lacking?

Takes     an outcome in every draw, or the figures that it hangs on and nobody gives.
Gives     a `Summary` with its sampling error, or `NotKnown` with reasons in Dutch and English;
          chances, what was promised, how late projects start.
Leaves    the arithmetic to `distribution_of`, drawing to `simulation`, wording to `letter`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from maatwerkbank.economics.lacks import ASK_SPLIT, NO_SPLIT, Lack, only_a_range, undefined
from maatwerkbank.plant.case import Case
from maatwerkbank.plant.figure_places import absent_figures, place_text
from maatwerkbank.risk.distribution_of import (
    error_of_mean,
    error_of_probability,
    expected_shortfall,
    mean,
    quantiles,
)

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Lacking = Iterable[tuple[str, bool]]  # place of a figure, and whether it is absent

QUANTILES = (0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95)
WORST_SHARE = 0.05  # of the draws, over which the expected shortfall is the mean
# More is worse for the firm, or for what it has to do.
_WORST_IS_MOST = (
    "required_2030_t",
    "levy_total_eur",
    "levy_total_without_eur",
    "levy_to_2030_eur",
    "levy_to_2030_without_eur",
    "payback_years",
)
_GIVE_SPREAD = {
    "nl": "geef een waarde met bron, of zeg onder uncertainties hoe het cijfer spreidt",
    "en": "give a value with a source, or say under uncertainties how the figure is spread",
}
_SEVERAL_RATES = Lack(
    "irr",
    "undefined",
    "",
    (),
    {
        "nl": "niet elke trekking heeft precies één interne rentevoet",
        "en": "not every draw has exactly one internal rate of return",
    },
    {"nl": "niemand: de uitkomst bestaat niet", "en": "nobody: the outcome does not exist"},
)


@dataclass(frozen=True)
class Summary:
    """How one outcome is spread over the draws. In the unit that its key ends with.

    A payback may be infinite (never), and then so are means and quantiles that hold such a draw.
    """

    outcome: str
    n_draws: int
    mean: float
    error_of_mean: float | None  # one standard error; None where a draw never pays back
    quantiles: tuple[float, ...]  # at `QUANTILES`
    worst_is: Literal["least", "most"]  # which end is the bad one
    shortfall: float  # mean of the worst twentieth of the draws
    least: float
    most: float

    def at(self, probability: float) -> float:
        """The quantile at one of `QUANTILES`."""
        return self.quantiles[QUANTILES.index(probability)]

    @property
    def varies(self) -> bool:
        """Whether it differs between draws at all."""
        return self.least != self.most


@dataclass(frozen=True)
class NotKnown:
    """An outcome that no draw can give: what is lacking, why, and who can give it."""

    outcome: str
    lacks: tuple[Lack, ...]


Told = Summary | NotKnown


@dataclass(frozen=True)
class Chance:
    """A share of the draws, with one standard error as if they were independent."""

    probability: float
    error: float


@dataclass(frozen=True)
class Promise:
    """The additional tonnes in 2030 that a plan is held to.

    basis : `given` by whoever asks; `known`, publicly, as the case says at `place`; `plan`, what
            the case itself gives with every figure as planned, no delay and no chance in prices;
            `nothing` where the plan has no additional tonnes; `not_known`
    """

    tonnes: float | None  # [t/year]; None: nothing to hold it to
    basis: Literal["given", "known", "plan", "nothing", "not_known"]
    place: str | None = None


@dataclass(frozen=True)
class Start:
    """When a project starts: its first full calendar year, and how late it may be."""

    project: str
    planned: int
    late: Chance  # a year or more
    after_2030: Chance  # so that its tonnes miss 2030
    mean_years_late: float


# ── from draws ────────────────────────────────────────────────────────────────────────────────


def told_of(outcome: str, values: Floats | None, lacks: tuple[Lack, ...]) -> Told:
    """A summary of an outcome by draw, or what is lacking. values (draw,)"""
    if values is None:
        return NotKnown(outcome, lacks)
    if np.isnan(values).any():
        return NotKnown(outcome, (_SEVERAL_RATES if outcome == "irr" else undefined(outcome),))
    return summary_of(outcome, values)


def summary_of(outcome: str, values: Floats) -> Summary:
    """How an outcome that is known in every draw is spread. values (draw,)"""
    worst_is: Literal["least", "most"] = "most" if outcome in _WORST_IS_MOST else "least"
    sign = -1.0 if worst_is == "most" else 1.0
    found = quantiles(values, QUANTILES)
    average, shortfall = mean(values), expected_shortfall(sign * values, WORST_SHARE)
    assert found is not None and average is not None and shortfall is not None  # noqa: S101, PT018
    return Summary(
        outcome,
        len(values),
        average,
        error_of_mean(values) if values.min() < values.max() else 0.0,
        found,
        worst_is,
        sign * shortfall + 0.0,  # minus nothing is nothing
        float(values.min()),
        float(values.max()),
    )


def chance_of(happens: Bools) -> Chance:
    """The share of the draws in which something happens. (draw,)"""
    share = float(happens.mean())
    return Chance(share, error_of_probability(share, len(happens)))


# ── from what is lacking ──────────────────────────────────────────────────────────────────────


def lacks_of(case: Case, outcome: str, lacking: Lacking) -> tuple[Lack, ...]:
    """Why an outcome is not known, figure by figure, and who can give each."""
    absent = {place_text(path): gap for path, gap in absent_figures(case)}

    def lack(place: str, *, is_absent: bool) -> Lack:
        if place == "last_year":
            return undefined(outcome)
        if not is_absent:
            ranged = only_a_range(outcome, place, (place,))
            return Lack(outcome, ranged.reason, place, (place,), ranged.why, _GIVE_SPREAD)
        if place in absent:
            why, ask = absent[place].why.model_dump(), absent[place].ask.model_dump()
            return Lack(outcome, "absent", place, (place,), why, ask)
        # Stated, and yet it gives nothing: rights without a public split by product.
        return Lack(outcome, "absent", place, (place,), NO_SPLIT, ASK_SPLIT)

    return tuple(lack(place, is_absent=is_absent) for place, is_absent in lacking)
