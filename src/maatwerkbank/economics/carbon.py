# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Carbon law meets the plant: free allocation, dispensation rights, ETS cost and levy by year.

Takes     a case, the law, the emissions of a state, the path of the EU allowance price.
Gives     (installation, year) arrays of tonnes and euros.
Leaves    the rules themselves to `rules`; here they are only fed.

The benchmark amount `sum(AL x BM)` follows from one of three facts (METHOD §4): a published
allocation of 2025, activity levels by sub-installation, or process emissions.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date

import numpy as np
from numpy.typing import NDArray

from maatwerkbank.ground.errors import NoValueOnDate, RequiredValue
from maatwerkbank.ground.units import unit
from maatwerkbank.parameters.files import parameter_file
from maatwerkbank.parameters.law import End, Law
from maatwerkbank.plant.case import Case, Installation, Rights
from maatwerkbank.plant.quantities import Floats, Picks, State, figure_path, operator_of
from maatwerkbank.rules import co2_heffing, eu_ets
from maatwerkbank.rules.co2_heffing import Heffing, Installatie, Volgorde

Years = NDArray[np.int64]
LEVY = "co2_heffing"
VINTAGE_OF_2025 = 2021
LAST_YEAR_OF_VINTAGE = 2025
UNSPLIT = ""  # the benchmark amount of a plant of which no split by product is public
BENCHMARK_BOUND = "eu_ets/benchmark"


@dataclass(frozen=True)
class CarbonPosition:
    """Rights and allocation of the counterfactual plant.  (installation, year) [t]"""

    dispensatierechten: Floats
    free_allocation: Floats


def carbon_position(case: Case, law: Law, years: Years, picks: Picks) -> CarbonPosition:
    """Dispensation rights and free allocation of each installation as it is without projects."""
    allocation = [
        _free_allocation(installation, n, law, years, picks)
        for n, installation in enumerate(case.installations)
    ]
    return CarbonPosition(carbon_rights(case, law, years, picks), np.stack(allocation))


def carbon_rights(case: Case, law: Law, years: Years, picks: Picks) -> Floats:
    """Dispensation rights of each installation as it is without projects. (installation, year)"""
    return np.stack(
        [
            _dispensatierechten(installation, n, law, years, picks)
            for n, installation in enumerate(case.installations)
        ]
    )


def _dispensatierechten(
    installation: Installation, n: int, law: Law, years: Years, picks: Picks
) -> Floats:
    """Source: Wm 16b.17; METHOD §5. Carbon-leakage status, CSCF and CBAM play no part."""
    vintages = law.yearly(f"{LEVY}/benchmarkperiode", years).astype(np.int64)
    shares = _benchmark_amounts(installation, n, law, years, vintages, picks, LEVY)
    amount = sum(shares.values(), np.zeros(len(years)))
    correctie: Floats | float = 1.0
    if installation.levy == "avi":
        correctie = law.yearly(f"{LEVY}/correctiefactor_avi", years)
    factor = law.yearly(f"{LEVY}/reductiefactor", years)
    return co2_heffing.dispensatierechten(amount, factor, correctie)


def _free_allocation(
    installation: Installation, n: int, law: Law, years: Years, picks: Picks
) -> Floats:
    """Source: FAR art. 16; METHOD §4. Nothing for installations outside the ETS."""
    if installation.levy != "ets":
        return np.zeros(len(years))
    shares = _benchmark_amounts(installation, n, law, years, years, picks, "eu_ets")
    rights = installation.rights
    parts = rights.sub_installations if isinstance(rights, Rights) else []
    leaking = {sub.product: sub.carbon_leakage for sub in parts}
    subs = []
    for product, amount in shares.items():
        exposed = leaking.get(product, True)
        status = "carbon_leakage" if exposed else "non_carbon_leakage"
        kept = law.yearly(f"eu_ets/factor_{status}", years)
        if _is_cbam_good(product):
            kept = kept * law.yearly("eu_ets/cbam_factor", years)
        if product == UNSPLIT:
            # CBAM and new benchmarks hit some products and not others: after 2025 it is unknown.
            unknown = picks.absent(figure_path("installations", n, "rights", "products"))
            kept = np.where(years <= LAST_YEAR_OF_VINTAGE, kept, unknown)
        subs.append(amount * kept)
    return eu_ets.free_allocation(np.stack(subs), law.yearly("eu_ets/cscf", years))


def _is_cbam_good(product: str) -> bool:
    if product in ("process", UNSPLIT):
        return False
    return bool(parameter_file(f"eu_ets/benchmark/{product}").traits.get("cbam_good", False))


def _benchmark_amounts(
    installation: Installation,
    n: int,
    law: Law,
    years: Years,
    vintages: Years,
    picks: Picks,
    chapter: str,
) -> dict[str, Floats]:
    """Activity times benchmark per product, at the benchmark vintage of each year. (year,) [t]"""
    rights = installation.rights
    if not isinstance(rights, Rights):
        absent = picks.absent(figure_path("installations", n, "rights"))
        return {UNSPLIT: np.full(len(years), absent)}
    if rights.process_emissions is not None:
        path = figure_path("installations", n, "rights", "process_emissions")
        level = rights.process_emissions.yearly(years, picks.of(path))
        return {"process": level * law.yearly("eu_ets/procesfactor", years)}
    if rights.free_allocation_2025 is not None:
        path = figure_path("installations", n, "rights", "free_allocation_2025")
        published = rights.free_allocation_2025.scalar(picks.of(path))
        unknown = picks.absent(figure_path("installations", n, "rights", "products"))
        return _from_allocation(published, rights, law, vintages, picks, chapter, unknown)
    amounts: dict[str, Floats] = {}
    for number, sub in enumerate(rights.sub_installations):
        path = f"installations[{n}].rights.sub_installations[{number}].activity"
        level = sub.activity.yearly(years, picks.of(path))
        benchmark = _benchmark(sub.product, law, vintages, picks, chapter)
        amounts[sub.product] = amounts.get(sub.product, 0.0) + level * benchmark
    return amounts


def _from_allocation(
    published: float,
    rights: Rights,
    law: Law,
    vintages: Years,
    picks: Picks,
    chapter: str,
    unknown: float,
) -> dict[str, Floats]:
    """The benchmark amount behind a published allocation, scaled to other vintages.

    `sum(AL x BM) = F_2025 / (CLEF x CSCF)` for a plant on the carbon-leakage list; status
    derived. Without a sourced split by product only the vintage of 2021-25 can be given; an
    outlook that holds every benchmark needs no split.
    """
    amount = published / law.on("eu_ets/cscf", date(2025, 1, 1)).value
    if not rights.products:
        return {UNSPLIT: np.where(_as_in_2025(law, vintages, chapter), amount, unknown)}
    day = date(VINTAGE_OF_2025, 1, 1)
    amounts = {}
    for part in rights.products:
        then = law.on(f"eu_ets/benchmark/{part.product}", day).value
        now = _benchmark(part.product, law, vintages, picks, chapter, in_house_units=False)
        amounts[part.product] = amount * part.share * now / then
    return amounts


def _as_in_2025(law: Law, vintages: Years, chapter: str) -> NDArray[np.bool_]:
    """Whether each vintage is that of 2021-25, or one that the outlook holds at it."""
    return np.array(
        [
            VINTAGE_OF_2025 <= int(v) <= LAST_YEAR_OF_VINTAGE
            or (
                int(v) > VINTAGE_OF_2025
                and law.on(f"{BENCHMARK_BOUND}/heat", date(int(v), 1, 1), chapter=chapter).status
                == "scenario"
            )
            for v in vintages
        ]
    )


def _benchmark(
    product: str,
    law: Law,
    vintages: Years,
    picks: Picks,
    chapter: str,
    *,
    in_house_units: bool = True,
) -> Floats:
    """Benchmark values; where only bounds are known, the end that `picks` names. (year,)"""
    name = f"eu_ets/benchmark/{product}"
    pick = picks.of(BENCHMARK_BOUND)
    end: End | float | None = picks.share(BENCHMARK_BOUND)
    if end is None and pick != "central":
        end = pick
    values = law.bounded(name, vintages, end, chapter=chapter)
    return values * unit(parameter_file(name).unit).factor if in_house_units else values


def ets_price_for_levy(law: Law, years: Years, eua: Floats, eua_before: float) -> Floats:
    """The ETS price that the levy deducts: the published one, else last year's. (year,) [eur/t]

    Unpublished: last year's price on the run's own path times one plus `carry` (METHOD §5).
    """
    carry = law.outlook.carry if law.outlook else 0.0
    previous = np.concatenate([[eua_before], eua[:-1]]) * (1.0 + carry)
    published = [published_levy_price(law, int(year)) for year in years]
    return np.array([p if q is None else q for p, q in zip(previous, published, strict=True)])


def _published(law: Law, name: str, year: int) -> float | None:
    """A published yearly value, if it was known; an outlook does not count as published."""
    try:
        found = law.on(name, date(year, 1, 1), chapter="published")
    except (NoValueOnDate, RequiredValue):
        return None
    if found.status == "scenario":
        return None
    law.used[name, year] = found
    return found.value


def published_levy_price(law: Law, year: int) -> float | None:
    """The ETS price that the levy of a year deducts, if published by the run's day. [eur/t]"""
    return _published(law, f"{LEVY}/ets_prijs", year)


def published_price(law: Law, year: int) -> float | None:
    """The yearly mean price of EU allowances, if it was published by the run's day. [eur/t]"""
    return _published(law, "eu_ets/price", year)


def abolished(law: Law, years: Years) -> NDArray[np.bool_]:
    """In which years the levy is gone: its path then asks for nothing (METHOD §6). (year,)"""
    since = law.removed_since("levy") or date.max
    return np.asarray(years >= since.year)


def ets_cost(state: State, position: CarbonPosition, eua: Floats) -> Floats:
    """`(ets - F) x P` over the own installations; negative if allowances are left. (year,) [eur]"""
    allocation = (position.free_allocation + state.allocation_change)[state.own]
    return np.asarray(
        eu_ets.ets_cost(state.emissions["ets"][state.own], allocation, eua).sum(axis=0)
    )


def levy(
    case: Case, law: Law, state: State, position: CarbonPosition, years: Years, eua_levy: Floats
) -> Heffing:
    """The levy: transfers within each operator, parts a and b, set-off. (installation, year)

    From the year in which a variant removes the levy there is no chapter: no base, no rights, and
    so nothing that comes back over earlier years either.
    """
    operators = [operator_of(case, installation) for installation in case.installations]
    due = {
        operator: _levy_of(
            [n for n, each in enumerate(operators) if each == operator],
            case,
            law,
            state,
            position,
            years,
            eua_levy,
        )
        for operator in dict.fromkeys(operators)
    }
    return _in_order(operators, due)


def levy_tariffs(law: Law, years: Years, kinds: Iterable[Installatie]) -> dict[Installatie, Floats]:
    """The tariff of part a for each kind of installation. (year,) [eur/t, nominal]"""
    names = {Installatie.AVI: f"{LEVY}/tarief_avi"}
    return {kind: law.nominal(names.get(kind, f"{LEVY}/tarief"), years) for kind in set(kinds)}


def _in_order(operators: list[str], due: dict[str, Heffing]) -> Heffing:
    """The rows of all operators together, in the order of the installations."""
    rows = {operator: iter(range(operators.count(operator))) for operator in due}
    order = [(operator, next(rows[operator])) for operator in operators]

    def stacked(name: str) -> Floats:
        return np.stack([getattr(due[operator], name)[row] for operator, row in order])

    return Heffing(**{each.name: stacked(each.name) for each in fields(Heffing)})


def _levy_of(
    rows: list[int],
    case: Case,
    law: Law,
    state: State,
    position: CarbonPosition,
    years: Years,
    eua_levy: Floats,
) -> Heffing:
    """The levy of the installations of one operator, by their numbers. (installation, year)"""
    gone = abolished(law, years)
    installations = [case.installations[row] for row in rows]
    kinds = [Installatie(installation.levy) for installation in installations]
    tariffs = levy_tariffs(law, years, kinds)
    order = law.yearly(f"{LEVY}/volgorde_verrekening", years)
    volgorde = [
        Volgorde.HOOGSTE_TARIEF_EERST if code == 2 else Volgorde.OUDSTE_EERST for code in order
    ]
    return co2_heffing.heffing_van_onderneming(
        np.where(gone, 0.0, state.emissions["levy_base"][rows]),
        np.where(gone, 0.0, position.dispensatierechten[rows]),
        kinds,
        years,
        tarief=np.stack([tariffs[kind] for kind in kinds]),
        ets_prijs=eua_levy,
        minimumprijs=law.yearly(f"{LEVY}/minimumprijs", years),
        avi_apart=law.yearly(f"{LEVY}/avi_handel_apart", years) == 1,
        volgorde=volgorde,
        eerste_jaar=np.full(len(years), 2021),
        laatste_jaar=law.yearly(f"{LEVY}/verrekening_laatste_periode", years).astype(np.int64),
    )
