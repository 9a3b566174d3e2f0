# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a policy variant does to every case in the portfolio.

Takes     a variant, a day of knowledge, an outlook.
Gives     per case the same flat figures with and without the variant, their difference, totals.
Leaves    what to do about it to people.

Firms in the register without a business case get their levy at constant emissions and are marked
`exposure_only`. A firm whose figures are not public is listed too, with what is lacking.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from maatwerkbank import __version__
from maatwerkbank.economics.assessment import Assessment, assess
from maatwerkbank.economics.spread import Judged
from maatwerkbank.ground.errors import OfficialRunRefused
from maatwerkbank.ground.receipt import Receipt, code_sha256, digest, numeric_platform
from maatwerkbank.parameters.files import Variant, law_sha256, variant_file
from maatwerkbank.portfolio.exposure import exposure_case
from maatwerkbank.portfolio.portfolio import PORTFOLIO_DATE, Portfolio, shipped_portfolio
from maatwerkbank.portfolio.register import CompanyState, Stage
from maatwerkbank.sources.figure import Words

LEVY_KEYS = (
    "levy_total_eur",
    "levy_to_2030_eur",
    "levy_to_2030_without_eur",
    "levy_other_operators_to_2030_eur",
    "required_2030_t",
)
KEYS = (
    "npv_eur",
    "carbon_value_eur",
    "npv_without_support_eur",
    "funding_gap_eur",
    "gross_2030_t",
    "additional_2030_t",
    "additional_2030_frozen_path_t",
    "ets_total_eur",
    *LEVY_KEYS,
)


@dataclass(frozen=True)
class CaseEffect:
    """One case under the law as it is and under the variant."""

    company: CompanyState
    base: Assessment
    variant: Assessment
    difference: dict[str, Judged]

    @property
    def exposure_only(self) -> bool:
        """Whether the firm has no business case here, only its levy at constant emissions."""
        return self.base.case.kind == "exposure_only"

    @property
    def keys(self) -> tuple[str, ...]:
        """The flat figures that this case can have at all."""
        return LEVY_KEYS if self.exposure_only else KEYS

    def changed(self, key: str) -> float | None:
        """Variant minus base; None where it cannot be judged."""
        return self.difference[key][0] if key in self.keys else None

    def additional_on(self, path: str) -> Judged:
        """Additional tonnes on one path, only where all can be judged: sums over the same cases."""
        sides = {
            "base": (self.base, "additional_2030_t"),
            "frozen_path": (self.variant, "additional_2030_frozen_path_t"),
            "variant_path": (self.variant, "additional_2030_t"),
        }
        found = {
            name: (run.results[key], run.ranges.get(key)) for name, (run, key) in sides.items()
        }
        return (None, None) if (None, None) in found.values() else found[path]

    @property
    def boundaries(self) -> tuple[tuple[str, Words], ...]:
        """What is counted in and what is not, by name of the installation."""
        installations = self.base.case.installations
        return tuple((each.name, each.boundary) for each in installations if each.boundary)

    @property
    def decided(self) -> bool:
        """Whether the plan is being carried out: a variant then costs value, not the plan."""
        return self.company.stage == Stage.EXECUTION

    @property
    def tonnes_in_doubt(self) -> Judged:
        """Gross tonnes in 2030 of a plan that loses value and may then be worth less than nil. [t]

        A plan that is worth less than nil already, whatever the ranges, is not counted. With the
        tonnes of counterfactual measures that fall away.
        """
        gross, spread = self.base.results["gross_2030_t"], self.base.ranges.get("gross_2030_t")
        worst = _worst(self.difference["npv_eur"])
        if self.exposure_only or worst is None or (gross is None and spread is None):
            return None, None
        dropped = max(0.0, _scope1_2030(self.variant) - _scope1_2030(self.base))
        stands = self.base.npv_sign in ("positive", "open")
        in_doubt = self.variant.npv_sign in ("negative", "open")
        if worst >= -1.0 or not (stands and in_doubt):
            return dropped, None
        ends = {end: value + dropped for end, value in spread.items()} if spread else None
        return None if gross is None else gross + dropped, ends

    @property
    def tonnes_at_risk(self) -> Judged:
        """The same, of a plan that is not decided yet. [t]"""
        return (0.0, None) if self.decided and not self.exposure_only else self.tonnes_in_doubt

    @property
    def tonnes_decided(self) -> Judged:
        """The same, of a plan that is being carried out: its tonnes come, at less value. [t]"""
        return self.tonnes_in_doubt if self.decided else (None, None)

    @property
    def extra_support(self) -> Judged:
        """By how much the part of the funding gap above nil grows. [eur]

        Where the gap is open at both ends of every range, by what the gap itself changes.
        """
        key = "funding_gap_eur"
        if self.exposure_only:
            return None, None
        sides = (self.base, self.variant)
        if all(_lowest(side, key) >= 0.0 for side in sides):
            return self.difference[key]
        if all(_highest(side, key) <= 0.0 for side in sides):
            return 0.0, None
        before, after = (side.results[key] for side in sides)
        if before is None or after is None:
            return None, None
        return max(0.0, after) - max(0.0, before), None

    def as_json(self) -> dict[str, Any]:
        """The contract of one case in `effect --json`."""
        return {
            "id": self.company.id,
            "name": self.company.name,
            "stage": str(self.company.stage),
            "exposure_only": self.exposure_only,
            "base": _flat(self.base, self.keys),
            "variant": _flat(self.variant, self.keys),
            "difference": {
                key: self.difference[key][0] if key in self.keys else None for key in KEYS
            },
            "difference_ranges": {
                key: found
                for key, (_, found) in self.difference.items()
                if found and key in self.keys
            },
            "npv_sign": {
                "base": None if self.exposure_only else self.base.npv_sign,
                "variant": None if self.exposure_only else self.variant.npv_sign,
            },
            "tonnes_at_risk_2030_t": self.tonnes_at_risk[0],
            "tonnes_decided_in_doubt_2030_t": self.tonnes_decided[0],
            "boundaries": [
                {"installation": name, **boundary.model_dump()}
                for name, boundary in self.boundaries
            ],
            "receipts": {
                "base": self.base.receipt.number,
                "variant": self.variant.receipt.number,
            },
            "lacks": sorted(
                {
                    lack.figure
                    for run in (self.base, self.variant)
                    for lack in run.lacks
                    if lack.figure in self.keys
                }
            ),
        }


@dataclass(frozen=True)
class Effect:
    """The whole portfolio under a variant."""

    portfolio: Portfolio
    variant: Variant
    known_on: date
    outlook: str
    cases: tuple[CaseEffect, ...]
    not_public: tuple[CompanyState, ...]

    @property
    def receipt(self) -> Receipt:
        """What this answer rests on: the inputs of all cases together."""
        return Receipt(
            version=__version__,
            code_sha256=code_sha256(),
            law_sha256=law_sha256(),
            input_sha256=digest(
                [
                    self.portfolio.register.as_json(),
                    [(case.company.id, case.base.case_file.sha256) for case in self.cases],
                ]
            ),
            variant=self.variant.name,
            outlook=self.outlook,
            known_on=self.known_on.isoformat(),
            seed=None,
            numeric_platform=numeric_platform(),
        )

    def require_official(self) -> None:
        """Raises OfficialRunRefused, with every reason of every case."""
        reasons = {
            reason
            for case in self.cases
            for run in (case.base, case.variant)
            for reason in run.not_official()
        }
        if reasons:
            raise OfficialRunRefused(sorted(reasons))

    def totals(self) -> dict[str, Any]:
        """Sums over what could be judged; what could not be is counted beside each.

        `ranges` are outer bounds: every firm at its own lowest, every firm at its own highest. A
        sum in which only a range is known of some firm is null, and given as a range.
        """
        with_plan = [case for case in self.cases if not case.exposure_only]
        every = list(self.cases)
        of: dict[str, tuple[Callable[[CaseEffect], Judged], list[CaseEffect]]] = {
            "levy_receipts_forgone_to_2030_eur": (lost("levy_to_2030_eur"), every),
            "levy_other_operators_forgone_to_2030_eur": (
                lost("levy_other_operators_to_2030_eur"),
                with_plan,
            ),
            "extra_support_needed_eur": (lambda c: c.extra_support, with_plan),
            "npv_change_eur": (lambda c: c.difference["npv_eur"], with_plan),
            "carbon_value_change_eur": (lambda c: c.difference["carbon_value_eur"], with_plan),
            "tonnes_at_risk_2030_t": (lambda c: c.tonnes_at_risk, with_plan),
            "tonnes_decided_in_doubt_2030_t": (
                lambda c: c.tonnes_decided,
                [case for case in with_plan if case.decided],
            ),
            "required_no_longer_asked_2030_t": (lost("required_2030_t"), every),
            **{
                f"additional_{path}_2030_t": (
                    partial(CaseEffect.additional_on, path=path),
                    with_plan,
                )
                for path in ("base", "frozen_path", "variant_path")
            },
        }
        found = {key: Total.over(judged, cases) for key, (judged, cases) in of.items()}
        return {
            **{key: total.value for key, total in found.items()},
            "ranges": {key: total.ends for key, total in found.items() if total.ends},
            "judged": {key: total.judged for key, total in found.items()},
            "only_a_range": {key: list(total.only_a_range) for key, total in found.items()},
            "not_judged": {key: list(total.not_judged) for key, total in found.items()},
        }

    def as_json(self) -> dict[str, Any]:
        """The contract of `maatwerkbank effect --json`."""
        return {
            "receipt": self.receipt.as_json(),
            "variant": {
                "name": self.variant.name,
                "label": vars(self.variant.label),
                "because": vars(self.variant.because),
                "source": self.variant.citation.as_json(),
                "from": self.variant.since.isoformat(),
            },
            "known_on": self.known_on.isoformat(),
            "outlook": self.outlook,
            "totals": self.totals(),
            "cases": [case.as_json() for case in self.cases],
            "not_public": [
                {"id": c.id, "name": c.name, "exposure_only": True, "lacks": ["levy_to_2030_eur"]}
                for c in self.not_public
            ],
        }


def effect(
    variant: str,
    *,
    known_on: date = PORTFOLIO_DATE,
    outlook: str = "hold",
    portfolio: Portfolio | None = None,
    progress: Callable[[str], None] | None = None,
) -> Effect:
    """Every case and every registered firm, with and without `variant`.

    Parameters
    ----------
    portfolio : None for the public one that comes with the program
    progress : is told the name of each firm before it is computed
    """
    portfolio = portfolio or shipped_portfolio()
    chosen = variant_file(variant)
    rows: list[CaseEffect] = []
    not_public: list[CompanyState] = []
    for company in portfolio.register:
        if progress:
            progress(company.name)
        case_file = portfolio.case_files.get(company.id) or exposure_case(company, known_on)
        if case_file is None:
            not_public.append(company)
            continue
        base = assess(case_file, known_on=known_on, outlook=outlook)
        changed = assess(case_file, known_on=known_on, outlook=outlook, variant=variant)
        rows.append(CaseEffect(company, base, changed, base.difference(changed)))
    return Effect(portfolio, chosen, known_on, outlook, tuple(rows), tuple(not_public))


def _flat(assessment: Assessment, keys: tuple[str, ...]) -> dict[str, float | None]:
    return {key: assessment.results[key] if key in keys else None for key in KEYS}


@dataclass(frozen=True)
class Total:
    """A sum over firms, null where it hangs on ranges alone, and its outer bounds."""

    value: float | None
    ends: dict[str, float] | None
    judged: int  # firms of which a value or a range is known
    only_a_range: tuple[str, ...]
    not_judged: tuple[str, ...]

    @classmethod
    def over(cls, of: Callable[[CaseEffect], Judged], cases: list[CaseEffect]) -> "Total":
        """The sum of a figure over firms."""
        found = {case.company.id: of(case) for case in cases}
        known = {firm: each for firm, each in found.items() if each != (None, None)}
        ranged = tuple(sorted(firm for firm, (value, _) in known.items() if value is None))
        values = [value for value, _ in known.values() if value is not None]
        low, high = (
            sum(ends[end] if ends else value or 0.0 for value, ends in known.values())
            for end in ("low", "high")
        )
        return cls(
            value=sum(values) if values and not ranged else None,
            ends={"low": low, "high": high} if high > low else None,
            judged=len(known),
            only_a_range=ranged,
            not_judged=tuple(sorted(set(found) - set(known))),
        )


def lost(key: str) -> Callable[[CaseEffect], Judged]:
    """What a flat figure falls by."""

    def fall(case: CaseEffect) -> Judged:
        value, ends = case.difference[key]
        turned = {"low": -ends["high"] + 0.0, "high": -ends["low"] + 0.0} if ends else None
        return (None if value is None else -value + 0.0), turned

    return fall


def _worst(judged: Judged) -> float | None:
    value, ends = judged
    return ends["low"] if value is None and ends else value


def _lowest(assessment: Assessment, key: str) -> float:
    return _end(assessment, key, "low")


def _highest(assessment: Assessment, key: str) -> float:
    return _end(assessment, key, "high")


def _end(assessment: Assessment, key: str, end: str) -> float:
    """The lowest or highest that a flat figure can be; NaN where nothing is known."""
    value, ends = assessment.results[key], assessment.ranges.get(key)
    return ends[end] if ends else math.nan if value is None else value


def _scope1_2030(assessment: Assessment) -> float:
    outcome = assessment.outcome
    return outcome.in_year(outcome.without.total("scope1"))
