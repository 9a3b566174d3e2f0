# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a case does not know: ranged figures, alone or moving together.

Takes     a case and the law it was valued under.
Gives     per unknown the ends that its figures take, and whether a source gives a centre.
Leaves    distributions to the floor of risk: a range says how far, not how likely.
"""

import math
from dataclasses import dataclass

from maatwerkbank.economics.carbon import BENCHMARK_BOUND
from maatwerkbank.parameters.law import Law
from maatwerkbank.parameters.price_sets import price_set
from maatwerkbank.plant.case import Case
from maatwerkbank.plant.figure_places import figures, place_text
from maatwerkbank.sources.figure import Pick

ENDS: tuple[Pick, Pick] = ("low", "high")


@dataclass(frozen=True)
class Unknown:
    """A ranged figure, or several that move together: members are place -> at the other end."""

    has_centre: bool
    members: dict[str, bool]

    def at(self, end: Pick) -> dict[str, Pick]:
        """The end that each member takes when the whole is at `end`."""
        other: Pick = "low" if end == "high" else "high"
        return {place: other if opposite else end for place, opposite in self.members.items()}


@dataclass(frozen=True)
class Swing:
    """What one ranged figure does to the NPV, all others at their centre. [eur]"""

    place: str  # of the figure, or the name that several move with
    members: tuple[str, ...]
    npv_at_low: float
    npv_at_high: float
    has_centre: bool

    @property
    def width(self) -> float:
        """How far the NPV moves."""
        return abs(self.npv_at_high - self.npv_at_low)

    @property
    def is_known(self) -> bool:
        """Whether the NPV can be given at both ends."""
        return math.isfinite(self.width)


def unknowns_of(case: Case, law: Law) -> dict[str, Unknown]:
    """What this case does not know: ranged figures by place, or by the name they move with."""
    found: dict[str, Unknown] = {}
    for path, figure in figures(case):
        if figure.is_ranged and path[0] != "known":
            place = place_text(path)
            member = {place: figure.opposite}
            name = figure.moves_with or place
            before = found.get(name)
            found[name] = Unknown(
                figure.has_centre and (before is None or before.has_centre),
                {**(before.members if before else {}), **member},
            )
    for carrier in carriers_of(case):
        price = price_set(case.price_set).prices[carrier]
        if price.is_ranged:
            place = f"prices.{carrier}"
            found[place] = Unknown(price.has_centre, {place: False})
    if any(value.is_interval for value in law.used.values()):
        found[BENCHMARK_BOUND] = Unknown(has_centre=False, members={BENCHMARK_BOUND: False})
    return found


def carriers_of(case: Case) -> list[str]:
    """Every price that a case uses, EU allowances included."""
    measures = [*case.projects, *case.counterfactual]
    used = {"eua"}
    used |= {c for place in case.installations for c in place.energy}
    used |= {c for measure in measures for c in measure.energy}
    used |= {measure.storage.price for measure in measures if measure.storage}
    used |= {award.contract.price for award in case.awards if award.contract}
    return sorted(used)
