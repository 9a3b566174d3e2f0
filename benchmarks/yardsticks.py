# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The same core arithmetic in other hands: C++, NumPy, numba, numpy-financial; and PySAM.

Takes     `CoreArrays`: made-up projects and prices, and the Dutch tax on profit.
Gives     net present values (project, draw) [eur], internal rates of return, speeds.
Leaves    our own kernel: the benchmarks lay it beside these. PySAM answers a case of its own.
"""

import ctypes
import os
import shutil
import subprocess
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numba
import numpy as np
import numpy_financial
from numba import njit, prange
from numpy.typing import NDArray

from maatwerkbank.rules.vennootschapsbelasting import verschuldigde_belasting

Floats = NDArray[np.float64]

SOURCE = Path(__file__).with_name("yardstick.cpp")
LIBRARY = Path(__file__).parents[1] / "build" / "yardstick.so"
# Smaller and larger are one operation only where zero may lose its sign and nothing traps.
COMMAND = (
    *("g++", "-O3", "-march=native", "-std=c++17", "-fno-math-errno", "-fno-trapping-math"),
    *("-fno-signed-zeros", "-shared", "-fPIC", "-pthread"),
)

N_YEARS, WIDTH = 30, 128
CARRIERS = ("electricity", "gas", "hydrogen", "transport and storage", "product")
N_PRICES = len(CARRIERS) + 2  # EUA and levy rate
TAX = (0.258, 0.19, 200_000.0, 1_000_000.0, 0.5)

# NumPy works on so many projects at once: fewer pay more for each call, more fall out of the cache.
PROJECTS_PER_TILE = 160


@dataclass(frozen=True)
class CoreArrays:
    """What the core arithmetic takes; draws stand 128 side by side.

    x : (project, year, 7) [MWh, t or units]  income positive: five carriers, EUA, levy
    constant : (project, year) [eur]  fixed income minus depreciation: enters profit
    beside : (project, year) [eur]  depreciation minus investment: enters cash, not profit
    discount : (project, year) [1]
    y : (block, year, 7, 128) [eur per unit]
    tax : (year, 5)  high rate, low rate, bracket, threshold, fraction
    """

    x: Floats
    constant: Floats
    beside: Floats
    discount: Floats
    y: Floats
    tax: Floats

    @property
    def n_projects(self) -> int:
        """How many projects there are."""
        return len(self.x)

    @property
    def n_years(self) -> int:
        """How many years there are."""
        return len(self.tax)

    @property
    def n_draws(self) -> int:
        """How many draws there are, the repeated ones in the last block counted too."""
        return len(self.y) * WIDTH

    @property
    def evaluations(self) -> int:
        """How many pairs of a project and a draw there are."""
        return self.n_projects * self.n_draws

    def prices_of_draws(self) -> Floats:
        """The prices with the draw first.  (draw, year, 7)."""
        by_draw = self.y.transpose(0, 3, 1, 2)
        return np.ascontiguousarray(by_draw).reshape(self.n_draws, self.n_years, -1)


# --- made-up projects and prices ----------------------------------------------------------------


def made_up(n_projects: int, n_draws: int, seed: int) -> CoreArrays:
    """Three years of building, 27 of operation, under prices that return to their mean."""
    generator = np.random.default_rng(seed)
    return CoreArrays(
        **_projects(generator, n_projects),
        y=_side_by_side(_prices(generator, n_draws)),
        tax=np.tile(TAX, (N_YEARS, 1)),
    )


def _projects(generator: np.random.Generator, n: int) -> dict[str, Floats]:
    year = np.arange(N_YEARS)
    tonnes = np.exp(generator.uniform(np.log(2e4), np.log(1e6), n))  # avoided in a year
    runs = np.minimum(1.0, np.maximum(0, year - 2) / 2.0)
    # MWh of power, gas saved and hydrogen, tonnes stored, units of product, tonnes, tonnes.
    per_tonne = np.stack(
        [
            -generator.uniform(0.1, 1.0, n),
            generator.uniform(0.0, 2.5, n),
            -generator.uniform(0.0, 0.5, n),
            -generator.uniform(0.0, 0.7, n),
            generator.uniform(0.0, 0.6, n),
            np.ones(n),
            generator.uniform(0.0, 0.8, n),
        ],
        axis=-1,
    )
    capex = tonnes * generator.uniform(150.0, 900.0, n)
    invested = capex[:, None] * np.where(year < 3, 1 / 3, 0.0)
    depreciation = capex[:, None] * np.where((year >= 3) & (year < 18), 1 / 15, 0.0)
    fixed = capex[:, None] * 0.03 * runs
    rate = generator.uniform(0.05, 0.12, n)
    return {
        "x": (tonnes[:, None] * per_tonne)[:, None, :] * runs[:, None],
        "constant": -fixed - depreciation,
        "beside": depreciation - invested,
        "discount": (1.0 + rate[:, None]) ** -year,
    }


def _prices(generator: np.random.Generator, n: int) -> Floats:
    """Five carriers, EUA, and the levy: a tariff minus the EUA of the year before.  (draw, year, 7)

    The logarithm of a price goes back a fifth of the way to its mean every year.
    """
    mean = np.log([80.0, 35.0, 140.0, 60.0, 50.0, 85.0])
    spread = np.array([0.25, 0.30, 0.20, 0.10, 0.15, 0.22])
    log_price = np.empty((n, N_YEARS, mean.size))
    now = np.broadcast_to(mean, (n, mean.size))
    for year in range(N_YEARS):
        now = now + 0.2 * (mean - now) + spread * generator.standard_normal(now.shape)
        log_price[:, year] = now
    price = np.exp(log_price)
    eua = price[..., -1:]
    tariff = np.minimum(90.0 + 12.0 * np.arange(N_YEARS), 216.0)[:, None]
    levy = np.maximum(0.0, tariff - np.concatenate([eua[:, :1], eua[:, :-1]], axis=1))
    return np.concatenate([price, levy], axis=-1)


def _side_by_side(price: Floats) -> Floats:
    """From (draw, year, 7) to (block, year, 7, 128); the last block is filled from the first."""
    n_blocks = -(-len(price) // WIDTH)
    filled = price[np.arange(n_blocks * WIDTH) % len(price)]
    blocks = filled.reshape(n_blocks, WIDTH, *price.shape[1:])
    return np.ascontiguousarray(blocks.transpose(0, 2, 3, 1))


# --- C++ ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Limits:
    """What a number of threads can do at most, measured."""

    threads: int
    gflops: float  # multiply-adds alone, which count for two
    core_mev: float  # millions of evaluations a second: the operations of the core and no more
    gb_per_second: float  # two arrays read and one written


class Yardstick:
    """The kernel of yardstick.cpp, and its probes."""

    def __init__(self, library: Path) -> None:
        array = np.ctypeslib.ndpointer(np.float64, flags="C_CONTIGUOUS")
        count = ctypes.c_int64
        self._loaded = ctypes.CDLL(str(library))
        self._loaded.net_present_values.argtypes = [count] * 4 + [array] * 7 + [ctypes.c_int]
        self._loaded.net_present_values.restype = None
        for probe, n_counts in (("multiply_adds", 1), ("mix_of_a_year", 1), ("triad", 2)):
            getattr(self._loaded, probe).argtypes = [ctypes.c_int] + [count] * n_counts
            getattr(self._loaded, probe).restype = ctypes.c_double

    def net_present_values(
        self, arrays: CoreArrays, *, threads: int, into: Floats | None = None
    ) -> Floats:
        """The core arithmetic by hand.  (project, draw) [eur]."""
        made = np.empty((arrays.n_projects, arrays.n_draws)) if into is None else into
        self._loaded.net_present_values(
            arrays.n_years,
            arrays.y.shape[0],
            0,
            arrays.n_projects,
            *(arrays.x, arrays.constant, arrays.beside, arrays.discount, arrays.y, arrays.tax),
            made,
            threads,
        )
        return made

    def core_bound(self, threads: int, *, rounds: int = 1_000_000) -> float:
        """Millions of evaluations a second if the operations of the core were all there is."""
        return float(self._loaded.mix_of_a_year(threads, rounds)) / N_YEARS / 1e6

    def limits(self, threads: int, repeats: int = 5) -> Limits:
        """The best of some repeats, for a limit is what can be reached."""
        flops, triad = self._loaded.multiply_adds, self._loaded.triad
        return Limits(
            threads,
            max(flops(threads, 2_000_000) for _ in range(repeats)) / 1e9,
            max(self.core_bound(threads) for _ in range(repeats)),
            max(triad(threads, 4_000_000, 3) for _ in range(repeats)) / 1e9,
        )


@cache
def yardstick() -> tuple[Yardstick | None, str]:
    """The compiled kernel, or nothing and the reason why."""
    if shutil.which(COMMAND[0]) is None:
        return None, "g++ is absent, so there is no C++ yardstick."
    LIBRARY.parent.mkdir(parents=True, exist_ok=True)
    told = subprocess.run(
        [*COMMAND, str(SOURCE), "-o", str(LIBRARY)], capture_output=True, check=False, text=True
    )
    if told.returncode:
        raise RuntimeError(f"{SOURCE.name} does not compile:\n{told.stderr}")
    return Yardstick(LIBRARY), ""


def limits(threads: int) -> Limits | None:
    """What this machine can do at most; nothing where there is no C++."""
    compiled, _ = yardstick()
    return None if compiled is None else compiled.limits(threads)


# --- NumPy --------------------------------------------------------------------------------------


def by_the_rule(arrays: CoreArrays) -> Floats:
    """All at once, with the tax of `rules`: what the others must agree with.  (project, draw)."""
    profit = np.einsum("ptk,btkw->pbwt", arrays.x, arrays.y) + arrays.constant[:, None, None]
    high, low, bracket, threshold, fraction = arrays.tax.T
    due = verschuldigde_belasting(
        profit,
        hoog_tarief=high,
        laag_tarief=low,
        grens=bracket,
        drempel=threshold,
        fractie=fraction,
    )
    cash = profit + arrays.beside[:, None, None] - due
    npv: Floats = np.einsum("pbwt,pt->pbw", cash, arrays.discount)
    return npv.reshape(arrays.n_projects, arrays.n_draws)


def blocked_numpy(
    arrays: CoreArrays, *, threads: int = 1, projects_per_tile: int = PROJECTS_PER_TILE
) -> Floats:
    """The core on a tile of projects and a block of draws at a time.  (project, draw) [eur]."""
    made = np.empty((arrays.n_projects, arrays.n_draws))
    # What is fixed enters profit as a quantity at a price of one: one product does both.
    quantity = np.concatenate([arrays.x, arrays.constant[..., None]], axis=-1)
    one = np.ones((*arrays.y.shape[:2], 1, WIDTH))
    price = np.concatenate([arrays.y, one], axis=2)
    fixed = (arrays.beside * arrays.discount).sum(axis=1)

    def tile(start: int) -> None:
        some = slice(start, start + projects_per_tile)
        for block in range(len(price)):
            draws = slice(block * WIDTH, (block + 1) * WIDTH)
            made[some, draws] = fixed[some, None] + _numpy_tile(
                quantity[some], price[block], arrays.discount[some], arrays.tax
            )

    starts = range(0, arrays.n_projects, projects_per_tile)
    if threads == 1:
        for start in starts:
            tile(start)
    else:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(tile, starts))
    return made


def _numpy_tile(quantity: Floats, price: Floats, discount: Floats, tax: Floats) -> Floats:
    """What profit and its tax are worth, year after year.  (project, draw) [eur]."""
    npv = np.zeros((len(quantity), WIDTH))
    stock, room, first, paid = (np.zeros_like(npv) for _ in range(4))
    high_before = low_before = bracket_before = 0.0
    for year, (high, low, bracket, threshold, fraction) in enumerate(tax.tolist()):
        profit = quantity[:, year] @ price[year]
        gain = np.maximum(profit, 0.0)
        loss = gain - profit

        back = np.minimum(loss, room)
        refund = paid
        refund -= _due(first - back, high_before, low_before, bracket_before)
        loss -= back

        room = fraction * gain
        room += (1.0 - fraction) * threshold
        room = np.minimum(room, gain, out=room)
        forward = np.minimum(stock, room)
        room -= forward
        stock -= forward
        stock += loss
        first = gain
        first -= forward
        paid = _due(first, high, low, bracket)

        cash = profit
        cash -= paid
        cash += refund
        cash *= discount[:, year, None]
        npv += cash
        high_before, low_before, bracket_before = high, low, bracket
    return npv


def _due(taxed: Floats, high: float, low: float, bracket: float) -> Floats:
    """The tax on an amount that is not negative."""
    below = np.minimum(taxed, bracket)
    below *= high - low
    due = taxed * high
    due -= below
    return due


# --- numba, one evaluation after the other ------------------------------------------------------

_FAST = {"contract", "nsz"}


def numba_newton(cash_flow: Floats, rate: float, *, threads: int = 2) -> tuple[Floats, Floats]:
    """NPV at one rate, and the IRR by Newton, a row at a time.  (row,) [eur], (row,) [1]."""
    npv, irr = np.empty(len(cash_flow)), np.empty(len(cash_flow))
    discount: Floats = (1.0 + rate) ** -np.arange(cash_flow.shape[1], dtype=np.float64)
    _set_numba_threads(threads)
    _newton_rows(cash_flow, discount, npv, irr)
    return npv, irr


def numba_newton_of_core(arrays: CoreArrays, *, threads: int = 2) -> tuple[Floats, Floats]:
    """The core, NPV, and the IRR by Newton.  (project, draw) [eur], (project, draw) [1]."""
    npv = np.empty((arrays.n_projects, arrays.n_draws))
    irr = np.empty_like(npv)
    _set_numba_threads(threads)
    _newton_core(
        *(arrays.x, arrays.constant, arrays.beside, arrays.discount),
        *(arrays.prices_of_draws(), arrays.tax, npv, irr),
    )
    return npv, irr


def _set_numba_threads(threads: int) -> None:
    numba.set_num_threads(min(threads, os.cpu_count() or 1))


@njit(fastmath=_FAST, cache=True)
def _flows(
    x: Floats, constant: Floats, beside: Floats, price: Floats, tax: Floats, flow: Floats
) -> None:
    """The cash flow of one project under one draw, into `flow`.  (year,) [eur]."""
    stock = room = first = paid = 0.0
    for t in range(flow.size):
        high, low, bracket, threshold, fraction = tax[t]
        profit = constant[t]
        for k in range(x.shape[1]):
            profit += x[t, k] * price[t, k]
        gain, loss = max(0.0, profit), max(0.0, -profit)
        back = min(loss, room)
        refund = 0.0
        if back > 0.0:
            before = tax[t - 1]
            after = first - back
            refund = paid - after * before[0] + min(after, before[2]) * (before[0] - before[1])
        free = min(gain, threshold)
        room = free + fraction * (gain - free)
        forward = min(stock, room)
        stock = stock - forward + loss - back
        room -= forward
        first = gain - forward
        paid = first * high - min(first, bracket) * (high - low)
        flow[t] = profit + beside[t] - (paid - refund)


@njit(fastmath=_FAST, cache=True)
def _value(flow: Floats, discount: Floats) -> float:
    value = 0.0
    for t in range(flow.size):
        value += flow[t] * discount[t]
    return value


@njit(fastmath=_FAST, cache=True)
def _value_and_slope(flow: Floats, rate: float) -> tuple[float, float]:
    """The present value at a rate, and how it changes with the rate."""
    factor = 1.0 / (1.0 + rate)
    value = slope = 0.0
    for t in range(flow.size - 1, -1, -1):
        slope = slope * factor + value
        value = value * factor + flow[t]
    return value, -slope * factor * factor


@njit(fastmath=_FAST, cache=True)
def _rate_of_return(flow: Floats) -> float:
    """Newton from 8 %, kept between -50 % and +100 %; NaN where it finds nothing.

    Where the value changes sign between the two ends, a step outside what is left becomes a
    halving. Where it doesn't there are no roots or several, and Newton is on its own.
    """
    low, high = -0.5, 1.0
    at_low, at_high = _value_and_slope(flow, low)[0], _value_and_slope(flow, high)[0]
    has_bracket = (at_low > 0.0) != (at_high > 0.0)
    rate = 0.08
    for _ in range(60):
        value, slope = _value_and_slope(flow, rate)
        if has_bracket:
            if (value > 0.0) == (at_low > 0.0):
                low = rate
            else:
                high = rate
        following = rate - value / slope if slope != 0.0 else np.inf
        if not low <= following <= high:
            if not has_bracket:
                return np.nan
            following = 0.5 * (low + high)
        if abs(following - rate) <= 1e-12:
            return following
        rate = following
    return np.nan


@njit(parallel=True, fastmath=_FAST, cache=True)
def _newton_rows(cash_flow: Floats, discount: Floats, npv: Floats, irr: Floats) -> None:
    for row in prange(len(cash_flow)):
        npv[row] = _value(cash_flow[row], discount)
        irr[row] = _rate_of_return(cash_flow[row])


@njit(parallel=True, fastmath=_FAST, cache=True)
def _newton_core(
    x: Floats,
    constant: Floats,
    beside: Floats,
    discount: Floats,
    price: Floats,
    tax: Floats,
    npv: Floats,
    irr: Floats,
) -> None:
    for project in prange(len(x)):
        flow = np.empty(x.shape[1])
        for draw in range(len(price)):
            _flows(x[project], constant[project], beside[project], price[draw], tax, flow)
            npv[project, draw] = _value(flow, discount[project])
            irr[project, draw] = _rate_of_return(flow)


# --- Python loops -------------------------------------------------------------------------------


def numpy_financial_loop(arrays: CoreArrays, n: int, *, with_irr: bool = False) -> float:
    """Evaluations per second of a Python loop over `n` pairs of a project and a draw."""
    price = arrays.prices_of_draws()

    def loop() -> None:
        for pair in range(n):
            project, draw = divmod(pair % arrays.evaluations, arrays.n_draws)
            flow = _flow_in_python(arrays, project, price[draw])
            numpy_financial.npv(_rate(arrays, project), flow)
            if with_irr:
                numpy_financial.irr(flow)

    return n / _seconds(loop)


def _flow_in_python(arrays: CoreArrays, project: int, price: Floats) -> list[float]:
    """The cash flow of one project under one draw.  (year,) [eur]."""
    profits = ((arrays.x[project] * price).sum(axis=-1) + arrays.constant[project]).tolist()
    beside = arrays.beside[project].tolist()
    flow = []
    stock = room = first = 0.0
    high_before = low_before = bracket_before = 0.0
    for t, (high, low, bracket, threshold, fraction) in enumerate(arrays.tax.tolist()):
        gain, loss = max(0.0, profits[t]), max(0.0, -profits[t])
        back = min(loss, room)
        after = first - back
        refund = back * high_before - (min(first, bracket_before) - min(after, bracket_before)) * (
            high_before - low_before
        )
        free = min(gain, threshold)
        room = free + fraction * (gain - free)
        forward = min(stock, room)
        stock = stock - forward + loss - back
        room -= forward
        first = gain - forward
        paid = first * high - min(first, bracket) * (high - low)
        flow.append(profits[t] + beside[t] - (paid - refund))
        high_before, low_before, bracket_before = high, low, bracket
    return flow


def _rate(arrays: CoreArrays, project: int) -> float:
    return float(arrays.discount[project, 0] / arrays.discount[project, 1] - 1.0)


def pysam_single_owner(n: int) -> float:
    """Evaluations per second of PySAM's Singleowner on its own default case with 8,760 hours."""
    from PySAM import CustomGeneration, Grid, Singleowner  # noqa: PLC0415  (slow)

    case = "CustomGenerationProfileSingleOwner"
    plant = CustomGeneration.default(case)
    grid, owner = Grid.from_existing(plant, case), Singleowner.from_existing(plant, case)
    for model in (plant, grid, owner):
        model.execute()
    if not np.isfinite(owner.Outputs.project_return_aftertax_npv):
        raise RuntimeError("PySAM gives no net present value for its default case.")

    def loop() -> None:
        for _ in range(n):
            owner.execute()

    return n / _seconds(loop)


def _seconds(do: Callable[[], object]) -> float:
    start = time.perf_counter()
    do()
    return time.perf_counter() - start


# --- do they say the same? ----------------------------------------------------------------------


def agree(n_projects: int = 21, n_draws: int = 300) -> None:
    """Stop if any of them gives another answer than the rule, or the IRR is no root.

    The tax changes every year here, so that a loss goes back at the rates of the year before.
    The measure is 1e-12 of the present values as they commonly are: where large amounts cancel
    out, no order of adding keeps more.
    """
    arrays = made_up(n_projects, n_draws, seed=1)
    changing = np.random.default_rng(2).uniform(0.8, 1.2, arrays.tax.shape)
    arrays = replace(arrays, tax=arrays.tax * changing)
    expected = by_the_rule(arrays)
    price, draw = arrays.prices_of_draws(), 7
    npv, irr = numba_newton_of_core(arrays)
    flows = np.array([_flow_in_python(arrays, p, price[draw]) for p in range(n_projects)])
    answers = {
        "NumPy": (blocked_numpy(arrays), expected),
        "NumPy, two threads": (blocked_numpy(arrays, threads=2, projects_per_tile=4), expected),
        "numba": (npv, expected),
        "numpy-financial": (
            np.array([numpy_financial.npv(_rate(arrays, p), f) for p, f in enumerate(flows)]),
            expected[:, draw],
        ),
        "numba on rows": (numba_newton(flows[:1], _rate(arrays, 0))[0], expected[:1, draw]),
    }
    compiled, _ = yardstick()
    if compiled is not None:
        answer = compiled.net_present_values(arrays, threads=1)
        answers["C++"] = (answer, expected)
        answers["C++, two threads"] = (compiled.net_present_values(arrays, threads=2), answer)
    for name, (given, wanted) in answers.items():
        np.testing.assert_allclose(
            given, wanted, rtol=1e-12, atol=1e-12 * np.median(abs(expected)), err_msg=name
        )
    np.testing.assert_allclose(numba_newton(flows, 0.08)[1], irr[:, draw], rtol=1e-10)
    factor = (1.0 / (1.0 + irr[:, draw, None])) ** np.arange(arrays.n_years)
    found = np.isfinite(irr[:, draw])
    left = (flows * factor).sum(axis=-1) / (abs(flows) * factor).sum(axis=-1)
    np.testing.assert_allclose(left[found], 0.0, atol=1e-9, err_msg="IRR")
