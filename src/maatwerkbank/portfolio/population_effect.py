# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What do policy variants do to a whole population of installations, in every draw?

Takes     the law as known and under variants, how many installations, how many draws.
Gives     sums by draw over the Dutch register, and apart from it over a made-up Europe.
Leaves    projects: it is the levy and the cost of the ETS at constant emissions, before tax.

The two are never added up: the register is real, and not one installation of the other exists.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from statistics import mode
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from maatwerkbank.ground.errors import PortfolioError
from maatwerkbank.parameters.files import Variant
from maatwerkbank.parameters.law import Law
from maatwerkbank.portfolio.cases import PORTFOLIO, case_ids, load_case
from maatwerkbank.portfolio.drawn_effect import ENACTED, check_draws, check_laws, told_loss
from maatwerkbank.portfolio.drawn_effect_json import told_json, variant_json
from maatwerkbank.portfolio.exposure import FIRST_YEAR, LAST_YEAR, PRICE_SET
from maatwerkbank.risk.blocks import Blocks, Progress, run_blocks
from maatwerkbank.risk.population import (
    ASSUMPTIONS,
    OUTCOMES,
    EuPrices,
    Origin,
    PopulationPlan,
    by_installation,
    from_register,
    population_block,
    population_plan,
    synthetic_label,
    synthetic_population,
    totals,
)
from maatwerkbank.risk.sampling import MOST_DRAWS
from maatwerkbank.risk.simulation import Draws
from maatwerkbank.risk.summary import Summary, Told, told_of

Floats = NDArray[np.float64]

FORMAT = "maatwerkbank-effect-population-1"
# A block takes some tenths of a second; a task of dask costs some hundredths.
INSTALLATIONS_PER_BLOCK, DRAWS_PER_BLOCK = 8192, 5000
MOST_INSTALLATIONS = MOST_DRAWS  # each is a point of the same sequence
_COSTS = ("levy_eur", "ets_cost_eur")


@dataclass(frozen=True, eq=False)
class PopulationEffect:
    """A population under the law as known and under variants, in the same draws."""

    plan: PopulationPlan
    blocks: Blocks
    variants: Mapping[str, Variant]
    names: Mapping[str, str]  # of the installations of the register

    @property
    def laws(self) -> tuple[str, ...]:
        """The law as known first, then the variants."""
        return tuple(self.plan.laws)

    @property
    def origins(self) -> tuple[Origin, ...]:
        """The register, and the made-up population where there is one."""
        return tuple(dict.fromkeys(self.plan.population.origins))

    def values(self, law: str, origin: Origin, outcome: str) -> Floats:
        """An outcome summed over the installations of one origin. (draw,) [eur]"""
        return self._sums[law, origin][outcome]

    @cached_property
    def _sums(self) -> dict[tuple[str, Origin], Mapping[str, Floats]]:
        return {
            (law, origin): totals(self.plan, self.blocks, law, origin)
            for law in self.laws
            for origin in self.origins
        }

    def told(self, law: str, origin: Origin, outcome: str) -> Summary:
        """How such a sum is spread over the draws."""
        return _known(outcome, self.values(law, origin, outcome))

    def told_change(self, variant: str, origin: Origin, outcome: str) -> Summary:
        """How its change is spread: variant minus law as known, draw by draw."""
        before, after = (self.values(law, origin, outcome) for law in (ENACTED, variant))
        return _known(outcome, after - before)

    def as_json(self) -> dict[str, Any]:
        """The contract of `maatwerkbank effect --draws --population --json`."""
        plan = self.plan
        return {
            "format": FORMAT,
            "receipt": plan.receipt.as_json(),
            "known_on": plan.known_on.isoformat(),
            "outlook": plan.outlook,
            "first_year": plan.years[0],
            "last_year": plan.years[-1],
            "discount_rate": plan.discount_rate,
            "price_set": plan.prices.price_set,
            "draws": {
                "n": plan.n_draws,
                "seed": plan.prices.seed,
                "method": plan.prices.method,
                "family": plan.prices.family,
                "process": plan.prices.process,
            },
            "laws": list(self.laws),
            "variants": [variant_json(variant) for variant in self.variants.values()],
            "assumptions": list(ASSUMPTIONS),
            "left_out": list(plan.population.left_out),
            "origins": [self._origin(origin) for origin in self.origins],
            "installations": self._installations(),
        }

    def _origin(self, origin: Origin) -> dict[str, Any]:
        here = np.array([each == origin for each in self.plan.population.origins])
        told = {
            "origin": origin,
            "synthetic": origin == "synthetic",
            "label": vars(synthetic_label()) if origin == "synthetic" else None,
            "installations": int(here.sum()),
            "emission_t": float(self.plan.population.emission[here].sum()),
        }
        return {
            **told,
            "laws": [
                {
                    "law": law,
                    "outcomes": [told_json(self.told(law, origin, key)) for key in OUTCOMES],
                }
                for law in self.laws
            ],
            "changes": [
                {
                    "variant": variant,
                    "outcomes": [
                        told_json(self.told_change(variant, origin, key)) for key in OUTCOMES
                    ],
                }
                for variant in self.variants
            ],
        }

    def _installations(self) -> list[dict[str, Any]]:
        """Those of the register, one by one; of the made-up ones the tables tell."""
        by_law = {
            law: by_installation(self.plan, self.blocks, law, "register") for law in self.laws
        }
        return [
            {
                "id": str(id_),
                "name": self.names[str(id_)],
                "laws": [
                    {
                        "law": law,
                        **{
                            name: float(column[n])
                            for name, column in found.items()
                            if name != "installation"
                        },
                    }
                    for law, found in by_law.items()
                ],
            }
            for n, id_ in enumerate(by_law[ENACTED]["installation"])
        ]


def _known(outcome: str, values: Floats) -> Summary:
    told: Told = (
        told_loss(outcome, values, ()) if outcome in _COSTS else told_of(outcome, values, ())
    )
    if not isinstance(told, Summary):
        raise PortfolioError(
            f"{outcome} of the population is not known in every draw.",
            remedy="report this, with the number of the receipt: it should be",
        )
    return told


# ── computing it ──────────────────────────────────────────────────────────────────────────────


def population_effect(
    law: Law,
    variant_laws: Mapping[str, Law],
    draws: Draws,
    n_installations: int,
    *,
    out: Path | None = None,
    cluster: str | None = None,
    threads: int | None = None,
    progress: Progress | None = None,
) -> PopulationEffect:
    """The Dutch register and made-up installations, `n_installations` in all, in every draw.

    Parameters
    ----------
    law : without a variant; variant_laws : by the name of their variant, as known on the same day
    out, cluster, threads, progress : as in `run_blocks`

    Raises    as `drawn_effect`; PortfolioError where there are fewer than the register holds
    """
    check_laws(law, variant_laws)
    check_draws(draws)
    path = files("maatwerkbank.portfolio") / PORTFOLIO / "installations.yaml"
    content = yaml.safe_load(path.read_text("utf-8"))
    population = from_register(content, law.known_on)
    n_synthetic = n_installations - len(population)
    if n_synthetic < 0:
        raise PortfolioError(
            f"a population of {n_installations:,} is smaller than the register, which holds "
            f"{len(population)} installations with public figures.",
            remedy=f"ask for {len(population)} or more; what goes beyond is made up",
        )
    if n_installations > MOST_INSTALLATIONS:
        raise PortfolioError(
            f"a population of {n_installations:,} was asked for, and there are points for "
            f"{MOST_INSTALLATIONS:,}.",
            remedy=f"ask for at most {MOST_INSTALLATIONS:,} installations",
        )
    if n_synthetic:
        population += synthetic_population(n_synthetic, draws.seed)
    plan = population_plan(
        population,
        {ENACTED: law, **variant_laws},
        first_year=FIRST_YEAR,
        last_year=LAST_YEAR,
        prices=EuPrices(PRICE_SET, draws.family, draws.process, draws.seed, draws.method),
        discount_rate=_rate_of_most_cases(),
        n_draws=draws.n,
        installations_per_block=INSTALLATIONS_PER_BLOCK,
        draws_per_block=DRAWS_PER_BLOCK,
    )
    blocks = run_blocks(
        plan,
        plan.tasks(),
        population_block,
        out=out,
        cluster=cluster,
        threads=threads,
        progress=progress,
    )
    names = {str(row["id"]): str(row["name"]) for row in content["installations"]}
    variants = {name: each.variant for name, each in variant_laws.items() if each.variant}
    return PopulationEffect(plan, blocks, variants, names)


def _rate_of_most_cases() -> float:
    """The nominal rate at which most public cases are valued, for firms that state none."""
    return float(mode(load_case(case).case.discount_rate.scalar() for case in case_ids()))
