# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""SDE++: what the scheme pays for each tonne stored or MWh made, and how it ranks who asks.

Law        Besluit SDEK (articles 47-49, 54), AUR (articles 2, 3), the yearly Regeling aanwijzing
           categorieën; METHOD §9.
Takes      a project with its category, its output and the price path of the run; the table of the
           round in which it asks.
Gives      conditions, euros by year, the maximum commitment, the ranking amount.
Leaves out permits at application, fines for a late start, lots at equal rank, a term that starts
           within a calendar year, the final correction of heat and hydrogen (see `offer`).
"""

import calendar
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from maatwerkbank.ground.errors import ShapeError
from maatwerkbank.ground.language import Text
from maatwerkbank.ground.rounding import rounded_half_up
from maatwerkbank.parameters.law import Law
from maatwerkbank.parameters.rounds import Round
from maatwerkbank.parameters.sde_tables import Printed, Row, Table, sde_table
from maatwerkbank.rules._judging import incentive_effect, open_round
from maatwerkbank.rules.instrument import (
    AidForm,
    Condition,
    Offer,
    Project,
    Rest,
    Technique,
    Terms,
    at_least,
)

Floats = NDArray[np.float64]
Fact = TypeVar("Fact")

_BEFORE_WORKS = Text(
    nl="CEEAG 3.1.2, niet gelezen; zoals AGVV art. 6 lid 2",
    en="CEEAG 3.1.2, not read; as in GBER art. 6(2)",
)


# ── amounts per unit ──────────────────────────────────────────────────────────────────────────


def fasebedrag(
    basisbedrag: ArrayLike,
    langetermijnbedrag: ArrayLike,
    emissiefactor: ArrayLike,
    grens: ArrayLike,
) -> Floats:
    """How much may be asked per unit in a phase with this limit per tonne?  (...) [eur/unit]

    `min(basisbedrag, langetermijnbedrag + grens * emissiefactor)`, to four decimals. It gives
    every phase amount that the tables of 2023 and 2024 print, and with the limit of a category as
    `grens` its capped base amount.

    Parameters
    ----------
    emissiefactor : (...) [t/unit]  avoided per unit of output
    grens : (...) [eur/t]

    >>> float(fasebedrag(340.8704, 137.0222, 0.902015, 75))
    204.6733

    Source        Regeling aanwijzing categorieën 2023 and 2024, tables; the formula is derived.
    """
    limit = np.add(langetermijnbedrag, np.multiply(grens, emissiefactor))
    return rounded_half_up(np.minimum(basisbedrag, limit), 4)


def rangschikkingsbedrag(
    fasebedrag: ArrayLike, langetermijnbedrag: ArrayLike, emissiefactor: ArrayLike
) -> Floats:
    """How much subsidy per tonne does an application expect?  (...) [eur/t], to three decimals

    What is asked less the long-term price of the product or of CO2, per tonne avoided. Negative
    where the price is expected to cover the cost.

    >>> float(rangschikkingsbedrag(144.5032, 137.0222, 0.906825))
    8.25

    Source        Regeling aanwijzing categorieën 2023 art. 88 (×1,000 there: kg per kWh).
    """
    per_tonne = np.subtract(fasebedrag, langetermijnbedrag) / np.asarray(emissiefactor)
    return rounded_half_up(per_tonne, 3)


def ets_voordeel(
    ets_prijs: ArrayLike, langetermijn_ets: ArrayLike, langetermijn_ets_prijs: ArrayLike
) -> Floats:
    """What does a unit of output save in allowances at a price?  (..., year) [eur/unit]

    The table states the saving at the long-term price; it moves with the price of the run. The
    provisional amounts of 2024 agree with one price of about 83 euro, so they follow it too.

    >>> float(ets_voordeel(68.5111, 0.0219, 137.0222))
    0.01095

    Source        Besluit SDEK art. 54.5; the proportion is derived from the tables of 2024.
    """
    return np.asarray(ets_prijs, dtype=np.float64) * np.divide(
        langetermijn_ets, langetermijn_ets_prijs
    )


def ondergrens(langetermijnbedrag: ArrayLike) -> Floats:
    """What is the least correction?  (...) [as given], to four decimals

    Two thirds of the long-term price. The tables round that price after they took the floor, so
    that two thirds of what they print may differ in the fourth decimal: an offer takes the floor
    that is printed.

    >>> float(ondergrens(137.0222))
    91.3481

    Source        Regeling aanwijzing categorieën 2023 and 2024, tables; the share is derived.
    """
    return rounded_half_up(np.asarray(langetermijnbedrag, dtype=np.float64) * 2.0 / 3.0, 4)


def correctiebedrag_op_prijspad(voorlopig: ArrayLike, aardgasprijs: ArrayLike) -> Floats:
    """What is the correction of a product whose price follows gas?  (..., year) [eur/unit]

    The provisional amount times the gas price of the year over that of the first year.

    Parameters
    ----------
    voorlopig : (...) [eur/unit]  printed for the round
    aardgasprijs : (..., year) [eur/MWh]  above nil in the first year

    Raises
    ------
    ShapeError    `aardgasprijs` has no axis of years

    >>> correctiebedrag_op_prijspad(60.0, [40.0, 20.0, 80.0]).tolist()
    [60.0, 30.0, 120.0]

    Source        a scenario of this program; the yearly method (Besluit SDEK art. 54) was not read.
    """
    price = np.asarray(aardgasprijs, dtype=np.float64)
    if price.ndim == 0:
        raise ShapeError(
            f"the gas price is one number, {float(price)}, and a correction needs a row of years.",
            remedy="give an array whose last axis is the year",
        )
    followed: Floats = np.asarray(voorlopig)[..., np.newaxis] * (price / price[..., :1])
    return followed


# ── output that counts ────────────────────────────────────────────────────────────────────────


def jaarmaximum(vermogen: ArrayLike, vollasturen: ArrayLike) -> Floats:
    """How much output counts in a year at most?  (...) [MWh from MW, kWh from kW]

    Source        Besluit SDEK art. 47; RVO, berekening SDE++.
    """
    return np.multiply(np.asarray(vermogen, dtype=np.float64), vollasturen)


def subsidiabele_productie(
    productie: ArrayLike, jaarmaximum: ArrayLike, overproductie: ArrayLike
) -> Floats:
    """How much output of each year counts, with what is carried over?  (..., year) [unit]

    Room that a year leaves goes to later years, also to a year after the term, whose own maximum
    is nil. Output above the maximum goes to later years up to `overproductie`.

    Parameters
    ----------
    productie : (..., year) [unit]  nought where nothing can count any more
    jaarmaximum : (year,) [unit]  nought outside the term
    overproductie : scalar [unit]  most extra output that may wait

    Raises
    ------
    ShapeError    `productie` has no axis of years

    >>> subsidiabele_productie([80, 110, 50], [100, 100, 0], 25).tolist()
    [80.0, 110.0, 10.0]

    Source        Besluit SDEK art. 48.3-4 (2017); the share and the extra year were not read.
    """
    made = np.asarray(productie, dtype=np.float64)
    if made.ndim == 0:
        raise ShapeError(
            f"the output is one number, {float(made)}, and carrying over needs a row of years.",
            remedy="give an array whose last axis is the year",
        )
    most = np.broadcast_to(np.asarray(jaarmaximum, dtype=np.float64), made.shape)
    counts = np.zeros(made.shape)
    room, waiting = np.zeros(made.shape[:-1]), np.zeros(made.shape[:-1])
    for year in range(made.shape[-1]):
        offered, allowed = made[..., year] + waiting, most[..., year] + room
        counts[..., year] = np.minimum(offered, allowed)
        room = allowed - counts[..., year]
        waiting = np.minimum(offered - counts[..., year], overproductie)
    return counts


# ── euros ─────────────────────────────────────────────────────────────────────────────────────


def subsidie(
    bedrag: ArrayLike,
    correctiebedrag: ArrayLike,
    ondergrens: ArrayLike,
    productie: ArrayLike,
    *,
    ets_voordeel: ArrayLike = 0.0,
    overige_correcties: ArrayLike = 0.0,
) -> Floats:
    """What is paid over a year?  (..., year) [eur]

    `max(0, amount - max(correction, floor) - other corrections - ETS benefit)` for each unit that
    counts. Never negative: the scheme takes nothing back when prices are high.

    >>> subsidie(120, [30, 70, 130], 40, 500_000).tolist()
    [40000000.0, 25000000.0, 0.0]

    Source        Besluit SDEK art. 47-49, 54; RVO, berekening SDE++.
    """
    correction = np.maximum(correctiebedrag, ondergrens)
    taken_off = np.add(correction, overige_correcties) + np.asarray(ets_voordeel)
    per_unit = np.subtract(bedrag, taken_off)
    paid: Floats = np.maximum(0.0, per_unit) * np.asarray(productie, dtype=np.float64)
    return paid


def maximale_verplichting(
    bedrag: ArrayLike, ondergrens: ArrayLike, jaarmaximum: ArrayLike, looptijd: ArrayLike
) -> Floats:
    """What does an award take from the budget?  (...) [eur]

    As if the correction stood at its floor and every year reached its maximum.

    >>> round(float(maximale_verplichting(0.1113, 0.0308, 33_000_000, 15)))
    39847500

    Source        RVO, berekening SDE++; Besluit SDEK art. 47.
    """
    per_unit = np.maximum(0.0, np.subtract(bedrag, ondergrens))
    most: Floats = per_unit * np.asarray(jaarmaximum, dtype=np.float64) * np.asarray(looptijd)
    return most


def subsidie_per_ton(subsidie: ArrayLike, vermeden: ArrayLike) -> Floats:
    """What does each tonne over the whole term come to, undiscounted?  (...) [eur/t]

    Source        Porthos, aanvraag van 2 miljard euro voor 37 Mt, in de pers.
    """
    return np.asarray(np.divide(subsidie, vermeden), dtype=np.float64)


def kasontvangst(verwacht: ArrayLike, definitief: ArrayLike, voorschot: float) -> Floats:
    """When does the money come in?  (..., year + 1) [eur]

    In the year itself the advance on what was expected; in the next year the rest, or back what
    was too much. The row is one year longer than what comes in.

    >>> kasontvangst([100, 100], [90, 60], 0.8).tolist()
    [80.0, 90.0, -20.0]

    Source        RVO, beheren SDE++ (advance by the month, true-up on the final correction).
    """
    advance = voorschot * np.asarray(verwacht, dtype=np.float64)
    true_up = np.asarray(definitief, dtype=np.float64) - advance
    none = np.zeros((*advance.shape[:-1], 1))
    cash: Floats = np.concatenate([advance, none], -1) + np.concatenate([none, true_up], -1)
    return cash


def bankgarantie(
    maximale_verplichting: ArrayLike, drempel: ArrayLike, aandeel: ArrayLike
) -> Floats:
    """What must a bank guarantee within four weeks of the award?  (...) [eur]

    Source        Regeling aanwijzing categorieën 2023, annex 1.
    """
    most = np.asarray(maximale_verplichting, dtype=np.float64)
    due: Floats = np.where(most > np.asarray(drempel), most * np.asarray(aandeel), 0.0)
    return due


# ── who gets it ───────────────────────────────────────────────────────────────────────────────


def toewijzing(
    rangschikkingsbedragen: ArrayLike,
    verplichtingen: ArrayLike,
    domeinen: Sequence[str | None],
    *,
    plafond: float,
    hekjes: Mapping[str, float],
) -> NDArray[np.bool_]:
    """Which applications of one day fit in the budget, the cheapest tonne first?  (application,)

    First each domain within its reserved budget, then all that is left over, in the same order,
    within the rest. In each budget the first application that does not fit closes it: what the
    regulation says about that one was not read.

    Parameters
    ----------
    rangschikkingsbedragen : (application,) [eur/t]
    verplichtingen : (application,) [eur]
    domeinen : (application,)  name of the reserved budget, or None
    plafond : [eur]
    hekjes : [eur] by domain, within the ceiling

    Source        Regeling aanwijzing categorieën 2024 art. 1, 2 (domains, ceiling); Rijksoverheid,
                  17 February 2023 (how a reserved budget works).
    """
    asked = np.asarray(verplichtingen, dtype=np.float64)
    order = np.argsort(np.asarray(rangschikkingsbedragen), kind="stable")
    given = np.zeros(asked.shape, dtype=np.bool_)
    for domain, reserved in hekjes.items():
        inside = [each for each in order if domeinen[each] == domain]
        given |= _fits(asked, inside, reserved)
    others = [each for each in order if not given[each]]
    return given | _fits(asked, others, plafond - float(asked[given].sum()))


def _fits(asked: Floats, order: Sequence[int], budget: float) -> NDArray[np.bool_]:
    """Those that fit in a budget in this order, up to the first that does not."""
    fits = np.zeros(asked.shape, dtype=np.bool_)
    up_to = np.cumsum(asked[order]) <= budget
    fits[np.asarray(order, dtype=np.int64)[up_to]] = True
    return fits


# ── the offer ─────────────────────────────────────────────────────────────────────────────────


def offer(project: Project, law: Law) -> Offer:
    """What does SDE++ have to say to a project, in the round in which it asks?

    It asks the most that the last phase allows; who asks less ranks higher. The correction of CO2
    storage under the ETS is the allowance price of the run. That of heat, hydrogen and greenhouse
    CO2 follows prices by a method that was not read: as a scenario the provisional product amount
    moves with the gas price of the run, from its first year, or is held where the run has no such
    path. The ETS benefit moves with the allowance price.
    """
    terms = Terms(law, project.applied_on, stated=project.applied_here)
    ronde = terms.round("sde")
    table = _table(terms, ronde)
    row = table.row(project.sde_category) if table and project.sde_category else None
    asks = _Asks(terms, table, row) if table and row else None
    return Offer(
        instrument="sde",
        form=AidForm.OPERATING_AID,
        conditions=_conditions(project, terms, table, row),
        yearly=asks.yearly(project) if asks else None,
        maximum_eur=asks.maximum_eur(project) if asks else None,
        ranking_eur_per_t=asks.ranking_eur_per_t if asks else None,
        round=ronde,
        rests_on=terms.rests_on,
        lacks=terms.lacks,
    )


def _table(terms: Terms, ronde: Round | None) -> Table | None:
    """The table of the round; noted as lacking where it was not read."""
    if ronde is None:
        return None
    found = sde_table(ronde.id, terms.law.known_on)
    if found is None:
        terms.lack(
            f"sde_tables/{ronde.id}",
            Text(
                nl=f"de Regeling aanwijzing categorieën SDE++ {ronde.id} (Staatscourant)",
                en=f"the Regeling aanwijzing categorieën SDE++ {ronde.id} (Staatscourant)",
            ),
        )
    return found


class _Asks:
    """One row of a table read on behalf of a project: notes what is used and what lacks."""

    def __init__(self, terms: Terms, table: Table, row: Row) -> None:
        self.terms, self.table, self.row = terms, table, row
        self.name = f"sde_tables/{table.round}/{row.id}"
        cited = Rest(f"sde_tables/{table.round}/asks", None, "", "enacted", table.asks_citation)
        terms.rest(cited)
        money, factor = f"EUR/{row.unit}", "kg/kWh" if row.unit == "kWh" else "t/t"
        self.vollasturen = (
            self._read("vollasturen", row.vollasturen, "h") if row.unit == "kWh" else None
        )
        self.looptijd = self._read("term_years", row.term_years, "year")
        self.basisbedrag = self._read("basisbedrag", row.basisbedrag, money)
        self.ondergrens = self._read("ondergrens", row.ondergrens, money)
        self.langetermijnbedrag = self._read("langetermijnbedrag", row.langetermijnbedrag, money)
        self.emissiefactor = self._read("emissiefactor", row.emissiefactor, factor)
        self.grens = self._read("fasen", table.fasen[-1], "EUR/t")
        self.overproductie = terms.value("sde/overproductie")
        self.inhaaljaren = terms.value("sde/inhaaljaren")

    def _read(
        self, what: str, printed: Printed | None, unit: str, status: str = "enacted"
    ) -> float | None:
        if printed is None:
            self._lack(what)
            return None
        name = f"{self.name}/{what}"
        self.terms.rest(Rest(name, printed.value, unit, status, printed.citation))
        return printed.value

    def _lack(self, what: str) -> None:
        ronde, article = self.table.round, self.row.article
        self.terms.lack(
            f"{self.name}/{what}",
            Text(
                nl=f"de tabellen van de Regeling aanwijzing categorieën SDE++ {ronde} ({article})",
                en=f"the tables of the Regeling aanwijzing categorieën SDE++ {ronde} ({article})",
            ),
        )

    @property
    def asked(self) -> float | None:
        """The phase amount of the last phase, as printed. [eur/kWh or eur/t]"""
        known = (self.basisbedrag, self.langetermijnbedrag, self._tonnes, self.grens)
        if None in known:
            return None
        return float(fasebedrag(*(value for value in known if value is not None)))

    @property
    def _tonnes(self) -> float | None:
        """Tonnes avoided per printed unit."""
        if self.emissiefactor is None:
            return None
        return self.emissiefactor * self.row.tonnes_per_unit

    @property
    def ranking_eur_per_t(self) -> float | None:
        """The ranking amount of what is asked. [eur/t]"""
        if self.asked is None or self.langetermijnbedrag is None or self._tonnes is None:
            return None
        return float(rangschikkingsbedrag(self.asked, self.langetermijnbedrag, self._tonnes))

    def jaarmaximum(self, project: Project) -> float | None:
        """Most output that counts in a year. [MWh or t]

        Heat and hydrogen: capacity times hours. CO2: the largest yearly output of the plan, since
        a capacity in tonnes an hour is not a fact of the project.
        """
        if self.row.unit == "kWh":
            if project.capacity_mw is None or self.vollasturen is None:
                return None
            return float(jaarmaximum(project.capacity_mw, self.vollasturen))
        if project.production is None:
            return None
        return float(np.max(project.production))

    def maximum_eur(self, project: Project) -> float | None:
        """The maximum commitment. [eur]"""
        most = self.jaarmaximum(project)
        if self.asked is None or self.ondergrens is None or most is None or self.looptijd is None:
            return None
        per_unit = self.asked * self.row.per_house_unit, self.ondergrens * self.row.per_house_unit
        return float(maximale_verplichting(*per_unit, most, self.looptijd))

    def yearly(self, project: Project) -> Floats | None:
        """What is paid over each year, on the price path of the run. (..., year) [eur]"""
        output = self._output(project)
        correction, benefit = self._correction(project), self._ets_voordeel(project)
        if output is None or correction is None or benefit is None:
            return None
        if self.asked is None or self.ondergrens is None:
            return None
        return subsidie(
            self.asked * self.row.per_house_unit,
            correction,
            self.ondergrens * self.row.per_house_unit,
            output,
            ets_voordeel=benefit,
        )

    def _output(self, project: Project) -> Floats | None:
        """What counts in each year, over the term and the years after it. (..., year)"""
        first = _first_year(project)
        made = _needed(self.terms, "production", project.production)
        start = _needed(self.terms, "first_year", first)
        most = self.jaarmaximum(project)
        if made is None or start is None or most is None or self.looptijd is None:
            return None
        if self.overproductie is None or self.inhaaljaren is None:
            return None
        since = project.years - start
        in_term = (since >= 0) & (since < self.looptijd)
        counting = (since >= 0) & (since < self.looptijd + self.inhaaljaren)
        return subsidiabele_productie(
            np.where(counting, made, 0.0), most * in_term, self.overproductie * most
        )

    def _correction(self, project: Project) -> Floats | float | None:
        """The correction amount of the product or of CO2. (..., year) [eur per MWh or t]"""
        if self.row.correction == "nil":
            return 0.0
        if self.row.correction == "eua":
            return _needed(self.terms, "eua", project.eua)
        product = self.row.voorlopig_product
        held = self._read("voorlopig_product", product, f"EUR/{self.row.unit}", "scenario")
        if held is None:
            return None
        gas = project.prices.get("natural_gas")
        if gas is None or np.any(gas[..., 0] <= 0.0):
            return held * self.row.per_house_unit
        return correctiebedrag_op_prijspad(held * self.row.per_house_unit, gas)

    def _ets_voordeel(self, project: Project) -> Floats | float | None:
        """The ETS benefit in the correction. (..., year) [eur per MWh or t]"""
        if self.row.correction != "held" or project.under_ets is False:
            return 0.0
        provisional = self.row.voorlopig_ets
        if provisional is not None and provisional.value == 0.0:
            return 0.0
        price_then = self._read(
            "langetermijn_ets_prijs", self.table.langetermijn_ets_prijs, "EUR/t"
        )
        saving = self._read("langetermijn_ets", self.row.langetermijn_ets, f"EUR/{self.row.unit}")
        inside = _needed(self.terms, "under_ets", project.under_ets)
        price = _needed(self.terms, "eua", project.eua)
        if saving is None or price_then is None or inside is None or price is None:
            return None
        return ets_voordeel(price, saving * self.row.per_house_unit, price_then)


def _needed(terms: Terms, fact: str, value: Fact | None) -> Fact | None:
    """A fact of the project; noted as lacking where it is not stated."""
    if value is None:
        terms.lack(
            f"project.{fact}",
            Text(nl=f"het feit `{fact}` van het project", en=f"the fact `{fact}` of the project"),
        )
    return value


def _first_year(project: Project) -> int | None:
    if project.first_year is not None:
        return project.first_year
    return project.in_operation_on.year if project.in_operation_on else None


# ── conditions ────────────────────────────────────────────────────────────────────────────────


def _conditions(
    project: Project, terms: Terms, table: Table | None, row: Row | None
) -> tuple[Condition, ...]:
    found = [open_round(terms, "sde"), _category(project, table, row)]
    if table and row:
        found += _of_the_row(project, row, f"Regeling aanwijzing categorieën {table.round}")
    if project.technique is Technique.CCS or (row and row.technique == Technique.CCS):
        found.append(_stored_here(project))
    found += [incentive_effect(project, _BEFORE_WORKS), _ordered_in_time(project, terms)]
    return tuple(found)


def _category(project: Project, table: Table | None, row: Row | None) -> Condition:
    """Whether the project names a category of the round; naming it claims its description."""
    named = project.sde_category
    asks = Text(nl=f": {row.asks.nl}", en=f": {row.asks.en}") if row else Text(nl="", en="")
    return Condition(
        id="category",
        says=Text(
            nl=f"Het project noemt een categorie van de ronde en is als omschreven{asks.nl}.",
            en=f"The project names a category of the round and is as described{asks.en}.",
        ),
        met=None if named is None or table is None else row is not None,
        source=row.article if row else "Regeling aanwijzing categorieën",
        asked=table.label.nl if table else None,
        found=named,
    )


def _of_the_row(project: Project, row: Row, regeling: str) -> list[Condition]:
    """Technique, size, ETS and hydrogen: what the row asks and the project can answer."""
    source = f"{regeling}, {row.article}"
    technique = project.technique
    found = [
        Condition(
            id="technique",
            says=Text(nl="De techniek is die van de categorie.", en="The technique fits."),
            met=None if technique is None else str(technique) == row.technique,
            source=source,
            asked=row.technique,
            found=None if technique is None else str(technique),
        )
    ]
    if row.minimum_mw is not None:
        found.append(
            Condition(
                id="capacity",
                says=Text(nl="Het vermogen is groot genoeg.", en="The capacity is large enough."),
                met=at_least(project.capacity_mw, row.minimum_mw.value),
                source=source,
                relation="at_least",
                asked=row.minimum_mw.value,
                found=project.capacity_mw,
                unit="MW",
            )
        )
    if row.ets is not None:
        found.append(_under_ets(project, inside=row.ets, source=source))
    if row.technique == Technique.ELECTROLYSIS:
        found.append(
            Condition(
                id="renewable_hydrogen",
                says=Text(
                    nl="De waterstof is volledig hernieuwbaar.",
                    en="The hydrogen is fully renewable.",
                ),
                met=project.renewable_hydrogen,
                source=source,
                asked=True,
                found=project.renewable_hydrogen,
            )
        )
    found.append(_starts_in_time(project, row, source))
    return found


def _under_ets(project: Project, *, inside: bool, source: str) -> Condition:
    """Inside or outside the ETS; an installation that only pays the levy stands outside."""
    stated = project.under_ets
    return Condition(
        id="ets",
        says=Text(
            nl="De installatie valt onder het ETS"
            + ("." if inside else " (moet nee zijn: de categorie is voor installaties erbuiten)."),
            en="The installation is under the ETS"
            + ("." if inside else " (must be no: the category is for those outside)."),
        ),
        met=None if stated is None else stated is inside,
        source=source,
        asked=inside,
        found=stated,
    )


def _stored_here(project: Project) -> Condition:
    return Condition(
        id="storage_in_netherlands",
        says=Text(
            nl="De CO2 gaat naar een opslag in Nederland of op het Nederlandse continentale plat.",
            en="The CO2 goes to storage in the Netherlands or on the Dutch continental shelf.",
        ),
        met=project.storage_in_netherlands,
        source="RVO, SDE++ CO2-arme productie (2022)",
        asked=True,
        found=project.storage_in_netherlands,
    )


def _ordered_in_time(project: Project, terms: Terms) -> Condition:
    within = terms.value("sde/bestellingstermijn")
    return _by_date(
        "orders_in_time",
        Text(
            nl="De opdrachten zijn gegeven binnen de termijn na de beschikking.",
            en="The orders are placed within the term after the award.",
        ),
        _after(project.granted_on, within),
        project.works_start_on,
        "AUR art. 3",
    )


def _starts_in_time(project: Project, row: Row, source: str) -> Condition:
    within = row.start_within_years.value if row.start_within_years else None
    return _by_date(
        "starts_in_time",
        Text(
            nl="De installatie is in gebruik binnen de termijn na de beschikking.",
            en="The plant is in operation within the term after the award.",
        ),
        _after(project.granted_on, within),
        project.in_operation_on,
        source,
    )


def _by_date(
    identity: str, says: Text, last: date | None, found: date | None, source: str
) -> Condition:
    return Condition(
        id=identity,
        says=says,
        met=None if last is None or found is None else found <= last,
        source=source,
        relation="by",
        asked=last,
        found=found,
    )


def _after(day: date | None, years: float | None) -> date | None:
    """The same day of the month so many years later, counted in whole months."""
    if day is None or years is None:
        return None
    months = day.month - 1 + round(12 * years)
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
