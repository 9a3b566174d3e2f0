# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is more of a limit worth?

Takes     options, limits, and how much more of each limit.
Gives     per limit what was added, the tonnes that it brings, and the options that come and go.
Leaves    each choice itself to `best`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from maatwerkbank.portfolio.choice.best import best
from maatwerkbank.portfolio.choice.findings import usable_options
from maatwerkbank.portfolio.choice.terms import Choice, Floats, Limits, Option, ShadowPrice
from maatwerkbank.portfolio.choice.value import open_capacity

# One unit more of a limit that is zero everywhere, where one per cent more would be nothing.
ONE_UNIT = {"budget": 1e6, "staff": 1.0}


def shadow_prices(
    options: Sequence[Option], limits: Limits, *, more: float = 0.01, gap: float = 1e-9
) -> tuple[ShadowPrice, ...]:
    """What `more` (a share; 0.01 is one per cent in every year) of each limit is worth.

    By solving again with that limit widened, so the numbers hold for whole projects, and a limit
    may be worth nothing until there is enough of it.  A limit that is zero gets one unit a year
    more (1 million EUR, 1 fte, 1 t or MW).  Raises as `choose`.
    """
    usable, _ = usable_options(options, limits)
    base = best(usable, limits, gap=gap)
    return tuple(
        _shadow_price(usable, base, widened, limit, unit, added, gap)
        for limit, unit, widened, added in _widened(limits, more)
    )


def _widened(limits: Limits, more: float) -> Iterator[tuple[str, str, Limits, float]]:
    """Every limit with its unit, the limits with that one widened, and what was added in all."""
    added = _added(limits.budget_eur, more, ONE_UNIT["budget"])
    if added.any():
        wider = replace(limits, budget_eur=limits.budget_eur + added)
        yield "budget", "EUR", wider, float(added.sum())
    if limits.staff_fte is not None:
        added = _added(limits.staff_fte, more, ONE_UNIT["staff"])
        if added.any():
            wider = replace(limits, staff_fte=limits.staff_fte + added)
            yield "staff", "fte", wider, float(added.sum())
    for n, k in enumerate(limits.infrastructure):
        open_years = limits.years >= k.opening_year
        added = np.where(open_years, _added(open_capacity(k, limits), more, 1.0), 0.0)
        if added.any():
            wider_k = replace(k, capacity=k.capacity + added)
            shared = (*limits.infrastructure[:n], wider_k, *limits.infrastructure[n + 1 :])
            yield k.id, "t or MW", replace(limits, infrastructure=shared), float(added.sum())
    if limits.cvar_at_most is not None:
        extra = more * abs(limits.cvar_at_most) or 1.0
        wider = replace(limits, cvar_at_most=limits.cvar_at_most + extra)
        yield "cvar_at_most", "t", wider, extra


def _added(limit: Floats, more: float, one_unit: float) -> Floats:
    """(year,) the share of a limit, or one unit a year where the limit is zero in all years."""
    finite = np.where(np.isfinite(limit), limit, 0.0)
    if finite.any():
        return np.asarray(more * finite)
    return np.where(np.isfinite(limit), one_unit, 0.0)


def _shadow_price(
    usable: Sequence[Option],
    base: Choice,
    widened: Limits,
    limit: str,
    unit: str,
    added: float,
    gap: float,
) -> ShadowPrice:
    found = best(usable, widened, gap=gap)
    before, after = base.value.objective_t, found.value.objective_t
    # The old choice is still allowed: within the gap the solver may come back with less.
    kept = base if after < before else found
    return ShadowPrice(
        limit=limit,
        unit=unit,
        more=added,
        gain_t=kept.value.objective_t - before,
        gain_at_most_t=max(found.bound_t, before) - before,
        enters=tuple(sorted(set(kept.options) - set(base.options))),
        leaves=tuple(sorted(set(base.options) - set(kept.options))),
    )
