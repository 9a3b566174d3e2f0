# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What do levy and ETS cost a whole population of installations, in every draw of the EU price?

Takes     installations of the register or made-up ones, laws, and a process of the EU price.
Gives     a frozen plan, the work of one block of it, and sums over the population by draw.
Leaves    projects, their costs and profit tax: of most installations nothing of it is public, so
          a value here is before tax. Transfers and set-off: the register knows no operators' sums.

Emission stays as it is. All of it is counted under the levy, which is the most it can be, and the
Dutch law is asked as if it held for every installation, also for those that do not exist.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, Literal

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy.special import ndtri  # type: ignore[import-untyped]

import maatwerkbank
from maatwerkbank.economics.carbon import LEVY, abolished, ets_price_for_levy
from maatwerkbank.ground.dates import last_day
from maatwerkbank.ground.errors import DocumentRefused, RuleError, ShapeError
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text
from maatwerkbank.ground.receipt import Receipt, code_sha256, digest
from maatwerkbank.parameters.files import content_of, law_sha256
from maatwerkbank.parameters.law import Law
from maatwerkbank.risk.blocks import (
    Blocks,
    Columns,
    Tables,
    Task,
    compiled_platform,
    even_parts,
    tasks_of,
)
from maatwerkbank.risk.price_paths import drawn_prices
from maatwerkbank.risk.sampling import Method, uniforms
from maatwerkbank.rules.co2_heffing import (
    Installatie,
    dispensatierechten,
    grondslag,
    netto_minimumprijs,
    netto_tarief,
)

Floats = NDArray[np.float64]
Years = NDArray[np.int64]
Origin = Literal["register", "synthetic"]

SYNTHETIC = "europe_synthetic"
_REGISTER: tuple[Origin, ...] = ("register",)
_SYNTHETIC: tuple[Origin, ...] = ("synthetic",)
ALLOCATION_YEAR = 2025
# Prices of some 30 years for so many draws fit in the cache of one core.
_RUN_OF_DRAWS = 512
OUTCOMES = ("levy_eur", "ets_cost_eur", "value_eur")
MEASURES = ("mean", "sd", "min", "max")
# Codes of which the main product is a good under CBAM: fertilisers, cement, iron and steel,
# aluminium (annex I to Regulation (EU) 2023/956). Hydrogen (20.11) is one of many gases.
CBAM_NACE = frozenset({"20.15", "23.51", "24.10", "24.42"})
ASSUMPTIONS = (
    "Emission stays at the last known year.",
    "All emission counts under the levy: the most it can be.",
    "Every installation is asked as if the Dutch levy held for it.",
    "Benchmarks stay those of 2021-2025, for dispensation rights and for free allocation.",
    "Free allocation of 2025 follows the correction factor, and CBAM by NACE code.",
    "No transfer of rights and no set-off over years.",
    "Value is before profit tax; levy and ETS cost are sums over the years, not discounted.",
)


# --- installations -----------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Population:
    """Installations, those of one origin together. Arrays (installation,)."""

    ids: tuple[str, ...]
    origins: tuple[Origin, ...]
    nace: tuple[str, ...]
    emission: Floats  # [t/year], as levied and as surrendered
    free_allocation: Floats  # [t], of 2025
    left_out: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.ids)

    def chunks(self, most: int) -> tuple[tuple[int, int], ...]:
        """Runs of at most `most` installations of one origin: (first, how many).

        Register and synthetic never share a chunk, so that no sum mixes them.

        Raises
        ------
        ShapeError    chunks without installations
        """
        if most < 1:
            raise ShapeError(
                f"blocks of {most} installations hold none.", remedy="give 1 or more a block"
            )
        starts = [0, *(np.flatnonzero(np.diff(_numbers(self.origins))) + 1).tolist(), len(self)]
        return tuple(
            (start + first, n)
            for start, end in pairwise(starts)
            for first, n in even_parts(end - start, most)
        )

    def __add__(self, other: "Population") -> "Population":
        """Both, one after the other."""
        if set(self.ids) & set(other.ids):
            raise ShapeError(
                f"{min(set(self.ids) & set(other.ids))} is in both populations.",
                remedy="leave it out of one of them",
            )
        return Population(
            self.ids + other.ids,
            self.origins + other.origins,
            self.nace + other.nace,
            np.concatenate([self.emission, other.emission]),
            np.concatenate([self.free_allocation, other.free_allocation]),
            self.left_out + other.left_out,
        )

    def as_json(self) -> dict[str, Any]:
        """Who is in it, counted, and who is not."""
        counts = {origin: self.origins.count(origin) for origin in sorted(set(self.origins))}
        told: dict[str, Any] = {"installations": counts, "left_out": list(self.left_out)}
        if "synthetic" in counts:
            told["synthetic"] = synthetic_label().en
        return told

    def sha256(self) -> str:
        """Hash over every figure."""
        plain = {field.name: getattr(self, field.name) for field in fields(self)}
        arrays = {name: plain[name].tolist() for name in ("emission", "free_allocation")}
        return digest({**plain, **arrays})


def _numbers(origins: Sequence[Origin]) -> NDArray[np.int64]:
    return np.array([origin == "synthetic" for origin in origins], dtype=np.int64)


def from_register(content: Mapping[str, Any], known_on: date) -> Population:
    """The installations of a register file, with what was public on `known_on`.

    An installation without a public emission or allocation is left out and named: absent is not
    zero. A permit that several firms share counts as the one installation that it is.

    Parameters
    ----------
    content : as in `installations.yaml` of the portfolio: `installations`, each with `id`, `nace`,
        and `verified` and `free_allocation` as {year, t, known_from}

    Raises
    ------
    DocumentRefused   an amount that is no finite number of nil or more: all of them at once
    ShapeError        no installation has both figures
    """
    findings: list[Finding] = []
    found, left_out = [], []
    for n, row in enumerate(content["installations"]):
        emissions = _public(row, "verified", n, known_on, findings)
        emission = emissions[max(emissions)] if emissions else None
        allocation = _public(row, "free_allocation", n, known_on, findings).get(ALLOCATION_YEAR)
        if emission is None or allocation is None:
            left_out.append(str(row["id"]))
        else:
            found.append((str(row["id"]), str(row.get("nace") or ""), emission, allocation))
    if findings:
        raise DocumentRefused("the register", tuple(findings))
    if not found:
        raise ShapeError(
            f"no installation has a public emission and allocation on {known_on}.",
            remedy="ask as known on a later day, or give another register",
        )
    ids, nace, emitted, allocated = zip(*found, strict=True)
    return Population(
        ids,
        _REGISTER * len(ids),
        nace,
        np.array(emitted),
        np.array(allocated),
        tuple(left_out),
    )


def _public(
    row: Mapping[str, Any], name: str, n: int, known_on: date, findings: list[Finding]
) -> dict[int, float]:
    """The public values by year; one that is no amount of tonnes is a finding. [t/year]"""
    public = {}
    for number, value in enumerate(row.get(name) or []):
        tonnes = value["t"]
        if tonnes is None or last_day(str(value["known_from"])) > known_on:
            continue
        if isinstance(tonnes, int | float) and np.isfinite(tonnes) and tonnes >= 0:
            public[int(value["year"])] = float(tonnes)
        else:
            findings.append(_no_amount(f"installations[{n}].{name}[{number}].t", tonnes))
    return public


def _no_amount(place: str, found: object) -> Finding:
    return Finding(
        "error",
        "population.no-amount",
        place,
        Text(
            nl="een eindig aantal tonnen, nul of meer", en="a finite number of tonnes, nil or more"
        ),
        str(found),
        Text(nl="verbeter het getal, of schrijf null", en="mend the number, or write null"),
    )


@cache
def _shape() -> dict[str, Any]:
    folder = files("maatwerkbank.parameters") / "populations"
    return content_of(folder / f"{SYNTHETIC}.yaml")


def synthetic_label() -> Text:
    """What the made-up population is called, wherever it shows."""
    return Text(**_shape()["label"])


def synthetic_population(n: int, seed: int) -> Population:
    """`n` installations that do not exist, of the shape of the Dutch register.

    Installation i depends on the seed and i only: the first members of a larger population are
    those of a smaller one.

    >>> bool(synthetic_population(9, 0).emission[3] == synthetic_population(4, 0).emission[3])
    True

    Raises
    ------
    RuleError     fewer than one installation, or more than there are points for
    """
    shape = _shape()
    places = uniforms(seed, f"population/{SYNTHETIC}", 3, first=0, count=n)
    size = shape["emission"]
    emission = np.exp(size["log_mean"] + size["log_sd"] * ndtri(places[0]))
    shares = np.array(shape["allocation_per_tonne"]["values"])
    share = shares[(places[1] * len(shares)).astype(np.int64)]
    codes = list(shape["nace"]["counts"])
    upto = np.cumsum(list(shape["nace"]["counts"].values()))
    code = np.searchsorted(upto, places[2] * upto[-1], side="right")
    return Population(
        tuple(f"synthetic-{number:06d}" for number in range(1, n + 1)),
        _SYNTHETIC * n,
        tuple(codes[each] for each in code),
        emission,
        emission * share,
        (),
    )


# --- law and plan ------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class FrozenLaw:
    """What one law asks, year by year, in arrays that travel. (year,)"""

    tarief: Floats  # [eur/t]
    minimumprijs: Floats  # [eur/t]
    reductiefactor: Floats
    ets_prijs: Floats  # [eur/t], published; NaN where last year's price on the path holds
    carry: float
    has_levy: NDArray[np.bool_]
    cscf_2025: float
    allocation: Floats  # free allocation over that of 2025
    cbam: Floats


def frozen_law(law: Law, years: Years) -> FrozenLaw:
    """The values of a law that a population needs, in money of each year."""
    of_2025 = law.on("eu_ets/cscf", date(ALLOCATION_YEAR, 1, 1)).value
    return FrozenLaw(
        tarief=law.nominal(f"{LEVY}/tarief", years),
        minimumprijs=law.yearly(f"{LEVY}/minimumprijs", years),
        reductiefactor=law.yearly(f"{LEVY}/reductiefactor", years),
        ets_prijs=ets_price_for_levy(law, years, np.full(len(years), np.nan), np.nan),
        carry=law.outlook.carry if law.outlook else 0.0,
        has_levy=~abolished(law, years),
        cscf_2025=of_2025,
        allocation=law.yearly("eu_ets/cscf", years) / of_2025,
        cbam=law.yearly("eu_ets/cbam_factor", years),
    )


@dataclass(frozen=True)
class EuPrices:
    """Where the draws of the price of EU allowances come from."""

    price_set: str
    family: str
    process: str | None
    seed: int
    method: Method = "sobol"


@dataclass(frozen=True, eq=False)
class PopulationPlan:
    """A population under some laws in some draws: all that a block needs, frozen.

    The sizes of the blocks are part of it: means by installation are taken per block.
    """

    population: Population
    laws: Mapping[str, FrozenLaw]
    known_on: date
    outlook: str
    years: tuple[int, ...]
    prices: EuPrices
    discount_rate: float  # [1/year], nominal
    n_draws: int
    installations_per_block: int
    draws_per_block: int
    receipt: Receipt

    tables = ("draws", "installations")

    @property
    def number(self) -> str:
        """The number of the receipt."""
        return self.receipt.number

    def tasks(self) -> tuple[Task, ...]:
        """Every block."""
        return tasks_of(
            list(self.laws),
            self.population.chunks(self.installations_per_block),
            self.n_draws,
            draws_per_block=self.draws_per_block,
        )

    def as_json(self) -> dict[str, Any]:
        """What the run is, in plain values."""
        return {
            "receipt": self.receipt.as_json(),
            "population": self.population.as_json(),
            "laws": list(self.laws),
            "years": [self.years[0], self.years[-1]],
            "prices": asdict(self.prices),
            "discount_rate": self.discount_rate,
            "n_draws": self.n_draws,
            "assumptions": list(ASSUMPTIONS),
        }

    def result_bytes(self, task: Task) -> int:
        """Sums by draw, and measures with their labels by installation."""
        return 8 * (task.n_draws * (len(OUTCOMES) + 5) + task.n_projects * 24)

    def working_bytes(self, task: Task) -> int:
        """Prices and net tariffs by year and draw, drawing them included, and tonnes by year."""
        n_years = len(self.years) + 1
        return 8 * n_years * (8 * task.n_draws + 6 * task.n_projects) + self.result_bytes(task)


def population_plan(
    population: Population,
    laws: Mapping[str, Law],
    *,
    first_year: int,
    last_year: int,
    prices: EuPrices,
    discount_rate: float,
    n_draws: int,
    installations_per_block: int = 4096,
    draws_per_block: int = 4096,
) -> PopulationPlan:
    """Everything that a run over a population rests on, checked and frozen.

    Parameters
    ----------
    laws : by a name that can be part of a file name; all as known on one day, with one outlook
    discount_rate : [1/year] nominal, for the value

    Raises
    ------
    RuleError     no law; laws of different days or outlooks; no outlook; years that end before
                  they begin; a rate that is not finite or not above -1
    ShapeError    nothing to compute
    """
    if len({(law.known_on, law.outlook and law.outlook.name) for law in laws.values()}) != 1:
        raise RuleError(
            "the laws differ in day of knowledge or outlook, or there is none.",
            remedy="compare variants as known on one day, with one outlook",
        )
    law = next(iter(laws.values()))
    if law.outlook is None:
        raise RuleError(
            f"the law is silent about years after {law.known_on.year}.",
            remedy="name an outlook, such as `hold`",
        )
    if last_year < first_year:
        raise RuleError(
            f"the years end in {last_year}, before they begin in {first_year}.",
            remedy="give a last year that is not before the first",
        )
    if not np.isfinite(discount_rate) or discount_rate <= -1.0:
        raise RuleError(
            f"a discount rate of {discount_rate} has no present value.",
            remedy="give a ratio above -1, such as 0.08",
        )
    years = np.arange(first_year, last_year + 1)
    frozen = {name: frozen_law(each, years) for name, each in laws.items()}
    plan = PopulationPlan(
        population,
        frozen,
        law.known_on,
        law.outlook.name,
        tuple(years.tolist()),
        prices,
        discount_rate,
        n_draws,
        installations_per_block,
        draws_per_block,
        _receipt(
            population,
            laws,
            prices,
            (
                first_year,
                last_year,
                discount_rate,
                n_draws,
                installations_per_block,
                draws_per_block,
            ),
        ),
    )
    plan.tasks()
    return plan


def _receipt(
    population: Population, laws: Mapping[str, Law], prices: EuPrices, sizes: tuple[float, ...]
) -> Receipt:
    law = next(iter(laws.values()))
    variants = {name: each.variant.name if each.variant else None for name, each in laws.items()}
    return Receipt(
        version=maatwerkbank.__version__,
        code_sha256=code_sha256(),
        law_sha256=law_sha256(),
        input_sha256=digest([population.sha256(), variants, asdict(prices), sizes]),
        variant=", ".join(laws),
        outlook=law.outlook.name if law.outlook else "none",
        known_on=law.known_on.isoformat(),
        seed=prices.seed,
        numeric_platform=compiled_platform(),
    )


# --- the work of one block ---------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class _Tonnes:
    """Tonnes of the installations of a block. (installation, year) [t]"""

    part_a: Floats  # of the levy
    part_b: Floats
    short: Floats  # of allowances; negative where more is allocated than emitted


@dataclass(frozen=True, eq=False)
class _PerTonne:
    """What a tonne costs in the draws of a block. (year, draw) [eur/t]"""

    part_a: Floats
    part_b: Floats
    eua: Floats


def population_block(plan: PopulationPlan, task: Task) -> Tables:
    """Levy, ETS cost and value of some installations in some draws, under one law.

    `draws`          (draw,) sums over the installations of the block
    `installations`  (installation,) mean, standard deviation, lowest and highest over its draws
    """
    law = plan.laws[task.law]
    years = np.array(plan.years)
    tonnes = _tonnes(plan, law, task)
    price = _per_tonne(plan, law, task, years)
    by_year = (1.0 + plan.discount_rate) ** -np.arange(len(years), dtype=np.float64)
    totals = np.zeros((len(OUTCOMES), task.n_draws))
    measured = np.empty((len(OUTCOMES), len(MEASURES), task.n_projects))
    _sums_of_products(
        tonnes.part_a,
        tonnes.part_b,
        tonnes.short,
        price.part_a,
        price.part_b,
        price.eua,
        by_year,
        totals,
        measured,
    )
    return {
        "draws": _by_draw(plan, task, totals),
        "installations": _by_installation(plan, task, measured),
    }


def _tonnes(plan: PopulationPlan, law: FrozenLaw, task: Task) -> _Tonnes:
    rows = slice(task.first_project, task.first_project + task.n_projects)
    population = plan.population
    emission = population.emission[rows, np.newaxis] * np.ones(len(plan.years))
    allocated = population.free_allocation[rows, np.newaxis]
    is_cbam = np.array([code in CBAM_NACE for code in population.nace[rows]])[:, np.newaxis]
    # The benchmark amount behind the allocation of 2025: `sum(AL x BM) = F_2025 / CSCF_2025`
    # (METHOD section 4); `allocation` is the correction factor over that of 2025.
    rights = dispensatierechten(allocated / law.cscf_2025, law.reductiefactor)
    free = allocated * law.allocation * np.where(is_cbam, law.cbam, 1.0)
    part_a, part_b = grondslag(
        np.where(law.has_levy, emission, 0.0), np.where(law.has_levy, rights, 0.0)
    )
    return _Tonnes(part_a, part_b, emission - free)


def _per_tonne(plan: PopulationPlan, law: FrozenLaw, task: Task, years: Years) -> _PerTonne:
    """Source: Wbm 71p. The levy deducts last year's price where none is published (METHOD 5)."""
    with_before = np.concatenate([years[:1] - 1, years])
    drawn = drawn_prices(
        _known_law(plan.known_on, plan.outlook),
        plan.prices.price_set,
        ["eua"],
        with_before,
        family=plan.prices.family,
        process=plan.prices.process,
        seed=plan.prices.seed,
        first=task.first_draw,
        count=task.n_draws,
        method=plan.prices.method,
    )
    first = int(np.flatnonzero(drawn.years == with_before[0])[0])
    eua = drawn.nominal[drawn.carriers.index("eua"), first : first + len(with_before)]
    published = law.ets_prijs[:, np.newaxis]
    deducted = np.where(np.isnan(published), eua[:-1] * (1.0 + law.carry), published)
    part_a = netto_tarief(law.tarief, deducted.T, Installatie.ETS)
    part_b = netto_minimumprijs(law.minimumprijs, deducted.T)
    by_year = (part_a.T, part_b.T, eua[1:])
    return _PerTonne(*(np.ascontiguousarray(each) for each in by_year))


@cache
def _known_law(known_on: date, outlook: str) -> Law:
    """The law as it stands, of which the prices need the day and the inflation."""
    return Law(known_on, outlook=outlook)


@njit(nogil=True, cache=True, fastmath={"contract", "nsz"})
def _sums_of_products(
    part_a: Floats,
    part_b: Floats,
    short: Floats,
    net_a: Floats,
    net_b: Floats,
    eua: Floats,
    discounted: Floats,
    totals: Floats,
    measured: Floats,
) -> None:
    """Tonnes (installation, year) times euros per tonne (year, draw), summed over the years.

    Fills `totals` (outcome, draw) and `measured` (outcome, measure, installation). Draws go by in
    runs whose prices of all years stay in the cache. Installations and years come in a fixed
    order, whatever the number of threads.
    """
    n_installations, n_years = part_a.shape
    n_draws = eua.shape[1]
    found = np.empty((3, _RUN_OF_DRAWS))
    for first in range(0, n_draws, _RUN_OF_DRAWS):
        n = min(_RUN_OF_DRAWS, n_draws - first)
        for installation in range(n_installations):
            found[:] = 0.0
            levy, ets, value = found[0], found[1], found[2]
            for year in range(n_years):
                a, b = part_a[installation, year], part_b[installation, year]
                s, factor = short[installation, year], discounted[year]
                row_a, row_b = net_a[year, first : first + n], net_b[year, first : first + n]
                row_eua = eua[year, first : first + n]
                for draw in range(n):
                    owed = a * row_a[draw] + b * row_b[draw]
                    bought = s * row_eua[draw]
                    levy[draw] += owed
                    ets[draw] += bought
                    value[draw] -= factor * (owed + bought)
            for outcome in range(3):
                total = totals[outcome, first : first + n]
                _measure(found[outcome, :n], total, measured[outcome, :, installation], first)
    for outcome in range(3):
        for installation in range(n_installations):
            squares = measured[outcome, 1, installation]
            measured[outcome, 1, installation] = np.sqrt(squares / n_draws)


@njit(nogil=True, cache=True, fastmath={"contract", "nsz"})
def _measure(found: Floats, total: Floats, measures: Floats, n_before: int) -> None:
    """Adds a run of draws to the total, and to the measures of the draws before it.

    `measures`: mean, sum of squared deviations, lowest, highest. Merged after Chan, Golub and
    LeVeque (1983).
    """
    n = found.shape[0]
    mean = 0.0
    lowest = highest = found[0]
    for draw in range(n):
        value = found[draw]
        total[draw] += value
        mean += value
        lowest = min(lowest, value)
        highest = max(highest, value)
    mean /= n
    squares = 0.0
    for draw in range(n):
        squares += (found[draw] - mean) ** 2
    if n_before == 0:
        measures[0], measures[1], measures[2], measures[3] = mean, squares, lowest, highest
        return
    step = mean - measures[0]
    measures[0] += step * n / (n_before + n)
    measures[1] += squares + step**2 * n_before * n / (n_before + n)
    measures[2], measures[3] = min(measures[2], lowest), max(measures[3], highest)


def _labels(plan: PopulationPlan, task: Task, n: int) -> dict[str, NDArray[Any]]:
    """Under which law, and whether these installations exist at all. (row,)"""
    origin = plan.population.origins[task.first_project]
    return {
        "law": np.full(n, task.law, dtype=object),
        "origin": np.full(n, origin, dtype=object),
        "synthetic": np.full(n, origin == "synthetic"),
    }


def _by_draw(plan: PopulationPlan, task: Task, totals: Floats) -> Columns:
    n = task.n_draws
    return {
        **_labels(plan, task, n),
        "first_installation": np.full(n, task.first_project),
        "n_installations": np.full(n, task.n_projects),
        "draw": np.arange(task.first_draw, task.first_draw + n),
        **dict(zip(OUTCOMES, totals, strict=True)),
    }


def _by_installation(plan: PopulationPlan, task: Task, measured: Floats) -> Columns:
    n = task.n_projects
    rows = slice(task.first_project, task.first_project + n)
    columns = {
        f"{outcome}_{measure}": measured[row, column]
        for row, outcome in enumerate(OUTCOMES)
        for column, measure in enumerate(MEASURES)
    }
    return {
        **_labels(plan, task, n),
        "installation": np.array(plan.population.ids[rows], dtype=object),
        "nace": np.array(plan.population.nace[rows], dtype=object),
        "emission_t": plan.population.emission[rows],
        "first_draw": np.full(n, task.first_draw),
        "n_draws": np.full(n, task.n_draws),
        **columns,
    }


# --- all blocks together -----------------------------------------------------------------------


def totals(plan: PopulationPlan, blocks: Blocks, law: str, origin: Origin) -> Mapping[str, Floats]:
    """Each outcome summed over the installations of one origin. (draw,) [eur]

    Register and synthetic are never added. The parts are added in the order of the tasks.

    Raises
    ------
    RuleError     the plan has no such law, or no installation of that origin
    """
    found = {outcome: np.zeros(plan.n_draws) for outcome in OUTCOMES}
    for task in _tasks_for(plan, blocks, law, origin):
        part = blocks.tables(task)["draws"]
        for outcome in OUTCOMES:
            found[outcome][task.first_draw : task.first_draw + task.n_draws] += part[outcome]
    return found


def by_installation(
    plan: PopulationPlan, blocks: Blocks, law: str, origin: Origin
) -> Mapping[str, NDArray[Any]]:
    """`installation`, and `<outcome>_<measure>` over all draws. (installation,) [eur]

    Means and deviations of the blocks of draws are put together without loss (Chan, Golub and
    LeVeque 1983).

    Raises
    ------
    RuleError     the plan has no such law, or no installation of that origin
    """
    chunks: dict[int, list[Columns]] = {}
    for task in _tasks_for(plan, blocks, law, origin):
        chunks.setdefault(task.first_project, []).append(blocks.tables(task)["installations"])
    merged = [_over_all_draws(parts) for parts in chunks.values()]
    return {name: np.concatenate([each[name] for each in merged]) for name in merged[0]}


def _tasks_for(plan: PopulationPlan, blocks: Blocks, law: str, origin: Origin) -> list[Task]:
    origins = plan.population.origins
    tasks = [
        task for task in blocks.tasks if task.law == law and origins[task.first_project] == origin
    ]
    if not tasks:
        raise RuleError(
            f"there is no block of law '{law}' and origin '{origin}'.",
            remedy=f"laws: {', '.join(plan.laws)}; origins: {', '.join(sorted(set(origins)))}",
        )
    return tasks


def _over_all_draws(parts: Sequence[Columns]) -> dict[str, NDArray[Any]]:
    """The blocks of draws of one chunk of installations, as one. (installation,)"""
    found: dict[str, NDArray[Any]] = {"installation": parts[0]["installation"]}
    for outcome in OUTCOMES:
        mean, sd, lowest, highest = (
            np.stack([part[f"{outcome}_{measure}"] for part in parts]) for measure in MEASURES
        )
        n = np.stack([part["n_draws"] for part in parts]).astype(np.float64)
        middle = (n * mean).sum(axis=0) / n.sum(axis=0)
        squares = (n * (sd**2 + (mean - middle) ** 2)).sum(axis=0)
        found[f"{outcome}_mean"] = middle
        found[f"{outcome}_sd"] = np.sqrt(squares / n.sum(axis=0))
        found[f"{outcome}_min"], found[f"{outcome}_max"] = lowest.min(axis=0), highest.max(axis=0)
    return found
