# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a scheme may ask about each project of a case, as far as the case knows it.

Takes     a case, the law, the ends that ranges take.
Gives     a `Project` of facts for each project: money and tonnes of that project alone, against
          what would be done at its installation without it; additional tonnes of the whole firm.
Leaves    what a scheme makes of it to `rules`. What the case does not know is None.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

import numpy as np

from maatwerkbank.economics.business_case import Outcome, evaluate
from maatwerkbank.economics.cash_flow import CARBON_ITEMS, Numbered, capex_by_year, replacements
from maatwerkbank.economics.frame import Frame, frame_of
from maatwerkbank.parameters.law import Law
from maatwerkbank.plant.case import Case, Installation, Measure
from maatwerkbank.plant.quantities import CENTRE, Floats, Picks, figure_path
from maatwerkbank.plant.scheme_facts import (
    Code,
    Count,
    Day,
    ListCategory,
    Measured,
    Part,
    SbiCode,
    SchemeFacts,
    YesNo,
)
from maatwerkbank.rules.instrument import FirmSize, Project, Technique
from maatwerkbank.sources.figure import Figure

_NOT_RUNNING = {"capex", "tax", *CARBON_ITEMS}
_WORDS = (
    "energy_saving_share",
    "capacity_increase",
    "storage_in_netherlands",
    "proven",
    "similar_subsidised_projects",
    "on_energy_list",
    "on_environment_list",
    "vamil",
    "carbon_leakage",
    "legally_required",
    "fossil_fired",
    "single_purpose",
    "renewable_hydrogen",
    "relocates",
)
_DAYS = ("applied_on", "works_start_on", "granted_on", "in_operation_on")


def project_facts(
    case: Case, law: Law, whole: Outcome, picks: Picks = CENTRE
) -> dict[str, Project]:
    """The facts of every project, by id.

    `whole` is the outcome of the case at the same picks: additional tonnes are those of the firm
    with all projects together, and never shared out (METHOD §6).
    """
    return {
        project.id: _facts(case, law, whole, n, picks) for n, project in enumerate(case.projects)
    }


def _facts(case: Case, law: Law, whole: Outcome, number: int, picks: Picks) -> Project:
    project = case.projects[number]
    schemes = project.schemes or SchemeFacts()
    outcome = evaluate(case, law, picks, support=(), only=project.id)
    frame = frame_of(case, law, picks)
    asked = _Asked(frame, number, schemes)
    running = _running(outcome)
    stated: dict[str, Any] = {name: _said(getattr(schemes, name)) for name in _WORDS}
    days: dict[str, Any] = {name: _day(getattr(schemes, name)) for name in _DAYS}
    return Project(
        years=frame.years,
        technique=Technique(schemes.technique.value) if schemes.technique else None,
        sde_category=_said(schemes.sde_category),
        sbi=_said(case.firm.sbi) if case.firm else None,
        firm_size=FirmSize(case.firm.size.value)
        if case.firm and case.firm.size
        else FirmSize.LARGE,
        in_difficulty=_said(case.firm.in_difficulty) if case.firm else None,
        recovery_order=_said(case.firm.recovery_order) if case.firm else None,
        first_year=project.first_year,
        life_years=project.lifetime_years,
        depreciation_years=project.depreciation_years,
        investment_eur=_known(_investment(frame, ("projects", number, project))),
        reference_investment_eur=_reference(asked, case),
        energy_investment_eur=asked.money("energy_list_investment"),
        environment_investment_eur=asked.money("environment_list_investment"),
        yearly_benefit_eur=_known(outcome.in_year(running, project.first_year)),
        cost_by_year=_all_known(-running),
        carbon_saved_by_year=_all_known(_carbon_saved(outcome)),
        production=_production(asked),
        capacity_mw=asked.number_of("capacity"),
        electricity_use=asked.in_operation("eligible_electricity"),
        reduction=_all_known(outcome.gross),
        reduction_abroad_or_biogenic=_all_known(outcome.removal),
        reduction_share=_share_cut(case, project, outcome),
        additional_2030_t=_known(whole.in_year(whole.additional)),
        environment_category=_said(schemes.environment_list_category),
        ikc_plan=_said(schemes.ikc_plan),
        under_ets=_installation(case, project).levy == "ets",
        applications={name: _day_of(day) for name, day in schemes.applications.items()},
        not_granted_before=None if schemes.granted_on or case.awards else law.known_on,
        hydrogen_share={year: said.value for year, said in schemes.hydrogen_share.items()},
        eua=outcome.eua,
        prices={carrier: frame.price(carrier) for carrier in frame.prices.prices},
        **stated,
        **days,
    )


def _running(outcome: Outcome) -> Floats:
    """What the project earns a year above the reference, before carbon prices and tax. (year,)"""
    lines = [item.difference for item in outcome.items if item.id not in _NOT_RUNNING]
    return np.asarray(sum(lines, np.zeros(len(outcome.years))))


def sure(facts: Project, elsewhere: Sequence[Project]) -> Project:
    """The facts that are the same wherever the case does not know more; the others are None.

    `elsewhere` are the facts at the ends of ranges for which no source gives a centre: the middle
    of such a range is no fact (METHOD §15).
    """
    hanging = [
        each.name
        for each in fields(facts)
        if each.name not in ("years", "prices")
        and any(not _same(getattr(facts, each.name), getattr(o, each.name)) for o in elsewhere)
    ]
    steady = {
        carrier: path
        for carrier, path in facts.prices.items()
        if all(_same(path, other.prices[carrier]) for other in elsewhere)
    }
    unknown: dict[str, Any] = dict.fromkeys(hanging)
    return replace(facts, **unknown, prices=steady)


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return bool(np.allclose(one, other, rtol=1e-9, atol=1e-6))
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-6)
    if isinstance(one, np.ndarray) or isinstance(other, np.ndarray):
        return False
    return bool(one == other)


@dataclass(frozen=True)
class _Asked:
    """Figures among the scheme facts of one project; None where the case does not state them."""

    frame: Frame
    number: int
    schemes: SchemeFacts

    @property
    def project(self) -> Measure:
        return self.frame.case.projects[self.number]

    def place(self, *steps: str) -> str:
        return figure_path("projects", self.number, *steps)

    def yearly(self, name: str) -> Floats | None:
        figure: Figure | None = getattr(self.schemes, name)
        return None if figure is None else self.frame.quantity(figure, self.place("schemes", name))

    def in_operation(self, name: str) -> Floats | None:
        """A yearly figure in the years in which the project works, else nothing."""
        values = self.yearly(name)
        works = self.frame.operating(self.project) > 0
        return None if values is None else np.where(works, values, 0.0)

    def number_of(self, name: str) -> float | None:
        values = self.yearly(name)
        return None if values is None else float(values[0])

    def money(self, name: str) -> float | None:
        """An amount in money of the years in which the project is paid. [eur]"""
        figure: Figure | None = getattr(self.schemes, name)
        if figure is None:
            return None
        values = self.frame.money(figure, self.place("schemes", name))
        spent = self.project.capex_by_year
        shares = np.array([spent.get(int(year), 0.0) for year in self.frame.years])
        return float((values * shares).sum())


def _carbon_saved(outcome: Outcome) -> Floats:
    """What the project saves in allowances and levy. (year,) [eur]"""
    lines = [item.difference for item in outcome.items if item.id in CARBON_ITEMS]
    return np.asarray(sum(lines, np.zeros(len(outcome.years))))


def _investment(frame: Frame, measure: Numbered) -> float:
    """The first investment, without replacements. [eur, nominal]"""
    return float((capex_by_year(measure, frame) - replacements(measure, frame)).sum())


def _reference(asked: _Asked, case: Case) -> float | None:
    """What would be invested otherwise: as stated, or as the counterfactual of the case says."""
    stated = asked.money("reference_investment")
    there = [
        ("counterfactual", number, measure)
        for number, measure in enumerate(case.counterfactual)
        if measure.installation == asked.project.installation
    ]
    if stated is not None or not there:
        return stated
    return _known(sum(_investment(asked.frame, measure) for measure in there))


def _production(asked: _Asked) -> Floats | None:
    """What SDE++ pays for: as stated, or the CO2 handed over for storage. (year,) [t, MWh]"""
    output, storage = asked.in_operation("scheme_output"), asked.project.storage
    if output is not None or storage is None:
        return output
    stored = asked.frame.quantity(storage.volume, asked.place("storage", "volume"))
    return np.where(asked.frame.operating(asked.project) > 0, stored, 0.0)


def _share_cut(case: Case, project: Measure, outcome: Outcome) -> float | None:
    """Which share of the direct emissions of its installation the project cuts in 2030."""
    row = [installation.id for installation in case.installations].index(project.installation)
    before = outcome.in_year(outcome.without.emissions["scope1"][row])
    after = outcome.in_year(outcome.with_projects.emissions["scope1"][row])
    return _known((before - after) / before) if before > 0 else None


def _said(stated: Code | Count | ListCategory | Measured | Part | SbiCode | YesNo | None) -> Any:
    return stated.value if stated else None


def _day(stated: Day | None) -> date | None:
    return _day_of(stated) if stated else None


def _day_of(stated: Day) -> date:
    return date.fromisoformat(stated.value)


def _installation(case: Case, project: Measure) -> Installation:
    return next(each for each in case.installations if each.id == project.installation)


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def _all_known(values: Floats) -> Floats | None:
    return None if np.isnan(values).any() else values
