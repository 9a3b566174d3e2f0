# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The whole sum, one line a step: plant -> tonnes -> law -> items -> tax -> cash flow -> value.

Takes     a case, the law, and which end of each ranged figure to take.
Gives     one outcome: yearly tonnes and itemised euros with and without the projects, and value.
Leaves    ranges, wording and JSON to `assessment`; support that is not yet awarded to `support`.

Euros nominal, income positive, cost negative, in the firm's eyes (METHOD §2). Energy and goods
that the case does not state are the same with and without the projects and are left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from maatwerkbank.economics import cash_flow
from maatwerkbank.economics.carbon import (
    CarbonPosition,
    abolished,
    carbon_position,
    carbon_rights,
    ets_price_for_levy,
    levy,
)
from maatwerkbank.economics.cash_flow import Item, Numbered, Support, total
from maatwerkbank.economics.discounting import (
    InternalRate,
    discounted_payback,
    internal_rate,
    net_present_value,
)
from maatwerkbank.economics.frame import PricePaths, eua_before, eua_path, frame_of
from maatwerkbank.economics.profit_tax import depreciation, grant_relief, profit_tax
from maatwerkbank.parameters.law import Law
from maatwerkbank.plant.case import Case
from maatwerkbank.plant.quantities import CENTRE, Floats, Picks, State, Years, state_of
from maatwerkbank.rules import additionaliteit

if TYPE_CHECKING:
    import xarray as xr

TARGET_YEAR = 2030


@dataclass(frozen=True)
class Outcome:
    """What one computation gives. Tonnes [t/year], euros nominal; NaN = cannot be judged."""

    years: Years
    without: State
    with_projects: State
    position: CarbonPosition
    rights: Floats  # (year,) dispensation rights of the counterfactual plant, firm total [t]
    levy_others: Floats  # (year,) levy of other operators within the boundary, with projects [eur]
    additional_frozen: Floats  # (year,) as `additional`, on the path of the law without variant [t]
    gross: Floats  # (year,) scope 1 [t]
    required: Floats  # (year,) in the levy base [t]
    additional: Floats  # (year,) in the levy base [t]
    removal: Floats  # (year,) [t]
    eua: Floats  # (year,) [eur/t]
    surplus_rights: dict[str, Floats]  # with, without -> (year,) unused and unsold [t]
    items: tuple[Item, ...]
    tax_without_support: Floats
    cash_flow: Floats  # (year,) difference, after tax, with awarded support
    cash_flow_without_support: Floats
    discount_rate: float

    def item(self, identity: str) -> Item:
        """One line of the cash flow."""
        return next(item for item in self.items if item.id == identity)

    def in_year(self, series: Floats, year: int = TARGET_YEAR) -> float:
        """The value of a yearly series in one year; NaN outside the case's years."""
        where = np.flatnonzero(self.years == year)
        return float(series[where[0]]) if where.size else float("nan")

    @property
    def labelled(self) -> "xr.Dataset":
        """Items (state, item, year) [eur, nominal] and tonnes (year,) [t], with their names."""
        import xarray as xr  # noqa: PLC0415  (slow to load, and only people need labels)

        sides = ("without", "with_projects", "difference")
        items = np.array([[getattr(item, side) for item in self.items] for side in sides])
        series = {
            "scope1_without": self.without.total("scope1"),
            "scope1_with": self.with_projects.total("scope1"),
            "levy_base_without": self.without.own_total("levy_base"),
            "levy_base_with": self.with_projects.own_total("levy_base"),
            "dispensatierechten": self.rights,
            "gross": self.gross,
            "required": self.required,
            "additional": self.additional,
            "removal": self.removal,
        }
        tonnes = {name: ("year", values, {"unit": "t"}) for name, values in series.items()}
        return xr.Dataset(
            {"items": (("state", "item", "year"), items, {"unit": "EUR"}), **tonnes},
            {"state": list(sides), "item": [item.id for item in self.items], "year": self.years},
        )

    @property
    def npv(self) -> float:
        """Factual minus counterfactual, after tax, with awarded support. [eur]"""
        return float(net_present_value(self.cash_flow, self.discount_rate))

    @property
    def npv_without_support(self) -> float:
        """The same without any support. [eur]"""
        return float(net_present_value(self.cash_flow_without_support, self.discount_rate))

    @property
    def internal_rate(self) -> InternalRate:
        """Internal rates of return of the difference, with awarded support."""
        return internal_rate(self.cash_flow)

    @property
    def payback_years(self) -> int | None:
        """Discounted payback of the difference, with awarded support. [years]"""
        return discounted_payback(self.cash_flow, self.discount_rate)

    def discounted_tonnes(self, series: Floats) -> float:
        """Tonnes brought to the valuation year at the case's own rate. [t]"""
        return float(net_present_value(series, self.discount_rate))


def evaluate(
    case: Case,
    law: Law,
    picks: Picks = CENTRE,
    *,
    support: Sequence[Support] | None = None,
    only: str | None = None,
    paths: PricePaths | None = None,
) -> Outcome:
    """Value `case` under `law`, with `support` in place of what the case says is awarded, and
    along `paths` in place of the prices of its price set.

    `only` names one project: it is then valued alone, against what would be done at its
    installation without it.

    Raises NoValueOnDate or RequiredValue where the law is silent and no outlook was named.
    """
    frame = frame_of(case, law, picks, paths)
    years = frame.years
    projects, counterfactual = _measures(case, law, only)

    without = state_of(case, years, picks, counterfactual)
    with_projects = state_of(case, years, picks, projects)
    position = carbon_position(case, law, years, picks)
    eua = eua_path(frame)
    eua_levy = ets_price_for_levy(law, years, eua, eua_before(frame))
    levy_without = levy(case, law, without, position, years, eua_levy)
    levy_with = levy(case, law, with_projects, position, years, eua_levy)

    operations = [
        *cash_flow.upkeep(frame, counterfactual, projects),
        *cash_flow.energy(frame, without, with_projects),
        *cash_flow.energy_tax(frame, without, with_projects),
        *cash_flow.storage(frame, without, with_projects),
        *cash_flow.premium(frame, counterfactual, projects),
        cash_flow.ets(without, with_projects, position, eua),
        cash_flow.levy(levy_without, levy_with, without.own),
        *cash_flow.rights_sale(frame, levy_without, levy_with),
    ]
    investments = cash_flow.capex(frame, counterfactual, projects)
    paid = cash_flow.awarded(frame) if support is None else support
    grants = cash_flow.support_items(frame, paid, "capital_grant")
    aid = cash_flow.support_items(frame, paid, "operating_aid")
    deducted = sum((each.by_year for each in paid if each.form == "deduction"), frame.nothing)

    profit = total(operations, years) - depreciation(frame, counterfactual, projects)
    supported_profit = profit + grant_relief(frame, paid) + total(aid, years) - deducted
    tax_without = -profit_tax(frame, profit)
    tax = -profit_tax(frame, supported_profit)
    before_support = total([*operations, investments], years)

    own = without.own
    dpr = position.dispensatierechten[own].sum(axis=0)
    frozen = carbon_rights(case, law.without_variant, years, picks)[own].sum(axis=0)
    path = np.where(abolished(law, years), np.inf, dpr)
    base_without, base_with = without.own_total("levy_base"), with_projects.own_total("levy_base")
    return Outcome(
        years=years,
        without=without,
        with_projects=with_projects,
        position=position,
        rights=dpr,
        levy_others=levy_with.heffing[~own].sum(axis=0),
        gross=without.change("scope1") - with_projects.change("scope1"),
        required=additionaliteit.required(base_without, path),
        additional=additionaliteit.additional(base_without, base_with, path),
        additional_frozen=additionaliteit.additional(base_without, base_with, frozen),
        removal=with_projects.change("removal") - without.change("removal"),
        eua=eua,
        surplus_rights={
            state: due.onbenut[own].sum(axis=0) - cash_flow.sold(frame, due)
            for state, due in (("with", levy_with), ("without", levy_without))
        },
        items=(
            investments,
            *operations,
            *grants,
            *aid,
            Item("tax", frame.nothing, tax, tax),
        ),
        tax_without_support=tax_without,
        cash_flow=before_support + total([*grants, *aid], years) + tax,
        cash_flow_without_support=before_support + tax_without,
        discount_rate=case.discount_rate.scalar(picks.of("discount_rate")),
    )


def _measures(case: Case, law: Law, only: str | None) -> tuple[list[Numbered], list[Numbered]]:
    """Projects, and what would be done without them under this law (METHOD §3)."""
    projects = [("projects", n, measure) for n, measure in enumerate(case.projects)]
    counterfactual = [
        ("counterfactual", n, measure)
        for n, measure in enumerate(case.counterfactual)
        if not (measure.only_while and law.removes(measure.only_while))
    ]
    if only is None:
        return projects, counterfactual
    there = next(project.installation for project in case.projects if project.id == only)
    return (
        [numbered for numbered in projects if numbered[2].id == only],
        [numbered for numbered in counterfactual if numbered[2].installation == there],
    )
