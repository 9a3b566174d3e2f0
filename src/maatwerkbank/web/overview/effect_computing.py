# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an effect computes. Knows the floors below, not the database.

Takes     a portfolio, a variant, a day on which the law was known.
Gives     the result as `effect --json` prints it; per firm every figure with its range on both
          sides; the pictures in both languages.
Leaves    the queue, progress in the database and cancelling to `jobs`.

Only a worker imports this: numpy, numba and charts take seconds to load.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from maatwerkbank.economics.assessment import Assessment
from maatwerkbank.economics.spread import Judged
from maatwerkbank.ground.language import Language
from maatwerkbank.letter import effect_charts
from maatwerkbank.letter.chart_style import NARROW, WIDE, Drawing, as_svg, drawn
from maatwerkbank.portfolio.effect import CaseEffect, Effect, effect
from maatwerkbank.portfolio.portfolio import Portfolio

SHOWN = (
    "levy_to_2030_eur",
    "additional_2030_t",
    "additional_2030_frozen_path_t",
    "npv_eur",
    "carbon_value_eur",
    "funding_gap_eur",
)
LANGUAGES: tuple[Language, ...] = ("nl", "en")

Tell = Callable[[str, float], None]  # the firm that begins, and the share [1] that is done
Draw = Callable[[Effect, Language, int], Drawing]


@dataclass(frozen=True)
class EffectAnswer:
    """What came out."""

    result: dict[str, Any]
    figures: dict[str, Any]
    pictures: dict[str, Any]


def answer(portfolio: Portfolio, variant: str, known_on: date, tell: Tell) -> EffectAnswer:
    """Compute an effect.

    Raises what the floors raise on purpose, such as NoValueOnDate; and whatever `tell` raises to
    stop it.
    """
    number = len(portfolio.register.companies)
    begun = 0

    def count(firm: str) -> None:
        nonlocal begun
        tell(firm, 0.9 * begun / number)
        begun += 1

    found = effect(variant, known_on=known_on, portfolio=portfolio, progress=count)
    tell("", 0.9)
    return EffectAnswer(
        result=found.as_json(),
        figures={case.company.id: _figures(case) for case in found.cases},
        pictures={language: _pictures(found, language) for language in LANGUAGES},
    )


# ── figures ───────────────────────────────────────────────────────────────────────────────────


def _figures(case: CaseEffect) -> dict[str, Any]:
    """Each figure that the firm can have: value and range, on both sides and between them."""
    return {
        "figures": {
            key: {
                "base": _side(case.base, key),
                "variant": _side(case.variant, key),
                "difference": list(case.difference[key]),
            }
            for key in SHOWN
            if key in case.keys
        },
        "extra_support_eur": _of_plan(case, case.extra_support),
        "at_risk_t": _of_plan(case, case.tonnes_at_risk),
        "lacks": _lacks(case),
    }


def _side(assessment: Assessment, key: str) -> list[Any]:
    return [assessment.results[key], assessment.ranges.get(key)]


def _of_plan(case: CaseEffect, judged: Judged) -> list[Any] | None:
    return None if case.exposure_only else list(judged)


def _lacks(case: CaseEffect) -> list[dict[str, Any]]:
    """What stands in the way of figures of both sides, and who can give it; each once."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for assessment in (case.base, case.variant):
        for lack in assessment.lacks:
            if lack.figure in SHOWN and lack.figure in case.keys:
                told = found.setdefault(
                    (lack.why["nl"], lack.place),
                    {"why": lack.why, "ask": lack.ask, "figures": []},
                )
                if lack.figure not in told["figures"]:
                    told["figures"].append(lack.figure)
    return list(found.values())


# ── pictures ──────────────────────────────────────────────────────────────────────────────────


def _pictures(found: Effect, language: Language) -> dict[str, Any]:
    pictures = {}
    if any(case.difference["levy_to_2030_eur"] != (None, None) for case in found.cases):
        pictures["forgone"] = _picture(found, "forgone", language)
    if effect_charts.has_paths(found):
        pictures["paths"] = _picture(found, "paths", language)
    return pictures


def _picture(found: Effect, name: str, language: Language) -> dict[str, Any]:
    draw: Draw = {"forgone": _forgone, "paths": _paths}[name]

    def at(width: int) -> Drawing:
        return drawn(lambda width: draw(found, language, width), width)

    wide = at(WIDE)
    return {
        "summary": str(wide.to_dict(validate=False).get("description", "")),
        "wide": as_svg(wide, mark=f"{name}-wide"),
        "narrow": as_svg(at(NARROW), mark=f"{name}-narrow"),
    }


def _forgone(found: Effect, language: Language, width: int) -> Drawing:
    return effect_charts.forgone(found, language, width=width)


def _paths(found: Effect, language: Language, width: int) -> Drawing:
    return effect_charts.paths(found, language, width=width)
