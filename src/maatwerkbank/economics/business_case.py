# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The whole sum, one line a step: plant -> tonnes -> law -> items -> tax -> cash flow -> value.

Takes     a case, the law, and which end of each ranged figure to take.
Gives     one outcome: yearly tonnes and itemised euros with and without the projects, and value.
Leaves    ranges, wording and JSON to `assessment`; support that is not yet awarded to `support`.

Euros nominal, income positive, cost negative, in the firm's eyes (METHOD §2). Energy and goods
that the case does not state are the same with and without the projects and are left out.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from maatwerkbank.economics.carbon import (
    CarbonPosition,
    carbon_position,
    ets_cost,
    ets_price_for_levy,
    levy,
    published_price,
)
from maatwerkbank.economics.discounting import (
    InternalRate,
    discount_factors,
    discounted_payback,
    internal_rate,
    net_present_value,
)
from maatwerkbank.ground.units import unit
from maatwerkbank.parameters.law import Law
from maatwerkbank.parameters.price_sets import PriceSet, nominal_price, price_set
from maatwerkbank.plant.case import Case, Measure
from maatwerkbank.plant.quantities import (
    CENTRE,
    Floats,
    Picks,
    State,
    Years,
    figure_path,
    operating,
    state_of,
    yearly,
    years_of,
)
from maatwerkbank.rules import additionaliteit, energiebelasting, vennootschapsbelasting
from maatwerkbank.rules.co2_heffing import Heffing, opbrengst_verkoop
from maatwerkbank.sources.figure import Absent, Figure

TARGET_YEAR = 2030
CARBON_ITEMS = ("ets", "levy", "rights_sale")

Numbered = tuple[str, int, Measure]


@dataclass(frozen=True)
class Item:
    """One line of the cash flow, with and without the projects. (year,) [eur, nominal]"""

    id: str
    without: Floats
    with_projects: Floats
    difference: Floats


@dataclass(frozen=True)
class Outcome:
    """What one computation gives. Tonnes [t/year], euros nominal; NaN = cannot be judged."""

    years: Years
    without: State
    with_projects: State
    position: CarbonPosition
    rights: Floats  # (year,) dispensation rights of the counterfactual plant, firm total [t]
    additional_frozen: (
        Floats  # (year,) as `additional`, on the path even where it was abolished [t]
    )
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


def evaluate(case: Case, law: Law, picks: Picks = CENTRE) -> Outcome:
    """Value `case` under `law`.

    Raises NoValueOnDate or RequiredValue where the law is silent and no outlook was named.
    """
    years = years_of(case)
    prices = price_set(case.price_set)
    projects, counterfactual = _measures(case, law)

    without = state_of(case, years, picks, counterfactual)
    with_projects = state_of(case, years, picks, projects)
    position = carbon_position(case, law, years, picks)
    eua = eua_path(prices, law, years, picks)
    eua_levy = ets_price_for_levy(law, years, eua, _price_before(prices, law, years, picks))

    levy_without = levy(case, law, without, position, years, eua_levy)
    levy_with = levy(case, law, with_projects, position, years, eua_levy)

    operations = [
        *_upkeep(law, years, picks, counterfactual, projects),
        *_energy(prices, law, years, picks, without, with_projects),
        *_energy_tax(case, law, years, without, with_projects),
        *_storage(prices, law, years, picks, without, with_projects),
        *_premium(law, years, picks, counterfactual, projects),
        _ets(without, with_projects, position, eua),
        _levy(levy_without, levy_with),
        *_rights_sale(case, law, years, picks, levy_without, levy_with),
    ]
    investments = _capex(law, years, picks, counterfactual, projects)
    depreciation = _depreciation(law, years, picks, counterfactual, projects)
    grants, aid = _support(case, years, picks)

    profit = _sum(operations, years) - depreciation
    relief = _grant_relief(case, years, picks)
    tax_without = -_tax(case, law, years, profit)
    tax = -_tax(case, law, years, profit + relief + _sum(aid, years))
    before_support = _sum([*operations, investments], years)

    dpr = position.dispensatierechten.sum(axis=0)
    path = np.where(_abolished(law, years), np.inf, dpr)
    base_without, base_with = without.total("levy_base"), with_projects.total("levy_base")
    zero = np.zeros(len(years))
    return Outcome(
        years=years,
        without=without,
        with_projects=with_projects,
        position=position,
        rights=dpr,
        gross=without.total("scope1") - with_projects.total("scope1"),
        required=additionaliteit.required(base_without, path),
        additional=additionaliteit.additional(base_without, base_with, path),
        additional_frozen=additionaliteit.additional(base_without, base_with, dpr),
        removal=with_projects.total("removal") - without.total("removal"),
        eua=eua,
        surplus_rights={
            "with": levy_with.onbenut.sum(axis=0) - _sold(case, years, picks, levy_with),
            "without": levy_without.onbenut.sum(axis=0) - _sold(case, years, picks, levy_without),
        },
        items=(investments, *operations, *grants, *aid, Item("tax", zero, tax, tax)),
        tax_without_support=tax_without,
        cash_flow=before_support + _sum([*grants, *aid], years) + tax,
        cash_flow_without_support=before_support + tax_without,
        discount_rate=case.discount_rate.scalar(picks.of("discount_rate")),
    )


def _measures(case: Case, law: Law) -> tuple[list[Numbered], list[Numbered]]:
    """Projects, and what would be done without them under this law (METHOD §3)."""
    projects = [("projects", n, measure) for n, measure in enumerate(case.projects)]
    counterfactual = [
        ("counterfactual", n, measure)
        for n, measure in enumerate(case.counterfactual)
        if not (measure.only_while and law.removes(measure.only_while))
    ]
    return projects, counterfactual


def _abolished(law: Law, years: Years) -> NDArray[np.bool_]:
    """In which years the levy is gone: its path then asks for nothing (METHOD §6)."""
    since = law.variant.since.year if law.variant and law.removes("levy") else date.max.year
    return np.asarray(years >= since)


def _sum(items: list[Item], years: Years) -> Floats:
    return sum((item.difference for item in items), np.zeros(len(years)))


def _item(identity: str, without: Floats, with_projects: Floats) -> Item:
    return Item(identity, without, with_projects, with_projects - without)


# ── prices ────────────────────────────────────────────────────────────────────────────────────


def price_path(prices: PriceSet, carrier: str, law: Law, years: Years, picks: Picks) -> Floats:
    """Price of a carrier in money of each year. (year,) [eur per MWh or t]"""
    return nominal_price(
        prices.prices[carrier], years, law.inflation, picks.of(f"prices.{carrier}")
    )


def eua_path(prices: PriceSet, law: Law, years: Years, picks: Picks) -> Floats:
    """EU allowance price: published means where known, else the price set. (year,) [eur/t]"""
    path = price_path(prices, "eua", law, years, picks)
    known = [published_price(law, int(year)) for year in years]
    return np.array([p if k is None else k for p, k in zip(path, known, strict=True)])


def _price_before(prices: PriceSet, law: Law, years: Years, picks: Picks) -> float:
    """The allowance price of the year before the first: the levy deducts last year's price."""
    return float(eua_path(prices, law, years[:1] - 1, picks)[0])


def _nominal(figure: Figure | Absent, law: Law, years: Years, picks: Picks, path: str) -> Floats:
    """A figure in money of each year; NaN where it is absent. (year,)"""
    if isinstance(figure, Absent):
        return yearly(figure, years, "central")
    return nominal_price(figure, years, law.inflation, picks.of(path))


# ── the lines of the cash flow ────────────────────────────────────────────────────────────────


def capex_by_year(measure: Numbered, law: Law, years: Years, picks: Picks) -> Floats:
    """Investment of one measure, replacements included. (year,) [eur, nominal]"""
    group, number, content = measure
    shares = np.array([content.capex_by_year.get(int(year), 0.0) for year in years])
    path = figure_path(group, number, "capex")
    spent = np.where(shares > 0, _nominal(content.capex, law, years, picks, path) * shares, 0.0)
    return np.asarray(spent + _replacements(measure, law, years, picks))


def _replacements(measure: Numbered, law: Law, years: Years, picks: Picks) -> Floats:
    """Parts replaced within the life of a measure. (year,) [eur, nominal]"""
    group, number, content = measure
    total = np.zeros(len(years))
    for n, replacement in enumerate(content.replacements):
        path = f"{group}[{number}].replacements[{n}].cost"
        cost = _nominal(replacement.cost, law, years, picks, path)
        total = total + np.where(years == replacement.year, cost, 0.0)
    return total


def _capex(
    law: Law,
    years: Years,
    picks: Picks,
    counterfactual: list[Numbered],
    projects: list[Numbered],
) -> Item:
    def total(measures: list[Numbered]) -> Floats:
        spent = [capex_by_year(measure, law, years, picks) for measure in measures]
        return -sum(spent, np.zeros(len(years)))

    return _item("capex", total(counterfactual), total(projects))


def _upkeep(
    law: Law,
    years: Years,
    picks: Picks,
    counterfactual: list[Numbered],
    projects: list[Numbered],
) -> list[Item]:
    def fixed(measures: list[Numbered]) -> Floats:
        total = np.zeros(len(years))
        for group, number, measure in measures:
            works = operating(measure, years) > 0
            path = figure_path(group, number, "fixed_opex")
            opex = measure.fixed_opex
            cost = _nominal(opex, law, years, picks, path)
            if isinstance(opex, Figure) and opex.kind == "1/year":
                capex = figure_path(group, number, "capex")
                share = opex.yearly(years, picks.of(path))
                cost = share * _nominal(measure.capex, law, years, picks, capex)
            total = total - np.where(works, cost, 0.0)
        return total

    def variable(measures: list[Numbered]) -> Floats:
        total = np.zeros(len(years))
        for group, number, measure in measures:
            if measure.variable_opex:
                path = figure_path(group, number, "variable_opex")
                cost = _nominal(measure.variable_opex, law, years, picks, path)
                total = total - cost * operating(measure, years)
        return total

    return [
        _item("fixed_opex", fixed(counterfactual), fixed(projects)),
        _item("variable_opex", variable(counterfactual), variable(projects)),
    ]


def _energy(
    prices: PriceSet, law: Law, years: Years, picks: Picks, without: State, with_projects: State
) -> list[Item]:
    carriers = sorted({*without.energy, *with_projects.energy})
    nothing = np.zeros((1, len(years)))
    items = []
    for carrier in carriers:
        price = price_path(prices, carrier, law, years, picks)
        before = without.energy.get(carrier, nothing).sum(axis=0)
        after = with_projects.energy.get(carrier, nothing).sum(axis=0)
        items.append(_item(f"energy_{carrier}", -before * price, -after * price))
    return items


def _energy_tax(
    case: Case, law: Law, years: Years, without: State, with_projects: State
) -> list[Item]:
    """Energy tax per installation as one connection (Wbm art. 59); untaxed use is left out."""
    items = []
    for carrier in ("electricity", "natural_gas"):
        taxed = [
            n
            for n, installation in enumerate(case.installations)
            if carrier in installation.energy_tax and installation.energy_tax[carrier].taxed
        ]
        if taxed:
            items.append(
                _item(
                    f"energy_tax_{carrier}",
                    -_bracketed(carrier, without, taxed, law, years),
                    -_bracketed(carrier, with_projects, taxed, law, years),
                )
            )
    return items


# The tax counts kWh and m3; inside the house energy is MWh of lower heating value.
_TAX_UNIT_MWH = {"electricity": unit("kWh").factor, "natural_gas": unit("m3 gas").factor}


def _bracketed(carrier: str, state: State, taxed: list[int], law: Law, years: Years) -> Floats:
    limits = [law.yearly(f"energy_tax/{carrier}/bracket_{n}", years) for n in (1, 2, 3)]
    rates = [law.nominal(f"energy_tax/{carrier}/{n}", years) for n in (1, 2, 3, 4)]
    total = np.zeros(len(years))
    for n in taxed:
        used = np.maximum(state.energy[carrier][n], 0.0) / _TAX_UNIT_MWH[carrier]
        total = total + energiebelasting.energiebelasting(used, np.stack(limits), np.stack(rates))
    return total


def _storage(
    prices: PriceSet, law: Law, years: Years, picks: Picks, without: State, with_projects: State
) -> list[Item]:
    services = sorted({*without.storage, *with_projects.storage})
    if not services:
        return []
    zero = np.zeros(len(years))
    before, after = zero, zero
    for service in services:
        price = price_path(prices, service, law, years, picks)
        before = before - without.storage.get(service, zero) * price
        after = after - with_projects.storage.get(service, zero) * price
    return [_item("co2_transport_storage", before, after)]


def _premium(
    law: Law,
    years: Years,
    picks: Picks,
    counterfactual: list[Numbered],
    projects: list[Numbered],
) -> list[Item]:
    def income(measures: list[Numbered]) -> Floats:
        total = np.zeros(len(years))
        for group, number, measure in measures:
            if measure.premium:
                path = figure_path(group, number, "premium")
                volume = measure.premium.volume.yearly(years, picks.of(f"{path}.volume"))
                price = _nominal(measure.premium.price, law, years, picks, f"{path}.price")
                total = total + volume * price * operating(measure, years)
        return total

    if not any(measure.premium for _, _, measure in [*counterfactual, *projects]):
        return []
    return [_item("product_premium", income(counterfactual), income(projects))]


def _ets(without: State, with_projects: State, position: CarbonPosition, eua: Floats) -> Item:
    """The difference needs no known allocation: what is kept with and without cancels out."""
    emitted = (with_projects.emissions["ets"] - without.emissions["ets"]).sum(axis=0)
    given = (with_projects.allocation_change - without.allocation_change).sum(axis=0)
    return Item(
        "ets",
        -ets_cost(without, position, eua),
        -ets_cost(with_projects, position, eua),
        -(emitted - given) * eua,
    )


def _levy(without: Heffing, with_projects: Heffing) -> Item:
    return _item("levy", -without.heffing.sum(axis=0), -with_projects.heffing.sum(axis=0))


def _sales(case: Case, years: Years, picks: Picks, due: Heffing) -> list[tuple[int, Floats]]:
    """Rights sold per installation: never more than set-off has left. (year,) [t]"""
    sold = []
    for n, installation in enumerate(case.installations):
        if installation.rights_sale:
            path = figure_path("installations", n, "rights_sale", "volume")
            wanted = installation.rights_sale.volume.yearly(years, picks.of(path))
            sold.append((n, np.minimum(wanted, due.onbenut[n])))
    return sold


def _sold(case: Case, years: Years, picks: Picks, due: Heffing) -> Floats:
    return sum((sold for _, sold in _sales(case, years, picks, due)), np.zeros(len(years)))


def _rights_sale(
    case: Case, law: Law, years: Years, picks: Picks, without: Heffing, with_projects: Heffing
) -> list[Item]:
    """Income from surplus rights, only where the case gives volume and price (METHOD §5)."""

    def income(due: Heffing) -> Floats:
        total = np.zeros(len(years))
        for n, sold in _sales(case, years, picks, due):
            sale = case.installations[n].rights_sale
            if sale:
                path = figure_path("installations", n, "rights_sale", "price")
                price = _nominal(sale.price, law, years, picks, path)
                total = total + opbrengst_verkoop(due.onbenut[n], sold, price)
        return total

    if not any(installation.rights_sale for installation in case.installations):
        return []
    return [_item("rights_sale", income(without), income(with_projects))]


# ── support and tax ───────────────────────────────────────────────────────────────────────────


def _support(case: Case, years: Years, picks: Picks) -> tuple[list[Item], list[Item]]:
    """Awarded capital grants, and awarded operating aid."""
    zero = np.zeros(len(years))
    items = {"capital_grant": list[Item](), "operating_aid": list[Item]()}
    for number, award in enumerate(case.awards):
        paid = _paid(case, number, years, picks)
        items[award.form].append(Item(f"support_{award.id}", zero, paid, paid))
    return items["capital_grant"], items["operating_aid"]


def _paid(case: Case, number: int, years: Years, picks: Picks) -> Floats:
    award = case.awards[number]
    shares = np.array([award.paid_by_year.get(int(year), 0.0) for year in years])
    return np.asarray(
        shares * award.amount.scalar(picks.of(figure_path("awards", number, "amount")))
    )


def _written_off(amount: float, first: int, life: int, years: Years) -> Floats:
    """An amount written off straight-line over `life` years from `first`. (year,) [eur]"""
    inside = (years >= first) & (years < first + life)
    return np.asarray(np.where(inside, amount / life, 0.0))


def _depreciation_of(measure: Numbered, law: Law, years: Years, picks: Picks) -> Floats:
    """The first investment over its stated life; a replacement over what is left of the plant's."""
    _, _, content = measure
    replaced = _replacements(measure, law, years, picks)
    first = capex_by_year(measure, law, years, picks).sum() - replaced.sum()
    total = _written_off(first, content.first_year, content.depreciation_years, years)
    end = content.first_year + content.lifetime_years
    for year, cost in zip(years, replaced, strict=True):
        if cost:
            life = max(1, min(content.depreciation_years, end - int(year)))
            total = total + _written_off(float(cost), int(year), life, years)
    return total


def _depreciation(
    law: Law,
    years: Years,
    picks: Picks,
    counterfactual: list[Numbered],
    projects: list[Numbered],
) -> Floats:
    """Depreciation of the projects minus that of the counterfactual. (year,) [eur]"""
    total = np.zeros(len(years))
    for measure in projects:
        total = total + _depreciation_of(measure, law, years, picks)
    for measure in counterfactual:
        total = total - _depreciation_of(measure, law, years, picks)
    return total


def _grant_relief(case: Case, years: Years, picks: Picks) -> Floats:
    """Depreciation that falls away because a capital grant lowers the depreciable cost. (year,)"""
    total = np.zeros(len(years))
    by_id = {project.id: project for project in case.projects}
    for number, award in enumerate(case.awards):
        if award.form == "capital_grant":
            paid = _paid(case, number, years, picks)
            project = by_id[award.project]
            life = project.depreciation_years
            total = total + _written_off(float(paid.sum()), project.first_year, life, years)
    return total


def _tax(case: Case, law: Law, years: Years, profit: Floats) -> Floats:
    """Corporate tax on the difference; the project stands alone unless the case says otherwise."""
    high = law.yearly("tax/corporate_rate", years)
    if case.losses == "firm":
        return vennootschapsbelasting.belasting_met_verlies_elders(profit, high)
    return vennootschapsbelasting.verschuldigde_belasting(
        profit,
        grens=law.yearly("tax/corporate_bracket", years),
        laag_tarief=law.yearly("tax/corporate_rate_low", years),
        hoog_tarief=high,
        drempel=law.yearly("tax/loss_threshold", years),
        fractie=law.yearly("tax/loss_fraction", years),
    )


# ── cost per tonne ────────────────────────────────────────────────────────────────────────────


def _cost_per_tonne(flow: Floats, tonnes: Floats, rate: float) -> float:
    discounted = float(net_present_value(tonnes, rate))
    if not np.isfinite(discounted) or discounted <= 0:
        return float("nan")
    return -float(net_present_value(flow, rate)) / discounted


def private_abatement_cost(outcome: Outcome) -> float:
    """Cost per gross tonne at the rate of the firm. [eur/t]

    Without carbon prices, support and profit tax.
    """
    left_out = (*CARBON_ITEMS, "tax")
    kept = [
        item
        for item in outcome.items
        if item.id not in left_out and not item.id.startswith("support_")
    ]
    return _cost_per_tonne(_sum(kept, outcome.years), outcome.gross, outcome.discount_rate)


def social_abatement_cost(outcome: Outcome, law: Law) -> float:
    """Cost per gross tonne without taxes, support and carbon prices, real. [eur/t]

    Flows are deflated to the valuation year and discounted at the social rate, a parameter.
    """
    kept = [
        item
        for item in outcome.items
        if item.id not in (*CARBON_ITEMS, "tax")
        and not item.id.startswith(("support_", "energy_tax_"))
    ]
    deflator = discount_factors(len(outcome.years), law.inflation)
    day = date(int(outcome.years[0]), 1, 1)
    rate = law.on("economics/social_discount_rate", day).value
    return _cost_per_tonne(_sum(kept, outcome.years) * deflator, outcome.gross, rate)


def required_support(outcome: Outcome, tonnes: Floats) -> float:
    """`max(0, -NPV without support) / discounted tonnes`, METHOD §8. [eur/t]"""
    discounted = outcome.discounted_tonnes(tonnes)
    if not np.isfinite(discounted) or discounted <= 0:
        return float("nan")
    return float(np.maximum(0.0, -outcome.npv_without_support)) / discounted
