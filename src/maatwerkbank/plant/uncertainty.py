# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a case declares not to know: figures, delays, policy, and what goes together (METHOD §11).

Takes     what stands under `uncertainties` in a case file.
Gives     frozen models, what each is drawn from, and the matrix of rank correlations.
Leaves    findings to `uncertainty_coherence`, drawing to the floor of risk.
"""

from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from maatwerkbank.parameters.reference_classes import Distribution, reference_class
from maatwerkbank.plant.scheme_facts import Stated
from maatwerkbank.sources.figure import Number, Strict, Year

Floats = NDArray[np.float64]
Name = Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[a-z0-9][a-z0-9_-]*$")]
FigurePlace = Annotated[str, Field(min_length=1, max_length=400)]
Cause = Literal["permit", "grid", "hydrogen", "co2_storage", "construction"]


class FigureUncertainty(Stated):
    """How far figures of the case may turn out otherwise; all of `of` move together."""

    id: Name
    of: Annotated[list[FigurePlace], Field(min_length=1)] = Field(
        description="places in this file, such as projects[0].capex"
    )
    how: Literal["ratio", "value"] = Field(
        alias="as",
        description="ratio multiplies the figure; value replaces it, in the figure's own unit",
    )
    distribution: Distribution | None = None
    reference_class: Name | None = Field(None, description="in place of a distribution")

    @property
    def drawn_from(self) -> Distribution:
        """Its own distribution, or that of its reference class."""
        return _own_or_class(self.distribution, self.reference_class)


class DelayUncertainty(Stated):
    """How many years projects may start later.

    Causes run side by side: a project is as late as its slowest cause. Years are rounded to whole
    ones, and half a year or more counts, since `first_year` is the first full calendar year.
    """

    id: Name
    cause: Cause
    projects: Annotated[list[Name], Field(min_length=1)]
    years: Distribution | None = None
    reference_class: Name | None = Field(None, description="in place of years")

    @property
    def drawn_from(self) -> Distribution:
        """Its own distribution, or that of its reference class. [year]"""
        return _own_or_class(self.years, self.reference_class)


class PolicyUncertainty(Stated):
    """A variant of the law that may come; the rest of the probability is the law as it is."""

    variant: Name
    since: Year | None = Field(
        None, alias="from", description="first year; absent key: as the variant itself says"
    )
    probability: Number = Field(description="from 0 to 1; of all variants together at most 1")


class Dependence(Stated):
    """Two uncertainties that go together, or against one another."""

    between: list[Name] = Field(description="the ids of two of the figures and delays")
    rank_correlation: Number = Field(description="Spearman's, from -1 to 1")


class Uncertainties(Strict):
    """Everything that a case declares not to know."""

    figures: list[FigureUncertainty] = Field(default_factory=list)
    delays: list[DelayUncertainty] = Field(default_factory=list)
    policy: list[PolicyUncertainty] = Field(default_factory=list, description="exclude one another")
    dependence: list[Dependence] = Field(
        default_factory=list, description="pairs that are not named are independent"
    )

    @property
    def inputs(self) -> tuple[str, ...]:
        """The ids of what is drawn: figures first, then delays, in the order of the file."""
        return (*(each.id for each in self.figures), *(each.id for each in self.delays))

    def rank_correlations(self) -> Floats:
        """Spearman's rank correlation of every two inputs. (input, input)"""
        order = {name: number for number, name in enumerate(self.inputs)}
        matrix = np.eye(len(order))
        for pair in self.dependence:
            one, other = (order[name] for name in pair.between)
            matrix[one, other] = matrix[other, one] = pair.rank_correlation
        return matrix


def _own_or_class(own: Distribution | None, named: str | None) -> Distribution:
    if own is not None:
        return own
    if named is None:
        raise ValueError("neither a distribution nor a reference class is given")
    return reference_class(named).distribution


# ── the matrix of a Gaussian copula ───────────────────────────────────────────────────────────

# Rounding in the eigenvalues of a matrix that is only just positive: one with a correlation of 1.
ROUNDING = 1e-12


def normal_correlations(rank_correlations: Floats) -> Floats:
    """Correlations of the normal variables that give these rank correlations. (input, input)

    Spearman's rho and the correlation r of two normal variables: r = 2 sin(pi rho / 6).

    Source    K. Pearson (1907), On further methods of determining correlation
    """
    return np.asarray(2.0 * np.sin(np.pi / 6.0 * rank_correlations))


def smallest_eigenvalue(rank_correlations: Floats) -> float:
    """Of the correlations of the normal variables: below nought, no copula has this matrix."""
    goes_together = np.count_nonzero(rank_correlations, axis=1) > 1
    if not goes_together.any():
        return 1.0
    of_those = rank_correlations[np.ix_(goes_together, goes_together)]
    return float(np.linalg.eigvalsh(normal_correlations(of_those))[0])


def is_positive(rank_correlations: Floats) -> bool:
    """Whether a Gaussian copula with these rank correlations exists."""
    return smallest_eigenvalue(rank_correlations) >= -ROUNDING


def fitting_factor(rank_correlations: Floats) -> float:
    """The largest factor, in hundredths, that makes a matrix positive when it shrinks all pairs."""
    low, high = 0, 101  # hundredths: independent inputs always fit; look for the last that does
    while high - low > 1:
        middle = (low + high) // 2
        if is_positive(shrunk(rank_correlations, middle / 100)):
            low = middle
        else:
            high = middle
    return low / 100


def shrunk(rank_correlations: Floats, factor: float) -> Floats:
    """All correlations between different inputs, times `factor`. (input, input)"""
    return np.where(np.eye(len(rank_correlations)) > 0, 1.0, factor * rank_correlations)
