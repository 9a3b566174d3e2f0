# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""From a case and the law to a sheet: what each figure adds to which sum, in which year.

Takes     a case, the law, the places of its uncertain figures, how late each project may be.
Gives     a sheet for the kernel.
Leaves    amounts to the functions of `economics`, the same that the plain road uses: they are
          asked once for each whole year that a project may be late.

A figure that is absent, or a range without a centre that nothing draws, adds nothing or its middle
here, and is told as unknown: results that hang on it are null all the same (see `simulation`).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from maatwerkbank.economics import cash_flow
from maatwerkbank.economics.business_case import TARGET_YEAR
from maatwerkbank.economics.carbon import (
    BENCHMARK_BOUND,
    LEVY,
    abolished,
    carbon_rights,
    levy_tariffs,
    published_levy_price,
    published_price,
)
from maatwerkbank.economics.frame import Frame, frame_of
from maatwerkbank.economics.price_contracts import contract_term
from maatwerkbank.economics.profit_tax import replacement_written_off, written_off
from maatwerkbank.parameters.law import Law
from maatwerkbank.plant.case import Award, Case, Emissions, Installation, LevyKind, Measure, Rights
from maatwerkbank.plant.figure_places import absent_figures, figures, place_text
from maatwerkbank.plant.quantities import CENTRE, Floats, Picks, figure_path, operator_of
from maatwerkbank.risk.plain import late
from maatwerkbank.risk.sheet import (
    ALWAYS,
    Bools,
    Connection,
    ContractLines,
    Ints,
    Levies,
    Places,
    ProfitTax,
    Row,
    Sale,
    Sheet,
    Sum,
    Unknown,
)
from maatwerkbank.rules.co2_heffing import Installatie, Volgorde
from maatwerkbank.sources.figure import Absent, Figure

Connections = list[tuple[int, str]]  # installation and carrier of each taxed connection
Of = Callable[[Frame, Measure], Floats]


def lay_out(
    case: Case, law: Law, uncertain: frozenset[str], longest: Mapping[str, int] | None = None
) -> Sheet:
    """The sheet of a case under a law.

    Parameters
    ----------
    uncertain : places of figures that a draw multiplies
    longest : project -> most whole years that it may be late

    Raises what the law raises where it is silent and no outlook was named.
    """
    most = tuple((longest or {}).get(project.id, 0) for project in case.projects)
    until = case.last_year + max(most, default=0)
    frame = frame_of(late(case, {}, until=until), law, CENTRE)
    connections = [
        (n, carrier)
        for n, installation in enumerate(case.installations)
        for carrier in cash_flow.TAXED_CARRIERS
        if carrier in installation.energy_tax and installation.energy_tax[carrier].taxed
    ]
    places = Places(len(case.installations), len(connections))
    rows = _Rows(case, uncertain)
    _installations(rows, frame, places, connections)
    for n, measure in enumerate(case.counterfactual):
        if not (measure.only_while and law.removes(measure.only_while)):
            _Moved(rows, (frame,), "counterfactual", n, places, connections).add_all()
    contracts: list[ContractLines] = []
    for n, project in enumerate(case.projects):
        frames = tuple(
            frame_of(late(case, {project.id: years}, until=until), law, CENTRE)
            for years in range(most[n] + 1)
        )
        _Moved(rows, frames, "projects", n, places, connections).add_all()
        for number, award in enumerate(case.awards):
            if award.project == project.id:
                _award(rows, frames, n, number, places, contracts)
    years = frame.years
    return Sheet(
        id=case.id,
        years=years,
        planned=case.last_year - case.valuation_year + 1,
        projects=tuple(project.id for project in case.projects),
        longest=most,
        rate=case.discount_rate.scalar(),
        rows=rows.all(),
        places=places,
        levies=_levies(case, law, years),
        tax=_tax(case, law, years),
        connections=tuple(_connection(frame, carrier) for _, carrier in connections),
        contracts=tuple(contracts),
        sales=tuple(_sales(frame, uncertain)),
        known_eua=_known(published_price, law, years),
        target=int(TARGET_YEAR - years[0]) if years[0] <= TARGET_YEAR <= years[-1] else -1,
        unknowns=rows.unknowns(),
    )


def _open_ranges(case: Case) -> frozenset[str]:
    """Figures of which only a range is known, without a centre from a source."""
    return frozenset(
        place_text(path)
        for path, figure in figures(case)
        if figure.is_ranged and not figure.has_centre
    )


class _Rows:
    """Collects rows; rows that differ in their amounts only become one."""

    def __init__(self, case: Case, uncertain: frozenset[str]) -> None:
        self._uncertain = uncertain
        self._open_ranges = _open_ranges(case) - uncertain
        self._absent = {place_text(path) for path, _ in absent_figures(case)}
        self._amounts: dict[tuple[int, str | None, tuple[str, ...], int], Floats] = {}
        self._unknown: dict[tuple[int, str, bool], Bools] = {}

    def add(
        self,
        to: int,
        amounts: Floats,
        factors: tuple[str, ...] = (),
        *,
        price: str | None = None,
        project: int = ALWAYS,
    ) -> None:
        of = uncertain_of(factors, self._uncertain)
        amounts = np.atleast_2d(amounts)
        absent = np.isnan(amounts)
        named = tuple(each for each in factors if each in self._absent)
        self._note(int(to), named or factors[:1], np.any(absent, axis=0), is_absent=True)
        known = np.where(absent, 0.0, amounts)
        ranged = tuple(each for each in factors if each in self._open_ranges)
        self._note(int(to), ranged, np.any(known, axis=0), is_absent=False)
        key = (int(to), price, of, project)
        before = self._amounts.get(key)
        self._amounts[key] = known if before is None else before + known

    def _note(self, to: int, places: tuple[str, ...], years: Bools, *, is_absent: bool) -> None:
        """Remember that a sum hangs on figures that no draw gives."""
        if not years.any():
            return
        for place in places:
            before = self._unknown.get((to, place, is_absent))
            self._unknown[to, place, is_absent] = years if before is None else before | years

    def all(self) -> tuple[Row, ...]:
        return tuple(Row(*key, amounts) for key, amounts in self._amounts.items() if amounts.any())

    def unknowns(self) -> tuple[Unknown, ...]:
        """What sums hang on without being known."""
        return tuple(Unknown(*key, years) for key, years in self._unknown.items())


def uncertain_of(factors: tuple[str, ...], uncertain: frozenset[str]) -> tuple[str, ...]:
    """Those factors that a draw changes, in one order."""
    return tuple(sorted(each for each in factors if each in uncertain))


# ── the plant as it is ────────────────────────────────────────────────────────────────────────


def _installations(rows: _Rows, frame: Frame, places: Places, connections: Connections) -> None:
    case, law = frame.case, frame.law
    for n, installation in enumerate(case.installations):
        here = figure_path("installations", n, "emissions")
        figure, place = _series(installation.emissions, installation.levy, "levy_base", here)
        base = _yearly(frame, figure, place)
        rows.add(places.installation(n, "without"), base, (place,))
        rows.add(places.installation(n, "with"), base, (place,))
        own = operator_of(case, installation) == case.company
        for part, alone in _parts_of_rights(case, installation, n):
            _rights(rows, alone, law, frame.years, part, places.installation(n, "rights"))
            if own:
                _rights(rows, alone, law.without_variant, frame.years, part, Sum.FROZEN)
    for number, (n, carrier) in enumerate(connections):
        place = figure_path("installations", n, "energy", carrier)
        used = frame.quantity(case.installations[n].energy[carrier], place)
        rows.add(places.connection(number, "without"), used, (place,))
        rows.add(places.connection(number, "with"), used, (place,))


def _rights(rows: _Rows, alone: Case, law: Law, years: Ints, part: str, to: int) -> None:
    """Rights at the middle of benchmark values that nobody has seen, and what their ends add."""
    low, middle, high = (
        carbon_rights(alone, law, years, Picks(shares={BENCHMARK_BOUND: share}))[0]
        for share in (0.0, 0.5, 1.0)
    )
    rows.add(to, middle, (part,))
    if not np.array_equal(low, high, equal_nan=True):
        rows.add(to, high - low, (part, BENCHMARK_BOUND))


def _parts_of_rights(case: Case, whole: Installation, n: int) -> Iterator[tuple[str, Case]]:
    """Each figure from which rights follow, with a case that has the rights of that one only."""
    place = figure_path("installations", n, "rights")

    def alone(rights: object) -> Case:
        only = whole.model_copy(update={"rights": rights})
        return case.model_copy(update={"installations": [only]})

    rights = whole.rights
    if not isinstance(rights, Rights):
        yield place, alone(rights)
    elif rights.process_emissions is not None:
        yield f"{place}.process_emissions", alone(rights)
    elif rights.free_allocation_2025 is not None:
        yield f"{place}.free_allocation_2025", alone(rights)
    else:
        for number, sub in enumerate(rights.sub_installations):
            only = rights.model_copy(update={"sub_installations": [sub]})
            yield f"{place}.sub_installations[{number}].activity", alone(only)


def _series(
    emissions: Emissions, levy: LevyKind, name: str, place: str
) -> tuple[Figure | Absent | None, str]:
    """Which figure gives a series of METHOD §2, and where it stands; None: nothing."""
    stated = getattr(emissions, name)
    if stated is not None:
        return stated, f"{place}.{name}"
    follows = name in ("scope1", "levy_base") or (name == "ets" and levy == "ets")
    return (emissions.scope1 if follows else None), f"{place}.scope1"


def _yearly(frame: Frame, figure: Figure | Absent | None, place: str) -> Floats:
    return frame.nothing if figure is None else frame.quantity(figure, place)


# ── a measure ─────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class _Moved:
    """A measure, with a frame for each number of years that it may be late."""

    rows: _Rows
    frames: tuple[Frame, ...]
    group: str
    number: int
    places: Places
    connections: Connections

    @property
    def measures(self) -> tuple[Measure, ...]:
        return tuple(getattr(frame.case, self.group)[self.number] for frame in self.frames)

    @property
    def sign(self) -> float:
        """Projects count for the difference, the counterfactual against it."""
        return 1.0 if self.group == "projects" else -1.0

    @property
    def side(self) -> str:
        return "with" if self.group == "projects" else "without"

    def place(self, *steps: str) -> str:
        return figure_path(self.group, self.number, *steps)

    def add(self, to: int, of: Of, *factors: str, price: str | None = None) -> None:
        """A row of what `of` gives for each frame and the measure in it."""
        amounts = np.stack([of(*each) for each in zip(self.frames, self.measures, strict=True)])
        project = self.number if self.group == "projects" else ALWAYS
        self.rows.add(to, amounts, factors, price=price, project=project)

    def add_all(self) -> None:
        """Every row of the measure."""
        self.investment()
        self.upkeep()
        self.energy()
        self.emissions()

    def investment(self) -> None:
        """Investment, replacements, and their depreciation."""

        def numbered(measure: Measure) -> cash_flow.Numbered:
            return self.group, self.number, measure

        def first(frame: Frame, measure: Measure) -> Floats:
            each = numbered(measure)
            return cash_flow.capex_by_year(each, frame) - cash_flow.replacements(each, frame)

        def first_off(frame: Frame, measure: Measure) -> Floats:
            amount = float(first(frame, measure).sum())
            return written_off(amount, measure.first_year, measure.depreciation_years, frame.years)

        capex = self.place("capex")
        self.add(Sum.INVESTMENT, lambda f, m: -self.sign * first(f, m), capex)
        self.add(Sum.DEPRECIATION, lambda f, m: self.sign * first_off(f, m), capex)
        for n, _ in enumerate(self.measures[0].replacements):
            self.replacement(n)

    def replacement(self, n: int) -> None:
        """A part replaced within the life of the plant."""
        place = f"{self.group}[{self.number}].replacements[{n}].cost"

        def paid(frame: Frame, measure: Measure) -> Floats:
            part = measure.replacements[n]
            cost = frame.money(part.cost, place)
            return np.where(frame.years == part.year, cost, 0.0)

        def off(frame: Frame, measure: Measure) -> Floats:
            amount = float(paid(frame, measure).sum())
            year = measure.replacements[n].year
            return replacement_written_off(measure, amount, year, frame.years)

        self.add(Sum.INVESTMENT, lambda f, m: -self.sign * paid(f, m), place)
        self.add(Sum.DEPRECIATION, lambda f, m: self.sign * off(f, m), place)

    def upkeep(self) -> None:
        """Fixed and variable upkeep and the grid; a product premium."""
        capex, fixed = self.place("capex"), self.place("fixed_opex")

        def share_of_capex(frame: Frame, measure: Measure) -> Floats:
            share = frame.quantity(measure.fixed_opex, fixed)
            cost = share * frame.money(measure.capex, capex)
            return _while_working(frame, measure, cost)

        opex = self.measures[0].fixed_opex
        if isinstance(opex, Figure) and opex.kind == "1/year":
            self.add(Sum.OPERATIONS, lambda f, m: -self.sign * share_of_capex(f, m), fixed, capex)
        else:
            self.yearly_cost("fixed_opex")
        self.yearly_cost("variable_opex")
        self.yearly_cost("grid_cost")
        premium = self.measures[0].premium
        if premium and not isinstance(premium, Absent):
            volume, price = self.place("premium", "volume"), self.place("premium", "price")

            def income(frame: Frame, measure: Measure) -> Floats:
                sold = measure.premium
                if sold is None or isinstance(sold, Absent):
                    return frame.nothing
                paid = frame.quantity(sold.volume, volume) * frame.money(sold.price, price)
                return _while_working(frame, measure, paid)

            self.add(Sum.OPERATIONS, lambda f, m: self.sign * income(f, m), volume, price)

    def yearly_cost(self, name: str) -> None:
        """A cost that is stated as money a year; of the grid, what policy makes of it."""
        place = self.place(name)

        def cost(frame: Frame, measure: Measure) -> Floats:
            stated = cash_flow.yearly_cost(frame, name, measure, place)
            if name == "grid_cost":
                stated = stated * frame.law.yearly(cash_flow.GRID_COST_FACTOR, frame.years)
            return _while_working(frame, measure, stated)

        if getattr(self.measures[0], name) is not None:
            self.add(Sum.OPERATIONS, lambda f, m: -self.sign * cost(f, m), place)

    def energy(self) -> None:
        """Each carrier at its price; use of taxed connections; transport and storage of CO2."""
        first = self.measures[0]
        installation = _where(self.frames[0].case, first)
        for carrier in first.energy:
            self.carrier(carrier, installation)
        if first.storage:
            place = self.place("storage", "volume")

            def stored(frame: Frame, measure: Measure) -> Floats:
                if measure.storage is None:
                    return frame.nothing
                volume = frame.quantity(measure.storage.volume, place)
                return _while_working(frame, measure, volume)

            self.add(
                Sum.OPERATIONS,
                lambda f, m: -self.sign * stored(f, m),
                place,
                price=first.storage.price,
            )

    def carrier(self, carrier: str, installation: int) -> None:
        """What a carrier costs, and what it adds to the use of a taxed connection."""
        place = self.place("energy", carrier)

        def used(frame: Frame, measure: Measure) -> Floats:
            use = frame.quantity(measure.energy[carrier], place)
            return _while_working(frame, measure, use)

        self.add(Sum.OPERATIONS, lambda f, m: -self.sign * used(f, m), place, price=carrier)
        if (installation, carrier) in self.connections:
            number = self.connections.index((installation, carrier))
            self.add(self.places.connection(number, self.side), used, place)

    def emissions(self) -> None:
        """Tonnes: gross, removal, allowances, levy base."""
        case, first = self.frames[0].case, self.measures[0]
        n = _where(case, first)
        installation = case.installations[n]

        def series(name: str) -> tuple[Of, str]:
            _, place = _series(first.emissions, installation.levy, name, self.place("emissions"))

            def changed(frame: Frame, measure: Measure) -> Floats:
                figure, where = _series(
                    measure.emissions, installation.levy, name, self.place("emissions")
                )
                return _while_working(frame, measure, _yearly(frame, figure, where))

            return changed, place

        scope1, place = series("scope1")
        self.add(Sum.GROSS, lambda f, m: -self.sign * scope1(f, m), place)
        removal, place = series("removal")
        self.add(Sum.REMOVAL, lambda f, m: self.sign * removal(f, m), place)
        base, place = series("levy_base")
        self.add(self.places.installation(n, self.side), base, place)
        if operator_of(case, installation) == case.company:
            emitted, place = series("ets")
            self.add(Sum.CARBON, lambda f, m: -self.sign * emitted(f, m), place, price="eua")
            if first.free_allocation_change:
                given = self.place("free_allocation_change")
                self.add(
                    Sum.CARBON,
                    lambda f, m: self.sign * _allocation_change(f, m, given),
                    given,
                    price="eua",
                )


def _while_working(frame: Frame, measure: Measure, amounts: Floats) -> Floats:
    """Amounts in the years in which a measure works; nothing in the others, known or not."""
    return np.where(frame.operating(measure) > 0, amounts, 0.0)


def _where(case: Case, measure: Measure) -> int:
    return [each.id for each in case.installations].index(measure.installation)


def _allocation_change(frame: Frame, measure: Measure, place: str) -> Floats:
    figure = measure.free_allocation_change
    if figure is None:
        return frame.nothing
    return _while_working(frame, measure, frame.quantity(figure, place))


# ── support ───────────────────────────────────────────────────────────────────────────────────


def _award(
    rows: _Rows,
    frames: tuple[Frame, ...],
    project: int,
    number: int,
    places: Places,
    contracts: list[ContractLines],
) -> None:
    """The rows of an award: an amount spread over years, or the volume of a contract."""
    first = frames[0].case.awards[number]
    if first.contract:
        contracts.append(_contract(rows, frames, project, number, places, len(contracts)))
        return
    amount = figure_path("awards", number, "amount")
    paid = [_paid(frame, frame.case.awards[number], amount) for frame in frames]
    to = Sum.GRANT if first.form == "capital_grant" else Sum.AID
    rows.add(to, np.stack(paid), (amount,), project=project)
    if first.form == "capital_grant":
        measures = [frame.case.projects[project] for frame in frames]
        relief = [
            written_off(float(each.sum()), m.first_year, m.depreciation_years, frame.years)
            for each, m, frame in zip(paid, measures, frames, strict=True)
        ]
        rows.add(Sum.RELIEF, np.stack(relief), (amount,), project=project)


def _paid(frame: Frame, award: Award, place: str) -> Floats:
    shares = np.array([award.paid_by_year.get(int(year), 0.0) for year in frame.years])
    return shares * award.amount.scalar(frame.picks.of(place))


def _contract(
    rows: _Rows,
    frames: tuple[Frame, ...],
    project: int,
    number: int,
    places: Places,
    n: int,
) -> ContractLines:
    """The volume of a contract as a row, the rest of it beside."""
    frame = frames[0]
    award = frame.case.awards[number]
    contract = award.contract
    assert contract is not None  # noqa: S101  (asked for by `_award` only)
    here = figure_path("awards", number, "contract")
    terms = [contract_term(each, each.case.awards[number], contract) for each in frames]
    made = [
        np.where(
            term,
            each.quantity(contract.volume, f"{here}.volume")
            * each.operating(each.case.projects[project]),
            0.0,
        )
        for each, term in zip(frames, terms, strict=True)
    ]
    rows.add(places.contract(n), np.stack(made), (f"{here}.volume",), project=project)
    most = np.full(len(frame.years), np.inf)
    if contract.most_a_year:
        most = frame.quantity(contract.most_a_year, f"{here}.most_a_year")
    bounded = contract.most_a_year is not None
    return ContractLines(
        price=contract.price,
        price_share=contract.price_share,
        two_sided=contract.kind == "two_sided",
        beyond_paid=contract.beyond_paid,
        strike=frame.money(contract.strike, f"{here}.strike"),
        floor=frame.money(contract.floor, f"{here}.floor") if contract.floor else frame.nothing,
        most_a_year=np.stack([np.where(term, most, 0.0) if bounded else most for term in terms]),
        project=project,
        carried_over=contract.carried_over * float(most.max()) if bounded else 0.0,
        most=award.amount.scalar(),
    )


# ── the law by year ───────────────────────────────────────────────────────────────────────────


def _levies(case: Case, law: Law, years: Ints) -> Levies:
    kinds = [Installatie(installation.levy) for installation in case.installations]
    operators = [operator_of(case, installation) for installation in case.installations]
    order = law.yearly(f"{LEVY}/volgorde_verrekening", years)
    tariffs = levy_tariffs(law, years, kinds)
    return Levies(
        deducts=np.array([kind is Installatie.ETS for kind in kinds]),
        incinerator=np.array([kind is Installatie.AVI for kind in kinds]),
        operator=np.array([operators.index(operator) for operator in operators]),
        own=np.array([operator == case.company for operator in operators]),
        tariff=np.stack([tariffs[kind] for kind in kinds]),
        minimum=law.yearly(f"{LEVY}/minimumprijs", years),
        known_price=_known(published_levy_price, law, years),
        carry=law.outlook.carry if law.outlook else 0.0,
        apart=law.yearly(f"{LEVY}/avi_handel_apart", years) == 1,
        highest_first=np.array([_order(code) is Volgorde.HOOGSTE_TARIEF_EERST for code in order]),
        last_period=law.yearly(f"{LEVY}/verrekening_laatste_periode", years).astype(np.int64),
        gone=abolished(law, years),
    )


def _order(code: float) -> Volgorde:
    return Volgorde.HOOGSTE_TARIEF_EERST if code == 2 else Volgorde.OUDSTE_EERST


def _known(published: Callable[[Law, int], float | None], law: Law, years: Ints) -> Floats:
    """Published yearly prices, NaN in the years that have none. (year,)"""
    found = [published(law, int(year)) for year in years]
    return np.array([np.nan if value is None else value for value in found])


def _tax(case: Case, law: Law, years: Ints) -> ProfitTax:
    return ProfitTax(
        high=law.yearly("tax/corporate_rate", years),
        low=law.yearly("tax/corporate_rate_low", years),
        bracket=law.yearly("tax/corporate_bracket", years),
        threshold=law.yearly("tax/loss_threshold", years),
        fraction=law.yearly("tax/loss_fraction", years),
        losses_in_firm=case.losses == "firm",
    )


def _connection(frame: Frame, carrier: str) -> Connection:
    limits, rates = cash_flow.energy_tax_table(frame, carrier)
    return Connection(cash_flow.TAX_UNIT_MWH[carrier], limits, rates)


def _sales(frame: Frame, uncertain: frozenset[str]) -> Iterator[Sale]:
    for n, installation in enumerate(frame.case.installations):
        sale = installation.rights_sale
        if sale:
            volume = figure_path("installations", n, "rights_sale", "volume")
            price = figure_path("installations", n, "rights_sale", "price")
            yield Sale(
                installation=n,
                factors=uncertain_of((volume,), uncertain),
                volume=frame.quantity(sale.volume, volume),
                price=frame.money(sale.price, price),
            )
