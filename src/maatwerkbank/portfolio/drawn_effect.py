# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What policy variants do to every case in the portfolio, in every draw of what we do not know.

Takes     the law as known, the same law under variants, how many draws and from which seed.
Gives     distributions per company and law, of the change draw by draw, and of totals.
Leaves    what to do about it to people; rates of return and payback to the risk of one case.

All laws meet the same draws, so a change is the variant minus the law in one and the same draw. A
firm without a plan has no draws: its levy at constant emissions keeps its range, as in `effect`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maatwerkbank.economics.assessment import Assessment
from maatwerkbank.economics.lacks import Lack
from maatwerkbank.ground.errors import PortfolioError, RuleError
from maatwerkbank.ground.receipt import Receipt, digest
from maatwerkbank.parameters.files import Variant
from maatwerkbank.parameters.law import Law
from maatwerkbank.parameters.price_families import family as price_family
from maatwerkbank.parameters.price_processes import process as price_processes
from maatwerkbank.plant.case import Case
from maatwerkbank.plant.case_file import CaseFile
from maatwerkbank.portfolio.drawn_effect_json import IN_DOUBT, drawn_effect_json
from maatwerkbank.portfolio.effect import CaseEffect
from maatwerkbank.portfolio.exposure import exposure_case
from maatwerkbank.portfolio.portfolio import Portfolio, shipped_portfolio
from maatwerkbank.portfolio.register import CompanyState, Stage
from maatwerkbank.risk.blocks import (
    Blocks,
    BlocksError,
    Progress,
    free_memory,
    run_blocks,
)
from maatwerkbank.risk.distribution_of import expected_shortfall
from maatwerkbank.risk.kernel import batch
from maatwerkbank.risk.sampling import MOST_DRAWS
from maatwerkbank.risk.simulation import (
    DEFAULT_DRAWS,
    Draws,
    Simulation,
    SimulationPlan,
    simulation_block,
    simulation_plan,
)
from maatwerkbank.risk.summary import (
    WORST_SHARE,
    Chance,
    NotKnown,
    Told,
    chance_of,
    lacks_of,
    summary_of,
    told_of,
)

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

ENACTED = "enacted"  # the law without a variant, also in the names of parts
# Payback and rates of return say nothing of a portfolio, and cost as much as all these together.
OUTCOMES = tuple(
    name for name in batch.OUTCOMES if name not in ("payback_years", "irr", "irr_roots")
)
EXTRA_SUPPORT = "extra_support_needed_eur"


# ── one case ──────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, eq=False)
class DrawnCase:
    """One case under the law as known and under the variants, in the same draws.

    What comes by draw is None where the case cannot give it, and is then told as `NotKnown` with
    what is lacking. Outcomes are those of `OUTCOMES`.
    """

    company: CompanyState
    case_file: CaseFile
    simulation: Simulation

    @property
    def case(self) -> Case:
        """The plan."""
        return self.case_file.case

    @property
    def is_decided(self) -> bool:
        """Whether the plan is being carried out: a variant then costs value, not the plan."""
        return self.company.stage == Stage.EXECUTION

    # ── by draw ──

    def outcome(self, law: str, key: str) -> Floats | None:
        """An outcome under a law. (draw,)"""
        return self.simulation.values(law, self.case.id, key)

    def change(self, variant: str, key: str) -> Floats | None:
        """An outcome under a variant minus that under the law as known, draw by draw. (draw,)"""
        before, after = self.outcome(ENACTED, key), self.outcome(variant, key)
        return None if before is None or after is None else after - before

    def extra_support(self, variant: str) -> Floats | None:
        """By how much the part of the funding gap above nil grows. (draw,) [eur]"""
        before = self.outcome(ENACTED, "npv_without_support_eur")
        after = self.outcome(variant, "npv_without_support_eur")
        if before is None or after is None:
            return None
        return np.maximum(0.0, -after) - np.maximum(0.0, -before)

    def falls(self, variant: str) -> Bools | None:
        """In which draws the variant makes a plan of nil or more worth less than nil. (draw,)"""
        return self._turns(ENACTED, variant)

    def rises(self, variant: str) -> Bools | None:
        """In which draws the variant makes a plan worth less than nil worth nil or more. (draw,)"""
        return self._turns(variant, ENACTED)

    def _turns(self, stands: str, fails: str) -> Bools | None:
        here, there = self.outcome(stands, "npv_eur"), self.outcome(fails, "npv_eur")
        return None if here is None or there is None else (here >= 0.0) & (there < 0.0)

    def in_doubt(self, variant: str, key: str) -> Floats | None:
        """Tonnes of 2030 under the law as known, where the variant turns the plan. (draw,) [t]

        `key`: `gross_2030_t` or `additional_2030_t`.
        Nil in draws in which the plan keeps its sign, or was worth less than nil already. Gross
        tonnes are with those of counterfactual measures that fall away.
        """
        falls, tonnes = self.falls(variant), self.outcome(ENACTED, key)
        if falls is None or tonnes is None:
            return None
        lost = np.where(falls, tonnes, 0.0)
        if key != "gross_2030_t":
            return lost
        dropped = self.change(variant, key)
        return None if dropped is None else lost + np.maximum(0.0, dropped)

    # ── what the draws tell ──

    def told(self, law: str, key: str) -> Told:
        """How an outcome is spread under a law."""
        return told_of(key, self.outcome(law, key), self.lacks((law,), (key,)))

    def told_change(self, variant: str, key: str) -> Told:
        """How its change is spread."""
        lacks = self.lacks((ENACTED, variant), (key,))
        return told_of(key, self.change(variant, key), lacks)

    def told_extra_support(self, variant: str) -> Told:
        """How the extra support is spread."""
        lacks = self.lacks((ENACTED, variant), ("npv_without_support_eur",))
        return told_loss(EXTRA_SUPPORT, self.extra_support(variant), lacks)

    def told_in_doubt(self, variant: str, key: str) -> Told:
        """How the tonnes in doubt are spread."""
        lacks = self.lacks((ENACTED, variant), ("npv_eur", key))
        return told_loss(IN_DOUBT[key], self.in_doubt(variant, key), lacks)

    def below_nil(self, law: str) -> Chance | None:
        """The chance that the net present value is below nil under a law."""
        value = self.outcome(law, "npv_eur")
        return None if value is None else chance_of(value < 0.0)

    def chance_that_it_falls(self, variant: str) -> Chance | None:
        """The chance that the variant takes the net present value below nil."""
        falls = self.falls(variant)
        return None if falls is None else chance_of(falls)

    def chance_that_it_rises(self, variant: str) -> Chance | None:
        """The chance that the variant takes it from below nil to nil or more."""
        rises = self.rises(variant)
        return None if rises is None else chance_of(rises)

    # ── what is lacking ──

    def lacks(self, laws: Iterable[str], keys: Iterable[str]) -> tuple[Lack, ...]:
        """Why outcomes cannot be given under some laws: each figure once, and who can give it."""
        found: dict[tuple[str, str, str], Lack] = {}
        for law in laws:
            for key in keys:
                for lack in self._lacks_under(law, key):
                    found.setdefault((key, lack.place, lack.reason), lack)
        return tuple(found.values())

    def _lacks_under(self, law: str, key: str) -> tuple[Lack, ...]:
        if (law, key) not in self._looked_up:
            lacking = self.simulation.lacking(law, self.case.id, key)
            self._looked_up[law, key] = lacks_of(self.case, key, lacking) if lacking else ()
        return self._looked_up[law, key]

    @cached_property
    def _looked_up(self) -> dict[tuple[str, str], tuple[Lack, ...]]:
        return {}


def told_loss(key: str, values: Floats | None, lacks: tuple[Lack, ...]) -> Told:
    """A summary of something of which more is worse, or what is lacking. values (draw,)"""
    if values is None:
        return NotKnown(key, lacks)
    shortfall = expected_shortfall(-values, WORST_SHARE)
    found = summary_of(key, values)
    return found if shortfall is None else replace(found, worst_is="most", shortfall=-shortfall)


# ── the whole portfolio ───────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, eq=False)
class DrawnTotal:
    """A sum over companies in every draw, and who is not in it.

    Only companies of which it is known in every draw under every law are in it, so that totals
    under different laws are over the same companies. None: not one of them is.
    """

    key: str
    values: Floats | None  # (draw,)
    members: tuple[str, ...]
    left_out: Mapping[str, tuple[Lack, ...]]

    @property
    def told(self) -> Told:
        """How it is spread."""
        return told_of(self.key, self.values, self.lacks)

    @property
    def told_as_loss(self) -> Told:
        """How it is spread, where more is worse."""
        return told_loss(self.key, self.values, self.lacks)

    @property
    def lacks(self) -> tuple[Lack, ...]:
        """What is lacking of all that are left out."""
        return tuple(lack for each in self.left_out.values() for lack in each)


@dataclass(frozen=True, eq=False)
class Exposed:
    """A firm without a plan: its levy at constant emissions, under each variant. No draws."""

    company: CompanyState
    by_variant: Mapping[str, CaseEffect]


@dataclass(frozen=True, eq=False)
class DrawnEffect:
    """The whole portfolio under the law as known and under variants, in the same draws."""

    portfolio: Portfolio
    simulation: Simulation
    law: Law
    variants: Mapping[str, Variant]
    cases: tuple[DrawnCase, ...]
    exposed: tuple[Exposed, ...]
    not_public: tuple[CompanyState, ...]

    @property
    def draws(self) -> Draws:
        """How many, from which seed, along which prices."""
        return self.simulation.plan.draws

    @property
    def known_on(self) -> date:
        """The day as known on which the law is taken."""
        return self.simulation.plan.known_on

    @property
    def laws(self) -> tuple[str, ...]:
        """The law as known first, then the variants."""
        return self.simulation.plan.laws

    @cached_property
    def receipt(self) -> Receipt:
        """What this answer rests on: the draws, the register and the firms without a plan.

        The number in the manifest of a folder is that of the draws alone.
        """
        drawn = self.simulation.plan.receipt
        exposed = [
            (each.company.id, effect.base.case_file.sha256)
            for each in self.exposed
            for effect in each.by_variant.values()
        ]
        inputs = [drawn.input_sha256, self.portfolio.register.as_json(), exposed]
        return replace(drawn, input_sha256=digest(inputs))

    def total(self, law: str, key: str) -> DrawnTotal:
        """An outcome under a law, added over the companies of which it is known."""
        return self._sum(key, (key,), self.cases, lambda case: case.outcome(law, key))

    def total_change(self, variant: str, key: str) -> DrawnTotal:
        """The same, variant minus law."""
        return self._sum(key, (key,), self.cases, lambda case: case.change(variant, key))

    def total_extra_support(self, variant: str) -> DrawnTotal:
        """By how much funding gaps above nil grow together."""
        needs = ("npv_without_support_eur",)
        return self._sum(EXTRA_SUPPORT, needs, self.cases, lambda case: case.extra_support(variant))

    def total_in_doubt(self, variant: str, key: str, *, decided: bool) -> DrawnTotal:
        """Tonnes of plans that the variant turns: those that are carried out, or the others."""
        cases = [case for case in self.cases if case.is_decided is decided]
        needs = ("npv_eur", key)
        return self._sum(IN_DOUBT[key], needs, cases, lambda case: case.in_doubt(variant, key))

    def _sum(
        self,
        key: str,
        needs: Sequence[str],
        cases: Iterable[DrawnCase],
        of: Callable[[DrawnCase], Floats | None],
    ) -> DrawnTotal:
        members: list[str] = []
        left_out: dict[str, tuple[Lack, ...]] = {}
        total: Floats | None = None
        for case in cases:
            lacks = case.lacks(self.laws, needs)
            values = None if lacks else of(case)
            if values is None:
                left_out[case.company.id] = lacks
                continue
            members.append(case.company.id)
            total = values if total is None else total + values
        return DrawnTotal(key, total, tuple(members), left_out)

    def as_json(self) -> dict[str, Any]:
        """The contract of `maatwerkbank effect --draws --json` (docs/reference/json.md)."""
        return drawn_effect_json(self)


# ── computing it ──────────────────────────────────────────────────────────────────────────────
def drawn_effect(
    law: Law,
    variant_laws: Mapping[str, Law],
    draws: Draws,
    *,
    portfolio: Portfolio | None = None,
    out: Path | None = None,
    cluster: str | None = None,
    threads: int | None = None,
    progress: Progress | None = None,
) -> DrawnEffect:
    """Every case and every registered firm under the law and under variants, in every draw.

    Parameters
    ----------
    law : without a variant; variant_laws : by the name of their variant, as known on the same day
    portfolio : None for the public one that comes with the program
    out, cluster, threads, progress : as in `run_blocks`

    Raises
    ------
    PortfolioError   no variant, one that stands under another name, or a law that has one
    RuleError        draws that cannot be drawn
    ParameterError   an unknown price family or process
    BlocksError      what `run_blocks` refuses; RunStopped where somebody pressed Ctrl-C
    """
    check_laws(law, variant_laws)
    check_draws(draws)
    portfolio = portfolio or shipped_portfolio()
    case_files = [portfolio.case_files[company.id] for company in portfolio.with_plan]
    laws = {ENACTED: law, **variant_laws}
    plan = simulation_plan(case_files, laws, draws, outcomes=OUTCOMES)
    _check_memory(plan)
    blocks = run_blocks(
        plan,
        plan.tasks(),
        simulation_block,
        out=out,
        cluster=cluster,
        threads=threads,
        progress=progress,
    )
    simulation = Simulation(plan, _read_once(blocks))
    exposed, not_public = _without_plan(portfolio.without_plan, law, variant_laws)
    return DrawnEffect(
        portfolio,
        simulation,
        law,
        {name: _variant(each) for name, each in variant_laws.items()},
        tuple(
            DrawnCase(company, case_file, simulation)
            for company, case_file in zip(portfolio.with_plan, case_files, strict=True)
        ),
        exposed,
        not_public,
    )


def check_draws(draws: Draws) -> None:
    """Refuse what cannot be drawn, before anything is.

    Raises
    ------
    RuleError        fewer than one draw, or more than there are points for
    ParameterError   an unknown price family or process
    """
    if not 1 <= draws.n <= MOST_DRAWS:
        raise RuleError(
            f"{draws.n:,} draws were asked for, and there are 1 to {MOST_DRAWS:,}.",
            remedy=f"ask for {DEFAULT_DRAWS:,} draws, enough for every digit that is shown",
        )
    price_family(draws.family)
    if draws.process is not None:
        price_processes(draws.process)


def check_laws(law: Law, variant_laws: Mapping[str, Law]) -> None:
    """Refuse laws that are not one as known and others, each under the name of its variant.

    Raises PortfolioError.
    """
    if law.variant is not None or not variant_laws:
        raise PortfolioError(
            "an effect is that of at least one variant beside the law without one.",
            remedy="name a variant; `maatwerkbank effect --help` shows how",
        )
    for name, each in variant_laws.items():
        if _variant(each).name != name:
            raise PortfolioError(
                f"the variant '{_variant(each).name}' stands under the name '{name}'.",
                remedy="name each law after its variant",
            )


def _variant(law: Law) -> Variant:
    if law.variant is None:
        raise PortfolioError(
            "one of the laws to compare with has no variant.", remedy="name a variant for each"
        )
    return law.variant


def _check_memory(plan: SimulationPlan) -> None:
    """Quantiles need all draws of an outcome at once, also where parts go to a folder."""
    cells = len(plan.cases) * len(plan.laws) * len(plan.outcomes) * plan.draws.n
    needed, free = 2 * 8 * cells, free_memory()
    if needed > free:
        raise BlocksError(
            f"{len(plan.cases)} cases x {plan.draws.n:,} draws x {len(plan.laws)} laws need "
            f"{needed / 1e9:.3g} GB to be summed up; {free / 1e9:.3g} GB is free.",
            remedy="ask for fewer draws, or for one variant at a time",
        )


def _read_once(blocks: Blocks) -> Blocks:
    """The blocks in memory: a folder would be read again for every outcome."""
    return Blocks(blocks.tasks, {task: blocks.tables(task) for task in blocks.tasks}, None)


def _without_plan(
    companies: Iterable[CompanyState], law: Law, variant_laws: Mapping[str, Law]
) -> tuple[tuple[Exposed, ...], tuple[CompanyState, ...]]:
    """Firms without a plan, and those of which no figure is public."""
    exposed: list[Exposed] = []
    not_public: list[CompanyState] = []
    for company in companies:
        case_file = exposure_case(company, law.known_on)
        if case_file is None:
            not_public.append(company)
            continue
        base = Assessment(case_file, law)
        by_variant = {
            name: CaseEffect(company, base, changed, base.difference(changed))
            for name, each in variant_laws.items()
            for changed in [Assessment(case_file, each)]
        }
        exposed.append(Exposed(company, by_variant))
    return tuple(exposed), tuple(not_public)
