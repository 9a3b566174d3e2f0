# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a policy variant does to every case in the portfolio.

Takes     a variant, a day of knowledge, an outlook.
Gives     per case the same flat figures with and without the variant, their difference, totals.
Leaves    what to do about it to people.

Firms in the register without a business case get their levy at constant emissions and are marked
`exposure_only`. A firm whose figures are not public is listed too, with what is lacking.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from maatwerkbank.economics.assessment import Assessment, assess
from maatwerkbank.economics.spread import Judged
from maatwerkbank.ground.errors import OfficialRunRefused
from maatwerkbank.ground.receipt import Receipt, code_sha256, digest, numeric_platform
from maatwerkbank.parameters.files import Variant, law_sha256, variant_file
from maatwerkbank.portfolio.cases import case_ids, load_case
from maatwerkbank.portfolio.exposure import exposure_case
from maatwerkbank.portfolio.register import CompanyState, register

PORTFOLIO_DATE = date(2025, 6, 30)
LEVY_KEYS = (
    "levy_total_eur",
    "levy_to_2030_eur",
    "levy_to_2030_without_eur",
    "required_2030_t",
)
KEYS = (
    "npv_eur",
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

    def on_both_paths(self, side: Assessment, key: str) -> float | None:
        """Additional tonnes, only where both paths can be judged: sums over the same cases."""
        paths = (
            self.base.results["additional_2030_t"],
            self.variant.results["additional_2030_frozen_path_t"],
            self.variant.results["additional_2030_t"],
        )
        return None if None in paths else side.results[key]

    @property
    def tonnes_at_risk(self) -> float | None:
        """Gross tonnes in 2030 of a plan that loses value and may then be worth less than nil. [t]

        A plan that is worth less than nil already, whatever the ranges, is not counted. With the
        tonnes of counterfactual measures that fall away.
        """
        if self.exposure_only:
            return None
        gross = self.base.results["gross_2030_t"]
        lost, spread = self.difference["npv_eur"]
        worst = lost if lost is not None else spread["low"] if spread else None
        if gross is None or worst is None:
            return None
        dropped = _scope1_2030(self.variant) - _scope1_2030(self.base)
        stands = self.base.npv_sign in ("positive", "open")
        in_doubt = self.variant.npv_sign in ("negative", "open")
        at_risk = gross if worst < -1.0 and stands and in_doubt else 0.0
        return at_risk + max(0.0, dropped)

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
            "tonnes_at_risk_2030_t": self.tonnes_at_risk,
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

    variant: Variant
    known_on: date
    outlook: str
    cases: tuple[CaseEffect, ...]
    not_public: tuple[CompanyState, ...]

    @property
    def receipt(self) -> Receipt:
        """What this answer rests on: the inputs of all cases together."""
        return Receipt(
            version=self.cases[0].base.receipt.version,
            code_sha256=code_sha256(),
            law_sha256=law_sha256(),
            input_sha256=digest(
                [
                    register(PORTFOLIO_DATE).as_json(),
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
        """Sums over what could be judged; what could not be is counted beside each."""
        with_plan = [case for case in self.cases if not case.exposure_only]

        def total(of: Callable[[CaseEffect], float | None], cases: list[CaseEffect]) -> Any:
            values = {case.company.id: of(case) for case in cases}
            judged = [value for value in values.values() if value is not None]
            return {
                "value": sum(judged) if judged else None,
                "cases": len(judged),
                "not_judged": sorted(k for k, v in values.items() if v is None),
            }

        every = list(self.cases)
        found = {
            "levy_receipts_forgone_to_2030_eur": total(
                lambda c: _negated(c.changed("levy_to_2030_eur")), every
            ),
            "extra_support_needed_eur": total(_extra_support, with_plan),
            "npv_change_eur": total(lambda c: c.changed("npv_eur"), with_plan),
            "tonnes_at_risk_2030_t": total(lambda c: c.tonnes_at_risk, with_plan),
            "required_no_longer_asked_2030_t": total(
                lambda c: _negated(c.changed("required_2030_t")), every
            ),
            "additional_base_2030_t": total(
                lambda c: c.on_both_paths(c.base, "additional_2030_t"), with_plan
            ),
            "additional_frozen_path_2030_t": total(
                lambda c: c.on_both_paths(c.variant, "additional_2030_frozen_path_t"), with_plan
            ),
            "additional_variant_path_2030_t": total(
                lambda c: c.on_both_paths(c.variant, "additional_2030_t"), with_plan
            ),
        }
        return {
            **{key: each["value"] for key, each in found.items()},
            "judged": {key: each["cases"] for key, each in found.items()},
            "not_judged": {key: each["not_judged"] for key, each in found.items()},
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
    progress: Callable[[str], None] | None = None,
) -> Effect:
    """Every case and every registered firm, with and without `variant`.

    `progress` is told the name of each firm before it is computed.
    """
    chosen = variant_file(variant)
    rows: list[CaseEffect] = []
    not_public: list[CompanyState] = []
    for company in register(PORTFOLIO_DATE):
        if progress:
            progress(company.name)
        if company.id in case_ids():
            case_file = load_case(company.id)
        else:
            exposed = exposure_case(company, known_on)
            if exposed is None:
                not_public.append(company)
                continue
            case_file = exposed
        base = assess(case_file, known_on=known_on, outlook=outlook)
        changed = assess(case_file, known_on=known_on, outlook=outlook, variant=variant)
        rows.append(CaseEffect(company, base, changed, base.difference(changed)))
    return Effect(chosen, known_on, outlook, tuple(rows), tuple(not_public))


def _flat(assessment: Assessment, keys: tuple[str, ...]) -> dict[str, float | None]:
    return {key: assessment.results[key] if key in keys else None for key in KEYS}


def _negated(value: float | None) -> float | None:
    return None if value is None else -value + 0.0


def _extra_support(case: CaseEffect) -> float | None:
    """By how much the part of the funding gap above nil grows. [eur]"""
    before, after = (a.results["funding_gap_eur"] for a in (case.base, case.variant))
    if before is None or after is None:
        return None
    return max(0.0, after) - max(0.0, before)


def _scope1_2030(assessment: Assessment) -> float:
    outcome = assessment.outcome
    return outcome.in_year(outcome.without.total("scope1"))
