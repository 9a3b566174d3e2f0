# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Units at the border: text such as `kt/year` or `EUR/m3 gas` into one factor and one kind.

Takes     the unit that a figure states.
Gives     the factor to the house unit of its kind: EUR, t, MWh (lower heating value), kg for
          air pollutants, MW, year, h, km, 1. Inside the house no number carries another unit.
Leaves    arithmetic with units: kernels work on bare floats, names carry the unit.
"""

import difflib
from dataclasses import dataclass
from functools import cache

from maatwerkbank.ground.errors import UnitError

# Dutch natural gas: lower and higher heating value, METHOD §2.
GAS_LHV_MJ_PER_M3 = 31.65
GAS_HHV_MJ_PER_M3 = 35.17
MWH_PER_GJ = 1 / 3.6

# token: (kind, factor to the house unit of that kind)
TOKENS: dict[str, tuple[str, float]] = {
    "1": ("", 1.0),
    "%": ("", 0.01),
    "EUR": ("EUR", 1.0),
    "kEUR": ("EUR", 1e3),
    "MEUR": ("EUR", 1e6),
    "g": ("t", 1e-6),
    "kg": ("t", 1e-3),
    "t": ("t", 1.0),
    "kt": ("t", 1e3),
    "Mt": ("t", 1e6),
    "kWh": ("MWh", 1e-3),
    "MWh": ("MWh", 1.0),
    "GWh": ("MWh", 1e3),
    "TWh": ("MWh", 1e6),
    "MWh_HHV": ("MWh", GAS_LHV_MJ_PER_M3 / GAS_HHV_MJ_PER_M3),
    "MJ": ("MWh", MWH_PER_GJ * 1e-3),
    "GJ": ("MWh", MWH_PER_GJ),
    "TJ": ("MWh", MWH_PER_GJ * 1e3),
    "PJ": ("MWh", MWH_PER_GJ * 1e6),
    "m3 gas": ("MWh", GAS_LHV_MJ_PER_M3 * 1e-3 * MWH_PER_GJ),
    "Mm3 gas": ("MWh", GAS_LHV_MJ_PER_M3 * 1e3 * MWH_PER_GJ),
    "kW": ("MW", 1e-3),
    "MW": ("MW", 1.0),
    "h": ("h", 1.0),
    "year": ("year", 1.0),
    "km": ("km", 1.0),
}


@dataclass(frozen=True)
class Unit:
    """A unit that was understood: `factor` brings a number to the house unit of `kind`."""

    text: str
    kind: str
    factor: float


@cache
def unit(text: str) -> Unit:
    """The unit that `text` names: one token, or tokens with one slash.

    >>> unit("kt/year").kind, unit("kt/year").factor
    ('t/year', 1000.0)
    >>> round(unit("EUR/GJ").factor, 6)
    3.6

    Raises UnitError, naming the nearest units that are known.
    """
    above, slash, below = text.partition("/")
    kind_above, factor_above = _token(above.strip(), text)
    if not slash:
        return Unit(text, kind_above or "1", factor_above)
    kind_below, factor_below = _token(below.strip(), text)
    if kind_above == kind_below:
        kind = "1"
    else:
        kind = f"{kind_above or '1'}/{kind_below}" if kind_below else kind_above or "1"
    return Unit(text, kind, factor_above / factor_below)


def _token(token: str, whole: str) -> tuple[str, float]:
    if token in TOKENS:
        return TOKENS[token]
    lower = {name.lower(): name for name in TOKENS}
    near = [lower[n] for n in difflib.get_close_matches(token.lower(), list(lower), 3, 0.5)]
    raise UnitError(
        f"'{whole}' is not a unit: '{token}' is not known.",
        remedy=f"did you mean {' or '.join(near)}?" if near else f"use one of {', '.join(TOKENS)}",
    )
