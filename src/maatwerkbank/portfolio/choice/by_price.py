# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What would buying the cheapest tonnes first have chosen?

Takes     options and limits.
Gives     what it takes in the order of buying, and why each of the others is refused.
Leaves    the best choice, beside which this is shown, to `best`.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from maatwerkbank.ground.language import Text
from maatwerkbank.portfolio.choice.findings import usable_options
from maatwerkbank.portfolio.choice.terms import ByPrice, LeftOut, Limits, Option
from maatwerkbank.portfolio.choice.value import expected_money, value_of

NO_TONNES = Text(
    nl="geen additionele tonnen naar verwachting", en="no additional tonnes are expected"
)


def cheapest_first(options: Sequence[Option], limits: Limits) -> ByPrice:
    """What one gets by buying the cheapest tonnes first until nothing more fits.

    Shown beside the best choice, so that people see where a list by euro per tonne goes wrong:
    it pays a pipeline for the first user alone, and takes a cheap small variant of a case where a
    dearer one saves more.  An option waits for what it requires.  `must_take`, `at_least_t` and
    risk play no part.  Raises ChoiceRefused.
    """
    usable, unusable = usable_options(options, limits)
    price = {o.id: _eur_per_t(o) for o in usable if float(np.mean(o.additional_t)) > 0.0}
    waiting = sorted((o for o in usable if o.id in price), key=lambda o: (price[o.id], o.id))
    taken: list[Option] = []
    refused: dict[str, Text] = {}
    bare = replace(limits, must_take=(), at_least_t=None, cvar_at_most=None)
    while True:
        refused.clear()
        for option in waiting:
            reason = _refusal(option, taken, bare)
            if reason is None:
                taken.append(option)
                waiting.remove(option)
                break
            refused[option.id] = reason
        else:
            break
    return ByPrice(
        options=tuple(o.id for o in taken),
        eur_per_t=price,
        value=value_of(taken, limits),
        left_out=(
            *(LeftOut(o.id, NO_TONNES) for o in usable if o.id not in price),
            *(LeftOut(name, reason) for name, reason in refused.items()),
            *unusable,
        ),
    )


def _refusal(option: Option, taken: Sequence[Option], limits: Limits) -> Text | None:
    """Why the option cannot be bought beside what was bought already; None where it can."""
    same = next((other.id for other in taken if other.case == option.case), None)
    if same is not None:
        return Text(
            nl=f"van {option.case} is {same} al gekozen, dat goedkoper is per ton",
            en=f"of {option.case}, {same} was chosen already, which is cheaper per tonne",
        )
    breaks = value_of([*taken, option], limits).breaks
    return breaks[0] if breaks else None


def _eur_per_t(option: Option) -> float:
    return float(expected_money(option.public_money_eur).sum() / np.mean(option.additional_t))
