# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a year adds to the outcomes, and what only the last year tells."""

import numpy as np

from maatwerkbank.economics.discounting import HALF_A_CENT
from maatwerkbank.risk.kernel.batch import (
    ADDITIONAL_2030,
    ADDITIONAL_DISCOUNTED,
    AID,
    EMPTY,
    FIRST_OWN,
    FROZEN,
    FROZEN_2030,
    GONE,
    GRANT,
    GROSS,
    GROSS_2030,
    GROSS_DISCOUNTED,
    LANES,
    LEVY_TO_2030,
    LEVY_TO_2030_WITHOUT,
    LEVY_TOTAL,
    LEVY_TOTAL_WITHOUT,
    LEVY_WITH,
    LEVY_WITHOUT,
    NPV,
    NPV_WITHOUT,
    OWNS,
    PAYBACK,
    REMOVAL,
    REMOVAL_2030,
    REQUIRED_2030,
    SO_FAR,
    SUPPORT,
    SUPPORT_DISCOUNTED,
    TARGET,
    VALUE,
)
from maatwerkbank.risk.kernel.rows import add_up
from maatwerkbank.risk.kernel.vectors import (
    WIDE,
    Floats,
    Ints,
    Lanes,
    Vector,
    every,
    greater,
    if_below,
    inlined,
    lesser,
    load,
    store,
)

_OWED = -HALF_A_CENT  # a sum below it has not paid back


@inlined
def note_year(
    sheets: Ints,
    sheet: int,
    year: int,
    flags: Ints,
    wanted: Ints,
    sums: Lanes,
    found: Lanes,
    discount: float,
    nought: float,
) -> None:
    """Add the year to the outcomes that are asked for."""
    is_target = year == sheets[sheet, TARGET]
    if wanted[GROSS_DISCOUNTED] >= 0:
        add_up(found, GROSS_DISCOUNTED, sums, GROSS, discount)
    if is_target:
        for i in range(0, LANES, WIDE):
            store(found, (GROSS_2030, i), load(sums, (GROSS, i)))
            store(found, (REMOVAL_2030, i), load(sums, (REMOVAL, i)))
    if wanted[LEVY_TOTAL] >= 0:
        add_up(found, LEVY_TOTAL, sums, LEVY_WITH, 1.0)
    if wanted[LEVY_TOTAL_WITHOUT] >= 0:
        add_up(found, LEVY_TOTAL_WITHOUT, sums, LEVY_WITHOUT, 1.0)
    if year <= sheets[sheet, TARGET]:
        if wanted[LEVY_TO_2030] >= 0:
            add_up(found, LEVY_TO_2030, sums, LEVY_WITH, 1.0)
        if wanted[LEVY_TO_2030_WITHOUT] >= 0:
            add_up(found, LEVY_TO_2030_WITHOUT, sums, LEVY_WITHOUT, 1.0)
    n_owns = sheets[sheet, OWNS + 1] - sheets[sheet, OWNS]
    gone = flags[sheet, year, GONE] == 1
    counts = wanted[ADDITIONAL_DISCOUNTED] >= 0
    if n_owns > 0 and counts:
        _add_tonnes(sums, n_owns, found, discount, gone, nought)
    if n_owns > 0 and is_target:
        _note_tonnes(sums, n_owns, found, gone, nought)


@inlined
def note_support(sums: Lanes, held: Ints, found: Lanes, discount: float, wanted: Ints) -> None:
    """Add what is paid to the outcomes that are asked for."""
    aided, granted = held[AID] != EMPTY, held[GRANT] != EMPTY
    if not aided and not granted:
        return
    for i in range(0, LANES, WIDE):
        paid = load(sums, (AID, i)) if aided else every(0.0)
        if granted:
            paid += load(sums, (GRANT, i))
        if wanted[SUPPORT] >= 0:
            store(found, (SUPPORT, i), load(found, (SUPPORT, i)) + paid)
        if wanted[SUPPORT_DISCOUNTED] >= 0:
            so_far = load(found, (SUPPORT_DISCOUNTED, i))
            store(found, (SUPPORT_DISCOUNTED, i), so_far + paid * discount)


@inlined
def note_payback(flows: Lanes, year: int, discount: float, books: Floats, found: Lanes) -> None:
    """The year after the last in which the discounted sum so far is below nil (METHOD §8)."""
    for i in range(0, LANES, WIDE):
        so_far = load(books, (0, SO_FAR, i)) + load(flows, (year, i)) * discount
        store(books, (0, SO_FAR, i), so_far)
        store(found, (PAYBACK, i), if_below(so_far, _OWED, year + 1.0, load(found, (PAYBACK, i))))


@inlined
def _add_tonnes(
    sums: Lanes, n_owns: int, found: Lanes, discount: float, gone: bool, nought: float
) -> None:
    """Additional tonnes of the firm, discounted."""
    for i in range(0, LANES, WIDE):
        without, with_projects, path = _tonnes(sums, n_owns, gone, i)
        more = greater(lesser(without, path) - with_projects, nought)
        so_far = load(found, (ADDITIONAL_DISCOUNTED, i))
        store(found, (ADDITIONAL_DISCOUNTED, i), so_far + more * discount)


@inlined
def _note_tonnes(sums: Lanes, n_owns: int, found: Lanes, gone: bool, nought: float) -> None:
    """Additional and required tonnes of the firm in the year of the target."""
    for i in range(0, LANES, WIDE):
        without, with_projects, path = _tonnes(sums, n_owns, gone, i)
        more = greater(lesser(without, path) - with_projects, nought)
        frozen = lesser(without, load(sums, (FROZEN, i))) - with_projects
        store(found, (ADDITIONAL_2030, i), more)
        store(found, (REQUIRED_2030, i), greater(without - path, nought))
        store(found, (FROZEN_2030, i), greater(frozen, nought))


@inlined
def _tonnes(sums: Lanes, n_owns: int, gone: bool, i: int) -> tuple[Vector, Vector, Vector]:
    """Emission without and with the projects and the path, own installations together (METHOD §6).

    Without a levy no path binds.
    """
    without = load(sums, (FIRST_OWN, i))
    with_projects = load(sums, (FIRST_OWN + n_owns, i))
    path = load(sums, (FIRST_OWN + 2 * n_owns, i))
    for own in range(1, n_owns):
        without += load(sums, (FIRST_OWN + own, i))
        with_projects += load(sums, (FIRST_OWN + n_owns + own, i))
        path += load(sums, (FIRST_OWN + 2 * n_owns + own, i))
    return without, with_projects, every(np.inf) if gone else path


@inlined
def finish(
    last_side: int,
    wanted: Ints,
    books: Floats,
    always_beside: float,
    found: Lanes,
) -> None:
    """What only the last year tells."""
    for i in range(0, LANES, WIDE):
        store(found, (NPV, i), load(books, (last_side, VALUE, i)) + always_beside)
        if wanted[NPV_WITHOUT] >= 0:
            store(found, (NPV_WITHOUT, i), load(books, (0, VALUE, i)) + always_beside)
    if wanted[PAYBACK] >= 0:
        for i in range(0, LANES, WIDE):
            years = load(found, (PAYBACK, i))
            never = if_below(load(books, (0, SO_FAR, i)), _OWED, np.inf, years)
            store(found, (PAYBACK, i), never)


@inlined
def hand_over(out: Floats, place: int, sheet: int, block: int, found: Lanes, outcome: int) -> None:
    """An outcome into its place."""
    for i in range(0, LANES, WIDE):
        store(out, (place, sheet, block, i), load(found, (outcome, i)))
