# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What do the rules cost per draw and year?  Ours on whole arrays, beside a plain Python loop.

Takes     made-up tonnes and prices from a seeded generator, 30 years.
Gives     a row per rule; the loop is timed on a sample and scaled, and must give the same amounts.
Leaves    accuracy: the tests hold the rules to hand-worked cases.
"""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray
from stopwatch import Row, seconds, timed, times_faster

from maatwerkbank.economics.discounting import net_present_value
from maatwerkbank.rules.co2_heffing import (
    Installatie,
    Volgorde,
    heffing_van_onderneming,
    verschuldigde_heffing,
)
from maatwerkbank.rules.eu_ets import free_allocation
from maatwerkbank.rules.onrendabele_top import (
    Financiering,
    Installatiekosten,
    basisbedrag,
    basisbedrag_met_belasting,
)
from maatwerkbank.rules.sde import subsidiabele_productie, subsidie

Floats = NDArray[np.float64]

DRAWS, SAMPLE, N_YEARS = 100_000, 200, 30
FIRM_DRAWS = 20_000
YEARS = np.arange(2021, 2021 + N_YEARS)
RATE = 0.08
SUBS = 4


def rows() -> Iterator[Row]:
    """Levy, levy of a firm with set-off, free allocation, SDE++, base amount, present value."""
    generator = np.random.default_rng(0)
    yield _levy(generator)
    yield _levy_of_a_firm(generator)
    yield _allocation(generator)
    yield _sde(generator)
    yield _base_amount()
    yield from _present_value(generator)


def _beside_a_loop(
    question: str,
    whole: Callable[[], Floats],
    loop: Callable[[int], list[list[float]] | list[float]],
    draws: int,
    at_least: float,
) -> Row:
    """Ours over all draws beside the loop over a sample, scaled, once both agree."""
    np.testing.assert_allclose(whole()[:SAMPLE], loop(SAMPLE), rtol=1e-9, atol=1e-6)
    slow = seconds(lambda: loop(SAMPLE), 3) * draws / SAMPLE
    return times_faster(question, timed(whole, 3), slow, at_least=at_least)


def _levy(generator: np.random.Generator) -> Row:
    emission = generator.uniform(4e5, 6e5, (DRAWS, N_YEARS))
    price = generator.uniform(50.0, 150.0, (DRAWS, N_YEARS))
    rights, tariff = np.linspace(6e5, 2e5, N_YEARS), np.linspace(40.0, 200.0, N_YEARS)
    minimum = np.full(N_YEARS, 60.0)

    def loop(draws: int) -> list[list[float]]:
        due = []
        for draw in range(draws):
            row = []
            for year in range(N_YEARS):
                tonnes, ets = float(emission[draw, year]), float(price[draw, year])
                part_a = max(0.0, tonnes - float(rights[year]))
                part_b = tonnes - part_a
                net_a = max(0.0, float(tariff[year]) - ets)
                net_b = max(0.0, float(minimum[year]) - ets)
                row.append(part_a * net_a + part_b * net_b)
            due.append(row)
        return due

    return _beside_a_loop(
        f"verschuldigde_heffing, {DRAWS:,} draws x {N_YEARS} years; other: Python loop",
        lambda: verschuldigde_heffing(
            emission,
            rights,
            tarief=tariff,
            ets_prijs=price,
            minimumprijs=minimum,
            installatie=Installatie.ETS,
        ),
        loop,
        DRAWS,
        at_least=20.0,
    )


def _levy_of_a_firm(generator: np.random.Generator) -> Row:
    """Transfer between two installations, levy, set-off over five years, oldest first."""
    emission = generator.uniform(3e5, 7e5, (FIRM_DRAWS, 2, N_YEARS))
    price = generator.uniform(50.0, 150.0, (FIRM_DRAWS, N_YEARS))
    rights = np.linspace(6e5, 3e5, N_YEARS) * np.array([[1.0], [0.9]])
    tariff = np.linspace(60.0, 200.0, N_YEARS)

    def whole() -> Floats:
        return heffing_van_onderneming(
            emission,
            rights,
            [Installatie.ETS, Installatie.ETS],
            YEARS,
            tarief=np.stack([tariff, tariff]),
            ets_prijs=price,
            minimumprijs=np.zeros(N_YEARS),
            avi_apart=np.zeros(N_YEARS, dtype=bool),
            volgorde=[Volgorde.OUDSTE_EERST] * N_YEARS,
            eerste_jaar=None,
            laatste_jaar=None,
        ).heffing.sum(axis=-2)

    def loop(draws: int) -> list[list[float]]:
        return [_firm_in_a_loop(emission[n], rights, tariff, price[n]) for n in range(draws)]

    return _beside_a_loop(
        f"heffing_van_onderneming, {FIRM_DRAWS:,} draws x 2 installations x {N_YEARS} years; "
        "other: Python loop",
        whole,
        loop,
        FIRM_DRAWS,
        at_least=5.0,
    )


def _firm_in_a_loop(emission: Floats, rights: Floats, tariff: Floats, price: Floats) -> list[float]:
    """The same sum written out for one draw, year by year."""
    paid = [0.0] * N_YEARS
    still_open: list[list[float]] = [[], []]
    net: list[float] = []
    for year in range(N_YEARS):
        gap = [float(emission[n, year] - rights[n, year]) for n in (0, 1)]
        shortage, surplus = [max(0.0, g) for g in gap], [max(0.0, -g) for g in gap]
        moved = min(sum(shortage), sum(surplus))
        net.append(max(0.0, float(tariff[year] - price[year])))
        for n in (0, 1):
            short = shortage[n] - (moved * shortage[n] / sum(shortage) if shortage[n] else 0.0)
            left = surplus[n] - (moved * surplus[n] / sum(surplus) if surplus[n] else 0.0)
            for before in range(max(0, year - 5), year):
                met = min(left, still_open[n][before])
                still_open[n][before] -= met
                left -= met
                paid[year] -= met * net[before]
            still_open[n].append(short)
            paid[year] += short * net[year]
    return paid


def _allocation(generator: np.random.Generator) -> Row:
    preliminary = generator.uniform(1e4, 1e5, (DRAWS // 4, SUBS, N_YEARS))
    cscf = np.linspace(1.0, 0.9, N_YEARS)

    def loop(draws: int) -> list[list[float]]:
        return [
            [
                float(cscf[year]) * sum(float(preliminary[draw, sub, year]) for sub in range(SUBS))
                for year in range(N_YEARS)
            ]
            for draw in range(draws)
        ]

    return _beside_a_loop(
        f"free_allocation, {DRAWS // 4:,} draws x {SUBS} sub-installations x {N_YEARS} years; "
        "other: Python loop",
        lambda: free_allocation(preliminary, cscf),
        loop,
        DRAWS // 4,
        at_least=20.0,
    )


def _sde(generator: np.random.Generator) -> Row:
    """Fifteen years of SDE++ with output carried over, on a price path a draw."""
    output = generator.uniform(2e5, 4e5, (DRAWS, N_YEARS))
    price = generator.uniform(50.0, 150.0, (DRAWS, N_YEARS))
    most = np.where(np.arange(N_YEARS) < 15, 3e5, 0.0)
    amount, floor, extra = 216.4108, 91.3481, 7.5e4

    def whole() -> Floats:
        return subsidie(amount, price, floor, subsidiabele_productie(output, most, extra))

    def loop(draws: int) -> list[list[float]]:
        found = []
        for draw in range(draws):
            room = waiting = 0.0
            row = []
            for year in range(N_YEARS):
                offered, allowed = float(output[draw, year]) + waiting, float(most[year]) + room
                counts = min(offered, allowed)
                room, waiting = allowed - counts, min(offered - counts, extra)
                row.append(max(0.0, amount - max(float(price[draw, year]), floor)) * counts)
            found.append(row)
        return found

    return _beside_a_loop("SDE++ with banking", whole, loop, DRAWS, 10.0)


def _base_amount() -> Row:
    """The closed form of the base amount, beside halving a bracket for the same answer."""
    plants = Installatiekosten(np.linspace(200.0, 400.0, 2_000), 15.0, 60.0, 1.0)
    financed = Financiering(0.7, 0.04, 0.15, 0.02, 15)

    def closed() -> Floats:
        return basisbedrag(plants, financed, belastingtarief=0.258)

    def halved() -> Floats:
        return basisbedrag_met_belasting(plants, financed, lambda result: 0.258 * result)

    np.testing.assert_allclose(closed(), halved(), rtol=1e-9)
    return times_faster(
        "base amount of SDE++ in closed form; other: halving a bracket",
        timed(closed, 5),
        seconds(halved, 2),
        at_least=20.0,
    )


def _present_value(generator: np.random.Generator) -> Iterator[Row]:
    flow = generator.normal(0.0, 1e6, (DRAWS, N_YEARS))
    size = f"{DRAWS:,} draws x {N_YEARS} years"

    def loop(draws: int) -> list[float]:
        return [
            sum(float(flow[draw, t]) / (1.0 + RATE) ** t for t in range(N_YEARS))
            for draw in range(draws)
        ]

    def whole() -> Floats:
        return net_present_value(flow, RATE)

    def in_numpy() -> Floats:
        powers = (1.0 + RATE) ** np.arange(N_YEARS)
        return np.asarray((flow / powers).sum(axis=-1))

    yield _beside_a_loop(
        f"net_present_value, {size}; other: Python loop", whole, loop, DRAWS, at_least=20.0
    )
    np.testing.assert_allclose(whole(), in_numpy(), rtol=1e-12, atol=1e-6)
    ours = timed(whole, 15)
    yield times_faster(
        f"net_present_value, {size}; other: the formula in plain numpy",
        ours,
        seconds(in_numpy, 15),
        at_least=0.8,
    )
    yield times_faster(
        f"net_present_value, {size}; other: one pass over the memory, `flow.sum()`",
        ours,
        seconds(flow.sum, 15),
        at_least=0.05,
    )
