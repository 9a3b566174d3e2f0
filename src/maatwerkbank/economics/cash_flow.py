# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The lines of the cash flow, each with and without the projects.

Takes     the frame, states of the plant, levy and allocation.
Gives     items in euros of each year, income positive, cost negative, in the firm's eyes.
Leaves    profit tax to `profit_tax`, the sum of all to `business_case`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from maatwerkbank.economics.carbon import CarbonPosition, ets_cost
from maatwerkbank.economics.frame import Frame
from maatwerkbank.economics.price_contracts import paid_along
from maatwerkbank.ground.units import unit
from maatwerkbank.plant.case import Measure
from maatwerkbank.plant.quantities import Floats, State, Years, figure_path
from maatwerkbank.rules import energiebelasting
from maatwerkbank.rules.co2_heffing import Heffing, opbrengst_verkoop
from maatwerkbank.sources.figure import Absent, Figure

TAXED_CARRIERS = ("electricity", "natural_gas")
CARBON_ITEMS = ("ets", "levy", "rights_sale")
GRID_COST_FACTOR = "economics/grid_cost_factor"

Numbered = tuple[str, int, Measure]  # group in the case file, number in it, measure


@dataclass(frozen=True)
class Item:
    """One line of the cash flow, with and without the projects. (year,) [eur, nominal]"""

    id: str
    without: Floats
    with_projects: Floats
    difference: Floats


def total(items: list[Item], years: Years) -> Floats:
    """The difference that several lines make together. (year,) [eur]"""
    return sum((item.difference for item in items), np.zeros(len(years)))


def item(identity: str, without: Floats, with_projects: Floats) -> Item:
    """A line of which both sides are known."""
    return Item(identity, without, with_projects, with_projects - without)


def capex_by_year(measure: Numbered, frame: Frame) -> Floats:
    """Investment of one measure, replacements included. (year,) [eur, nominal]"""
    group, number, content = measure
    shares = np.array([content.capex_by_year.get(int(year), 0.0) for year in frame.years])
    path = figure_path(group, number, "capex")
    spent = np.where(shares > 0, frame.money(content.capex, path) * shares, 0.0)
    return np.asarray(spent + replacements(measure, frame))


def replacements(measure: Numbered, frame: Frame) -> Floats:
    """Parts replaced within the life of a measure. (year,) [eur, nominal]"""
    group, number, content = measure
    total = frame.nothing
    for n, replacement in enumerate(content.replacements):
        path = f"{group}[{number}].replacements[{n}].cost"
        cost = frame.money(replacement.cost, path)
        total = total + np.where(frame.years == replacement.year, cost, 0.0)
    return total


def capex(frame: Frame, counterfactual: list[Numbered], projects: list[Numbered]) -> Item:
    """Investments, replacements included."""

    def spent(measures: list[Numbered]) -> Floats:
        amounts = [capex_by_year(measure, frame) for measure in measures]
        return -sum(amounts, frame.nothing)

    return item("capex", spent(counterfactual), spent(projects))


def upkeep(frame: Frame, counterfactual: list[Numbered], projects: list[Numbered]) -> list[Item]:
    """Fixed and variable upkeep, and the grid, of what works in the year."""

    def fixed(measures: list[Numbered]) -> Floats:
        total = frame.nothing
        for group, number, measure in measures:
            works = frame.operating(measure) > 0
            path = figure_path(group, number, "fixed_opex")
            opex = measure.fixed_opex
            cost = frame.money(opex, path)
            if isinstance(opex, Figure) and opex.kind == "1/year":
                capex = figure_path(group, number, "capex")
                share = frame.quantity(opex, path)
                cost = share * frame.money(measure.capex, capex)
            total = total - np.where(works, cost, 0.0)
        return total

    def yearly(name: str, measures: list[Numbered]) -> Floats:
        total = frame.nothing
        for group, number, measure in measures:
            cost = yearly_cost(frame, name, measure, figure_path(group, number, name))
            total = total - np.where(frame.operating(measure) > 0, cost, 0.0)
        return total

    def grid(measures: list[Numbered]) -> Floats:
        """What the case states, times what policy makes of it: amortisation, other tariffs."""
        return yearly("grid_cost", measures) * frame.law.yearly(GRID_COST_FACTOR, frame.years)

    measures = [measure for _, _, measure in [*counterfactual, *projects]]
    items = [item("fixed_opex", fixed(counterfactual), fixed(projects))]
    if any(measure.variable_opex for measure in measures):
        before, after = (yearly("variable_opex", each) for each in (counterfactual, projects))
        items.append(item("variable_opex", before, after))
    if any(measure.grid_cost for measure in measures):
        items.append(item("grid_cost", grid(counterfactual), grid(projects)))
    return items


def yearly_cost(frame: Frame, name: str, measure: Measure, place: str) -> Floats:
    """A cost of a measure that is stated as money a year; nothing if not. (year,) [eur, nominal]"""
    figure: Figure | Absent | None = getattr(measure, name)
    return frame.money(figure, place) if figure else frame.nothing


def energy(frame: Frame, without: State, with_projects: State) -> list[Item]:
    """Each carrier at its price, grid and taxes apart."""
    carriers = sorted({*without.energy, *with_projects.energy})
    nothing = frame.nothing[None, :]
    items = []
    for carrier in carriers:
        price = frame.price(carrier)
        before = without.energy.get(carrier, nothing).sum(axis=0)
        after = with_projects.energy.get(carrier, nothing).sum(axis=0)
        items.append(item(f"energy_{carrier}", -before * price, -after * price))
    return items


def energy_tax(frame: Frame, without: State, with_projects: State) -> list[Item]:
    """Energy tax per installation as one connection (Wbm art. 59); untaxed use is left out."""
    items = []
    for carrier in TAXED_CARRIERS:
        taxed = [
            n
            for n, installation in enumerate(frame.case.installations)
            if carrier in installation.energy_tax and installation.energy_tax[carrier].taxed
        ]
        if taxed:
            items.append(
                item(
                    f"energy_tax_{carrier}",
                    -_bracketed(carrier, without, taxed, frame),
                    -_bracketed(carrier, with_projects, taxed, frame),
                )
            )
    return items


# The tax counts kWh and m3; inside the house energy is MWh of lower heating value.
TAX_UNIT_MWH = {"electricity": unit("kWh").factor, "natural_gas": unit("m3 gas").factor}


def _bracketed(carrier: str, state: State, taxed: list[int], frame: Frame) -> Floats:
    limits, rates = energy_tax_table(frame, carrier)
    total = frame.nothing
    for n in taxed:
        used = np.maximum(state.energy[carrier][n], 0.0) / TAX_UNIT_MWH[carrier]
        total = total + energiebelasting.energiebelasting(used, limits, rates)
    return total


def energy_tax_table(frame: Frame, carrier: str) -> tuple[Floats, Floats]:
    """Limits of the brackets (3, year) [kWh or m3] and rates (4, year) [eur each, nominal]."""
    limits = [frame.law.yearly(f"energy_tax/{carrier}/bracket_{n}", frame.years) for n in (1, 2, 3)]
    rates = [frame.law.nominal(f"energy_tax/{carrier}/{n}", frame.years) for n in (1, 2, 3, 4)]
    return np.stack(limits), np.stack(rates)


def storage(frame: Frame, without: State, with_projects: State) -> list[Item]:
    """Transport and storage of CO2 that is handed over; nothing where none is."""
    services = sorted({*without.storage, *with_projects.storage})
    if not services:
        return []
    zero = frame.nothing
    before, after = zero, zero
    for service in services:
        price = frame.price(service)
        before = before - without.storage.get(service, zero) * price
        after = after - with_projects.storage.get(service, zero) * price
    return [item("co2_transport_storage", before, after)]


def premium(frame: Frame, counterfactual: list[Numbered], projects: list[Numbered]) -> list[Item]:
    """What a cleaner product earns above the ordinary one; nothing where none is."""

    def income(measures: list[Numbered]) -> Floats:
        total = frame.nothing
        for group, number, measure in measures:
            path = figure_path(group, number, "premium")
            works = frame.operating(measure) > 0
            if isinstance(measure.premium, Absent):
                total = total + np.where(works, frame.quantity(measure.premium, path), 0.0)
            elif measure.premium:
                volume = frame.quantity(measure.premium.volume, f"{path}.volume")
                price = frame.money(measure.premium.price, f"{path}.price")
                total = total + np.where(works, volume * price, 0.0)
        return total

    if not any(measure.premium for _, _, measure in [*counterfactual, *projects]):
        return []
    return [item("product_premium", income(counterfactual), income(projects))]


def ets(without: State, with_projects: State, position: CarbonPosition, eua: Floats) -> Item:
    """The difference needs no known allocation: what is kept with and without cancels out."""
    emitted = with_projects.own_change("ets") - without.own_change("ets")
    own = without.own
    given = (with_projects.allocation_change - without.allocation_change)[own].sum(axis=0)
    return Item(
        "ets",
        -ets_cost(without, position, eua),
        -ets_cost(with_projects, position, eua),
        -(emitted - given) * eua,
    )


def levy(without: Heffing, with_projects: Heffing, own: NDArray[np.bool_]) -> Item:
    """The CO2 levy on balance: due for the year, minus what comes back over earlier years."""
    return item("levy", -without.heffing[own].sum(axis=0), -with_projects.heffing[own].sum(axis=0))


def _sales(frame: Frame, due: Heffing) -> list[tuple[int, Floats]]:
    """Rights sold per installation: never more than set-off has left. (year,) [t]"""
    sold = []
    for n, installation in enumerate(frame.case.installations):
        if installation.rights_sale:
            path = figure_path("installations", n, "rights_sale", "volume")
            wanted = frame.quantity(installation.rights_sale.volume, path)
            sold.append((n, np.minimum(wanted, due.onbenut[n])))
    return sold


def sold(frame: Frame, due: Heffing) -> Floats:
    """Surplus rights sold by all installations. (year,) [t]"""
    return sum((sold for _, sold in _sales(frame, due)), frame.nothing)


def rights_sale(frame: Frame, without: Heffing, with_projects: Heffing) -> list[Item]:
    """Income from surplus rights, only where the case gives volume and price (METHOD §5)."""

    def income(due: Heffing) -> Floats:
        total = frame.nothing
        for n, sold in _sales(frame, due):
            sale = frame.case.installations[n].rights_sale
            if sale:
                path = figure_path("installations", n, "rights_sale", "price")
                price = frame.money(sale.price, path)
                total = total + opbrengst_verkoop(due.onbenut[n], sold, price)
        return total

    if not any(installation.rights_sale for installation in frame.case.installations):
        return []
    return [item("rights_sale", income(without), income(with_projects))]


Form = Literal["capital_grant", "operating_aid", "deduction"]


@dataclass(frozen=True)
class Support:
    """What one scheme brings one project, and how it comes in (METHOD §7).

    A deduction is no money: it comes off the taxable profit, and is worth what tax it saves.
    """

    id: str
    project: str
    form: Form
    by_year: Floats  # (year,) [eur, nominal]
    cash: Floats | None = (
        None  # of a deduction: the tax it saves where there is profit enough [eur]
    )


def awarded(frame: Frame) -> tuple[Support, ...]:
    """What the case says is awarded, in the years in which it is paid."""
    found = []
    for number, award in enumerate(frame.case.awards):
        if award.contract:
            paid = paid_along(frame, award, award.contract, f"awards[{number}]")
            found.append(Support(award.id, award.project, award.form, paid))
            continue
        shares = np.array([award.paid_by_year.get(int(year), 0.0) for year in frame.years])
        amount = award.amount.scalar(frame.picks.of(figure_path("awards", number, "amount")))
        found.append(Support(award.id, award.project, award.form, shares * amount))
    return tuple(found)


def support_items(frame: Frame, support: Sequence[Support], *forms: Form) -> list[Item]:
    """The lines of support of some forms."""
    return [
        Item(f"support_{each.id}", frame.nothing, each.by_year, each.by_year)
        for each in support
        if each.form in forms
    ]
