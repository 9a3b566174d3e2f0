# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""In which part of what we do not know does a case fail?

Takes     the inputs of a case by draw, and which draws are of interest.
Gives     boxes of PRIM, the one to show, and the leaves of a tree.
Leaves    the algorithms to `discovery`, words to `letter`.
"""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from maatwerkbank.economics.lacks import Lack
from maatwerkbank.ground.errors import RuleError
from maatwerkbank.ground.receipt import Receipt
from maatwerkbank.parameters.law import Law
from maatwerkbank.plant.case import Case
from maatwerkbank.plant.case_file import CaseFile
from maatwerkbank.risk.blocks import Progress
from maatwerkbank.risk.case_draws import CaseDraws, case_draws
from maatwerkbank.risk.case_plan import VALUES, Asked, case_plan
from maatwerkbank.risk.discovery import Box, Leaf, boxes, chosen, leaves, without_idle_limits
from maatwerkbank.risk.drawn_inputs import whole_years
from maatwerkbank.risk.drivers import Factor, benchmark_factors, declared, drawn_prices
from maatwerkbank.risk.guarantees import TONNES
from maatwerkbank.risk.promise import check_promise, promise_of
from maatwerkbank.risk.simulation import Draws, Simulation
from maatwerkbank.risk.summary import Promise, lacks_of

Floats = NDArray[np.float64]
Interest = Literal["value_below_nil", "tonnes_missed"]

MOST_OF_DISCOVERY = 2**16  # draws: more would move no limit that is shown


@dataclass(frozen=True, eq=False)
class DiscoveryRun:
    """Where one case fails, with what that rests on."""

    case_file: CaseFile
    simulation: Simulation
    receipt: Receipt
    promise: Promise
    interest: Interest
    found: "CaseDiscovery | None"  # None: it is not known whether a draw fails, or nothing promised
    lacks: tuple[Lack, ...]  # why not

    @property
    def case(self) -> Case:
        """The case."""
        return self.case_file.case

    @property
    def draws(self) -> Draws:
        """How many, from which seed, along which prices."""
        return self.simulation.plan.draws

    def as_json(self) -> dict[str, Any]:
        """The contract of `maatwerkbank discover --json` (docs/reference/json.md)."""
        from maatwerkbank.risk.risk_json import discovery_json  # noqa: PLC0415  (it reads this)

        return discovery_json(self)


@dataclass(frozen=True)
class CaseDiscovery:
    """Where a case fails. Inputs of boxes and leaves are ids of `factors`.

    Of a price the value is the mean over the years of the run of price over path of the family.
    """

    law: str
    interest: Interest
    outcome: str  # npv_eur, carbon_value_eur, or additional_2030_t
    threshold: float  # of interest: the outcome lies below it
    n_draws: int
    n_of_interest: int
    factors: tuple[Factor, ...]
    drawn: tuple[tuple[float, float], ...]  # least and most of each factor over the draws
    trajectory: tuple[Box, ...]  # empty where no draw, or every draw, is of interest
    chosen: int  # place of the box to show in the trajectory
    box: Box | None  # the same without limits that may be chance
    leaves: tuple[Leaf, ...]

    @property
    def share(self) -> float:
        """The share of the draws that is of interest."""
        return self.n_of_interest / self.n_draws

    def factor(self, identity: str) -> Factor:
        """The factor that a box or a leaf names."""
        return next(each for each in self.factors if each.id == identity)


def case_discovery(
    case_file: CaseFile,
    name: str,
    law: Law,
    draws: Draws,
    *,
    interest: Interest = "value_below_nil",
    promised_t: float | None = None,
    number: int | None = None,
    threads: int | None = None,
    progress: Progress | None = None,
) -> DiscoveryRun:
    """Where a case fails under one law; the draws are those of `case_risk`.

    Raises   as `case_risk`; RuleError also where there is no box of that number
    """
    check_promise(promised_t)
    asked = Asked(items=False, guarantees=False, families=False, fans=False)
    plan = case_plan(case_file, {name: law}, draws, asked, [interest, promised_t, number])
    found = case_draws(plan, threads=threads, progress=progress)
    promise = promise_of(plan, name, promised_t)
    return DiscoveryRun(
        case_file,
        found.simulation,
        plan.receipt,
        promise,
        interest,
        discover(found, name, interest, promise.tonnes, number=number),
        _lacks(found, name, interest),
    )


def _lacks(draws: CaseDraws, law: str, interest: Interest) -> tuple[Lack, ...]:
    """Why it is not known whether a draw fails."""
    asked = VALUES if interest == "value_below_nil" else (TONNES,)
    case = draws.plan.case
    if any(draws.known(law, name) is not None for name in asked):
        return ()
    return lacks_of(case, asked[0], draws.simulation.lacking(law, case.id, asked[0]))


def discover(
    draws: CaseDraws,
    law: str,
    interest: Interest,
    promised_t: float | None = None,
    *,
    number: int | None = None,
) -> CaseDiscovery | None:
    """Where a case fails under a law; None where it is not known whether it does.

    number : of the box to show, counted from 0; else the densest that covers enough

    Raises
    ------
    RuleError   there is no box of that number
    """
    outcome = draws.value_of(law) if interest == "value_below_nil" else TONNES
    threshold = 0.0 if interest == "value_below_nil" else promised_t
    values = draws.known(law, outcome) if outcome else None
    if outcome is None or values is None or threshold is None:
        return None
    count = min(len(values), MOST_OF_DISCOVERY)
    factors, x = inputs_by_draw(draws, law)
    x, hits = x[:, :count], values[:count] < threshold
    ends = tuple(zip(x.min(axis=1).tolist(), x.max(axis=1).tolist(), strict=True))
    found = CaseDiscovery(
        law, interest, outcome, threshold, count, int(hits.sum()), factors, ends, (), 0, None, ()
    )
    if not factors or hits.all() or not hits.any():
        if number:
            raise RuleError(
                f"there is no box {number}: {'every' if hits.any() else 'no'} draw fails.",
                remedy="leave --box out, or choose a threshold that parts the draws",
            )
        return found
    names = [factor.id for factor in factors]
    trajectory = boxes(x, hits, names)
    box = chosen(trajectory, number=number)
    return CaseDiscovery(
        law,
        interest,
        outcome,
        threshold,
        count,
        int(hits.sum()),
        factors,
        ends,
        trajectory,
        trajectory.index(box),
        without_idle_limits(box, x, hits, names),
        leaves(x, hits, names) if count > 1 else (),
    )


def inputs_by_draw(draws: CaseDraws, law: str) -> tuple[tuple[Factor, ...], Floats]:
    """What is not known, and its values. (factor, draw)

    Delays in whole years, a policy as nought or one, a price as the mean of price over path.
    """
    plan = draws.plan
    found: list[tuple[Factor, Floats]] = []
    for factor in declared(plan.case):
        values = draws.drawn(f"value.{factor.id}")
        found.append((factor, whole_years(values) if factor.kind == "delay" else values))
    found += [
        (factor, draws.drawn("levels")[plan.carriers.index(factor.members[0])])
        for factor in drawn_prices(plan)
    ]
    passed = 0.0
    for each in plan.case.uncertainties.policy if len(plan.base.holds[law, 0]) > 1 else ():
        policy = draws.drawn("policy")
        holds = (policy >= passed) & (policy < passed + each.probability)
        passed += each.probability
        since = f".{each.since}" if each.since else ""
        factor = Factor(f"policy.{each.variant}{since}", "policy", (each.variant,))
        found.append((factor, holds.astype(np.float64)))
    found += [(factor, draws.drawn("share")) for factor in benchmark_factors(plan)]
    varying = [(factor, values) for factor, values in found if values.min() < values.max()]
    if not varying:
        return (), np.zeros((0, plan.draws.n))
    return tuple(factor for factor, _ in varying), np.stack([values for _, values in varying])
