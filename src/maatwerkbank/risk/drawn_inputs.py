# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What do the uncertain inputs of a case come to, in each draw?

Takes     what a case declares not to know, and the draws that are asked for.
Gives     multipliers of figures, whole years late of projects, which policy holds. (draw,)
Leaves    quantiles to `sampling`, what goes together to `dependence`, values to `distributions`.

Inputs of one case are drawn together, so that their quantiles fill the space evenly; what only the
law knows, such as a benchmark value between two bounds, is drawn once for all cases.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from maatwerkbank.economics.carbon import BENCHMARK_BOUND
from maatwerkbank.parameters.reference_classes import Distribution
from maatwerkbank.plant.case import Case
from maatwerkbank.plant.figure_places import figures, place_text
from maatwerkbank.plant.uncertainty import DelayUncertainty, FigureUncertainty
from maatwerkbank.risk.dependence import dependent
from maatwerkbank.risk.distributions import bounds, quantile
from maatwerkbank.risk.sampling import Method, uniforms

Floats = NDArray[np.float64]
SuffixOf = Callable[[str], str]  # input -> suffix of its stream; "" for the ordinary run

POLICY = "policy"
PRICES = "prices"
LONGEST_DELAY = 30  # years; a project that is later is out of sight
# No draw lies beyond this quantile (`sampling`): what lies there never happens.
_LAST_QUANTILE = 1.0 - 2.0**-33


@dataclass(frozen=True)
class WhichDraws:
    """The draws `first`, `first + 1`, ... of a seed."""

    seed: int
    first: int
    count: int
    method: Method = "sobol"


@dataclass(frozen=True)
class Inputs:
    """What a case becomes in some draws. Every array (draw,)."""

    multipliers: Mapping[str, Floats]  # place -> what its centre is multiplied with
    years_late: Mapping[str, Floats]  # project -> whole years
    values: Mapping[str, Floats]  # input -> its value as declared: ratio, amount, years

    @property
    def count(self) -> int:
        """How many draws."""
        arrays = [*self.multipliers.values(), *self.years_late.values(), *self.values.values()]
        return len(arrays[0]) if arrays else 0


def no_suffix(_name: str) -> str:
    """The ordinary run: one stream for all inputs."""
    return ""


def drawn_inputs(case: Case, which: WhichDraws, suffix_of: SuffixOf = no_suffix) -> Inputs:
    """The inputs of a case in some draws; `suffix_of` sends inputs to another stream.

    What a sensitivity asks for is kept from page to page; an ordinary run asks for it once, and
    where inputs go together, one that moves takes others along.
    """
    if suffix_of is no_suffix or case.uncertainties.dependence:
        return inputs_at(case, quantiles_of(case, which, suffix_of))
    declared = _declared(case)
    values = {
        each.id: _drawn_value(
            f"case/{case.id}{suffix_of(each.id)}", len(declared), n, which, _key(each.drawn_from)
        )
        for n, each in enumerate(declared)
    }
    return inputs_of(case, values)


def quantiles_of(case: Case, which: WhichDraws, suffix_of: SuffixOf = no_suffix) -> Floats:
    """The quantile of every declared input, those that go together included. (input, draw) [1]"""
    names = case.uncertainties.inputs
    if not names:
        return np.zeros((0, which.count))
    streams = {
        suffix: _drawn(f"case/{case.id}{suffix}", len(names), which)
        for suffix in sorted({suffix_of(name) for name in names})
    }
    u = np.stack([streams[suffix_of(name)][n] for n, name in enumerate(names)])
    return dependent(u, case.uncertainties.rank_correlations())


def inputs_at(case: Case, quantiles: Floats) -> Inputs:
    """The inputs at given quantiles. quantiles (input, draw) [1]"""
    declared = _declared(case)
    values = {
        each.id: quantile(each.drawn_from, u) for each, u in zip(declared, quantiles, strict=True)
    }
    return inputs_of(case, values)


def inputs_of(case: Case, values: Mapping[str, Floats]) -> Inputs:
    """The inputs at given values of the declared uncertainties, in their own units."""
    multipliers: dict[str, Floats] = {}
    for figure in case.uncertainties.figures:
        for place in figure.of:
            ratio = 1.0 if figure.how == "ratio" else centre_of(case, place)
            multipliers[place] = values[figure.id] / ratio
    late: dict[str, Floats] = {}
    for delay in case.uncertainties.delays:
        years = whole_years(values[delay.id])
        for project in delay.projects:
            late[project] = np.maximum(late[project], years) if project in late else years
    return Inputs(multipliers, late, values)


def whole_years(years: Floats) -> Floats:
    """Years rounded to whole ones, half a year or more up; never early, never out of sight."""
    return np.clip(np.floor(years + 0.5), 0.0, LONGEST_DELAY)


def most_years_late(case: Case) -> dict[str, int]:
    """How late each project can be in any draw at all. [year]"""
    longest: dict[str, int] = {}
    for delay in case.uncertainties.delays:
        _, most = bounds(delay.drawn_from)
        if not math.isfinite(most):
            most = float(quantile(delay.drawn_from, np.array([_LAST_QUANTILE]))[0])
        years = int(whole_years(np.array([most]))[0])
        for project in delay.projects:
            longest[project] = max(longest.get(project, 0), years)
    return longest


def uncertain_places(case: Case) -> frozenset[str]:
    """The figures that a draw multiplies; benchmark values of which only bounds are known too."""
    places = [place for each in case.uncertainties.figures for place in each.of]
    return frozenset([*places, BENCHMARK_BOUND])


def benchmark_shares(which: WhichDraws, suffix: str = "") -> Floats:
    """How far unseen benchmark values lie between the bounds of the law. (draw,) [1]

    Anywhere between them, equally likely, and the same for all products: an assumption, since the
    law itself only gives the bounds.
    """
    return _alone(f"{BENCHMARK_BOUND}{suffix}", which)


def policy_quantiles(case: Case, which: WhichDraws, suffix: str = "") -> Floats:
    """The quantile that decides which declared policy holds. (draw,) [1]"""
    return _alone(f"policy/{case.id}{suffix}", which)


def _alone(group: str, which: WhichDraws) -> Floats:
    """Quantiles of an input that is a group of its own. (draw,) [1]"""
    return np.asarray(_drawn(group, 1, which)[0])


@lru_cache(maxsize=256)
def _drawn(group: str, n_inputs: int, which: WhichDraws) -> Floats:
    """Quantiles of a group, kept: sensitivity asks for the same ones on page after page."""
    first, count = which.first, which.count
    drawn = uniforms(which.seed, group, n_inputs, first=first, count=count, method=which.method)
    drawn.flags.writeable = False
    return drawn


@dataclass(frozen=True)
class _Key:
    """A distribution by what is written of it: it may hold a list, which is no key."""

    written: str
    distribution: Distribution = field(compare=False)


def _key(distribution: Distribution) -> _Key:
    return _Key(distribution.model_dump_json(), distribution)


@lru_cache(maxsize=1024)
def _drawn_value(group: str, n_inputs: int, n: int, which: WhichDraws, of: _Key) -> Floats:
    """The values of one input of a group, kept for the same reason: a page changes one of them."""
    values = quantile(of.distribution, _drawn(group, n_inputs, which)[n])
    values.flags.writeable = False
    return values


def centre_of(case: Case, place: str) -> float:
    """The centre of a figure in the unit in which it is stated; a series has none (`coherence`)."""
    figure = next(each for path, each in figures(case) if place_text(path) == place)
    if figure.range is not None:
        return figure.range.at("central")
    return float(figure.value or 0.0)


def _declared(case: Case) -> tuple[FigureUncertainty | DelayUncertainty, ...]:
    return (*case.uncertainties.figures, *case.uncertainties.delays)
