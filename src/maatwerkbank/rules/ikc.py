# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""IKC-ETS: a part of what the ETS adds to the price of electricity, paid back to industry.

Law        Regeling nationale EZK-, LVVN- en KGG-subsidies, title 4.4; Guidelines on indirect
           emission costs (OJ C 317, 25.9.2020; OJ C/2026/196), points 27 and 28.
Takes      electricity use of eligible products, the price path of allowances, the dated terms.
Gives      euros by year, (year,), (draw, year), ...; the duties that come along; the EU ceiling.
Leaves out which products are eligible and their own benchmarks (annexes not read), the limit on
           gross value added, and the audit duty. The forward price is approximated: see `offer`.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from maatwerkbank.ground.language import Text
from maatwerkbank.parameters.law import Law
from maatwerkbank.rules.instrument import AidForm, Condition, Offer, Project, Terms, at_most

Floats = NDArray[np.float64]
Years = NDArray[np.int64]

# Until 2021 the fallback benchmark stands still; it falls from the year after.
FIRST_YEAR = 2021
# The plan counts from the emission of 2020 to 2030.
PLAN_FROM, PLAN_TO = 2020, 2030


def terugvalbenchmark(jaar: ArrayLike, *, begin: ArrayLike, daling: ArrayLike) -> Floats:
    """Which share of real use counts for a product without a benchmark?  (year,) [1]

    >>> round(float(terugvalbenchmark(2025, begin=0.8, daling=0.0109)), 5)
    0.76569

    Source        Guidelines, point 28: 80 %, less 1.09 % a year from 2022.
    """
    passed = np.maximum(0, np.asarray(jaar) - FIRST_YEAR)
    share: Floats = np.asarray(begin) * (1.0 - np.asarray(daling, dtype=np.float64)) ** passed
    return share


def compensatie(
    verbruik: ArrayLike,
    *,
    prijs_vorig_jaar: ArrayLike,
    emissiefactor: ArrayLike,
    terugvalbenchmark: ArrayLike,
    aandeel: ArrayLike,
    drempel: ArrayLike,
) -> Floats:
    """How much does the Netherlands pay for a year of electricity use?  (..., year) [eur]

    `A * C * P(t-1) * EF * (use - first 1,000 MWh)`, before the budget is shared.

    Parameters
    ----------
    verbruik, drempel : (..., year) [MWh]
    prijs_vorig_jaar : (..., year) [eur/t]  forward price of the year before
    emissiefactor : [t/MWh]
    terugvalbenchmark, aandeel : [1]

    >>> terms = {"emissiefactor": 0.45, "terugvalbenchmark": 0.8, "aandeel": 0.75}
    >>> round(float(compensatie(100_000, prijs_vorig_jaar=70, drempel=1000, **terms)))
    1871100

    Source        Regeling art. 4.4.3.1 (formula), 4.4.3.2 (first 1,000 MWh), 4.4.3.3 (A).
    """
    counted = np.maximum(0.0, np.asarray(verbruik, dtype=np.float64) - np.asarray(drempel))
    paid: Floats = (
        counted
        * np.asarray(terugvalbenchmark)
        * np.asarray(emissiefactor)
        * np.asarray(prijs_vorig_jaar)
        * np.asarray(aandeel)
    )
    return paid


def eu_ceiling(
    verbruik: ArrayLike,
    *,
    prijs_vorig_jaar: ArrayLike,
    emissiefactor: ArrayLike,
    terugvalbenchmark: ArrayLike,
    aandeel: ArrayLike,
) -> Floats:
    """How much may a member state pay at most for a year of electricity use?  (..., year) [eur]

    The same formula without the first 1,000 MWh, at the share that the guidelines allow.

    Source        Guidelines, points 27 (share) and 28 (formula).
    """
    return compensatie(
        verbruik,
        prijs_vorig_jaar=prijs_vorig_jaar,
        emissiefactor=emissiefactor,
        terugvalbenchmark=terugvalbenchmark,
        aandeel=aandeel,
        drempel=0.0,
    )


def naar_rato(aanvragen: ArrayLike, subsidieplafond: float) -> Floats:
    """What does each applicant get when the budget is short?  (applicant,) [eur]

    Source        Regeling art. 4.4.5: shared in proportion over the applications.
    """
    asked = np.asarray(aanvragen, dtype=np.float64)
    total = asked.sum()
    shared: Floats = asked * (subsidieplafond / total) if total > subsidieplafond else asked
    return shared


def plan_uitstoot(uitstoot_2020: ArrayLike, jaar: ArrayLike, *, reductie: ArrayLike) -> Floats:
    """How much may the firm still emit under its plan?  (year,) [t], scopes 1 and 2

    Every year at least 3 % of the emission of 2020 less, up to 2030.

    Source        Regeling art. 4.4.8.1.
    """
    passed = np.clip(np.asarray(jaar), PLAN_FROM, PLAN_TO) - PLAN_FROM
    left: Floats = np.asarray(uitstoot_2020, dtype=np.float64) * (
        1.0 - np.asarray(reductie) * passed
    )
    return left


def te_investeren(compensatie: ArrayLike, *, investeringsdeel: ArrayLike) -> Floats:
    """How much of what it gets must the firm put into its plan?  (...) [eur]

    Source        Regeling art. 4.4.8.2.
    """
    due: Floats = np.asarray(compensatie, dtype=np.float64) * np.asarray(investeringsdeel)
    return due


def mag_uitwijken(
    *,
    verliesjaren: int,
    kosten_per_ton: float,
    onder_benchmark_na_investering: float,
    grens_verliesjaren: float,
    grens_kosten: float,
    grens_afstand: float,
) -> bool:
    """May the firm take 30 % carbon-free power in place of the plan?

    One of three gates is enough: years of loss, cost per tonne, or a plant so efficient that less
    than half of the compensation would still bring it this far below the ETS benchmark.

    Parameters
    ----------
    kosten_per_ton : [eur/t]  average of the measures that are left
    onder_benchmark_na_investering : [1]  distance below the benchmark that is then reached

    Source        Regeling art. 4.4.8.3-4. "Below 15 % under the benchmark" is read as: at least
                  15 % below it.
    """
    return (
        verliesjaren >= grens_verliesjaren
        or kosten_per_ton > grens_kosten
        or onder_benchmark_na_investering >= grens_afstand
    )


def vorig_jaar(prijs: ArrayLike) -> Floats:
    """The price of the year before, in each year.  (..., year) [as given]

    The first year of a row has no year before it and takes its own price.
    """
    path = np.asarray(prijs, dtype=np.float64)
    return np.concatenate([path[..., :1], path[..., :-1]], axis=-1)


def offer(project: Project, law: Law) -> Offer:
    """What IKC-ETS has to say to a project, with the fallback benchmark. Euros nominal.

    The forward price of the year before is approximated by the price path of the run in that year.
    Amounts stand in the year of the cost, before the budget is shared, up to the year in which the
    title lapses.
    """
    terms = Terms(law, project.applied_on, stated=project.applied_here)
    last = terms.value("ikc/laatste_jaar")
    yearly = None if last is None else _yearly(project, terms, int(last))
    return Offer(
        instrument="ikc",
        form=AidForm.OPERATING_AID,
        conditions=(
            _uses_power(project, terms),
            _in_force(project, last),
            _has_plan(plan=project.ikc_plan),
        ),
        yearly=yearly,
        maximum_eur=None if yearly is None else float(yearly.sum(axis=-1).max()),
        round=terms.round("ikc"),
        rests_on=terms.rests_on,
        lacks=terms.lacks,
    )


def _yearly(project: Project, terms: Terms, last: int) -> Floats | None:
    if project.electricity_use is None or project.eua is None:
        return None
    covered = (project.years >= FIRST_YEAR) & (project.years <= last)
    price = vorig_jaar(project.eua)
    paid = np.zeros(np.broadcast_shapes(project.electricity_use.shape, price.shape))
    if not covered.any():
        return paid
    years = project.years[covered]
    names = ("emissiefactor", "aandeel", "drempel", "terugvalbenchmark", "daling_terugvalbenchmark")
    factor, share, free, begin, fall = (terms.yearly(f"ikc/{name}", years) for name in names)
    if factor is None or share is None or free is None or begin is None or fall is None:
        return None
    paid[..., covered] = compensatie(
        project.electricity_use[..., covered],
        prijs_vorig_jaar=price[..., covered],
        emissiefactor=factor,
        terugvalbenchmark=terugvalbenchmark(years, begin=begin, daling=fall),
        aandeel=share,
        drempel=free,
    )
    return paid


def _uses_power(project: Project, terms: Terms) -> Condition:
    free = terms.value("ikc/drempel")
    use = project.electricity_use
    found = None if use is None else float(use.max())
    return Condition(
        "electricity_use",
        Text(
            nl="Het verbruik voor producten die in aanmerking komen is hoger dan de hoeveelheid "
            "die zelf wordt gedragen.",
            en="Use for eligible products exceeds the quantity that is not compensated.",
        ),
        None if found is None or free is None else found > free,
        "Regeling art. 4.4.3.2",
        "at_least",
        asked=free,
        found=found,
        unit="MWh",
    )


def _in_force(project: Project, last: float | None) -> Condition:
    """Both the application and the first use must fall before the title lapses.

    A first use that comes too late settles it; without a day of application nothing else does.
    """
    first, asked_on = _first_use(project), project.applied_on
    found = first if first is None or asked_on is None else max(first, asked_on.year)
    in_time = at_most(found, last)
    return Condition(
        "title_in_force",
        Text(
            nl="De titel is nog niet vervallen in het eerste jaar met verbruik.",
            en="The title has not lapsed yet in the first year of use.",
        ),
        None if in_time and asked_on is None else in_time,
        "Regeling art. 4.4.14",
        "by",
        asked=last,
        found=found,
        unit="year",
    )


def _first_use(project: Project) -> int | None:
    if project.electricity_use is None:
        return None
    years = project.years[(project.electricity_use > 0).reshape(-1, len(project.years)).any(axis=0)]
    return int(years[0]) if len(years) else None


def _has_plan(*, plan: bool | None) -> Condition:
    return Condition(
        "plan",
        Text(
            nl="Er is een plan dat elk jaar genoeg vermindert en waarin genoeg wordt geïnvesteerd.",
            en="There is a plan that cuts enough every year and in which enough is invested.",
        ),
        plan,
        "Regeling art. 4.4.6, 4.4.8",
        asked=True,
        found=plan,
    )
