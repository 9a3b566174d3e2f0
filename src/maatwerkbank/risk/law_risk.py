# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""One case under one law: everything that its draws tell.

Takes     the draws of a case, what was promised, the share of a claw-back.
Gives     a `LawRisk`: distributions, chances, public money, guarantees, items, drivers, failures.
Leaves    what holds under every law to `case_risk`, the arithmetic to the files that it reads.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from maatwerkbank.economics.lacks import Lack
from maatwerkbank.risk.case_discovery import CaseDiscovery, discover
from maatwerkbank.risk.case_draws import CaseDraws
from maatwerkbank.risk.case_plan import FEW, VALUES, CasePlan
from maatwerkbank.risk.case_sensitivity import drivers
from maatwerkbank.risk.drivers import Drivers
from maatwerkbank.risk.guarantees import TONNES, Guarantee, Guaranteed, guarantee
from maatwerkbank.risk.parts import Fan, Valued, Waterfall, fan, waterfall
from maatwerkbank.risk.price_paths import EUA
from maatwerkbank.risk.promise import planned
from maatwerkbank.risk.public_money import Paid, PublicMoney, Windfall, at_risk, windfall
from maatwerkbank.risk.summary import (
    Chance,
    NotKnown,
    Promise,
    Summary,
    Told,
    chance_of,
    lacks_of,
    told_of,
)

Floats = NDArray[np.float64]
Progress = Callable[[str, int, int], None]  # stage, done, of how many


@dataclass(frozen=True)
class LawRisk:
    """The case under one law."""

    law: str  # name in the run: `enacted`, or a variant
    variant: str | None
    outcomes: Mapping[str, Told]  # by key of `kernel.batch.OUTCOMES`; see `single_rate` for rates
    value: str | None  # the outcome that speaks for money: npv_eur, carbon_value_eur, or None
    below_nil: Chance | None  # npv_eur < 0; None: not known
    promise_kept: Chance | None  # additional tonnes in 2030 at least those promised
    single_rate: Chance | None  # exactly one internal rate of return
    never_paid_back: Chance | None
    money: PublicMoney
    guarantees: tuple[Guarantee, ...]
    waterfall: Waterfall
    cumulative: Fan | None  # discounted cash flow added up; None: npv_eur is not known
    drivers: Drivers | None  # None: no outcome in money is known, or nothing varies
    discoveries: tuple[CaseDiscovery, ...]  # value below nil; tonnes missed, if any were promised

    @property
    def lacks(self) -> tuple[Lack, ...]:
        """What is lacking, by outcome."""
        told = [each for each in self.outcomes.values() if isinstance(each, NotKnown)]
        return tuple(lack for each in told for lack in each.lacks)

    def summary(self, outcome: str) -> Summary | None:
        """The summary of an outcome that is known."""
        told = self.outcomes[outcome]
        return told if isinstance(told, Summary) else None


def law_risk(
    draws: CaseDraws,
    law: str,
    promise: Promise,
    return_share: float | None,
    *,
    threads: int | None,
    tell: Progress,
) -> LawRisk:
    """All that the draws tell under one law."""
    return _LawReading(draws, law, promise, return_share, threads, tell).read()


@dataclass(frozen=True)
class _LawReading:
    """Reads all that the draws tell under one law."""

    draws: CaseDraws
    law: str
    promise: Promise
    return_share: float | None
    threads: int | None
    tell: Progress

    @property
    def plan(self) -> CasePlan:
        return self.draws.plan

    def known(self, outcome: str) -> Floats | None:
        return self.draws.known(self.law, outcome)

    def read(self) -> LawRisk:
        """Everything."""
        told = {name: self.told(name) for name in self.plan.base.outcomes if name != "irr_roots"}
        npv, tonnes = self.known("npv_eur"), self.known(TONNES)
        roots, payback = self.known("irr_roots"), self.known("payback_years")
        promised = self.promise.tonnes
        kept = None if tonnes is None or promised is None else chance_of(tonnes >= promised)
        return LawRisk(
            self.law,
            self.plan.variants[self.law],
            told,
            self.draws.value_of(self.law),
            None if npv is None else chance_of(npv < 0.0),
            kept,
            None if roots is None else chance_of(roots == 1.0),
            None if payback is None else chance_of(np.isinf(payback)),
            self.money(told),
            tuple(self.guarantees()),
            self.waterfall(told["npv_eur"]),
            self.cumulative(),
            drivers(
                self.draws,
                self.law,
                threads=self.threads,
                progress=partial(self.tell, "drivers"),
            ),
            tuple(self.discoveries()),
        )

    def told(self, outcome: str) -> Told:
        lacking = self.draws.simulation.lacking(self.law, self.plan.case.id, outcome)
        lacks = lacks_of(self.plan.case, outcome, lacking)
        return told_of(outcome, self.known(outcome), lacks)

    def money(self, told: Mapping[str, Told]) -> PublicMoney:
        support, tonnes = self.known("support_eur"), self.known(TONNES)
        promised = self.promise.tonnes
        risk = None
        if support is not None and tonnes is not None and promised is not None:
            risk = at_risk(support, tonnes, promised)
        return PublicMoney(
            told["support_eur"], told["support_discounted_eur"], risk, self.windfall()
        )

    def windfall(self) -> Windfall | None:
        npv, without = self.known("npv_eur"), self.known("npv_without_support_eur")
        support = self.known("support_eur")
        gap = planned(self.plan, self.law)["npv_without_support_eur"]
        if npv is None or without is None or support is None or gap is None:
            return None
        rate = self.plan.case.discount_rate.scalar()
        n_years = self.plan.case.last_year - self.plan.case.valuation_year + 1
        last = (1.0 + rate) ** -(n_years - 1 + self.draws.drawn("longest"))
        return windfall(Paid(support, npv, without, last), max(0.0, -gap), self.return_share)

    def guarantees(self) -> Iterator[Guarantee]:
        value = self.draws.value_of(self.law)
        before = {
            name: values for name in FEW for values in [self.known(name)] if values is not None
        }
        if value is None and TONNES not in before:
            return
        for found in self._guaranteed():
            yield guarantee(found, before, value)

    def _guaranteed(self) -> Iterator[Guaranteed]:
        value = self.draws.value_of(self.law)
        for n, carrier in enumerate(self.plan.held):
            if value is None or (value != VALUES[0] and carrier != EUA):
                continue  # nothing in money is known that this price moves
            outcomes = self.draws.outcomes(self.law, "held")  # (outcome, guise, draw)
            held = {name: outcomes[k, 2 * n] for k, name in enumerate(VALUES)}
            yield Guaranteed("price", (carrier,), held, outcomes[-1, 2 * n + 1])
        for n, (kind, causes) in enumerate(self.plan.delays):
            yield Guaranteed(kind, causes, self.draws.few(self.law, f"delay.{n}"), None)

    def waterfall(self, whole: Told) -> Waterfall:
        found = self.draws.outcomes(self.law, "items")  # (outcome, item, draw)
        without_tax, carbon = found
        alone = {
            item: carbon[n] if item[0] == "rights_sale" else without_tax[n]
            for n, item in enumerate(self.plan.items)
        }
        base = dict(
            zip(self.plan.base.outcomes, self.draws.outcomes(self.law, "base"), strict=True)
        )
        valued = Valued(
            alone, base["npv_eur"], base["carbon_value_eur"], base["support_discounted_eur"]
        )
        return waterfall(self.plan.case, self.plan.sheets(self.law), valued, whole)

    def cumulative(self) -> Fan | None:
        if self.known("npv_eur") is None:
            return None
        years = self.plan.sheets(self.law)[-1].years
        found = self.draws.outcomes(self.law, "build_up")
        return fan("cumulative_npv_eur", "EUR", years.tolist(), found)

    def discoveries(self) -> Iterator[CaseDiscovery]:
        for interest in ("value_below_nil", "tonnes_missed"):
            found = discover(self.draws, self.law, interest, self.promise.tonnes)
            self.tell("discovery", 1, 1)
            if found:
                yield found
