# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The JSON of a risk analysis: plain values under keys that others rely on.

Takes     a `CaseRisk` or a `DiscoveryRun`.
Gives     dictionaries, lists, numbers and null; infinite and unknown are null.
Leaves    wording to `letter`. Documented in docs/reference/json.md; changed only with a version.
"""

from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from maatwerkbank.economics.contract import plain
from maatwerkbank.economics.lacks import Lack
from maatwerkbank.plant.case_file import CaseFile
from maatwerkbank.plant.scheme_facts import Stated
from maatwerkbank.plant.uncertainty import DelayUncertainty, FigureUncertainty
from maatwerkbank.risk.case_discovery import CaseDiscovery, DiscoveryRun
from maatwerkbank.risk.discovery import Box, Leaf
from maatwerkbank.risk.drivers import Drivers, Factor, Sobol
from maatwerkbank.risk.guarantees import Guarantee
from maatwerkbank.risk.parts import FAN_QUANTILES, Fan, Waterfall
from maatwerkbank.risk.public_money import PublicMoney
from maatwerkbank.risk.robustness import BreakEven
from maatwerkbank.risk.scenarios import Regret
from maatwerkbank.risk.sensitivity import Tornado
from maatwerkbank.risk.simulation import Draws
from maatwerkbank.risk.summary import QUANTILES, Chance, NotKnown, Promise, Start, Summary, Told

if TYPE_CHECKING:
    from maatwerkbank.risk.case_risk import CaseRisk, LawRisk

FORMAT = "maatwerkbank-risk-1"
DISCOVERY_FORMAT = "maatwerkbank-discovery-1"


def risk_json(risk: "CaseRisk") -> dict[str, Any]:
    """Everything that a risk analysis gives, by key."""
    case = risk.case
    return {
        "format": FORMAT,
        "receipt": risk.receipt.as_json(),
        "id": case.id,
        "company": case.company,
        "kind": case.kind,
        "draws": _draws(risk.draws),
        "assumptions": {
            "family": risk.draws.family,
            "process": risk.draws.process,
            "prices": [asdict(each) for each in risk.prices],
            "benchmark_values": "equally_likely_between_bounds"
            if risk.uses_benchmarks
            else "not_used",
            "policy_taken_as_certain": [each.law for each in risk.laws if each.variant],
            "return_share": risk.return_share,
            **_uncertainties(risk.case_file),
        },
        "promise": _promise(risk.promise),
        "starts": [_start(each) for each in risk.starts],
        "laws": [_law(each) for each in risk.laws],
        "price_fans": [_fan(each) for each in risk.price_fans],
        "regret": None if risk.regret is None else _regret(risk.regret),
        "lacks": [{"law": each.law, **row} for each in risk.laws for row in _lacks(each.lacks)],
    }


def discovery_json(run: DiscoveryRun) -> dict[str, Any]:
    """Everything that scenario discovery gives, by key."""
    case = run.case_file.case
    return {
        "format": DISCOVERY_FORMAT,
        "receipt": run.receipt.as_json(),
        "id": case.id,
        "company": case.company,
        "kind": case.kind,
        "draws": _draws(run.draws),
        "family": run.draws.family,
        "process": run.draws.process,
        "promise": _promise(run.promise),
        "discovery": None if run.found is None else _discovery(run.found),
        "lacks": _lacks(run.lacks),
    }


def _draws(draws: Draws) -> dict[str, Any]:
    return {"n": draws.n, "seed": draws.seed, "method": draws.method}


# ── what is assumed ───────────────────────────────────────────────────────────────────────────


def _uncertainties(case_file: CaseFile) -> dict[str, Any]:
    uncertain = case_file.case.uncertainties
    return {
        "figures": [
            {"places": list(each.of), "as": each.how, **_declared(case_file, each)}
            for each in uncertain.figures
        ],
        "delays": [
            {"cause": each.cause, "projects": list(each.projects), **_declared(case_file, each)}
            for each in uncertain.delays
        ],
        "policy": [
            {
                "variant": each.variant,
                "from_year": each.since,
                "probability": each.probability,
                "source": _source(case_file, each),
            }
            for each in uncertain.policy
        ],
        "dependence": [
            {
                "between": list(each.between),
                "rank_correlation": each.rank_correlation,
                "source": _source(case_file, each),
            }
            for each in uncertain.dependence
        ],
    }


def _declared(case_file: CaseFile, each: FigureUncertainty | DelayUncertainty) -> dict[str, Any]:
    return {
        "id": each.id,
        "distribution": each.drawn_from.model_dump(mode="json"),
        "reference_class": each.reference_class,
        "source": _source(case_file, each),
    }


def _source(case_file: CaseFile, said: Stated) -> dict[str, Any]:
    return {"id": said.source, "place": said.place, "seen": str(case_file.seen(said))}


def _promise(promise: Promise) -> dict[str, Any]:
    return {
        "additional_2030_t": promise.tonnes,
        "basis": promise.basis,
        "place": promise.place,
    }


def _start(start: Start) -> dict[str, Any]:
    return {
        "project": start.project,
        "planned_year": start.planned,
        "late": _chance(start.late),
        "after_2030": _chance(start.after_2030),
        "mean_late_years": start.mean_years_late,
    }


def _chance(chance: Chance | None) -> dict[str, float] | None:
    return None if chance is None else asdict(chance)


# ── one law ───────────────────────────────────────────────────────────────────────────────────


def _law(law: "LawRisk") -> dict[str, Any]:
    return {
        "law": law.law,
        "variant": law.variant,
        "value": law.value,
        "outcomes": [_told(each) for each in law.outcomes.values()],
        "npv_below_nil": _chance(law.below_nil),
        "promise_kept": _chance(law.promise_kept),
        "single_rate": _chance(law.single_rate),
        "never_paid_back": _chance(law.never_paid_back),
        "public_money": _money(law.money),
        "guarantees": [_guarantee(each) for each in law.guarantees],
        "waterfall": _waterfall(law.waterfall),
        "cumulative": None if law.cumulative is None else _fan(law.cumulative),
        "drivers": None if law.drivers is None else _drivers(law.drivers),
        "discoveries": [_discovery(each) for each in law.discoveries],
    }


def _told(told: Told) -> dict[str, Any]:
    """A summary; nulls where the outcome is not known."""
    found = told if isinstance(told, Summary) else None
    return {
        "outcome": told.outcome,
        "unit": _unit(told.outcome),
        "mean": found and plain(found.mean),
        "error_of_mean": found and found.error_of_mean,
        "quantiles": found and _quantiles(QUANTILES, found.quantiles),
        "expected_shortfall": found and plain(found.shortfall),
        "worst_is": found and found.worst_is,
        "least": found and plain(found.least),
        "most": found and plain(found.most),
    }


def _unit(outcome: str) -> str:
    """The house unit that the end of a key names; of a rate, a fraction a year."""
    ends = {"_eur": "EUR", "_t": "t", "_years": "year"}
    return next((unit for end, unit in ends.items() if outcome.endswith(end)), "1/year")


def _quantiles(probabilities: Iterable[float], values: Iterable[float]) -> dict[str, float | None]:
    return {
        f"p{round(100 * share):02d}": plain(value)
        for share, value in zip(probabilities, values, strict=True)
    }


def _money(money: PublicMoney) -> dict[str, Any]:
    risk, windfall = money.at_risk, money.windfall
    back = windfall.claw_back if windfall else None
    return {
        "at_risk": risk
        and {
            "missed": _chance(risk.missed),
            "expected_eur": risk.expected_eur,
            "error_eur": risk.error_eur,
            "p95_eur": risk.p95_eur,
            "mean_if_missed_eur": risk.mean_if_missed_eur,
        },
        "windfall": windfall
        and {
            "chance": _chance(windfall.chance),
            "mean_eur": windfall.mean_eur,
            "expected_eur": windfall.expected_eur,
            "claw_back": back
            and {
                "share": back.share,
                "planned_gap_eur": back.planned_gap_eur,
                "taken_back": _chance(back.taken_back),
                "expected_eur": back.expected_eur,
                "expected_of_windfall_eur": back.expected_of_windfall_eur,
            },
        },
    }


def _guarantee(found: Guarantee) -> dict[str, Any]:
    return {
        "kind": found.kind,
        "of": list(found.of),
        "outcome": found.outcome,
        "mean_change_eur": found.mean_change_eur,
        "error_eur": found.error_eur,
        "below_nil_change": found.below_nil_change,
        "shortfall_change_eur": found.shortfall_change_eur,
        "additional_2030_change_t": found.additional_2030_change_t,
        "paid_eur": found.paid_eur,
    }


def _waterfall(found: Waterfall) -> dict[str, Any]:
    return {
        "parts": [
            {
                "id": part.id,
                "carrier": part.carrier,
                **_in_euros(part.told),
                "lacks": _lacks(part.told.lacks) if isinstance(part.told, NotKnown) else [],
            }
            for part in found.parts
        ],
        "whole": _in_euros(found.whole),
    }


def _in_euros(told: Told) -> dict[str, Any]:
    known = isinstance(told, Summary)
    return {
        "mean_eur": told.mean if isinstance(told, Summary) else None,
        **{
            f"p{round(100 * share):02d}_eur": told.at(share)
            if known and isinstance(told, Summary)
            else None
            for share in (0.1, 0.5, 0.9)
        },
    }


def _fan(fan: Fan) -> dict[str, Any]:
    return {
        "id": fan.id,
        "unit": fan.unit,
        "n_draws": fan.n_draws,
        "by_year": {
            str(year): _quantiles(FAN_QUANTILES, column.tolist())
            for year, column in zip(fan.years, fan.quantiles.T, strict=True)
        },
    }


# ── what drives it ────────────────────────────────────────────────────────────────────────────


def _drivers(found: Drivers) -> dict[str, Any]:
    return {
        "outcome": found.outcome,
        "factors": [_factor(each) for each in found.factors],
        "sobol": [_sobol(each) for each in found.sobol],
        "tornado": None if found.tornado is None else _tornado(found.tornado),
        "break_evens": [_break_even(each) for each in found.break_evens],
    }


def _factor(factor: Factor) -> dict[str, Any]:
    return {
        "id": factor.id,
        "kind": factor.kind,
        "members": list(factor.members),
        "places": list(factor.places),
        "unit": factor.unit,
    }


def _sobol(found: Sobol) -> dict[str, Any]:
    return {
        "outcome": found.outcome,
        "n_draws": found.n_draws,
        "confidence": found.confidence,
        "shares": [
            {
                "factor": share.factor.id,
                "kind": share.factor.kind,
                "members": list(share.factor.members),
                "first": share.first,
                "first_low": share.first_low,
                "first_high": share.first_high,
                "total": share.total,
                "total_low": share.total_low,
                "total_high": share.total_high,
            }
            for share in found.shares
        ],
    }


def _tornado(found: Tornado) -> dict[str, Any]:
    return {
        "centre_eur": found.centre,
        "low_quantile": found.low,
        "high_quantile": found.high,
        "bars": [
            {
                "factor": bar.name,
                "value_low": bar.value_low,
                "value_centre": bar.value_centre,
                "value_high": bar.value_high,
                "change_at_low_eur": bar.change_at_low,
                "change_at_high_eur": bar.change_at_high,
                "linear_at_low_eur": bar.linear_at_low,
                "linear_at_high_eur": bar.linear_at_high,
            }
            for bar in found.bars
        ],
    }


def _break_even(found: BreakEven) -> dict[str, Any]:
    return {
        "factor": found.name,
        "centre": found.centre,
        "looked_at": {"low": found.low, "high": found.high},
        "status": found.status,
        "roots": [
            {"value": root.value, "rises": root.rises, "jumps": root.jumps} for root in found.roots
        ],
    }


def _regret(found: Regret) -> dict[str, Any]:
    judged = found.judged
    return {
        "outcome": found.outcome,
        "cells": [
            {
                "law": law,
                "family": family,
                "mean_eur": plain(judged.values[row, column]),
                "error_eur": plain(found.errors[row, column]),
                "regret_eur": plain(judged.regret[row, column]),
            }
            for row, law in enumerate(judged.policies)
            for column, family in enumerate(judged.families)
        ],
        "by_law": [
            {
                "law": law,
                "worst_eur": plain(judged.worst[row]),
                "greatest_regret_eur": plain(judged.greatest_regret[row]),
                "hurwicz_eur": plain(judged.hurwicz[row]),
                "average_eur": plain(judged.average[row]),
                "share_at_least_nil": plain(judged.satisfied[row]),
            }
            for row, law in enumerate(judged.policies)
        ],
        "best": [
            {"yardstick": yardstick, "laws": list(laws)} for yardstick, laws in judged.best.items()
        ],
    }


# ── where it fails ────────────────────────────────────────────────────────────────────────────


def _discovery(found: CaseDiscovery) -> dict[str, Any]:
    return {
        "law": found.law,
        "interest": found.interest,
        "outcome": found.outcome,
        "threshold": found.threshold,
        "unit": _unit(found.outcome),
        "n_draws": found.n_draws,
        "n_of_interest": found.n_of_interest,
        "factors": [
            {**_factor(factor), "drawn": {"low": low, "high": high}}
            for factor, (low, high) in zip(found.factors, found.drawn, strict=True)
        ],
        "trajectory": [_box(each) for each in found.trajectory],
        "chosen": found.chosen if found.trajectory else None,
        "box": None if found.box is None else _box(found.box),
        "leaves": [_leaf(each) for each in found.leaves],
    }


def _box(box: Box) -> dict[str, Any]:
    return {
        **_caught(box),
        "limits": [
            {
                "factor": limit.name,
                "side": limit.side,
                "value": limit.value,
                "quasi_p": limit.quasi_p,
            }
            for limit in box.limits
        ],
    }


def _leaf(leaf: Leaf) -> dict[str, Any]:
    return {
        **_caught(leaf),
        "path": [
            {"factor": turn.name, "side": turn.side, "value": turn.value} for turn in leaf.path
        ],
    }


def _caught(found: Box | Leaf) -> dict[str, Any]:
    return {
        "coverage": found.coverage,
        "density": found.density,
        "mass": found.mass,
        "n_draws": found.n_draws,
        "n_of_interest": found.n_of_interest,
    }


def _lacks(lacks: Iterable[Lack]) -> list[dict[str, Any]]:
    return [{**asdict(each), "members": list(each.members)} for each in lacks]
