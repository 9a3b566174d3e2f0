# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The portfolio in every draw, as plain values for a program.

Takes     a `DrawnEffect`.
Gives     the contract of `maatwerkbank effect --draws --json` (docs/reference/json.md).
Leaves    the draws themselves to the Parquet tables.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from maatwerkbank.economics.lacks import Lack
from maatwerkbank.parameters.files import Variant
from maatwerkbank.portfolio.effect import LEVY_KEYS
from maatwerkbank.risk.summary import QUANTILES, Chance, Summary, Told

if TYPE_CHECKING:
    from maatwerkbank.portfolio.drawn_effect import DrawnCase, DrawnEffect, DrawnTotal, Exposed

FORMAT = "maatwerkbank-effect-draws-1"
# Tonnes of 2030 under the law as known -> the same in draws in which a variant turns the plan.
IN_DOUBT = {
    "gross_2030_t": "gross_in_doubt_2030_t",
    "additional_2030_t": "additional_in_doubt_2030_t",
}


def drawn_effect_json(effect: "DrawnEffect") -> dict[str, Any]:
    """The whole document."""
    plan = effect.simulation.plan
    return {
        "format": FORMAT,
        "receipt": effect.receipt.as_json(),
        "known_on": effect.known_on.isoformat(),
        "outlook": plan.outlook,
        "price_set": plan.price_set,
        "draws": {**asdict(effect.draws), "receipt": plan.number},
        "laws": list(effect.laws),
        "variants": [variant_json(variant) for variant in effect.variants.values()],
        "totals": {
            "laws": [_totals(effect, law) for law in effect.laws],
            "changes": [_changed_totals(effect, variant) for variant in effect.variants],
        },
        "cases": [_case(effect, case) for case in effect.cases],
        "exposure_only": [_exposed(each) for each in effect.exposed],
        "not_public": [{"id": firm.id, "name": firm.name} for firm in effect.not_public],
    }


def variant_json(variant: Variant) -> dict[str, Any]:
    """What a variant is, why, since when, and where it stands."""
    return {
        "name": variant.name,
        "label": vars(variant.label),
        "because": vars(variant.because),
        "source": variant.citation.as_json(),
        "from": variant.since.isoformat(),
    }


def told_json(told: Told) -> dict[str, Any]:
    """How an outcome is spread; nulls where it is not known. Nought has no sign."""
    found = told if isinstance(told, Summary) else None
    return {
        "outcome": told.outcome,
        "unit": "EUR" if told.outcome.endswith("_eur") else "t",
        "mean": found and found.mean + 0.0,
        "error_of_mean": found and found.error_of_mean,
        "quantiles": found
        and {
            f"p{round(100 * share):02d}": value + 0.0
            for share, value in zip(QUANTILES, found.quantiles, strict=True)
        },
        "expected_shortfall": found and found.shortfall + 0.0,
        "worst_is": found and found.worst_is,
        "least": found and found.least + 0.0,
        "most": found and found.most + 0.0,
    }


def chance_json(chance: Chance | None) -> dict[str, Any] | None:
    """A chance with its error; null where it is not known."""
    return None if chance is None else asdict(chance)


# ── one case ──────────────────────────────────────────────────────────────────────────────────


def _case(effect: "DrawnEffect", case: "DrawnCase") -> dict[str, Any]:
    return {
        "id": case.company.id,
        "name": case.company.name,
        "stage": str(case.company.stage),
        "decided": case.is_decided,
        "inputs": list(case.case.uncertainties.inputs),
        "policy": [
            {"variant": each.variant, "from": each.since, "probability": each.probability}
            for each in case.case.uncertainties.policy
        ],
        "laws": [
            {
                "law": law,
                "npv_below_nil": chance_json(case.below_nil(law)),
                "outcomes": [
                    told_json(case.told(law, key)) for key in effect.simulation.plan.outcomes
                ],
            }
            for law in effect.laws
        ],
        "changes": [_change(effect, case, variant) for variant in effect.variants],
        "lacks": _lacks(effect, case),
    }


def _change(effect: "DrawnEffect", case: "DrawnCase", variant: str) -> dict[str, Any]:
    keys = effect.simulation.plan.outcomes
    return {
        "variant": variant,
        "npv_falls_below_nil": chance_json(case.chance_that_it_falls(variant)),
        "npv_rises_from_below_nil": chance_json(case.chance_that_it_rises(variant)),
        "extra_support_needed_eur": told_json(case.told_extra_support(variant)),
        **{name: told_json(case.told_in_doubt(variant, key)) for key, name in IN_DOUBT.items()},
        "outcomes": [told_json(case.told_change(variant, key)) for key in keys],
    }


def _lacks(effect: "DrawnEffect", case: "DrawnCase") -> list[dict[str, Any]]:
    """Each figure that is lacking once, with the outcomes that are null because of it."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for law in effect.laws:
        for lack in case.lacks((law,), effect.simulation.plan.outcomes):
            told = found.setdefault((lack.place, lack.reason), _lack(lack))
            told["laws"].setdefault(law, []).append(lack.figure)
    return [
        {**told, "laws": [{"law": law, "figures": keys} for law, keys in told["laws"].items()]}
        for told in found.values()
    ]


def _lack(lack: Lack) -> dict[str, Any]:
    return {
        "place": lack.place,
        "reason": lack.reason,
        "members": list(lack.members),
        "why": lack.why,
        "ask": lack.ask,
        "laws": {},
    }


# ── totals ────────────────────────────────────────────────────────────────────────────────────


def _totals(effect: "DrawnEffect", law: str) -> dict[str, Any]:
    keys = effect.simulation.plan.outcomes
    return {"law": law, "outcomes": [_total(effect.total(law, key)) for key in keys]}


def _changed_totals(effect: "DrawnEffect", variant: str) -> dict[str, Any]:
    keys = effect.simulation.plan.outcomes
    support = effect.total_extra_support(variant)
    return {
        "variant": variant,
        "extra_support_needed_eur": _total(support, support.told_as_loss),
        **{
            f"{kind}_{name}_2030_t": _total(found, found.told_as_loss)
            for kind in ("gross", "additional")
            for name, decided in (("at_risk", False), ("decided_in_doubt", True))
            for found in [effect.total_in_doubt(variant, f"{kind}_2030_t", decided=decided)]
        },
        "outcomes": [_total(effect.total_change(variant, key)) for key in keys],
    }


def _total(total: "DrawnTotal", told: Told | None = None) -> dict[str, Any]:
    return {
        **told_json(told or total.told),
        "companies": list(total.members),
        "left_out": [
            {"id": company, "places": sorted({lack.place for lack in lacks if lack.place})}
            for company, lacks in total.left_out.items()
        ],
    }


# ── firms without a plan ──────────────────────────────────────────────────────────────────────


def _exposed(exposed: "Exposed") -> dict[str, Any]:
    effects = exposed.by_variant
    first = next(iter(effects.values()))
    return {
        "id": exposed.company.id,
        "name": exposed.company.name,
        "stage": str(exposed.company.stage),
        "law": {key: first.base.results[key] for key in LEVY_KEYS},
        "ranges": _levy_only(first.base.ranges),
        "changes": [
            {
                "variant": variant,
                "difference": {key: effect.difference[key][0] for key in LEVY_KEYS},
                "difference_ranges": _levy_only(
                    {key: found for key, (_, found) in effect.difference.items() if found}
                ),
            }
            for variant, effect in effects.items()
        ],
        "boundaries": [
            {"installation": name, **boundary.model_dump()} for name, boundary in first.boundaries
        ],
    }


def _levy_only(ranges: Mapping[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    return {key: ranges[key] for key in LEVY_KEYS if key in ranges}
