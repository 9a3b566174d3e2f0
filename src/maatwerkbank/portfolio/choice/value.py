# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What are these options worth together, and which limits do they break, by plain sums?

Takes     the options that are taken, and the limits.
Gives     their value; it breaks nothing where `breaks` is empty.
Leaves    which options to take to `best` and `by_price`.

Options one by one; shares no line with the model of the solver, except what an expected shortfall
is.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from maatwerkbank.ground.language import Text
from maatwerkbank.portfolio.choice.model import expected_shortfall
from maatwerkbank.portfolio.choice.terms import (
    Floats,
    Infrastructure,
    Ints,
    Limits,
    Option,
    Value,
)

# How far the solver's value of a choice, or its limits, may lie from our own, relative.
AGREES = 1e-6


def value_of(taken: Sequence[Option], limits: Limits) -> Value:
    """What these options are worth together, and which limits they break."""
    years = len(limits.years)
    tonnes = {o.id: float(np.mean(o.additional_t)) for o in taken}
    by_track: dict[str, float] = {}
    co_benefits: dict[str, float] = {}
    spent, staff = np.zeros(years), np.zeros(years)
    used: dict[str, Floats] = {}
    lost: Floats | None = None
    for option in taken:
        by_track[option.track] = by_track.get(option.track, 0.0) + tonnes[option.id]
        for name, amount in option.co_benefits.items():
            co_benefits[name] = co_benefits.get(name, 0.0) + amount
        spent = spent + expected_money(option.public_money_eur)
        staff = staff if option.staff_fte is None else staff + option.staff_fte
        for name, amounts in option.uses.items():
            used[name] = used.get(name, np.zeros(years)) + amounts
        lost = loss_of(option) if lost is None else lost + loss_of(option)
    built = tuple(k.id for k in limits.infrastructure if np.any(used.get(k.id, 0.0) > 0.0))
    for k in limits.infrastructure:
        if k.id in built and k.paid_by_state:
            spent = spent + k.fixed_cost_eur
    additional = float(sum(tonnes.values()))
    weights = limits.co_benefit_weights
    weighted = float(sum(w * co_benefits.get(name, 0.0) for name, w in weights.items()))
    cvar = 0.0 if lost is None else expected_shortfall(lost, limits.cvar_level)
    value = Value(
        options=tuple(o.id for o in taken),
        objective_t=additional + weighted - limits.risk_aversion * cvar,
        additional_t=additional,
        additional_by_track_t=by_track,
        co_benefits=co_benefits,
        co_benefits_t=weighted,
        cvar=cvar,
        spent_eur=spent,
        staff_fte=staff,
        used=used,
        built=built,
        breaks=(),
    )
    return replace(value, breaks=tuple(_breaks(value, taken, limits)))


def _breaks(value: Value, taken: Sequence[Option], limits: Limits) -> Iterator[Text]:
    """Every limit that the options break together."""
    spent, budget = value.spent_eur, limits.budget_eur
    if limits.carry_over:
        spent, budget = np.cumsum(spent), np.cumsum(budget)
    yield from _over(Text(nl="budget", en="budget"), "EUR", spent, budget, limits.years)
    if limits.staff_fte is not None:
        staff = Text(nl="personeel", en="staff")
        yield from _over(staff, "fte", value.staff_fte, limits.staff_fte, limits.years)
    for k in limits.infrastructure:
        if k.id in value.built:
            name = Text(nl=f"capaciteit van {k.id}", en=f"capacity of {k.id}")
            yield from _over(name, "", value.used[k.id], open_capacity(k, limits), limits.years)
    names = set(value.options)
    cases = Counter(option.case for option in taken)
    for case, count in cases.items():
        if count > 1:
            yield Text(nl=f"{count} varianten van {case}", en=f"{count} variants of {case}")
    for option in taken:
        for need in option.requires:
            if need not in names and need not in cases:
                yield Text(nl=f"{option.id} vereist {need}", en=f"{option.id} requires {need}")
    for must in limits.must_take:
        if must not in names:
            yield Text(nl=f"{must} is verplicht", en=f"{must} must be taken")
    if limits.at_least_t is not None and _exceeds(limits.at_least_t, value.additional_t):
        yield Text(
            nl=f"ten minste {limits.at_least_t:.6g} t gevraagd, {value.additional_t:.6g} t bereikt",
            en=f"at least {limits.at_least_t:.6g} t asked, {value.additional_t:.6g} t reached",
        )
    if limits.cvar_at_most is not None and _exceeds(value.cvar, limits.cvar_at_most):
        yield Text(
            nl=f"risico {value.cvar:.6g}, ten hoogste {limits.cvar_at_most:.6g}",
            en=f"risk {value.cvar:.6g}, at most {limits.cvar_at_most:.6g}",
        )


def _over(what: Text, unit: str, asked: Floats, most: Floats, years: Ints) -> Iterator[Text]:
    """The years in which more is asked than there is, beyond rounding."""
    for year, a, m in zip(years, asked, most, strict=True):
        if _exceeds(float(a), float(m)):
            numbers = f"{a:,.6g} > {m:,.6g} {unit}".rstrip()
            yield Text(nl=f"{what.nl} {year}: {numbers}", en=f"{what.en} {year}: {numbers}")


def _exceeds(asked: float, most: float) -> bool:
    return asked - most > AGREES * max(abs(asked), abs(most)) if np.isfinite(most) else False


def expected_money(money: Floats) -> Floats:
    """(year,) or (year, draw) -> (year,) [eur]"""
    return money.mean(axis=1) if money.ndim == 2 else money


def loss_of(option: Option) -> Floats:
    """(draw,) [t]; the shortfall where the option has no loss of its own."""
    if option.loss is not None:
        return option.loss
    return np.asarray(np.mean(option.additional_t) - option.additional_t)


def open_capacity(k: Infrastructure, limits: Limits) -> Floats:
    """(year,) [its unit]; nothing before it opens."""
    return np.where(limits.years >= k.opening_year, k.capacity, 0.0)
