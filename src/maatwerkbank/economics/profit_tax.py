# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Depreciation, and corporate tax on the difference that the projects make.

Takes     the measures and awards of a case, and the profit before tax.
Gives     (year,) arrays in euros.
Leaves    the tax law itself to `rules/vennootschapsbelasting`.
"""

from collections.abc import Sequence

import numpy as np

from maatwerkbank.economics.cash_flow import Numbered, Support, capex_by_year, replacements
from maatwerkbank.economics.frame import Frame
from maatwerkbank.plant.case import Measure
from maatwerkbank.plant.quantities import Floats, Years
from maatwerkbank.rules import vennootschapsbelasting


def written_off(amount: float, first: int, life: int, years: Years) -> Floats:
    """An amount written off straight-line over `life` years from `first`. (year,) [eur]"""
    inside = (years >= first) & (years < first + life)
    return np.asarray(np.where(inside, amount / life, 0.0))


def replacement_written_off(measure: Measure, cost: float, year: int, years: Years) -> Floats:
    """A replaced part written off over what is left of the life of the plant. (year,) [eur]"""
    end = measure.first_year + measure.lifetime_years
    return written_off(cost, year, max(1, min(measure.depreciation_years, end - year)), years)


def _depreciation_of(measure: Numbered, frame: Frame) -> Floats:
    """The first investment over its stated life; a replacement over what is left of the plant's."""
    _, _, content = measure
    replaced = replacements(measure, frame)
    first = capex_by_year(measure, frame).sum() - replaced.sum()
    total = written_off(first, content.first_year, content.depreciation_years, frame.years)
    for year, cost in zip(frame.years, replaced, strict=True):
        if cost:
            total = total + replacement_written_off(content, float(cost), int(year), frame.years)
    return total


def depreciation(frame: Frame, counterfactual: list[Numbered], projects: list[Numbered]) -> Floats:
    """Depreciation of the projects minus that of the counterfactual. (year,) [eur]"""
    total = frame.nothing
    for measure in projects:
        total = total + _depreciation_of(measure, frame)
    for measure in counterfactual:
        total = total - _depreciation_of(measure, frame)
    return total


def grant_relief(frame: Frame, support: Sequence[Support]) -> Floats:
    """Depreciation that falls away because a capital grant lowers the depreciable cost. (year,)"""
    total = frame.nothing
    by_id = {project.id: project for project in frame.case.projects}
    for each in support:
        if each.form == "capital_grant":
            paid = float(each.by_year.sum())
            project = by_id[each.project]
            life = project.depreciation_years
            total = total + written_off(paid, project.first_year, life, frame.years)
    return total


def profit_tax(frame: Frame, profit: Floats) -> Floats:
    """Corporate tax on the difference; the project stands alone unless the case says otherwise."""
    high = frame.law.yearly("tax/corporate_rate", frame.years)
    if frame.case.losses == "firm":
        return vennootschapsbelasting.belasting_met_verlies_elders(profit, high)
    return vennootschapsbelasting.verschuldigde_belasting(
        profit,
        grens=frame.law.yearly("tax/corporate_bracket", frame.years),
        laag_tarief=frame.law.yearly("tax/corporate_rate_low", frame.years),
        hoog_tarief=high,
        drempel=frame.law.yearly("tax/loss_threshold", frame.years),
        fractie=frame.law.yearly("tax/loss_fraction", frame.years),
    )
