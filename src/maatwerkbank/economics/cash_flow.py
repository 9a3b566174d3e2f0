# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The lines of the cash flow, each with and without the projects.

Takes     the frame, states of the plant, levy and allocation.
Gives     items in euros of each year, income positive, cost negative, in the firm's eyes.
Leaves    profit tax to `profit_tax`, the sum of all to `business_case`.
"""

from dataclasses import dataclass

import numpy as np

from maatwerkbank.economics.carbon import CarbonPosition, ets_cost
from maatwerkbank.economics.frame import Frame
from maatwerkbank.ground.units import unit
from maatwerkbank.plant.case import Measure
from maatwerkbank.plant.quantities import Floats, State, Years, figure_path
from maatwerkbank.rules import energiebelasting
from maatwerkbank.rules.co2_heffing import Heffing, opbrengst_verkoop
from maatwerkbank.sources.figure import Figure

CARBON_ITEMS = ("ets", "levy", "rights_sale")

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
    """Fixed and variable upkeep of what works in the year."""

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

    def variable(measures: list[Numbered]) -> Floats:
        total = frame.nothing
        for group, number, measure in measures:
            if measure.variable_opex:
                path = figure_path(group, number, "variable_opex")
                cost = frame.money(measure.variable_opex, path)
                total = total - cost * frame.operating(measure)
        return total

    return [
        item("fixed_opex", fixed(counterfactual), fixed(projects)),
        item("variable_opex", variable(counterfactual), variable(projects)),
    ]


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
    for carrier in ("electricity", "natural_gas"):
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
_TAX_UNIT_MWH = {"electricity": unit("kWh").factor, "natural_gas": unit("m3 gas").factor}


def _bracketed(carrier: str, state: State, taxed: list[int], frame: Frame) -> Floats:
    limits = [frame.law.yearly(f"energy_tax/{carrier}/bracket_{n}", frame.years) for n in (1, 2, 3)]
    rates = [frame.law.nominal(f"energy_tax/{carrier}/{n}", frame.years) for n in (1, 2, 3, 4)]
    total = frame.nothing
    for n in taxed:
        used = np.maximum(state.energy[carrier][n], 0.0) / _TAX_UNIT_MWH[carrier]
        total = total + energiebelasting.energiebelasting(used, np.stack(limits), np.stack(rates))
    return total


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
            if measure.premium:
                path = figure_path(group, number, "premium")
                volume = frame.quantity(measure.premium.volume, f"{path}.volume")
                price = frame.money(measure.premium.price, f"{path}.price")
                total = total + volume * price * frame.operating(measure)
        return total

    if not any(measure.premium for _, _, measure in [*counterfactual, *projects]):
        return []
    return [item("product_premium", income(counterfactual), income(projects))]


def ets(without: State, with_projects: State, position: CarbonPosition, eua: Floats) -> Item:
    """The difference needs no known allocation: what is kept with and without cancels out."""
    emitted = with_projects.change("ets") - without.change("ets")
    given = (with_projects.allocation_change - without.allocation_change).sum(axis=0)
    return Item(
        "ets",
        -ets_cost(without, position, eua),
        -ets_cost(with_projects, position, eua),
        -(emitted - given) * eua,
    )


def levy(without: Heffing, with_projects: Heffing) -> Item:
    """The CO2 levy on balance: due for the year, minus what comes back over earlier years."""
    return item("levy", -without.heffing.sum(axis=0), -with_projects.heffing.sum(axis=0))


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


def support(frame: Frame) -> tuple[list[Item], list[Item]]:
    """Awarded capital grants, and awarded operating aid."""
    zero = frame.nothing
    items = {"capital_grant": list[Item](), "operating_aid": list[Item]()}
    for number, award in enumerate(frame.case.awards):
        paid = paid_out(frame, number)
        items[award.form].append(Item(f"support_{award.id}", zero, paid, paid))
    return items["capital_grant"], items["operating_aid"]


def paid_out(frame: Frame, number: int) -> Floats:
    """An award in the years in which it is paid. (year,) [eur]"""
    award = frame.case.awards[number]
    shares = np.array([award.paid_by_year.get(int(year), 0.0) for year in frame.years])
    return np.asarray(
        shares * award.amount.scalar(frame.picks.of(figure_path("awards", number, "amount")))
    )
