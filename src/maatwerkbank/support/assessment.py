# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""How public money may come into one case: ladder, tailor-made grant, state aid, effectiveness.

Takes     a checked case file, a day of knowledge, a variant, an outlook.
Gives     a `SupportAssessment`: the ladder with its ranges, the frameworks that are open, tonnes on
          every path, plain values for programs (`as_json`).
Leaves    the value of the case itself to `economics`, sentences and pictures to `letter`.

A value that hangs on a range without a sourced centre is null and given as a range; where the case
lacks a figure altogether there is no gap to close, and no grant is named (METHOD §15).
"""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from maatwerkbank.economics.assessment import Assessment, assess
from maatwerkbank.economics.business_case import evaluate
from maatwerkbank.economics.spread import Judged
from maatwerkbank.ground.errors import OfficialRunRefused
from maatwerkbank.parameters.files import variant_names
from maatwerkbank.parameters.law import Law
from maatwerkbank.plant.case_file import CaseFile
from maatwerkbank.plant.quantities import CENTRE, Picks
from maatwerkbank.rules.instrument import Project, Rest
from maatwerkbank.sources.figure import Pick
from maatwerkbank.sources.register import Seen
from maatwerkbank.support.clauses import Settlement
from maatwerkbank.support.contract import support_json
from maatwerkbank.support.facts import project_facts, sure
from maatwerkbank.support.grant_forms import TwoSided, in_tranches, returned, two_sided
from maatwerkbank.support.ladder import Ladder, Rung, ladder
from maatwerkbank.support.stacking import Stacking, stacking

TONNES = ("gross_2030_t", "required_2030_t", "additional_2030_t", "additional_2030_frozen_path_t")
_DOUBTFUL = (Seen.PRESS, Seen.UNVERIFIED)


@dataclass(frozen=True)
class OnPath:
    """The tonnes of a case under one version of the law: gross, required, additional."""

    variant: str | None
    assessment: Assessment

    def tonnes(self, key: str) -> Judged:
        """One of the four figures, with its range. [t in 2030]"""
        return self.assessment.results[key], self.assessment.ranges.get(key)


class SupportAssessment:
    """A case, and how public money may come in. Made by `assess_support`."""

    def __init__(self, case_file: CaseFile, law: Law) -> None:
        self.base = Assessment(case_file, law)
        self.case = case_file.case
        self.law = law
        self.ladder: Ladder = ladder(self.case, law, projects=self._sure_facts())

    def _sure_facts(self) -> dict[str, Project]:
        """The facts of each project that hang on no range without a sourced centre."""

        def at(picks: Picks) -> dict[str, Project]:
            whole = evaluate(self.case, self.law, picks, support=())
            return project_facts(self.case, self.law, whole, picks)

        centre = at(CENTRE)
        ends = [at(picks) for picks in self.base.spread.ends_without_centre()]
        return {name: sure(facts, [end[name] for end in ends]) for name, facts in centre.items()}

    @property
    def value_is_known(self) -> bool:
        """Whether the value without support hangs on no range without a sourced centre."""
        return self.base.results["npv_without_support_eur"] is not None

    @cached_property
    def _at_corners(self) -> tuple[Ladder, ...]:
        """The ladder where all that is not known turns against the plan, and in favour of it."""
        corners = self.base.spread.corners_of(lambda outcome: outcome.npv_without_support)
        return tuple(ladder(self.case, self.law, picks) for picks in corners)

    def judged(self, of: Callable[[Ladder], float | None]) -> Judged:
        """A figure of the ladder, null where it hangs on a range alone, and its range."""
        centre, *corners = [of(each) for each in (self.ladder, *self._at_corners)]
        known = [v for v in (centre, *corners) if v is not None and math.isfinite(v)]
        if not known or None in corners:
            return None, None
        low, high = min(known), max(known)
        ends = {"low": low, "high": high} if high - low > 0.005 else None
        sure = self.value_is_known or not ends
        return (centre if sure and centre is not None and math.isfinite(centre) else None), ends

    @property
    def gap(self) -> Judged:
        """What the plan is short of without any support. [eur at the valuation year]"""
        return self.judged(lambda each: each.gap_eur)

    @property
    def left(self) -> Judged:
        """What is left of it after the generic schemes that fit. [eur at the valuation year]"""
        return self.judged(lambda each: each.left_eur)

    @property
    def grant(self) -> Judged:
        """The tailor-made grant with which the plan earns its required return. [eur, nominal]"""
        return self.judged(lambda each: each.grant_eur)

    @cached_property
    def stacking(self) -> Stacking:
        """The frameworks of European law, against all support that is counted."""
        return stacking(self.case, self.law, self.ladder, value_is_known=self.value_is_known)

    @cached_property
    def on_paths(self) -> tuple[OnPath, ...]:
        """Gross, required and additional tonnes under the law as it is and under each variant."""
        own = self.law.variant.name if self.law.variant else None
        outlook = self.law.outlook.name if self.law.outlook else "hold"
        others = [name for name in (None, *variant_names()) if name != own]
        return (
            OnPath(own, self.base),
            *(
                OnPath(
                    name,
                    assess(
                        self.base.case_file,
                        variant=name,
                        known_on=self.law.known_on,
                        outlook=outlook,
                    ),
                )
                for name in others
            ),
        )

    @cached_property
    def two_sided(self) -> TwoSided | None:
        """A contract on the carbon price of the same worth as the grant."""
        return two_sided(self.case, self.law, self.ladder)

    def return_clause(self, share: float) -> dict[Pick, Settlement]:
        """What a return clause on the needed grant would take back, by path; empty without one."""
        if self.grant[0] is None or not self.ladder.grant:
            return {}
        return returned(self.case, self.law, self.ladder, share)

    def cost_effectiveness_of_need(self) -> list[dict[str, Any]]:
        """Counted and needed support per tonne, four ways; empty where it cannot be judged."""
        if self.grant[0] is None:
            return []
        support = (*self.ladder.counted, *(self.ladder.grant or ()))
        money = [each.by_year if each.cash is None else each.cash for each in support]
        euros = float(sum(paid.sum() for paid in money))
        return self.base.cost_effectiveness(lambda _: euros)

    def tranches(self, milestones: Mapping[int, float]) -> Settlement | None:
        """The needed grant paid at milestones; None without one."""
        return in_tranches(self.ladder, milestones) if self.grant[0] is not None else None

    def as_json(
        self, *, return_share: float | None = None, milestones: Mapping[int, float] | None = None
    ) -> dict[str, Any]:
        """The contract of `maatwerkbank support --json`, with the clauses that were asked for."""
        return support_json(self, return_share, milestones or {})

    def rungs(self) -> Iterator[Rung]:
        """Every scheme of the ladder, the tailor-made grant, every foreign contract beside it."""
        yield from self.ladder.rungs
        yield from self.ladder.tailor_made
        yield from self.ladder.foreign

    def rests_on(self) -> tuple[Rest, ...]:
        """Every value of law, table and round that any scheme or framework rests on, once."""
        every = [rest for rung in self.rungs() for rest in rung.offer.rests_on]
        every += self.stacking.rests_on
        return tuple({rest.name: rest for rest in every}.values())

    def not_official(self) -> list[str]:
        """Why this run may not be used officially (DESIGN §5)."""
        doubtful = {
            f"{rest.name}: seen as '{rest.citation.seen}' in {rest.citation.source}"
            for rest in self.rests_on()
            if rest.citation.seen in _DOUBTFUL
        }
        return sorted({*self.base.not_official(), *doubtful})

    def require_official(self) -> None:
        """Raises OfficialRunRefused, with every reason."""
        reasons = self.not_official()
        if reasons:
            raise OfficialRunRefused(reasons)


def assess_support(
    case_file: CaseFile,
    *,
    variant: str | None = None,
    known_on: date | None = None,
    outlook: str = "hold",
) -> SupportAssessment:
    """Judge how public money may come into a checked case, under the law as known on a day."""
    day = known_on or date.fromisoformat(case_file.case.known_on)
    return SupportAssessment(case_file, Law(day, variant=variant, outlook=outlook))
